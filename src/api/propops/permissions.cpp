#include <algorithm>

#include "api/propops/handlers.hpp"
#include "api/propops/reply.hpp"
#include "api/propops/user_record.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kPermissionsMax = 200;

using Permissions = std::vector<access::Permission>;

Result<Permissions> held_by_caller(Call& call) {
    return access::permissions_of(call.work.tx(), call.who().account, call.who().role);
}

/// An array of keys in any spelling. Invalid: absent, or a key that is unknown.
Result<Permissions> read_keys(const Params& params) {
    const auto* array = TRY(params.array("permissions"));
    if (array == nullptr || array->size() > kPermissionsMax) {
        return Error{Code::Invalid, "", "permissions"};
    }
    Permissions keys;
    for (const auto& value : *array) {
        const auto* text = value.as<std::string>();
        const auto permission = text == nullptr ? std::nullopt : access::parse_permission(*text);
        if (!permission) {
            return Error{Code::Invalid, "", "permissions"};
        }
        keys.push_back(*permission);
    }
    return keys;
}

/// One wanted setting of a role.
struct RoleSetting {
    access::Role role;
    access::Permission permission;
    bool value = false;
};

Result<RoleSetting> read_setting(Call& call, const json::Value& value) {
    constexpr Error kMalformed{Code::Invalid, "", "permissions"};
    const auto* role_id = value.find("role_id");
    const auto* key = value.find("permission_key");
    const auto* wanted = value.find("permission_value");
    if (role_id == nullptr || role_id->as<std::int64_t>() == nullptr || key == nullptr ||
        key->as<std::string>() == nullptr || wanted == nullptr || wanted->as<bool>() == nullptr) {
        return kMalformed;
    }
    const auto permission = access::parse_permission(*key->as<std::string>());
    if (!permission) {
        return kMalformed;
    }
    return RoleSetting{TRY(access::find_role(call.work.tx(), *role_id->as<std::int64_t>())), *permission,
                       *wanted->as<bool>()};
}

}  // namespace

Result<http::Response> read_permissions(Call& call) {
    const auto& caller = call.who();
    const auto held = TRY(held_by_caller(call));
    const auto role = TRY(access::find_role(call.work.tx(), caller.role));
    return record_reply([&](json::Writer& w) {
        w.begin_object();
        w.key("permissions").begin_object();
        for (const auto permission : held) {
            w.key_text(access::key_of(permission)).boolean(true);
            if (!access::alias_of(permission).empty()) {
                w.key_text(access::alias_of(permission)).boolean(true);
            }
        }
        w.end_object();
        w.key("role").begin_object().key("id").integer(role.id).key("name").text(role.name);
        w.key("level").integer(role.level).end_object();
        w.key("account_type").begin_object().key("id").integer(static_cast<std::int64_t>(caller.type));
        w.key("name").text(access::name_of(caller.type)).end_object();
        w.end_object();
    });
}

Result<http::Response> put_permissions(Call& call) {
    enum Action : std::size_t { Grant, Revoke, Sync };
    const auto action = TRY(read_action(call.params, {"grant", "revoke", "sync"}));
    const auto identity = TRY(read_identity(call.params, {"user_uuid", "uuid"}, {"user_id"}));
    const auto wanted = TRY(read_keys(call.params));
    const auto account = TRY(find_manageable_user(call, identity, "user_uuid"));
    const auto held = TRY(held_by_caller(call));
    const bool grants_what_it_lacks =
        action != Revoke &&
        !std::all_of(wanted.begin(), wanted.end(), [&](auto one) { return access::holds(held, one); });
    if (grants_what_it_lacks) {
        return access::kNotPermitted;
    }
    if (action == Sync) {
        TRY(access::sync_account_permissions(call.work, account, wanted));
        return done();
    }
    for (const auto permission : wanted) {
        TRY(access::set_account_permission(call.work, account.id, permission, action == Grant));
    }
    return done();
}

Result<http::Response> post_staff_permissions(Call& call) {
    const auto* array = TRY(call.params.array("permissions"));
    if (array == nullptr || array->empty() || array->size() > kPermissionsMax) {
        return Error{Code::Invalid, "", "permissions"};
    }
    const auto held = TRY(held_by_caller(call));
    for (const auto& value : *array) {
        const auto setting = TRY(read_setting(call, value));
        TRY(access::change_role_permission(call.work, call.who(), held, setting.role, setting.permission,
                                           setting.value));
    }
    Envelope envelope;
    envelope.writer().key("updated_count").integer(static_cast<std::int64_t>(array->size()));
    return std::move(envelope).finish();
}

}  // namespace tenantry::api::propops
