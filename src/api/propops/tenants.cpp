#include "api/propops/handlers.hpp"
#include "api/propops/inputs.hpp"
#include "api/propops/reply.hpp"
#include "api/propops/tenant_record.hpp"
#include "register/property.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kSearchCharacters = 200;
constexpr std::int64_t kManageLimit = 200;
constexpr std::int64_t kListLimit = 1000;

/// PropOps' names of the columns that may be damaged.
std::string_view shown_name(Literal column) {
    if (column.view() == "name") {
        return "tenant_name";
    }
    if (column.view() == "email") {
        return "tenant_email";
    }
    if (column.view() == "telephone_1") {
        return "tenant_number_primary";
    }
    if (column.view() == "telephone_2") {
        return "tenant_number_work";
    }
    return "record";
}

bool is_unreadable(const housing::Person& person, std::string_view column) {
    for (const Literal one : person.unreadable) {
        if (one.view() == column) {
            return true;
        }
    }
    return false;
}

Result<http::Response> get_tenant(Call& call, Literal required) {
    const Identity identity = TRY(read_identity(call.params, {"uuid"}, {"id"}));
    // The usual call names the uuid alone, and takes one statement.
    const auto person =
        identity.uuid && !identity.id
            ? TRY(housing::find_person(call.work, *identity.uuid, housing::Depth::Contact))
            : TRY(housing::find_person(call.work, TRY(find_tenant_id(call.work.tx(), identity, required)),
                                       housing::Depth::Contact));
    return record_reply([&](json::Writer& w) { write_tenant(w, person); });
}

Result<http::Response> list_tenants(Call& call, housing::PersonFilter filter, std::int64_t limit_max) {
    const Params& params = call.params;
    filter.search = TRY(params.text("search", kSearchCharacters)).value_or("");
    if (const auto number = TRY(read_number(params, {"address_id", "tenant_address_id"})).value) {
        filter.property = Id<housing::Property>{*number};
    }
    filter.active = TRY(params.boolean("active"));
    filter.only_unassigned = TRY(params.boolean("unassigned")).value_or(false);
    filter.paging = TRY(read_paging(params, limit_max));
    const auto page = TRY(housing::list_people(call.work, call.services.names, filter));
    return list_reply(page.people, page.total, page.total_is_exact, write_tenant);
}

}  // namespace

void write_tenant(json::Writer& w, const housing::Person& person) {
    w.begin_object();
    w.key("ID").id(person.id);
    w.key("uuid").uuid(person.uuid);
    w.key("tenant_name");
    if (is_unreadable(person, "name")) {
        w.null();
    } else {
        w.text(person.name.full());
    }
    w.key("tenant_email").text_or_null(person.email);
    w.key("tenant_number_primary").text_or_null(person.telephone_1);
    w.key("tenant_number_work").text_or_null(person.telephone_2);
    for (const Literal name : {Literal{"address_id"}, Literal{"tenant_address_id"}}) {
        w.key(name);
        if (person.property) {
            w.id(*person.property);
        } else {
            w.null();
        }
    }
    w.key("full_address").text_or_null(person.full_address);
    w.key("active").boolean(person.active);
    w.key("version").integer(person.version);
    write_instant(w.key("created_at"), person.created_at);
    write_instant(w.key("updated_at"), person.updated_at);
    if (!person.unreadable.empty()) {
        w.key("integrity_error").begin_array();
        for (const Literal column : person.unreadable) {
            w.text(shown_name(column));
        }
        w.end_array();
    }
    w.end_object();
}

Result<Id<housing::Person>> find_tenant_id(db::Transaction& tx, const Identity& identity, Literal required) {
    if (identity.empty()) {
        return Error{Code::Invalid, "", required};
    }
    if (!identity.uuid) {
        return Id<housing::Person>{*identity.id};
    }
    const auto found = TRY(housing::find_person_id(tx, *identity.uuid));
    if (identity.id && *identity.id != found.value) {
        return Error{Code::Invalid, "The parameters name different tenants"};
    }
    return found;
}

Result<http::Response> read_tenants(Call& call) {
    if (TRY(read_action(call.params, {"list", "get"})) == 1) {
        return get_tenant(call, "uuid");
    }
    return list_tenants(call, {}, kManageLimit);
}

Result<http::Response> read_tenants_lightly(Call& call) {
    if (TRY(read_action(call.params, {"list", "get"})) == 1) {
        return get_tenant(call, "id");
    }
    housing::PersonFilter filter;
    filter.or_unassigned = true;
    filter.search_contacts = true;
    return list_tenants(call, filter, kListLimit);
}

Run run_of_tenants(const Params& params) {
    const auto action = params.text("action", 64);
    return action.ok() && *action == "get" ? Run::Read : Run::Slow;
}

Result<void> expect_tenant(const Params& params, db::Transaction& tx) {
    const auto identity = read_identity(params, {"uuid"}, {"id"});
    return identity.ok() && identity->uuid && !identity->id ? housing::expect_person(tx, *identity->uuid)
                                                            : Result<void>{};
}

}  // namespace tenantry::api::propops
