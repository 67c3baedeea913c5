#include "register/job.hpp"

#include <fmt/format.h>

#include <array>
#include <tuple>

#include "audit/resealing.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

crypto::FieldContext context(const Job& job) {
    return {"job", "description", job.uuid, job.version};
}

/// Identity, version, status, place and times, as the row seal covers them.
std::string sealed_facts(const Job& job) {
    return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", job.id.value, job.uuid.text(), job.version, job.reference,
                       job.status, job.property ? job.property->value : 0, to_millis(job.created_at),
                       to_millis(job.updated_at));
}

/// Sealed columns that the table has besides, and that no rule writes.
constexpr std::size_t kUnwritten = 3;
using Unwritten = std::array<std::optional<ByteView>, kUnwritten>;

/// A row as it is stored.
struct StoredJob {
    Job job;  ///< without its description
    ByteView description;
    ByteView row_seal;
};

/// Reads the current row, and then the columns of `more`.
template <class... More>
StoredJob read_stored(const db::Rows& rows, More&... more) {
    StoredJob stored;
    Job& job = stored.job;
    rows.into(job.id, job.uuid, job.version, job.reference, job.title, stored.description, job.status,
              job.property, stored.row_seal, job.created_at, job.updated_at, more...);
    return stored;
}

Result<Job> open_job(StoredJob stored, const crypto::KeyRing& keys) {
    const std::string facts = sealed_facts(stored.job);
    TRY(keys.check_row_seal(
        "job", stored.row_seal,
        {bytes_of(facts), bytes_of(stored.job.title), crypto::KeyRing::blob_tag(stored.description)}));
    stored.job.description = TRY(keys.open(context(stored.job), stored.description));
    return std::move(stored.job);
}

struct SealedJob {
    std::array<std::optional<Bytes>, 1 + kUnwritten> blobs;  ///< description first
    Bytes row_seal;
};

SealedJob seal_job(const crypto::KeyRing& keys, const Job& job) {
    const std::string facts = sealed_facts(job);
    Bytes description = keys.seal(context(job), job.description);
    Bytes row_seal =
        keys.row_seal("job", {bytes_of(facts), bytes_of(job.title), crypto::KeyRing::blob_tag(description)});
    return {{std::move(description), {}, {}, {}}, std::move(row_seal)};
}

Result<void> link_people(audit::Work& work, Id<Job> job, const std::vector<Id<Person>>& people) {
    for (const auto person : people) {
        TRY(work.tx().execute(sql::job::link_person, job, person));
    }
    return {};
}

}  // namespace

Result<Job> create_job(audit::Work& work, Job job, const std::vector<Id<Person>>& people) {
    job.id.value = TRY(next_id(work.tx(), "job"));
    job.version = 1;
    const SealedJob sealed = seal_job(work.keys(), job);
    TRY(work.tx().execute(sql::job::insert, job.id, job.uuid, job.version, job.reference, job.title,
                          sealed.blobs[0], job.status, job.property, sealed.row_seal, job.created_at,
                          job.updated_at));
    TRY(link_people(work, job.id, people));
    TRY(work.changed({.action = "job.created", .resource = job.id.value, .version = job.version}));
    return job;
}

Result<Job> update_job(audit::Work& work, Job job, const std::vector<Id<Person>>& people) {
    ++job.version;
    const SealedJob sealed = seal_job(work.keys(), job);
    const auto rows = TRY(work.tx().execute(sql::job::update, job.id, job.version, job.reference, job.title,
                                            sealed.blobs[0], job.status, job.property, sealed.row_seal,
                                            job.created_at, job.updated_at));
    if (rows != 1) {
        return kStaleEdit;
    }
    TRY(work.tx().execute(sql::job::unlink_people, job.id));
    TRY(link_people(work, job.id, people));
    TRY(work.changed({.action = "job.updated", .resource = job.id.value, .version = job.version}));
    return job;
}

Result<Job> find_job(audit::Work& work, const Uuid& uuid) {
    db::Rows rows = TRY(work.tx().query(sql::job::find_by_uuid, uuid));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such job"};
    }
    return open_job(read_stored(rows), work.keys());
}

Result<std::vector<Job>> search_jobs(audit::Work& work, std::string_view text, std::int64_t limit) {
    std::vector<Job> jobs;
    db::Rows rows = TRY(work.tx().query(sql::job::search, text, limit));
    while (TRY(rows.next())) {
        auto job = open_job(read_stored(rows), work.keys());
        if (job.ok()) {
            jobs.push_back(std::move(job).value());
        }
    }
    return jobs;
}

Result<std::int64_t> count_active_jobs(db::Transaction& tx, Id<Person> person) {
    std::int64_t count = 0;
    TRY(tx.find(sql::job::count_active_of_person, std::tie(count), person));
    return count;
}

Result<void> check_jobs(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::job::list_after, 0));
    while (TRY(rows.next())) {
        Unwritten u;
        const StoredJob stored = read_stored(rows, u[0], u[1], u[2]);
        report.add("job", stored.job.id.value, open_job(stored, keys).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_jobs(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::job::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        Unwritten u;
        const StoredJob s = read_stored(rows, u[0], u[1], u[2]);
        some.row({s.job.id.value, s.job.version}, std::array{std::optional{s.description}, u[0], u[1], u[2]},
                 s.row_seal, [&]() -> Result<SealedJob> {
                     if (u[0] || u[1] || u[2]) {
                         return Error{Code::Corrupt, "a job has what no rule wrote"};
                     }
                     return seal_job(some.keys(), TRY(open_job(s, some.keys())));
                 });
    }
    return {};
}

}  // namespace tenantry::housing
