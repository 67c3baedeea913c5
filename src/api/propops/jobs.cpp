// Reading jobs, and what may be chosen for one (contract section 7.3).
#include <algorithm>

#include "access/account.hpp"
#include "api/propops/handlers.hpp"
#include "api/propops/inputs.hpp"
#include "api/propops/job_record.hpp"
#include "api/propops/reply.hpp"
#include "register/case_note.hpp"
#include "register/property.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kSearchCharacters = 200;
constexpr std::int64_t kLimit = 200;
/// Accounts are few (hundreds).
constexpr std::int64_t kAccountsMost = 100'000;

void write_number(json::Writer& w, std::optional<std::int64_t> number) {
    if (number) {
        w.integer(*number);
    } else {
        w.null();
    }
}

void write_hundredths(json::Writer& w, std::optional<std::int64_t> hundredths) {
    if (hundredths) {
        w.hundredths(*hundredths);
    } else {
        w.null();
    }
}

void write_date(json::Writer& w, const std::optional<Date>& date) {
    if (date) {
        w.text(format_date(*date));
    } else {
        w.null();
    }
}

Result<http::Response> list_jobs(Call& call) {
    const Params& params = call.params;
    housing::JobFilter filter;
    filter.search = TRY(params.text("search", kSearchCharacters)).value_or("");
    filter.status = TRY(params.integer("status_id", 1, kMaxNumber));
    filter.priority = TRY(params.integer("priority_id", 1, kMaxNumber));
    filter.agent = TRY(params.integer("agent_id", 1, kMaxNumber));
    filter.contractor = TRY(params.integer("contractor_id", 1, kMaxNumber));
    filter.created_by = TRY(params.integer("created_by", 1, kMaxNumber));
    filter.paging = TRY(read_paging(params, kLimit));
    bool wants_files = false;
    for (const Literal name : {Literal{"has_photos"}, Literal{"has_documents"}}) {
        wants_files = TRY(params.boolean(name)).value_or(false) || wants_files;
    }
    // No job has a file.
    const auto page = wants_files ? housing::JobPage{} : TRY(housing::list_jobs(call.work, filter));
    return list_reply(page.jobs, page.total, page.total_is_exact, write_job);
}

Result<http::Response> get_job(Call& call) {
    const auto found = TRY(housing::find_job(call.work, TRY(call.params.required_uuid("uuid"))));
    Envelope envelope;
    write_job(envelope.writer().key("data"), found.named);
    write_beside_job(envelope.writer(), found.named.job, found.people);
    return std::move(envelope).finish();
}

Result<http::Response> preview_delete(Call& call) {
    const auto found = TRY(housing::find_job(call.work, TRY(call.params.required_uuid("uuid"))));
    const housing::Job& job = found.named.job;
    const auto notes = TRY(housing::count_case_notes(call.work.tx(), job.id));
    return record_reply([&](json::Writer& w) {
        w.begin_object().key("ID").id(job.id).key("uuid").uuid(job.uuid).key("job_ref").text(job.reference);
        w.key("job_title").text(job.title).key("case_notes_count").integer(notes);
        w.key("tenants_count").integer(static_cast<std::int64_t>(found.people.size()));
        w.key("photos_count").integer(0).key("documents_count").integer(0).end_object();
    });
}

/// {"id":…,"uuid":…,"name":…} of those accounts of a type (of any, where it is left out) that are wanted.
template <class Wanted>
Result<http::Response> list_accounts(Call& call, std::optional<access::AccountType> type, Wanted wanted) {
    const auto paging = TRY(read_paging(call.params, kLimit));
    auto accounts = TRY(access::list_accounts(call.work, type, "", kAccountsMost, 0)).accounts;
    std::erase_if(accounts, [&](const access::Account& account) { return !wanted(account); });
    const auto total = static_cast<std::int64_t>(accounts.size());
    accounts.erase(accounts.begin(), accounts.begin() + std::min(paging.offset, total));
    accounts.resize(std::min(accounts.size(), static_cast<std::size_t>(paging.limit)));
    return list_reply(accounts, total, true, [](json::Writer& w, const access::Account& account) {
        w.begin_object().key("id").integer(account.id).key("uuid").uuid(account.uuid);
        w.key("name").text(account.full_name()).end_object();
    });
}

