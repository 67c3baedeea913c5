// Tenants' and residents' associations (TRAs) and who speaks for them (contract 4.10). Changes are as the
// original meant them, not as it made them (contract 6).
#include "register/association.hpp"

#include <algorithm>

#include "api/hackney/input.hpp"
#include "api/hackney/reply.hpp"
#include "api/hackney/routes.hpp"
#include "base/ascii.hpp"
#include "base/text.hpp"
#include "json/writer.hpp"
#include "register/representative.hpp"

namespace tenantry::api::hackney {

namespace {

using access::Permission;
using housing::Association;

constexpr Message kNoPatch{"Bad Request", "Please provide a valid patch ID"};
constexpr Message kNoAssociation{"Bad Request", "Please provide a valid TRA ID"};
constexpr Error kNoBody{Code::Invalid, "The request has no body that can be read"};
constexpr Error kNoName{Code::Invalid, "The request has no name"};

/// The original's numbers have 32 bits.
bool is_number(const std::optional<std::int64_t>& id) {
    return id && *id != 0 && *id >= INT32_MIN && *id <= INT32_MAX;
}

Id<Association> association_in(const Call& call) {
    return {parse_number(call.path_values[0]).value_or(0)};
}

/// The keys that every form of an association begins with.
void write_facts(json::Writer& w, const Association& a) {
    w.key("traId").id(a.id);
    w.key("name").text(a.name);
    w.key("notes").text_or_null(a.notes);
    w.key("email").text_or_null(a.email);
    w.key("areaId").integer(a.area);
    w.key("patchId").uuid(a.patch);
}

Result<http::Response> list_of_patch(Call& call) {
    const auto patch = Query{call.request}.uuid("patchId");
    if (!patch) {
        return refuse_input(kNoPatch);
    }
    std::string body;
    json::Writer w{body};
    w.begin_object().key("results").begin_array();
    for (auto& association : TRY(housing::list_associations(call.work, *patch))) {
        // The original's statement selects three columns.
        association.notes.reset();
        association.email.reset();
        association.patch = {};
        w.begin_object();
        write_facts(w, association);
        w.end_object();
    }
    w.end_array().end_object();
    return utf8_reply(200, std::move(body));
}

void write_nobody(json::Writer& w) {
    w.key("traId").integer(0);
    w.key("name").null();
    w.key("notes").null();
    w.key("email").null();
    w.key("areaId").integer(0);
    w.key("patchId").null();
    w.key("listOfEstates").begin_array().end_array();
    w.key("listOfRoles").begin_array().end_array();
}

Result<void> write_details(Call& call, json::Writer& w, const Association& association) {
    write_facts(w, association);
    w.key("listOfEstates").begin_array();
    for (const auto& estate : TRY(housing::list_association_estates(call.work.tx(), association.id))) {
        w.begin_object();
        w.key("estateUHReference").text(estate.reference);
        w.key("estateName").text(estate.name);
        w.end_object();
    }
    w.end_array();
    w.key("listOfRoles").begin_array();
    for (const auto& one : TRY(housing::list_representatives(call.work, association.id))) {
        w.begin_object();
        w.key("role").text(one.role);
        w.key("roleName").null();
        w.key("personName").text(one.name);
        w.end_object();
    }
    w.end_array();
    return {};
}

Result<http::Response> information(Call& call) {
    const auto id = Query{call.request}.integer("TRAId");
    if (!is_number(id)) {
        return refuse_input(kNoAssociation);
    }
    const auto association = housing::find_association(call.work, {*id});
    if (!association.ok() && association.error().code != Code::NotFound) {
        return association.error();
    }
    std::string body;
    json::Writer w{body};
    w.begin_object().key("results").begin_object();
    if (association.ok()) {
        TRY(write_details(call, w, *association));
    } else {
        write_nobody(w);
    }
    w.end_object().end_object();
    return utf8_reply(200, std::move(body));
}

/// What POST and PATCH have in common.
struct Wanted {
    std::optional<std::string> name;
    std::optional<std::string> notes;
    std::optional<std::string> email;
    std::int64_t area = 0;
    Uuid patch;
    std::vector<std::string> estates;
};

Result<Wanted> read_wanted(const http::Request& request) {
    Body body{request};
    const auto fields = body.fields();
    Wanted wanted;
    wanted.name = fields.text("name");
    wanted.notes = fields.note("notes");
    wanted.email = fields.text("email");
    wanted.area = fields.integer("areaId").value_or(0);
    wanted.patch = fields.uuid("patchId").value_or(Uuid{});
    wanted.estates = fields.texts("estateRefs").value_or(std::vector<std::string>{});
    if (body.is_null()) {
        return kNoBody;
    }
    for (auto& reference : wanted.estates) {
        reference = std::string{trim(reference)};
    }
    std::erase(wanted.estates, "");
    return wanted;
}

/// What these two refusals are called on the wire; other errors are passed on.
Result<http::Response> refuse_taken(const Error& error) {
    if (error.field.view() == housing::kAssociationNameTaken.field.view()) {
        return text_reply(400, "This Tra already exists.");
    }
    if (error.field.view() == housing::kEstateTaken.field.view()) {
        return text_reply(400, "Request contains Estate Ids that are already used.");
    }
    return error;
}

Result<http::Response> create(Call& call) {
    const auto wanted = TRY(read_wanted(call.request));
    if (!is_given(wanted.name)) {
        return kNoName;
    }
    Association association;
    association.name = trim(*wanted.name);
    association.notes = wanted.notes;
    association.email = wanted.email;
    association.area = wanted.area;
    association.patch = wanted.patch;
    const auto created = housing::create_association(call.work, std::move(association), wanted.estates);
    return created.ok() ? empty_reply(200) : refuse_taken(created.error());
}

/// The path says which association it is. Its name, area and patch stay: the original takes the name for a
/// key and the other two for nothing.
Result<http::Response> update(Call& call) {
    const auto wanted = TRY(read_wanted(call.request));
    auto found = housing::find_association(call.work, association_in(call));
    if (!found.ok()) {
        return found.error().code == Code::NotFound ? Result<http::Response>{empty_reply(404)}
                                                    : found.error();
    }
    Association association = std::move(found).value();
    if (is_given(wanted.email)) {
        association.email = wanted.email;
    }
    if (is_given(wanted.notes)) {
        association.notes = wanted.notes;
    }
    const auto updated = housing::update_association(call.work, std::move(association), wanted.estates);
    if (!updated.ok()) {
        return refuse_taken(updated.error());
    }
    std::string body;
    json::Writer w{body};
    w.begin_object().key("result").begin_object();
    write_facts(w, *updated);
    w.end_object().end_object();
    return utf8_reply(200, std::move(body));
}

Result<std::string> name_in(const Call& call) {
    auto name = path_text(call.path_values[1]);
    if (!name) {
        return kNoName;
    }
    return *std::move(name);
}

http::Response say_true() {
    return utf8_reply(200, R"({"result":true})");
}

Result<http::Response> add_representative(Call& call) {
    const auto name = TRY(name_in(call));
    // The original's database compares in any case; roles are stored in lower case.
    TRY(housing::add_representative(call.work, association_in(call), lower_case(call.path_values[2]), name));
    return say_true();
}

Result<http::Response> remove_representative(Call& call) {
    TRY(housing::remove_representatives(call.work, association_in(call), TRY(name_in(call))));
    return say_true();
}

Result<http::Response> representatives(Call& call) {
    std::string body;
    json::Writer w{body};
    w.begin_object().key("result").begin_array();
    for (const auto& one : TRY(housing::list_representatives(call.work, association_in(call)))) {
        w.begin_object();
        w.key("traId").id(one.association);
        w.key("contactId").uuid({});
        w.key("role").text(one.role);
        w.key("personName").text(one.name);
        w.end_object();
    }
    w.end_array().end_object();
    return utf8_reply(200, std::move(body));
}

Result<http::Response> roles(Call& call) {
    std::string body;
    json::Writer w{body};
    w.begin_object().key("result").begin_array();
    for (const auto& one : TRY(housing::list_association_roles(call.work.tx()))) {
        w.begin_object();
        w.key("role").text(one.role);
        w.key("name").text(one.name);
        w.end_object();
    }
    w.end_array().end_object();
    return utf8_reply(200, std::move(body));
}

constexpr Guard kReads = Guard::needs(Permission::AssociationsView);
constexpr Guard kManages = Guard::needs(Permission::AssociationsManage);
constexpr Csrf kNoCsrf = Csrf::NotNeeded;

constexpr Route kRoutes[] = {
    {"GET", "/v1/TRA/GetTRAForPatch", kReads, kNoCsrf, Run::Read, list_of_patch},
    {"GET", "/v1/TRA/GetTRAInformation", kReads, kNoCsrf, Run::Read, information},
    {"POST", "/v1/TRA", kManages, kNoCsrf, Run::Write, create, nullptr, fail_in_filter},
    {"PATCH", "/v1/TRA/{traId}", kManages, kNoCsrf, Run::Write, update, nullptr, fail_in_filter},
    {"POST", "/v1/TRA/{traId}/representative/{personName}/{role}", kManages, kNoCsrf, Run::Write,
     add_representative, nullptr, fail_in_filter},
    {"DELETE", "/v1/TRA/{traId}/representative/{personName}", kManages, kNoCsrf, Run::Write,
     remove_representative, nullptr, fail_in_filter},
    {"GET", "/v1/TRA/{traId}/representatives", kReads, kNoCsrf, Run::Read, representatives, nullptr,
     fail_in_filter},
    {"GET", "/v1/TraRole/roles", kReads, kNoCsrf, Run::Read, roles, nullptr, fail_in_filter},
};

}  // namespace

std::span<const Route> association_routes() {
    return kRoutes;
}

}  // namespace tenantry::api::hackney
