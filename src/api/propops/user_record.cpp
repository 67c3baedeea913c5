#include "api/propops/user_record.hpp"

#include "api/propops/reply.hpp"
#include "api/services.hpp"

namespace tenantry::api::propops {

void write_user(json::Writer& w, const access::Account& account) {
    w.begin_object();
    w.key("ID").integer(account.id);
    w.key("uuid").uuid(account.uuid);
    for (const auto& [name, text] :
         {std::pair{Literal{"first_name"}, &account.first_name},
          std::pair{Literal{"last_name"}, &account.last_name}, std::pair{Literal{"email"}, &account.email}}) {
        w.key(name).text_or_null(account.damaged ? std::nullopt : std::optional{*text});
    }
    w.key("username").text_or_null(account.username);
    w.key("phone").text_or_null(account.phone);
    w.key("account_type_id").integer(static_cast<std::int64_t>(account.type));
    w.key("account_type_name").text(access::name_of(account.type));
    w.key("account_status_id").integer(static_cast<std::int64_t>(account.status));
    w.key("account_status_name").text(access::name_of(account.status));
    w.key("branch_id");
    if (account.branch) {
        w.integer(*account.branch);
    } else {
        w.null();
    }
    w.key("role_id").integer(account.role.id);
    w.key("role_name").text(account.role.name);
    write_instant(w.key("created_at"), account.created_at);
    if (account.damaged) {
        w.key("integrity_error").begin_array().text("record").end_array();
    }
    w.end_object();
}

void write_session(json::Writer& w, const access::SessionEntry& session, const access::Caller& caller) {
    w.begin_object();
    w.key("session_id").uuid(session.uuid);
    w.key("kind").text(access::name_of(session.kind));
    w.key("user_id").integer(session.account);
    w.key("user_name").text_or_null(session.account_name);
    w.key("ip_address").text_or_null(session.client ? std::optional{session.client->address} : std::nullopt);
    w.key("user_agent")
        .text_or_null(session.client ? std::optional{session.client->user_agent} : std::nullopt);
    w.key("location").null();  // nothing here knows where an address is
    write_instant(w.key("created_at"), session.created_at);
    write_instant(w.key("last_active"), session.last_active_at);
    write_instant(w.key("expires_at"), session.expires_at);
    w.key("is_current").boolean(session.uuid == caller.session_uuid);
    if (!session.account_name || !session.client) {
        w.key("integrity_error").begin_array();
        for (const auto& [name, is_there] :
             {std::pair{Literal{"user_name"}, session.account_name.has_value()},
              std::pair{Literal{"ip_address"}, session.client.has_value()},
              std::pair{Literal{"user_agent"}, session.client.has_value()}}) {
            if (!is_there) {
                w.text(name.view());
            }
        }
        w.end_array();
    }
    w.end_object();
}

Result<access::Account> find_user(Call& call, const Identity& identity, Literal required) {
    if (identity.empty()) {
        return Error{Code::Invalid, "", required};
    }
    auto& tx = call.work.tx();
    const auto& keys = call.services.keys;
    auto account = identity.uuid ? TRY(access::find_account(tx, keys, *identity.uuid))
                                 : TRY(access::find_account(tx, keys, *identity.id));
    if (identity.id && *identity.id != account.id) {
        return Error{Code::Invalid, "The parameters name different users"};
    }
    return account;
}

Result<access::Account> find_manageable_user(Call& call, const Identity& identity, Literal required) {
    auto account = TRY(find_user(call, identity, required));
    TRY(access::check_manageable(call.who(), account));
    return account;
}

}  // namespace tenantry::api::propops
