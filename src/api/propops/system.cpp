#include <algorithm>

#include "access/account.hpp"
#include "api/propops/handlers.hpp"
#include "api/propops/inputs.hpp"
#include "api/propops/reply.hpp"
#include "api/service.hpp"
#include "base/text.hpp"
#include "register/job.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kQueryLeast = 2;
constexpr std::size_t kQueryMost = 200;
constexpr std::int64_t kHitsDefault = 10;
constexpr std::int64_t kHitsMost = 50;
constexpr std::array<std::string_view, 4> kTypes{"jobs", "users", "branches", "settings"};

/// Which of kTypes a comma list names; all where it is left out.
Result<std::array<bool, kTypes.size()>> read_types(const Params& params) {
    std::array<bool, kTypes.size()> wanted{};
    const auto given = TRY(params.text("types", 100));
    if (!given) {
        wanted.fill(true);
        return wanted;
    }
    for (std::string_view rest = *given; !rest.empty();) {
        const auto comma = std::min(rest.find(','), rest.size());
        const auto type = std::find(kTypes.begin(), kTypes.end(), trim(rest.substr(0, comma)));
        if (type == kTypes.end()) {
            return Error{Code::Invalid, "", "types"};
        }
        wanted[static_cast<std::size_t>(type - kTypes.begin())] = true;
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return wanted;
}

Result<void> write_jobs(json::Writer& w, Call& call, const std::string& query, std::int64_t limit) {
    for (const auto& job : TRY(housing::search_jobs(call.work, query, limit))) {
        w.begin_object().key("ID").id(job.id).key("uuid").uuid(job.uuid).key("job_ref").text(job.reference);
        w.key("job_title").text(job.title).key("status_name").text(job.status).end_object();
    }
    return {};
}

/// Names only: who may see e-mails and telephones has the users endpoint.
Result<void> write_users(json::Writer& w, Call& call, const std::string& query, std::int64_t limit) {
    const auto page = TRY(access::list_accounts(call.work, std::nullopt, query, limit, 0));
    for (const auto& account : page.accounts) {
        w.begin_object().key("id").integer(account.id).key("uuid").uuid(account.uuid);
        w.key("first_name").text(account.first_name).key("last_name").text(account.last_name).end_object();
    }
    return {};
}

}  // namespace

Result<http::Response> search(Call& call) {
    const auto query = TRY(call.params.required_text("q", kQueryMost));
    if (code_point_count(query) < kQueryLeast) {
        return Error{Code::Invalid, "", "q"};
    }
    const auto wanted = TRY(read_types(call.params));
    const auto limit = TRY(call.params.integer("limit", 1, kHitsMost)).value_or(kHitsDefault);
    const auto begun = std::chrono::steady_clock::now();
    Envelope envelope;
    auto& w = envelope.writer();
    w.key("query").text(query);
    w.key("data").begin_object();
    for (std::size_t i = 0; i < kTypes.size(); ++i) {
        if (!wanted[i]) {
            continue;
        }
        w.key_text(kTypes[i]).begin_array();
        if (kTypes[i] == "jobs") {
            TRY(write_jobs(w, call, query, limit));
        } else if (kTypes[i] == "users") {
            TRY(write_users(w, call, query, limit));
        }
        w.end_array();  // there are no branches and no searchable settings in this register
    }
    w.end_object();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
    w.key("elapsed_ms").number(took.count());
    return std::move(envelope).finish();
}

Result<http::Response> heartbeat(Call& /*call*/) {
    return done();
}

Result<http::Response> check_session(Call& call) {
    const auto caller = access::authenticate(call.work.tx(), call.services.keys,
                                             token_of(call.request, call.services.settings), {},
                                             call.work.now(), call.services.settings.session_times);
    if (!caller.ok() && caller.error().code != Code::Unauthenticated) {
        return caller.error();
    }
    Envelope envelope;
    envelope.writer().key("valid").boolean(caller.ok());
    return std::move(envelope).finish();
}

Result<http::Response> maintenance_mode(Call& /*call*/) {
    return record_reply([](json::Writer& w) { w.begin_object().key("enabled").boolean(false).end_object(); });
}

}  // namespace tenantry::api::propops
