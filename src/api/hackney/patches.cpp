// Areas and patches: who answers for which homes (contract 4.3).
#include "api/hackney/input.hpp"
#include "api/hackney/officers.hpp"
#include "api/hackney/reply.hpp"
#include "api/hackney/routes.hpp"
#include "register/area.hpp"
#include "register/manager_area.hpp"
#include "register/officer.hpp"
#include "register/patch.hpp"
#include "register/postcode.hpp"

namespace tenantry::api::hackney {

namespace {

using housing::Officer;
using housing::OfficerNames;

/// The officer's name; a space, as the original joins two absent names, where there is none.
std::string_view name_of(const OfficerNames& names, const std::optional<Id<Officer>>& officer) {
    const auto known = officer ? names.find(*officer) : names.end();
    return known == names.end() ? std::string_view{" "} : std::string_view{known->second};
}

void add_to(std::set<Id<Officer>>& officers, const std::optional<Id<Officer>>& officer) {
    if (officer) {
        officers.insert(*officer);
    }
}

void write_home(json::Writer& w, const housing::PatchOfHome& home, const OfficerNames& names) {
    w.begin_object();
    write_number_text(w.key("hackneyAreaId"), home.area ? std::optional{home.area->value} : std::nullopt);
    w.key("hackneyareaName").text_or_null(home.area_name);
    w.key("hackneyPropertyReference").text_or_null(home.property_reference);
    w.key("hackneyPostCode").text(home.postcode);
    write_number_text(w.key("hackneyllpgReference"), home.uprn);
    write_uuid(w.key("hackneyManagerPropertyPatchId"), home.manager_area);
    w.key("hackneyManagerPropertyPatchName").text(name_of(names, home.manager));
    w.key("hackneyWardId").text_or_null(home.ward_id);
    w.key("hackneyWardName").text_or_null(home.ward_name);
    write_uuid(w.key("hackneyEstateofficerPropertyPatchId"), home.patch);
    w.key("hackneyEstateofficerPropertyPatchName").text(name_of(names, home.officer));
    write_uuid(w.key("hackneyEstateOfficerId"), home.officer_uuid);
    w.end_object();
}

Result<http::Response> get_area_patch(Call& call) {
    const Query query{call.request};
    const auto postcode = housing::parse_postcode(query.text("postcode").value_or(""));
    if (!postcode || !query.text("UPRN")) {
        return refuse_input(Message{.developer = " Bad Request",
                                    .user = "The request isn't right; please verify the parameters"});
    }
    std::string body;
    json::Writer w{body};
    w.begin_object().key("result");
    const auto uprn = query.integer("UPRN");
    const auto home = uprn ? housing::find_patch_of_home(call.work.tx(), *uprn, *postcode)
                           : Result<housing::PatchOfHome>{Error{Code::NotFound, "no number"}};
    if (home.ok()) {
        std::set<Id<Officer>> officers;
        add_to(officers, home->manager);
        add_to(officers, home->officer);
        write_home(w, *home, TRY(housing::name_officers(call.work, officers)));
    } else if (home.error().code == Code::NotFound) {
        w.begin_object().end_object();
    } else {
        return home.error();
    }
    w.end_object();
    return json_reply(200, std::move(body));
}

/// What a manager's row has in place of a patch.
void write_no_patch(json::Writer& w) {
    for (const Literal key :
         {Literal{"propertyAreaPatchId"}, Literal{"estateOfficerPropertyPatchId"},
          Literal{"estateOfficerPropertyPatchName"}, Literal{"llpgReferenece"}, Literal{"patchId"},
          Literal{"patchName"}, Literal{"propetyReference"}, Literal{"wardName"}, Literal{"wardId"}}) {
        w.key(key).text("");
    }
}

/// The patch; the original fills "patchId" and "patchName" with its officer and leaves the rest null.
void write_patch(json::Writer& w, const housing::Team::Member& member, const OfficerNames& names) {
    w.key("propertyAreaPatchId").null();
    w.key("estateOfficerPropertyPatchId").uuid(member.patch);
    w.key("estateOfficerPropertyPatchName").text(member.patch_name);
    w.key("llpgReferenece").null();
    w.key("patchId").uuid(member.officer_uuid);
    w.key("patchName").text(name_of(names, member.officer));
    w.key("propetyReference").null();
    w.key("wardName").null();
    w.key("wardId").null();
}

/// The manager's row of a team, or one of its patches' rows.
void write_row(json::Writer& w, Id<housing::Area> area, const housing::Team& team,
               const housing::Team::Member* member, const OfficerNames& names) {
    const std::string manager{name_of(names, team.manager)};
    w.begin_object();
    if (member != nullptr) {
        write_patch(w, *member, names);
    } else {
        write_no_patch(w);
    }
    w.key("areaName").null();
    w.key("areaId").id(area);
    w.key("managerPropertyPatchId").uuid(team.manager_area);
    w.key("managerPropertyPatchName").text(team.name);
    w.key("areaManagerName").text(manager);
    write_uuid(w.key("areamanagerId"), team.manager_uuid);
    w.key("isaManager").boolean(member == nullptr);
    if (member != nullptr) {
        w.key("officerId").uuid(member->patch);
        w.key("officerName").text(name_of(names, member->officer));
    } else {
        w.key("officerId").uuid(team.manager_area);
        w.key("officerName").text(manager == " " ? "(Area Manager)" : manager + " (Area Manager)");
    }
    w.end_object();
}

Result<http::Response> get_officers_of_area(Call& call) {
    const auto number = Query{call.request}.integer("areaId");
    if (!number) {
        return refuse_input_silently();
    }
    const Id<housing::Area> area{*number};
    const auto teams = TRY(housing::list_teams(call.work.tx(), area));
    if (teams.empty()) {
        return json_reply(200, R"({"results":{}})");
    }
    std::set<Id<Officer>> officers;
    for (const auto& team : teams) {
        add_to(officers, team.manager);
        for (const auto& member : team.members) {
            officers.insert(member.officer);
        }
    }
    const auto names = TRY(housing::name_officers(call.work, officers));
    std::string body;
    json::Writer w{body};
    w.begin_object().key("results").begin_array();
    for (const auto& team : teams) {
        write_row(w, area, team, nullptr, names);
        for (const auto& member : team.members) {
            write_row(w, area, team, &member, names);
        }
    }
    w.end_array().end_object();
    return json_reply(200, std::move(body));
}

/// What a PUT wants done.
struct Assignment {
    std::optional<std::string> officer;
    std::optional<std::string> updated_by;
    bool of_patch = false;
    std::optional<std::string> patch;
    std::optional<std::string> manager_area;
    bool removes = false;