Result<http::Response> list_assignees(Call& call, access::AccountType type) {
    return list_accounts(call, type, [](const access::Account& account) {
        return account.status == access::AccountStatus::Active;
    });
}

Result<http::Response> list_creators(Call& call) {
    const auto creators = TRY(housing::list_job_creators(call.work.tx()));
    return list_accounts(call, std::nullopt, [&creators](const access::Account& account) {
        return std::binary_search(creators.begin(), creators.end(), account.id);
    });
}

}  // namespace

void write_job(json::Writer& w, const housing::NamedJob& named) {
    const housing::Job& job = named.job;
    w.begin_object().key("ID").id(job.id).key("uuid").uuid(job.uuid);
    w.key("job_ref").text(job.reference).key("job_title").text(job.title);
    w.key("job_description").text(job.description);
    write_number(w.key("status_id"), named.status_id);
    w.key("status_name").text(job.status);
    write_number(w.key("priority_id"), job.priority);
    w.key("priority_name").text_or_null(named.priority_name);
    write_number(w.key("job_type_id"), job.type);
    w.key("job_type_name").text_or_null(named.type_name);
    write_number(w.key("agent_id"), job.agent);
    w.key("agent_name").text_or_null(named.agent_name);
    write_number(w.key("contractor_id"), job.contractor);
    w.key("contractor_name").text_or_null(named.contractor_name);
    write_number(w.key("address_id"), housing::number_of(job.property));
    w.key("full_address").text_or_null(named.full_address);
    write_hundredths(w.key("job_total_budget"), job.total_budget);
    write_hundredths(w.key("contractor_budget"), job.contractor_budget);
    write_hundredths(w.key("vat_percentage"), job.vat_percentage);
    write_hundredths(w.key("total_amount"), job.total_amount());
    write_date(w.key("date_works_start_date"), job.works_start_on);
    write_date(w.key("date_works_end_date"), job.works_end_on);
    w.key("invoice_no").text_or_null(job.invoice_no).key("quote_no").text_or_null(job.quote_no);
    w.key("works_order_ref").text_or_null(job.works_order_ref);
    w.key("access_details").text_or_null(job.access_details);
    w.key("is_pinned").boolean(job.is_pinned);
    w.key("photos_count").integer(0).key("documents_count").integer(0);
    write_instant(w.key("created_at"), job.created_at);
    write_instant(w.key("updated_at"), job.updated_at);
    w.end_object();
}

void write_beside_job(json::Writer& w, const housing::Job& job,
                      const std::vector<Id<housing::Person>>& people) {
    w.key("tenants_ids").begin_array();
    for (const auto person : people) {
        w.id(person);
    }
    w.end_array().key("version").integer(job.version);
}

Result<http::Response> read_jobs(Call& call) {
    enum Action : std::size_t { List, Get, FileTypes, Creators, Agents, Contractors, Preview };
    switch (TRY(read_action(call.params, {"list", "get", "get_file_types", "get_creators", "get_job_agents",
                                          "get_job_contractors", "preview_delete"}))) {
        case Get:
            return get_job(call);
        case FileTypes:
            // A job takes no files, of whatever type.
            return list_reply(std::vector<int>{}, 0, true,
                              [](json::Writer& w, int type) { w.integer(type); });
        case Creators:
            return list_creators(call);
        case Agents:
            return list_assignees(call, access::AccountType::Agent);
        case Contractors:
            return list_assignees(call, access::AccountType::Contractor);
        case Preview:
            return preview_delete(call);
        default:
            return list_jobs(call);
    }
}

Run run_of_jobs(const Params& params) {
    const auto action = params.text("action", 64);
    return action.ok() && *action == "get" ? Run::Read : Run::Slow;
}

}  // namespace tenantry::api::propops
