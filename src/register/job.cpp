#include "register/job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "audit/resealing.hpp"
#include "base/log.hpp"
#include "register/case_note.hpp"
#include "register/job_columns.hpp"
#include "register/job_links.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr Error kReferenceTaken{Code::Conflict, "This job reference is already in use"};

Result<std::int64_t> write_row(audit::Work& work, const db::Sql& sql, const Job& j) {
    const SealedJob sealed = seal_job(work.keys(), j);
    return work.tx().execute(
        sql, j.id, j.uuid, j.version, j.reference, j.title, sealed.blobs[0], j.status, j.property,
        sealed.row_seal, j.created_at, j.updated_at, j.priority, j.type, j.agent, j.contractor, j.created_by,
        j.total_budget, j.contractor_budget, j.vat_percentage, j.works_start_on, j.works_end_on, j.invoice_no,
        j.quote_no, j.works_order_ref, sealed.blobs[1], sealed.blobs[2], sealed.blobs[3], j.is_pinned);
}

Result<void> insert_row(audit::Work& work, Job& job) {
    const bool is_named = !job.reference.empty();
    if (!is_named) {
        job.reference = fmt::format("JOB-{}", job.id.value);
    }
    auto inserted = TRY(write_row(work, sql::job::insert, job));
    if (inserted == 0 && !is_named) {
        // A job that came with an import has that reference.
        job.reference += '-' + job.uuid.text().substr(0, 8);
        inserted = TRY(write_row(work, sql::job::insert, job));
    }
    return inserted == 0 ? Result<void>{kReferenceTaken} : Result<void>{};
}

std::vector<std::int64_t> numbers_of(const std::vector<Id<Person>>& people) {
    std::vector<std::int64_t> numbers;
    numbers.reserve(people.size());
    for (const auto person : people) {
        numbers.push_back(person.value);
    }
    return numbers;
}

/// Logs and journals a job that did not open, so that it is noticed even where the others are shown.
Result<void> report_damage(audit::Work& work, std::int64_t id, std::int64_t version) {
    log(LogLevel::Error, "a sealed field did not open", {{"table", Literal{"job"}}, {"id", id}});
    return work.read(
        {.action = "job.damaged", .resource = id, .version = version, .outcome = audit::Outcome::Failed});
}

/// Opens the current row; damage is reported.
Result<Job> open_row(audit::Work& work, const db::Rows& rows) {
    StoredJob stored = StoredJob::of(rows);
    const auto [id, version] = std::pair{stored.job.id.value, stored.job.version};
    auto job = open_job(std::move(stored), work.keys());
    if (!job.ok()) {
        TRY(report_damage(work, id, version));
    }
    return job;
}

/// Every row that opens.
Result<std::vector<Job>> read_jobs(audit::Work& work, Result<db::Rows> found) {
    std::vector<Job> jobs;
    db::Rows rows = TRY(std::move(found));
    while (TRY(rows.next())) {
        auto job = open_row(work, rows);
        if (job.ok()) {
            jobs.push_back(std::move(job).value());
        } else if (job.error().code != Code::Corrupt) {
            return job.error();
        }
    }
    return jobs;
}

}  // namespace

std::optional<std::int64_t> Job::total_amount() const {
    constexpr std::int64_t kWhole = 100 * 100;
    if (!total_budget) {
        return std::nullopt;
    }
    return (*total_budget * (kWhole + vat_percentage.value_or(0)) + kWhole / 2) / kWhole;
}

audit::Work::Deed about(audit::Work::Deed deed, std::vector<std::int64_t> people) {
    if (people.size() == 1) {
        deed.person = people.front();
    } else {
        deed.people = std::move(people);
    }
    return deed;
}

Result<Job> create_job(audit::Work& work, Job job, const std::vector<Id<Person>>& people) {
    job.id.value = TRY(next_id(work.tx(), "job"));
    job.version = 1;
    job.created_at = job.created_at == Instant{} ? work.now() : job.created_at;
    job.updated_at = job.updated_at == Instant{} ? job.created_at : job.updated_at;
    TRY(insert_row(work, job));
    TRY(link_new_job(work, job.id, people));
    TRY(work.changed(about({.action = "job.created", .resource = job.id.value, .version = job.version},
                           numbers_of(TRY(list_people_of_job(work.tx(), job.id))))));
    return job;
}

