// Addresses: Tenantry's extension in the house style (contract section 4.8), over the register's properties.
#include "api/propops/handlers.hpp"
#include "api/propops/inputs.hpp"
#include "api/propops/reply.hpp"
#include "base/text.hpp"
#include "register/property.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kLineCharacters = 120;
constexpr std::size_t kPostcodeCharacters = 12;
constexpr std::size_t kSearchCharacters = 200;
constexpr std::int64_t kLimit = 200;

enum Action : std::size_t { Create, Update, Delete };

void write_address(json::Writer& w, const housing::Property& p) {
    w.begin_object();
    w.key("ID").id(p.id);
    w.key("uuid").uuid(p.uuid);
    w.key("address_line_1").text(p.address_line_1);
    w.key("address_line_2").text_or_null(p.address_line_2);
    w.key("town").text_or_null(p.city);
    w.key("county").text_or_null(p.county);
    w.key("postcode").text(p.postcode);
    w.key("full_address").text(p.full_address());
    w.key("version").integer(p.version);
    write_instant(w.key("created_at"), p.created_at);
    write_instant(w.key("updated_at"), p.updated_at);
    w.end_object();
}

Result<void> take_optional(const Params& params, Literal name, std::optional<std::string>& out) {
    if (auto text = TRY(params.maybe_text(name, kLineCharacters)); text.given) {
        out = std::move(text.value);
    }
    return {};
}

Result<void> read_fields(const Params& params, housing::Property& p) {
    TRY(take_text(params, "address_line_1", kLineCharacters, p.address_line_1));
    TRY(take_optional(params, "address_line_2", p.address_line_2));
    TRY(take_optional(params, "town", p.city));
    TRY(take_optional(params, "county", p.county));
    return take_text(params, "postcode", kPostcodeCharacters, p.postcode);
}

Result<housing::Property> find_address(Call& call) {
    const Identity identity = TRY(read_identity(call.params, {"uuid"}, {"id"}));
    if (identity.empty()) {
        return Error{Code::Invalid, "", "uuid"};
    }
    auto property = identity.uuid
                        ? TRY(housing::find_property(call.work.tx(), call.work.keys(), *identity.uuid))
                        : TRY(housing::find_property(call.work.tx(), call.work.keys(),
                                                     Id<housing::Property>{*identity.id}));
    if (identity.id && *identity.id != property.id.value) {
        return Error{Code::Invalid, "The parameters name different addresses"};
    }
    return property;
}

/// The address to change; Conflict where the caller saw another version.
Result<housing::Property> load_address(Call& call) {
    auto property = TRY(find_address(call));
    const auto version = TRY(call.params.integer("version", 1, kMaxNumber));
    if (version && *version != property.version) {
        return housing::kStaleEdit;
    }
    return property;
}

Result<http::Response> create_address(Call& call) {
    housing::Property wanted;
    TRY(call.params.required_text("address_line_1", kLineCharacters));
    TRY(call.params.required_text("postcode", kPostcodeCharacters));
    TRY(read_fields(call.params, wanted));
    const auto property = TRY(housing::create_property(call.work, std::move(wanted)));
    Envelope envelope;
    auto& w = envelope.writer();
    w.key("address_id").id(property.id);
    w.key("address_uuid").uuid(property.uuid);
    write_address(w.key("data"), property);
    return std::move(envelope).finish();
}

Result<http::Response> update_address(Call& call) {
    auto property = TRY(load_address(call));
    TRY(read_fields(call.params, property));
    const auto updated = TRY(housing::update_property(call.work, std::move(property)));
    return record_reply([&](json::Writer& w) { write_address(w, updated); });
}

Result<http::Response> remove_address(Call& call) {
    TRY(housing::remove_property(call.work, TRY(load_address(call))));
    return done();
}

}  // namespace

Result<http::Response> read_addresses(Call& call) {
    if (TRY(read_action(call.params, {"list", "get"}, 0)) == 1) {
        const auto property = TRY(find_address(call));
        return record_reply([&](json::Writer& w) { write_address(w, property); });
    }
    const auto search = TRY(call.params.text("search", kSearchCharacters)).value_or("");
    const auto paging = TRY(read_paging(call.params, kLimit));
    const auto page = TRY(housing::list_properties(call.work.tx(), search, paging));
    return list_reply(page.properties, page.total, page.total_is_exact, write_address);
}

Result<http::Response> post_address(Call& call) {
    const bool names_address = call.params.has("uuid") || call.params.has("id");
    switch (TRY(read_action(call.params, {"create", "update", "delete"},
                            names_address ? std::nullopt : std::optional<std::size_t>{Create}))) {
        case Update:
            return update_address(call);
        case Delete:
            return remove_address(call);
        default:
            return create_address(call);
    }
}

Result<http::Response> put_address(Call& call) {
    TRY(read_action(call.params, {"update"}, 0));
    return update_address(call);
}

Result<http::Response> delete_address(Call& call) {
    TRY(read_action(call.params, {"delete"}, 0));
    return remove_address(call);
}

}  // namespace tenantry::api::propops
