#include "register/job_columns.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tenantry::housing {

namespace {

constexpr Literal kTable = "job";
constexpr std::array<Literal, 3> kAccess{"access_details", "private_contact_name", "private_contact_email"};

crypto::FieldContext context(const Job& job, Literal column) {
    return {kTable.view(), column.view(), job.uuid, job.version};
}

/// Identity, version, status, place and times, as the row seal covers them.
std::string first_facts(const Job& job) {
    return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", job.id.value, job.uuid.text(), job.version, job.reference,
                       job.status, job.property ? job.property->value : 0, to_millis(job.created_at),
                       to_millis(job.updated_at));
}

std::optional<std::int64_t> days(const std::optional<Date>& date) {
    return date ? std::optional{to_days(*date)} : std::nullopt;
}

/// What the jobs API says of a job besides.
RowFacts further_facts(const Job& job) {
    RowFacts facts;
    facts.add(job.priority).add(job.type).add(job.agent).add(job.contractor).add(job.created_by);
    facts.add(job.total_budget).add(job.contractor_budget).add(job.vat_percentage);
    facts.add(days(job.works_start_on)).add(days(job.works_end_on));
    facts.add(job.invoice_no).add(job.quote_no).add(job.works_order_ref);
    facts.add(std::int64_t{job.is_pinned});
    return facts;
}

/// Calls use(parts) with what the row seal covers. A job without anything that the jobs API says besides has
/// the seal that it had before there was one.
template <class Use>
auto with_seal_parts(const Job& job, ByteView description, const TextBlobs<3>& access, Use use) {
    const std::string first = first_facts(job);
    const RowFacts further = further_facts(job);
    const ByteView tag = crypto::KeyRing::blob_tag(description);
    const bool has_access = access[0] || access[1] || access[2];
    const RowFacts none = further_facts({});
    if (!has_access && std::equal(further.bytes().begin(), further.bytes().end(), none.bytes().begin(),
                                  none.bytes().end())) {
        return use({bytes_of(first), bytes_of(job.title), tag});
    }
    const Bytes tags = tags_of(access);
    return use({bytes_of(first), bytes_of(job.title), tag, further.bytes(), ByteView{tags}});
}

std::array<std::optional<std::string> Job::*, 3> access_fields() {
    return {&Job::access_details, &Job::private_contact_name, &Job::private_contact_email};
}

}  // namespace

StoredJob StoredJob::of(const db::Rows& rows) {
    StoredJob stored;
    Job& j = stored.job;
    rows.into(j.id, j.uuid, j.version, j.reference, j.title, stored.description, j.status, j.property,
              stored.row_seal, j.created_at, j.updated_at, j.priority, j.type, j.agent, j.contractor,
              j.created_by, j.total_budget, j.contractor_budget, j.vat_percentage, j.works_start_on,
              j.works_end_on, j.invoice_no, j.quote_no, j.works_order_ref, stored.access[0], stored.access[1],
              stored.access[2], j.is_pinned);
    return stored;
}

SealedJob seal_job(const crypto::KeyRing& keys, const Job& job) {
    SealedJob sealed;
    sealed.blobs[0] = keys.seal(context(job, "description"), job.description);
    TextBlobs<3> views;
    for (std::size_t i = 0; i < kAccess.size(); ++i) {
        if (const auto& text = job.*access_fields()[i]) {
            sealed.blobs[1 + i] = keys.seal(context(job, kAccess[i]), *text);
            views[i] = ByteView{*sealed.blobs[1 + i]};
        }
    }
    sealed.row_seal = with_seal_parts(
        job, *sealed.blobs[0], views,
        [&keys](std::initializer_list<ByteView> parts) { return keys.row_seal(kTable.view(), parts); });
    return sealed;
}

Result<Job> open_job(StoredJob stored, const crypto::KeyRing& keys) {
    Job& job = stored.job;
    TRY(with_seal_parts(job, stored.description, stored.access, [&](std::initializer_list<ByteView> parts) {
        return keys.check_row_seal(kTable.view(), stored.row_seal, parts);
    }));
    job.description = TRY(keys.open(context(job, "description"), stored.description));
    for (std::size_t i = 0; i < kAccess.size(); ++i) {
        if (stored.access[i]) {
            job.*access_fields()[i] = TRY(keys.open(context(job, kAccess[i]), *stored.access[i]));
        }
    }
    return std::move(job);
}

}  // namespace tenantry::housing