Result<Job> update_job(audit::Work& work, Job job, const std::vector<Id<Person>>& people) {
    ++job.version;
    const auto rows = write_row(work, sql::job::update, job);
    if (!rows.ok()) {
        return rows.error().code == Code::Conflict ? kReferenceTaken : rows.error();
    }
    if (*rows != 1) {
        return kStaleEdit;
    }
    // Whom it was for is told of the change, too.
    auto told = numbers_of(TRY(list_people_of_job(work.tx(), job.id)));
    TRY(link_job(work, job.id, people));
    const auto now = numbers_of(people);
    told.insert(told.end(), now.begin(), now.end());
    std::sort(told.begin(), told.end());
    told.erase(std::unique(told.begin(), told.end()), told.end());
    TRY(work.changed(
        about({.action = "job.updated", .resource = job.id.value, .version = job.version}, std::move(told))));
    return job;
}

Result<void> remove_job(audit::Work& work, const Job& job) {
    const auto people = numbers_of(TRY(list_people_of_job(work.tx(), job.id)));
    TRY(remove_case_notes(work, job.id, people));
    TRY(remove_job_links(work, job.id));
    if (TRY(work.tx().execute(sql::job::remove, job.id, job.version)) != 1) {
        return kStaleEdit;
    }
    return work.changed(
        about({.action = "job.deleted", .resource = job.id.value, .version = job.version}, people));
}

Result<Job> load_job(audit::Work& work, const Uuid& uuid) {
    db::Rows rows = TRY(work.tx().query(sql::job::find_by_uuid, uuid));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such job"};
    }
    return open_row(work, rows);
}

Result<std::vector<Job>> search_jobs(audit::Work& work, std::string_view text, std::int64_t limit) {
    auto jobs = TRY(read_jobs(work, work.tx().query(sql::job::search, text, limit)));
    PageOfIds shown;
    for (const Job& job : jobs) {
        shown.ids.push_back(job.id.value);
    }
    if (auto people = TRY(list_people_of_jobs(work.tx(), shown)); !people.empty()) {
        TRY(work.read(about({.action = "job.listed"}, std::move(people))));
    }
    return jobs;
}

Result<std::vector<Job>> find_jobs(audit::Work& work, const PageOfIds& ids) {
    return read_jobs(work, work.tx().query(sql::job::find_all, ids.json()));
}

Result<std::vector<Id<Person>>> list_people_of_job(db::Transaction& tx, Id<Job> job) {
    std::vector<Id<Person>> people;
    db::Rows rows = TRY(tx.query(sql::job::list_people, PageOfIds{{job.value}}.json()));
    while (TRY(rows.next())) {
        Id<Job> same;
        rows.into(same, people.emplace_back());
    }
    return people;
}

Result<std::vector<std::int64_t>> list_people_of_jobs(db::Transaction& tx, const PageOfIds& jobs) {
    std::vector<std::int64_t> people;
    db::Rows rows = TRY(tx.query(sql::job::list_people, jobs.json()));
    while (TRY(rows.next())) {
        std::int64_t job = 0;
        rows.into(job, people.emplace_back());
    }
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    return people;
}

Result<std::int64_t> count_active_jobs(db::Transaction& tx, Id<Person> person) {
    std::int64_t count = 0;
    TRY(tx.find(sql::job::count_active_of_person, std::tie(count), person));
    return count;
}

Result<void> check_jobs(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::job::list_after, 0));
    while (TRY(rows.next())) {
        StoredJob stored = StoredJob::of(rows);
        const auto id = stored.job.id.value;
        report.add("job", id, open_job(std::move(stored), keys).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_jobs(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::job::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        const StoredJob s = StoredJob::of(rows);
        some.row({s.job.id.value, s.job.version},
                 std::array{std::optional{s.description}, s.access[0], s.access[1], s.access[2]}, s.row_seal,
                 [&]() -> Result<SealedJob> { return seal_job(some.keys(), TRY(open_job(s, some.keys()))); });
    }
    return {};
}

}  // namespace tenantry::housing
