#include <fmt/format.h>

#include "api/propops/handlers.hpp"
#include "api/propops/inputs.hpp"
#include "api/propops/reply.hpp"
#include "api/propops/tenant_record.hpp"
#include "register/job.hpp"
#include "register/property.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kNameCharacters = 200;
constexpr std::size_t kTelephoneCharacters = 40;

enum Action : std::size_t { Create, Update, Delete };

Result<Maybe<std::int64_t>> read_address(const Params& params) {
    return read_number(params, {"tenant_address_id", "address_id"});
}

/// Takes the fields that were given into the person; those left out stay, null clears.
Result<void> read_fields(const Params& params, housing::Person& person) {
    const auto name = TRY(params.maybe_text("tenant_name", kNameCharacters));
    if (name.given && !name.value) {
        return Error{Code::Invalid, "", "tenant_name"};
    }
    if (name.value && *name.value != person.name.full()) {
        auto parted = housing::split_name(*name.value);
        person.name.first = std::move(parted.first);
        person.name.last = std::move(parted.last);
    }
    if (auto email = TRY(params.maybe_email("tenant_email")); email.given) {
        person.email = std::move(email.value);
    }
    if (auto number = TRY(params.maybe_text("tenant_number_primary", kTelephoneCharacters)); number.given) {
        person.telephone_1 = std::move(number.value);
    }
    if (auto number = TRY(params.maybe_text("tenant_number_work", kTelephoneCharacters)); number.given) {
        person.telephone_2 = std::move(number.value);
    }
    if (const auto address = TRY(read_address(params)); address.given) {
        person.property = address.value ? std::optional{Id<housing::Property>{*address.value}} : std::nullopt;
    }
    person.active = TRY(params.boolean("active")).value_or(person.active);
    return {};
}

Result<http::Response> create_tenant(Call& call) {
    housing::Person wanted;
    TRY(call.params.required_text("tenant_name", kNameCharacters));
    TRY(read_fields(call.params, wanted));
    const auto person = TRY(housing::create_person(call.work, std::move(wanted)));
    Envelope envelope;
    auto& w = envelope.writer();
    w.key("tenant_id").id(person.id);
    w.key("tenant_uuid").uuid(person.uuid);
    write_tenant(w.key("data"), person);
    return std::move(envelope).finish();
}

/// The tenant to change, by uuid or number; Conflict where the caller saw another version.
Result<housing::Person> load_tenant(Call& call, std::initializer_list<Literal> uuid_names,
                                    std::initializer_list<Literal> id_names) {
    const Identity identity = TRY(read_identity(call.params, uuid_names, id_names));
    const auto id = TRY(find_tenant_id(call.work.tx(), identity, *uuid_names.begin()));
    auto person = TRY(housing::load_person(call.work, id));
    const auto version = TRY(call.params.integer("version", 1, kMaxNumber));
    if (version && *version != person.version) {
        return housing::kStaleEdit;
    }
    return person;
}

Result<http::Response> update_tenant(Call& call) {
    const auto before = TRY(load_tenant(call, {"uuid"}, {"id"}));
    auto after = before;
    TRY(read_fields(call.params, after));
    const auto person = TRY(housing::update_person(call.work, before, std::move(after), "tenant.updated"));
    return record_reply([&](json::Writer& w) { write_tenant(w, person); });
}

Result<http::Response> remove_tenant(Call& call) {
    const auto person = TRY(load_tenant(call, {"uuid"}, {"id"}));
    if (const auto jobs = TRY(housing::count_active_jobs(call.work.tx(), person.id)); jobs > 0) {
        return refuse_with(400, fmt::format("This tenant cannot be deleted: {} active job{} linked", jobs,
                                            jobs == 1 ? " is" : "s are"));
    }
    TRY(housing::remove_person(call.work, person));
    return done();
}

/// Without an action it is a create, unless it names a tenant: then the caller meant something else.
Result<std::size_t> read_post_action(const Params& params) {
    const bool names_tenant = params.has("uuid") || params.has("id");
    return read_action(params, {"create", "update", "delete"},
                       names_tenant ? std::nullopt : std::optional<std::size_t>{Create});
}

}  // namespace

bool is_creation(const Params& params) {
    const auto action = read_post_action(params);
    return action.ok() && *action == Create;
}

Result<void> expect_creation(const Params& params, db::Transaction& tx) {
    const auto address = read_address(params);
    if (!is_creation(params) || !address.ok()) {
        return {};
    }
    return housing::expect_creation(
        tx, address->value ? std::optional{Id<housing::Property>{*address->value}} : std::nullopt);
}

Result<http::Response> post_tenant(Call& call) {
    switch (TRY(read_post_action(call.params))) {
        case Update:
            return update_tenant(call);
        case Delete:
            return remove_tenant(call);
        default:
            return create_tenant(call);
    }
}

Result<http::Response> put_tenant(Call& call) {
    TRY(read_action(call.params, {"update"}, 0));
    return update_tenant(call);
}

Result<http::Response> delete_tenant(Call& call) {
    TRY(read_action(call.params, {"delete"}, 0));
    return remove_tenant(call);
}

Result<http::Response> post_tenant_lightly(Call& call) {
    if (TRY(read_post_action(call.params)) != Create) {
        return Error{Code::Invalid, "", "action"};
    }
    return create_tenant(call);
}

Result<http::Response> assign_address(Call& call) {
    const auto before = TRY(load_tenant(call, {"tenant_uuid", "uuid"}, {"tenant_id", "id"}));
    const auto number = TRY(read_number(call.params, {"address_id", "tenant_address_id"}));
    const auto uuid = TRY(call.params.uuid("address_uuid"));
    if (!number.given && !uuid) {
        return Error{Code::Invalid, "", "address_id"};
    }
    auto after = before;
    after.property = number.value ? std::optional{Id<housing::Property>{*number.value}} : std::nullopt;
    if (uuid) {
        const auto property = TRY(housing::find_property(call.work.tx(), call.work.keys(), *uuid));
        if (number.given && number.value != property.id.value) {
            return Error{Code::Invalid, "The parameters name different addresses"};
        }
        after.property = property.id;
    }
    TRY(housing::update_person(
        call.work, before, std::move(after),
        uuid || number.value ? Literal{"tenant.assigned"} : Literal{"tenant.unassigned"}));
    return done();
}

}  // namespace tenantry::api::propops
