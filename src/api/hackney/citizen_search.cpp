// The citizen index search (contract 4.4).
#include "register/citizen_search.hpp"

#include "api/hackney/contacts.hpp"
#include "api/services.hpp"

namespace tenantry::api::hackney {

namespace {

constexpr Message kNoCriterion{"Please provide atleast one search criteria",
                               "Please provide atleast one search criteria"};
constexpr std::array<Literal, 3> kAddressLines{"addressLine1", "addressLine2", "addressLine3"};

void write_resident(json::Writer& w, const housing::Resident& resident) {
    const housing::Person& p = resident.person;
    w.begin_object();
    w.key("id").null();
    w.key("hackneyhomesId").text_or_null(p.hackney_homes_id);
    w.key("title").text_or_null(p.name.title);
    w.key("surname").text(p.name.last);
    w.key("firstName").text(p.name.first);
    write_date(w.key("dateOfBirth"), p.date_of_birth);
    w.key("address").null();
    write_lines(w, resident.address, kAddressLines);
    w.key("addressCity").text_or_null(resident.address.city);
    w.key("addressCountry").null();
    w.key("postCode").text_or_null(resident.address.postcode);
    w.key("systemName").text("CRM365");
    w.key("larn").text_or_null(p.larn);
    write_number_text(w.key("uprn"), resident.uprn);
    w.key("usn").null();
    w.key("fullAddressSearch").text_or_null(resident.address.search_text());
    w.key("fullAddressDisplay").text_or_null(resident.address.display());
    w.key("cautionaryAlert").boolean(p.cautionary_alert);
    w.key("propertyCautionaryAlert").boolean(p.property_cautionary_alert);
    w.key("crmContactId").uuid(p.uuid);
    w.key("emailAddress").text_or_null(p.email);
    w.key("telephone1").text_or_null(p.telephone_1);
    w.key("telephone2").text_or_null(p.telephone_2);
    w.key("telephone3").text_or_null(p.telephone_3);
    w.key("fullName").text(p.name.full());
    w.key("isActiveTenant").boolean(true);
    write_uuid(w.key("householdId"), resident.household);
    w.key("accounttype").text_or_null(resident.account_type);
    w.key("mainTenant").boolean(p.responsible);
    w.end_object();
}

/// Texts of the citizen index that are not there are empty, not null; what it does not have is null.
void write_citizen(json::Writer& w, const housing::Citizen& citizen) {
    const auto text = [&w](Literal key, const std::optional<std::string>& value) {
        w.key(key).text(value.value_or(""));
    };
    const housing::Address& a = citizen.address;
    w.begin_object();
    w.key("id").null();
    text("hackneyhomesId", citizen.hackney_homes_id);
    text("title", citizen.name.title);
    text("surname", citizen.name.last);
    text("firstName", citizen.name.first);
    w.key("dateOfBirth").text(citizen.date_of_birth ? format_date(*citizen.date_of_birth) : "");
    w.key("address").text(a.on_one_line());
    text(kAddressLines[0], a.line_1);
    text(kAddressLines[1], a.line_2);
    text(kAddressLines[2], a.line_3);
    text("addressCity", a.city);
    text("addressCountry", std::nullopt);
    text("postCode", a.postcode);
    w.key("systemName").text("CitizenIndex");
    text("larn", citizen.larn);
    w.key("uprn").text(citizen.uprn ? std::to_string(*citizen.uprn) : "");
    text("usn", citizen.usn);
    text("fullAddressSearch", a.search_text());
    text("fullAddressDisplay", a.display());
    w.key("cautionaryAlert").null();
    w.key("propertyCautionaryAlert").null();
    w.key("crmContactId").uuid(citizen.person.value_or(Uuid{}));
    for (const Literal key :
         {Literal{"emailAddress"}, Literal{"telephone1"}, Literal{"telephone2"}, Literal{"telephone3"}}) {
        w.key(key).null();
    }
    w.key("fullName").text(citizen.name.full());
    w.key("isActiveTenant").boolean(false);
    w.key("householdId").null();
    w.key("accounttype").null();
    w.key("mainTenant").boolean(false);
    w.end_object();
}

}  // namespace

Result<http::Response> search_citizens(Call& call) {
    const Query query{call.request};
    const housing::CitizenCriteria criteria{.first_name = query.text("firstname"),
                                            .last_name = query.text("surname"),
                                            .postcode = query.text("postcode"),
                                            .address = query.text("addressline12"),
                                            .with_citizen_index = query.boolean("IsAdvanceSearch"),
                                            .most = call.services.settings.citizen_search_most};
    if (!criteria.first_name && !criteria.last_name && !criteria.postcode && !criteria.address) {
        return refuse_input(kNoCriterion);
    }
    // A part that cannot be read must not widen the search to those whom the others find.
    const bool is_anybody = !(query.is_unreadable("firstname") || query.is_unreadable("surname") ||
                              query.is_unreadable("postcode") || query.is_unreadable("addressline12"));
    const auto found = is_anybody ? TRY(housing::search_citizens(call.work, call.services.names, criteria))
                                  : housing::CitizenMatches{};
    std::string out;
    json::Writer w{out};
    w.begin_object().key("results").begin_array();
    for (const auto& resident : found.residents) {
        write_resident(w, resident);
    }
    for (const auto& citizen : found.citizens) {
        write_citizen(w, citizen);
    }
    w.end_array().end_object();
    return json_reply(200, std::move(out));
}

}  // namespace tenantry::api::hackney
