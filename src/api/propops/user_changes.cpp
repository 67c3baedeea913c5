#include "api/propops/handlers.hpp"
#include "api/propops/reply.hpp"
#include "api/propops/user_record.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kNameCharacters = 100;
constexpr std::size_t kTelephoneCharacters = 40;
constexpr std::int64_t kTypes = 5;

/// The role that was asked for. Forbidden: above the caller's own level.
Result<void> take_role(Call& call, access::Account& account) {
    const auto role = TRY(call.params.integer("role_id", 1, kMaxNumber));
    if (!role || *role == account.role.id) {
        return {};
    }
    account.role = TRY(access::find_role_to_give(call.work.tx(), call.who(), *role));
    return {};
}

/// What a profile and a user have in common.
Result<void> take_profile(Call& call, access::Account& account) {
    const Params& params = call.params;
    TRY(take_text(params, "first_name", kNameCharacters, account.first_name));
    TRY(take_text(params, "last_name", kNameCharacters, account.last_name));
    if (auto phone = TRY(params.maybe_text("phone", kTelephoneCharacters)); phone.given) {
        account.phone = std::move(phone.value);
    }
    if (const auto branch = TRY(params.maybe_integer("branch_id", 1, kMaxNumber)); branch.given) {
        account.branch = branch.value;
    }
    return take_role(call, account);
}

Result<void> take_user(Call& call, access::Account& account) {
    TRY(take_profile(call, account));
    auto email = TRY(call.params.maybe_email("email"));
    if (email.given && !email.value) {
        return Error{Code::Invalid, "", "email"};
    }
    if (email.given) {
        account.email = std::move(*email.value);
    }
    if (auto username = TRY(call.params.maybe_text("username", kNameCharacters)); username.given) {
        account.username = std::move(username.value);
    }
    const auto type = TRY(call.params.integer("account_type_id", 1, kTypes));
    account.type = type ? static_cast<access::AccountType>(*type) : account.type;
    if (const auto password = TRY(call.params.secret("password"))) {
        TRY(access::check_new_password(*password));
        account.password = call.password_hash;
    }
    return {};
}

Result<http::Response> create_user(Call& call) {
    for (const Literal name : {Literal{"first_name"}, Literal{"last_name"}, Literal{"email"}}) {
        TRY(call.params.required_text(name, kNameCharacters * 3));
    }
    for (const Literal name : {Literal{"account_type_id"}, Literal{"role_id"}}) {
        if (!TRY(call.params.integer(name, 1, kMaxNumber))) {
            return Error{Code::Invalid, "", name};
        }
    }
    if (!TRY(call.params.secret("password"))) {
        return Error{Code::Invalid, "", "password"};
    }
    access::Account wanted;
    TRY(take_user(call, wanted));
    const auto account = TRY(access::create_account(call.work, std::move(wanted)));
    Envelope envelope;
    auto& w = envelope.writer();
    w.key("user_id").integer(account.id);
    w.key("user_uuid").uuid(account.uuid);
    write_user(w.key("data"), account);
    return std::move(envelope).finish();
}

Result<http::Response> change_user(Call& call, access::Account account) {
    TRY(take_user(call, account));
    const auto changed = TRY(access::update_account(call.work, std::move(account), "user.updated"));
    return record_reply([&](json::Writer& w) { write_user(w, changed); });
}

Result<void> delete_user(Call& call, const access::Account& account) {
    if (account.id == call.who().account) {
        return Error{Code::Invalid, "You cannot do this to your own account"};
    }
    return access::remove_account(call.work, account);
}

Result<void> change_role(Call& call, access::Account account) {
    if (!TRY(call.params.integer("role_id", 1, kMaxNumber))) {
        return Error{Code::Invalid, "", "role_id"};
    }
    TRY(take_role(call, account));
    TRY(access::update_account(call.work, std::move(account), "user.role_changed"));
    return {};
}

}  // namespace

Result<http::Response> post_users(Call& call) {
    enum Action : std::size_t { Create, Update, Delete, Toggle, Role, EndSession, Blacklist, Unblacklist };
    const auto action =
        TRY(read_action(call.params, {"create_user", "update", "delete_user", "toggle_status", "update_role",
                                      "terminate_session", "add_to_blacklist", "remove_from_blacklist"}));
    if (action == Create) {
        return create_user(call);
    }
    if (action == EndSession) {
        TRY(access::terminate_session(call.work, call.who(), TRY(call.params.required_uuid("session_id"))));
        return done();
    }
    const auto identity = TRY(read_identity(call.params, {"uuid", "user_uuid"}, {"user_id"}));
    auto account = TRY(find_manageable_user(call, identity, "uuid"));
    switch (action) {
        case Update:
            return change_user(call, std::move(account));
        case Delete:
            TRY(delete_user(call, account));
            return done();
        case Toggle:
            TRY(access::toggle_account_status(call.work, call.who(), std::move(account)));
            return done();
        case Role:
            TRY(change_role(call, std::move(account)));
            return done();
        case Blacklist:
            TRY(access::set_account_status(call.work, call.who(), std::move(account),
                                           access::AccountStatus::Blacklisted, "user.blacklisted"));
            return done();
        default:
            TRY(access::take_off_blacklist(call.work, call.who(), std::move(account)));
            return done();
    }
}

Run run_of_users(const Params& params) {
    return params.has("password") ? Run::HashedWrite : Run::Write;
}

Result<http::Response> put_profile(Call& call) {
    const auto uuid = TRY(call.params.required_uuid("user_uuid"));
    if (call.params.has("branch_id") && call.who().type != access::AccountType::Staff) {
        return access::kNotPermitted;
    }
    auto account = TRY(find_manageable_user(call, {uuid, std::nullopt}, "user_uuid"));
    TRY(take_profile(call, account));
    const auto changed = TRY(access::update_account(call.work, std::move(account), "user.updated"));
    return record_reply([&](json::Writer& w) { write_user(w, changed); });
}

}  // namespace tenantry::api::propops
