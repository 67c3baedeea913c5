#include "api/propops/activity_record.hpp"
#include "api/propops/handlers.hpp"
#include "api/propops/reply.hpp"
#include "api/propops/user_record.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kSearchCharacters = 200;
constexpr std::int64_t kTypes = 5;
constexpr std::int64_t kStatuses = 3;

Result<http::Response> list_users(Call& call) {
    const auto search = TRY(call.params.text("search", kSearchCharacters)).value_or("");
    const auto type = TRY(call.params.integer("account_type_id", 1, kTypes));
    const auto paging = TRY(read_paging(call.params, kUserLimit));
    const auto page = TRY(access::list_accounts(
        call.work, type ? std::optional{static_cast<access::AccountType>(*type)} : std::nullopt, search,
        paging.limit, paging.offset));
    return list_reply(page.accounts, page.total, true, write_user);
}

/// {"id":1,"name":"Staff"} for each value of an enumeration that counts from 1.
template <class Enum>
http::Response list_names(std::int64_t last) {
    std::vector<Enum> values;
    for (std::int64_t value = 1; value <= last; ++value) {
        values.push_back(static_cast<Enum>(value));
    }
    return list_reply(values, last, true, [](json::Writer& w, Enum value) {
        w.begin_object().key("id").integer(static_cast<std::int64_t>(value));
        w.key("name").text(access::name_of(value)).end_object();
    });
}

Result<http::Response> list_sessions(Call& call, std::optional<std::int64_t> account) {
    const auto paging = TRY(read_paging(call.params, kUserLimit));
    const auto page = TRY(access::list_sessions(call.work, account, paging.limit, paging.offset));
    return list_reply(page.sessions, page.total, true,
                      [&call](json::Writer& w, const access::SessionEntry& session) {
                          write_session(w, session, call.who());
                      });
}

}  // namespace

Result<http::Response> read_users(Call& call) {
    enum Action : std::size_t {
        AllUsers,
        User,
        Search,
        Types,
        Statuses,
        ActiveSessions,
        UserSessions,
        AuditLog,
        Health
    };
    const auto action = TRY(read_action(
        call.params, {"get_all_users", "get_user", "search", "get_account_types", "get_account_statuses",
                      "get_active_sessions", "get_user_sessions", "get_audit_log", "health_check"}));
    const auto named_user = [&call] {
        return read_identity(call.params, {"uuid", "user_uuid"}, {"id", "user_id"});
    };
    switch (action) {
        case User: {
            const auto account = TRY(find_user(call, TRY(named_user()), "uuid"));
            return record_reply([&](json::Writer& w) { write_user(w, account); });
        }
        case Search:
            TRY(call.params.required_text("search", kSearchCharacters));
            return list_users(call);
        case Types:
            return list_names<access::AccountType>(kTypes);
        case Statuses:
            return list_names<access::AccountStatus>(kStatuses);
        case ActiveSessions:
            return list_sessions(call, std::nullopt);
        case UserSessions:
            return list_sessions(call, TRY(find_user(call, TRY(named_user()), "uuid")).id);
        case AuditLog: {
            const auto identity = TRY(named_user());
            return list_activity(
                call, "activity_type",
                identity.empty() ? std::nullopt : std::optional{TRY(find_user(call, identity, "uuid")).id});
        }
        case Health:
            return done();
        default:
            return list_users(call);
    }
}

Result<http::Response> read_profile(Call& call) {
    const auto uuid = TRY(call.params.uuid("user_uuid"));
    if (uuid && *uuid != call.who().account_uuid && call.who().type != access::AccountType::Staff) {
        return access::kNotPermitted;
    }
    const auto account =
        TRY(find_user(call, {uuid.value_or(call.who().account_uuid), std::nullopt}, "user_uuid"));
    return record_reply([&](json::Writer& w) { write_user(w, account); });
}

}  // namespace tenantry::api::propops
