#include "web/roles.hpp"

#include <algorithm>

#include "access/management.hpp"
#include "base/ascii.hpp"
#include "web/administration.hpp"
#include "web/format.hpp"

namespace tenantry::web {

namespace {

using Permissions = std::vector<access::Permission>;

Result<access::Role> role_of_path(Call& call) {
    const auto id = parse_whole<std::int64_t>(call.path_values[0]);
    if (!id) {
        return Error{Code::NotFound, "No such role"};
    }
    return access::find_role_to_give(call.work.tx(), call.who(), *id);
}

std::string path_of(const access::Role& role) {
    return "/administration/roles/" + std::to_string(role.id);
}

/// A permission's box, named by its key; it is ticked where the role has it, or the form says so.
std::string name_of_box(access::Permission permission) {
    return "may." + std::string{access::key_of(permission)};
}

struct Change {
    access::Permission permission;
    bool granted;
};

/// What the form would change of what the role has.
std::vector<Change> changes_of(const Call& call, const Permissions& now) {
    std::vector<Change> changes;
    for (const auto permission : access::all_permissions()) {
        const bool wanted = call.params.has(name_of_box(permission));
        if (wanted != access::holds(now, permission)) {
            changes.push_back({permission, wanted});
        }
    }
    return changes;
}

std::vector<View> meanings(const std::vector<Change>& changes, bool granted) {
    std::vector<View> texts;
    for (const auto& change : changes) {
        if (change.granted == granted) {
            texts.push_back(view_of({{"text", View{std::string{access::meaning_of(change.permission)}}}}));
        }
    }
    return texts;
}

Result<http::Response> ask_again(Call& call, const access::Role& role, const std::vector<Change>& changes) {
    const auto visitor = TRY(visitor_of(call));
    View content;
    content["role"] = View{role.name};
    content["action"] = View{path_of(role)};
    set_list(content, "granted", meanings(changes, true));
    set_list(content, "taken", meanings(changes, false));
    std::vector<View> kept;
    for (const auto permission : access::all_permissions()) {
        if (call.params.has(name_of_box(permission))) {
            kept.push_back(view_of({{"name", View{name_of_box(permission)}}}));
        }
    }
    set_list(content, "kept", std::move(kept));
    return show_administration(call, visitor, "",
                               {.title = "Check what changes",
                                .template_name = "role_check",
                                .content = std::move(content),
                                .back = Link{path_of(role), "Role"}});
}

}  // namespace

Result<http::Response> read_roles(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    auto& tx = call.work.tx();
    const auto roles = TRY(access::list_roles(tx));
    std::vector<Permissions> held;
    std::vector<View> heads;
    held.reserve(roles.size());
    for (const auto& role : roles) {
        held.push_back(TRY(access::permissions_of_role(tx, role.id)));
        heads.push_back(
            view_of({{"name", View{role.name}},
                     {"href", role.level <= call.who().level ? View{path_of(role)} : flag(false)}}));
    }
    std::vector<View> rows;
    for (const auto permission : access::all_permissions()) {
        std::vector<View> cells;
        cells.reserve(held.size());
        for (const auto& of_role : held) {
            cells.push_back(view_of({{"may", flag(access::holds(of_role, permission))}}));
        }
        View row = view_of({{"meaning", View{std::string{access::meaning_of(permission)}}}});
        set_list(row, "cells", std::move(cells));
        rows.push_back(std::move(row));
    }
    View content;
    set_list(content, "roles", std::move(heads));
    set_list(content, "rows", std::move(rows));
    return show_administration(call, visitor, "/administration/roles",
                               {.title = "Roles", .template_name = "roles", .content = std::move(content)});
}

Result<http::Response> read_role(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto role = TRY(role_of_path(call));
    const auto held = TRY(access::permissions_of_role(call.work.tx(), role.id));
    std::vector<View> boxes;
    for (const auto permission : access::all_permissions()) {
        const bool has = access::holds(held, permission);
        boxes.push_back(view_of({{"name", View{name_of_box(permission)}},
                                 {"meaning", View{std::string{access::meaning_of(permission)}}},
                                 {"key", View{std::string{access::key_of(permission)}}},
                                 {"has", flag(has)},
                                 // Nobody can give what they do not have.
                                 {"locked", flag(!has && !visitor.may(permission))}}));
    }
    View content;
    content["role"] = View{role.name};
    content["action"] = View{path_of(role)};
    set_list(content, "boxes", std::move(boxes));
    return show_administration(call, visitor, "",
                               {.title = "What a role may do",
                                .template_name = "role",
                                .content = std::move(content),
                                .back = Link{"/administration/roles", "Roles"}});
}

Result<http::Response> post_role(Call& call) {
    const auto role = TRY(role_of_path(call));
    auto& tx = call.work.tx();
    const auto changes = changes_of(call, TRY(access::permissions_of_role(tx, role.id)));
    if (changes.empty()) {
        return go_to(path_of(role), "nothing-changed");
    }
    if (!call.params.has("confirmed")) {
        return ask_again(call, role, changes);
    }
    const auto held = TRY(access::permissions_of(tx, call.who().account, call.who().role));
    for (const auto& change : changes) {
        TRY(access::change_role_permission(call.work, call.who(), held, role, change.permission,
                                           change.granted));
    }
    return go_to("/administration/roles", "role-changed");
}

}  // namespace tenantry::web