    [[nodiscard]] bool is_whole() const {
        return is_given(officer) && is_given(updated_by) && is_given(of_patch ? patch : manager_area);
    }
};

/// The uuid of an id that was given; one that nobody has where it is no uuid, for no record has it either.
Uuid uuid_of(const std::optional<std::string>& text) {
    return parse_guid(text.value_or("")).value_or(Uuid{});
}

/// What was assigned, and the key that its name stands under.
template <class Held>
http::Response assignment_reply(const Assignment& wanted, const Held& held, Literal name_key) {
    std::string body;
    json::Writer w{body};
    w.begin_object();
    w.key("id").uuid(held.uuid);
    if (!wanted.removes) {
        w.key(name_key).text(held.name);
    }
    w.end_object();
    return json_reply(201, std::move(body));
}

Result<http::Response> put_officer_of_patch_or_area(Call& call) {
    Body body{call.request};
    const Fields fields = body.fields();
    const Assignment wanted{.officer = fields.text("officerId"),
                            .updated_by = fields.text("updatedByOfficer"),
                            .of_patch = fields.boolean("isUpdatingPatch").value_or(false),
                            .patch = fields.text("patchId"),
                            .manager_area = fields.text("areamanagerId"),
                            .removes = fields.boolean("deleteExistingRelationship").value_or(false)};
    if (body.is_null() || !wanted.is_whole()) {
        return refuse_input_silently();
    }
    const Uuid officer = uuid_of(wanted.officer);
    const Uuid updated_by = uuid_of(wanted.updated_by);
    if (wanted.of_patch) {
        const Uuid patch = uuid_of(wanted.patch);
        return assignment_reply(
            wanted,
            TRY(wanted.removes ? housing::vacate_patch(call.work, patch)
                               : housing::assign_patch(call.work, patch, officer, updated_by)),
            "patchName");
    }
    const Uuid area = uuid_of(wanted.manager_area);
    return assignment_reply(
        wanted,
        TRY(wanted.removes ? housing::vacate_manager_area(call.work, area)
                           : housing::assign_manager_area(call.work, area, officer, updated_by)),
        "areaName");
}

Result<http::Response> get_unassigned_officers(Call& call) {
    const auto officers = TRY(housing::list_unassigned_officers(call.work));
    std::string body;
    json::Writer w{body};
    w.begin_object().key("results").begin_array();
    for (const auto& officer : officers) {
        w.begin_object();
        w.key("firstName").text(officer.account.first_name);
        w.key("lastName").text(officer.account.last_name);
        w.key("fullName").text(officer.account.full_name());
        w.key("officerId").uuid(officer.uuid);
        w.end_object();
    }
    w.end_array().end_object();
    return json_reply(200, std::move(body));
}

constexpr Guard kView = Guard::needs(access::Permission::PatchesView);
constexpr Guard kAssign = Guard::needs(access::Permission::PatchesManage);
constexpr Guard kManage = Guard::needs(access::Permission::OfficersManage);
constexpr Guard kLogIn = Guard::needs(access::Permission::OfficersLogIn);
constexpr Csrf kNoCsrf = Csrf::NotNeeded;

constexpr std::string_view kLogInPath = "/v1/Login/AuthenticateNHOfficers";
constexpr std::string_view kReadmesLogInPath = "/v1/Login/authenticatenhoofficers";  // its own spelling

// clang-format off
constexpr Route kRoutes[] = {
    {"GET", "/v1/AreaPatch/GetAreaPatch", kView, kNoCsrf, Run::Read, get_area_patch, nullptr, fail_in_array},
    {"GET", "/v1/AreaPatch/GetAllOfficersPerArea", kView, kNoCsrf, Run::Read, get_officers_of_area, nullptr, fail_in_object},
    {"PUT", "/v1/AreaPatch/UpdateOfficerPatchOrAreaManager", kAssign, kNoCsrf, Run::Write, put_officer_of_patch_or_area, nullptr, fail_in_object},
    {"GET", "/v1/AreaPatch/GetAllUnassignedOfficers", kView, kNoCsrf, Run::Read, get_unassigned_officers, nullptr, fail_in_object},
    {"GET", kLogInPath, kLogIn, kNoCsrf, Run::Password, log_in_by_query, nullptr, fail_in_array},
    {"POST", kLogInPath, kLogIn, kNoCsrf, Run::Password, log_in_by_body, nullptr, fail_in_array},
    {"GET", kReadmesLogInPath, kLogIn, kNoCsrf, Run::Password, log_in_by_query, nullptr, fail_in_array},
    {"POST", kReadmesLogInPath, kLogIn, kNoCsrf, Run::Password, log_in_by_body, nullptr, fail_in_array},
    {"POST", "/v1/OfficerAccounts/CreateOfficerAccount", kManage, kNoCsrf, Run::Password, create_officer_account, nullptr, fail_in_filter},
    {"PATCH", "/v1/OfficerAccounts/DisableOfficerAccount", kManage, kNoCsrf, Run::Write, disable_officer_account, nullptr, fail_in_filter},
};
// clang-format on

}  // namespace

std::span<const Route> patch_routes() {
    return kRoutes;
}

}  // namespace tenantry::api::hackney
