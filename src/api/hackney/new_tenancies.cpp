// Tenancies that are new since the last call (contract 4.9).
#include "register/new_tenancy.hpp"

#include "api/hackney/accounts.hpp"
#include "api/hackney/reply.hpp"

namespace tenantry::api::hackney {

namespace {

/// The lines one under the other, the city before the postcode.
std::string full_address(const housing::Property& home) {
    std::string text = home.address_line_1;
    for (const auto* line : {&home.address_line_2, &home.address_line_3}) {
        if (*line) {
            text += "\r\n" + **line;
        }
    }
    text += "\r\n";
    text += home.city ? *home.city + ' ' : "";
    return text + home.postcode;
}

void write_patch(json::Writer& w, const std::optional<housing::HomePatch>& patch) {
    write_uuid(w.key("patchId"), patch ? std::optional{patch->patch} : std::nullopt);
    write_integer(w.key("areaId"), patch ? std::optional{patch->area.value} : std::nullopt);
    write_uuid(w.key("managerId"), patch ? patch->manager_area : std::nullopt);
}

void write_home(json::Writer& w, const std::optional<housing::Property>& home) {
    w.key("neighbourhoodOffice").text_or_null(home ? home->neighbourhood_office : std::nullopt);
    w.key("estateAddress").text_or_null(home ? home->estate_address : std::nullopt);
    w.key("addressLine1").text_or_null(home ? std::optional{home->address_line_1} : std::nullopt);
    w.key("addressLine2").text_or_null(home ? home->address_line_2 : std::nullopt);
    w.key("addressLine3").text_or_null(home ? home->address_line_3 : std::nullopt);
    w.key("postCode").text_or_null(home ? std::optional{home->postcode} : std::nullopt);
    w.key("fullAddress").text_or_null(home ? std::optional{full_address(*home)} : std::nullopt);
}

void write_contact(json::Writer& w, const housing::Person& person) {
    w.begin_object();
    w.key("contactId").uuid(person.uuid);
    w.key("responsible").boolean(person.responsible);
    w.key("title").text_or_null(person.name.title);
    w.key("firstName")
        .text_or_null(person.name.first.empty() ? std::nullopt : std::optional{person.name.first});
    w.key("lastName").text(person.name.last);
    w.end_object();
}

void write_entry(json::Writer& w, const housing::NewTenancy& entry) {
    const auto& t = entry.tenancy;
    w.begin_object();
    w.key("accountId").uuid(t.uuid);
    write_uuid(w.key("officerId"), entry.patch ? entry.patch->officer_uuid : std::nullopt);
    w.key("officerName").text_or_null(entry.patch ? entry.patch->officer_name : std::nullopt);
    write_instant(w.key("accountCreatedOn"), t.created_at);
    w.key("housingTenure").text_or_null(t.tenure_code);
    write_patch(w, entry.patch);
    write_uuid(w.key("householdId"), t.household_uuid);
    w.key("tagReference").text(t.tag_reference);
    write_home(w, entry.home);
    w.key("contacts").begin_array();
    for (const auto& person : entry.people) {
        write_contact(w, person);
    }
    w.end_array();
    w.end_object();
}

}  // namespace

Result<http::Response> read_new_tenancies(Call& call) {
    const auto entries = TRY(housing::take_new_tenancies(call.work));
    std::string body;
    json::Writer w{body};
    w.begin_object().key("result").begin_array();
    for (const auto& entry : entries) {
        write_entry(w, entry);
    }
    w.end_array().end_object();
    return utf8_reply(200, std::move(body));
}

}  // namespace tenantry::api::hackney
