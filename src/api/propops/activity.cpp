#include <unordered_map>

#include "access/account.hpp"
#include "api/propops/activity_record.hpp"
#include "api/propops/handlers.hpp"
#include "api/propops/inputs.hpp"
#include "api/propops/reply.hpp"
#include "audit/journal.hpp"
#include "register/job.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kActionCharacters = 64;
constexpr std::int64_t kLimit = 200;

std::string_view name_of(audit::Outcome outcome) {
    switch (outcome) {
        case audit::Outcome::Ok:
            return "ok";
        case audit::Outcome::Denied:
            return "denied";
        case audit::Outcome::Failed:
            return "failed";
    }
    return "failed";
}

/// Names of the accounts that a page of the log mentions, each unsealed once.
class Names {
  public:
    explicit Names(Call& call) : call_(call) {}

    /// Empty where the account is gone or does not open.
    const std::string& of(std::int64_t account) {
        const auto known = names_.find(account);
        if (known != names_.end()) {
            return known->second;
        }
        const auto found = access::find_account(call_.work.tx(), call_.services.keys, account);
        return names_.emplace(account, found.ok() ? found->full_name() : "").first->second;
    }

  private:
    Call& call_;
    std::unordered_map<std::int64_t, std::string> names_;
};

void write_integer_or_null(json::Writer& w, std::optional<std::int64_t> value) {
    if (value) {
        w.integer(*value);
    } else {
        w.null();
    }
}

void write_entry(json::Writer& w, const audit::Entry& entry, Names& names) {
    w.begin_object();
    w.key("ID").integer(entry.id);
    write_integer_or_null(w.key("user_id"), entry.account);
    w.key("user_name");
    if (entry.account) {
        w.text(names.of(*entry.account));
    } else {
        w.null();
    }
    w.key("action").text(entry.action);
    w.key("resource_type").text(std::string_view{entry.action}.substr(0, entry.action.find('.')));
    write_integer_or_null(w.key("resource_id"), entry.resource);
    w.key("outcome").text(name_of(entry.outcome));
    w.key("ip_address").text_or_null(entry.address);
    write_instant(w.key("created_at"), entry.at);
    w.end_object();
}

Result<std::optional<audit::Outcome>> read_outcome(const Params& params) {
    const auto name = TRY(params.text("outcome", kActionCharacters));
    if (!name) {
        return std::optional<audit::Outcome>{};
    }
    for (const auto outcome : {audit::Outcome::Ok, audit::Outcome::Denied, audit::Outcome::Failed}) {
        if (name_of(outcome) == *name) {
            return std::optional{outcome};
        }
    }
    return Error{Code::Invalid, "", "outcome"};
}

/// What only the activity log is asked by: the kind and number of a record, a job by its uuid, how it ended.
/// A job that is not there has done nothing: the filter then finds no event.
Result<void> narrow(Call& call, audit::EntryFilter& filter) {
    filter.noun = TRY(call.params.text("resource_type", kActionCharacters));
    filter.resource = TRY(call.params.integer("resource_id", 1, kMaxNumber));
    filter.outcome = TRY(read_outcome(call.params));
    const auto uuid = TRY(call.params.uuid("job_uuid"));
    if (!uuid) {
        return {};
    }
    const auto job = housing::load_job(call.work, *uuid);
    if (!job.ok() && job.error().code != Code::NotFound) {
        return job.error();
    }
    const std::int64_t number = job.ok() ? job->id.value : 0;
    if ((filter.noun && *filter.noun != "job") || (filter.resource && *filter.resource != number)) {
        return Error{Code::Invalid, "", "job_uuid"};
    }
    filter.noun = "job";
    filter.resource = number;
    return {};
}

Result<audit::EntryFilter> read_filter(const Params& params, Literal action_name, Instant now) {
    audit::EntryFilter filter;
    filter.action = TRY(params.text(action_name, kActionCharacters));
    const auto from = TRY(params.date("date_from"));
    const auto to = TRY(params.date("date_to"));
    filter.from = from ? Instant{std::chrono::sys_days{*from}} : Instant{};
    filter.until =
        to ? Instant{std::chrono::sys_days{*to} + std::chrono::days{1}} : now + std::chrono::days{1};
    const auto paging = TRY(read_paging(params, kLimit));
    filter.limit = paging.limit;
    filter.offset = paging.offset;
    return filter;
}

Result<http::Response> answer(Call& call, const audit::EntryFilter& filter) {
    const auto entries = TRY(audit::list_entries(call.work.tx(), call.services.keys, filter));
    TRY(call.work.read({.action = "activity.listed"}));
    Names names{call};
    Envelope envelope;
    auto& w = envelope.writer();
    w.key("count").integer(static_cast<std::int64_t>(entries.size()));
    w.key("data").begin_array();
    for (const auto& entry : entries) {
        write_entry(w, entry, names);
    }
    w.end_array();
    return std::move(envelope).finish();
}

}  // namespace

Result<http::Response> list_activity(Call& call, Literal action_name, std::optional<std::int64_t> account) {
    auto filter = TRY(read_filter(call.params, action_name, call.work.now()));
    filter.account = account;
    return answer(call, filter);
}

Result<http::Response> read_activity(Call& call) {
    auto filter = TRY(read_filter(call.params, "action", call.work.now()));
    filter.account = TRY(call.params.integer("user_id", 1, kMaxNumber));
    TRY(narrow(call, filter));
    return answer(call, filter);
}

}  // namespace tenantry::api::propops
