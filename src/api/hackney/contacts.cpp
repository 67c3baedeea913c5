// Contacts and their next of kin (contract 4.5), and the routes of the group.
#include "api/hackney/contacts.hpp"

#include <algorithm>

#include "api/hackney/routes.hpp"
#include "base/ascii.hpp"
#include "base/text.hpp"
#include "register/next_of_kin.hpp"

namespace tenantry::api::hackney {

namespace {

using housing::Address;
using housing::Person;
using housing::Resident;

constexpr std::string_view kEmpty = "Object is empty";
constexpr std::string_view kUnauthorized = "Unauthorized";
constexpr Message kNoContact{"Please a valid contact id", "Pleasea valid contact id"};
constexpr Message kNoKin{"Please provide a valid request", "Pleasea provide a valid request"};
constexpr std::array<Literal, 3> kAddressLines{"addressLine1", "addressLine2", "addressLine3"};
constexpr std::array<Literal, 3> kShortLines{"address1", "address2", "address3"};

/// What a client may say of a contact, in K1 and K2; absent where it does not.
struct ContactFields {
    std::optional<std::string> first_name;
    std::optional<std::string> last_name;
    std::optional<std::string> email;
    std::optional<std::string> telephone_1;
    std::optional<std::string> telephone_2;
    std::optional<std::string> telephone_3;
    std::optional<Date> date_of_birth;
    bool says_date_of_birth = false;  ///< null counts
    Address address;
};

ContactFields read_contact(const Fields& fields) {
    return {.first_name = fields.text("firstName"),
            .last_name = fields.text("lastName"),
            .email = fields.text("email"),
            .telephone_1 = fields.text("telephone1"),
            .telephone_2 = fields.text("telephone2"),
            .telephone_3 = fields.text("telephone3"),
            .date_of_birth = fields.date("dateOfBirth"),
            .says_date_of_birth = fields.has("dateOfBirth"),
            .address = {fields.text("address1"), fields.text("address2"), fields.text("address3"),
                        fields.text("city"), fields.text("postCode")}};
}

/// Takes what was said into the person; the rest stays.
void take(const ContactFields& said, Person& person) {
    const auto put = [](const std::optional<std::string>& text, auto& into) {
        if (text) {
            into = *text;
        }
    };
    put(said.first_name, person.name.first);
    put(said.last_name, person.name.last);
    put(said.email, person.email);
    put(said.telephone_1, person.telephone_1);
    put(said.telephone_2, person.telephone_2);
    put(said.telephone_3, person.telephone_3);
    if (said.says_date_of_birth) {
        person.date_of_birth = said.date_of_birth;
    }
}

/// K1. The UPRN is text on the wire.
Result<http::Response> add_contact(Call& call) {
    Body body{call.request};
    const Fields fields = body.fields();
    const ContactFields said = read_contact(fields);
    const auto created_by = fields.text("createdByOfficer");
    const auto uuid = fields.uuid("crMcontactId").value_or(Uuid{});
    const auto uprn = fields.text("uprn");
    const auto usn = fields.text("usn");
    housing::NewResident wanted;
    wanted.person.name.title = fields.text("title");
    wanted.person.larn = fields.text("larn");
    wanted.person.hackney_homes_id = fields.text("housingId");
    if (body.is_null()) {
        return refuse_input(Message{kEmpty, kEmpty});
    }
    std::vector<std::string_view> refusals;
    if (!is_given(created_by)) {
        refusals.push_back(kUnauthorized);
    }
    if (!is_given(said.first_name) || !is_given(said.last_name)) {
        refusals.push_back("First name and last name must be provided.");
    }
    if (!refusals.empty()) {
        return refuse_input(refusals);
    }
    if (is_given(uprn)) {
        wanted.uprn = parse_uprn(*uprn);
        if (!wanted.uprn) {
            return Error{Code::Invalid, "The UPRN is not a number of at most 12 digits"};
        }
    }
    take(said, wanted.person);
    wanted.person.uuid = uuid;
    wanted.address = said.address;
    wanted.goes_to_citizen_index = uuid == Uuid{};
    wanted.usn = is_given(usn) ? usn : std::nullopt;

    const Resident resident = TRY(housing::add_resident(call.work, std::move(wanted)));
    const Person& p = resident.person;
    std::string out;
    json::Writer w{out};
    w.begin_object();
    w.key("contactid").uuid(p.uuid);
    w.key("hackneyHomesId").text_or_null(p.hackney_homes_id);
    w.key("firstName").text(p.name.first);
    w.key("lastName").text(p.name.last);
    w.key("fullName").text(p.name.full());
    write_date(w.key("dateOfBirth"), p.date_of_birth);
    w.key("email").text_or_null(p.email);
    write_lines(w, resident.address, kShortLines);
    w.key("city").text_or_null(resident.address.city);
    w.key("postcode").text_or_null(resident.address.postcode);
    w.key("telephone1").text_or_null(p.telephone_1);
    w.key("telephone2").text_or_null(p.telephone_2);
    w.key("larn").text_or_null(p.larn);
    w.end_object();
    return json_reply(201, std::move(out));
}

/// K2.
Result<http::Response> update_contact(Call& call) {
    const auto contact = Query{call.request}.text("contactId");
    Body body{call.request};
    const Fields fields = body.fields();
    const ContactFields said = read_contact(fields);
    const auto updated_by = fields.text("updatedByOfficer");
    std::vector<std::string_view> refusals;
    if (!contact) {
        refusals.push_back("Missing contact ID");
    }
    if (body.is_null()) {
        refusals.push_back(kEmpty);
    } else if (!is_given(updated_by)) {
        refusals.push_back(kUnauthorized);
    }
    if (!refusals.empty()) {
        return refuse_input(refusals);
    }
    const auto uuid = parse_guid(*contact);
    if (!uuid) {
        return housing::kNoSuchTenant;
    }
    const Resident before = TRY(housing::load_resident(call.work, *uuid));
    Resident after = before;
    take(said, after.person);
    after.address = before.address.with(said.address);
    after = TRY(housing::update_resident(call.work, before, std::move(after)));

    const Person& p = after.person;
    std::string out;
    json::Writer w{out};
    w.begin_object();
    w.key("firstName").text(p.name.first);
    w.key("lastName").text(p.name.last);
    write_date(w.key("dateOfBirth"), p.date_of_birth);
    w.key("email").text_or_null(p.email);
    write_lines(w, after.address, kShortLines);
    w.key("city").text_or_null(after.address.city);
    w.key("postcode").text_or_null(after.address.postcode);
    w.key("telephone1").text_or_null(p.telephone_1);
    w.key("telephone2").text_or_null(p.telephone_2);
    w.key("telephone3").text_or_null(p.telephone_3);
    w.end_object();
    return json_reply(201, std::move(out));
}

void write_telephones_and_flags(json::Writer& w, const Resident& resident) {
    const Person& p = resident.person;
    w.key("telephone1").text_or_null(p.telephone_1);
    w.key("telephone2").text_or_null(p.telephone_2);
    w.key("telephone3").text_or_null(p.telephone_3);
    w.key("cautionaryAlert").boolean(p.cautionary_alert);
    w.key("propertyCautionaryAlert").boolean(p.property_cautionary_alert);
    w.key("houseRef").text_or_null(resident.house_reference);
    w.key("title").text_or_null(p.name.title);
    w.key("fullAddressDisplay").text_or_null(resident.address.display());
    w.key("fullAddressSearch").text_or_null(resident.address.search_text());
    w.key("postCode").text_or_null(resident.address.postcode);
    write_date(w.key("dateOfBirth"), p.date_of_birth);
    w.key("hackneyHomesId").text_or_null(p.hackney_homes_id);
}

/// K6. The register knows one address of a contact that has an id: the home's.
Result<http::Response> get_contact(Call& call) {
    const auto contact = Query{call.request}.text("contactId");
    if (!contact) {
        return refuse_input(kNoContact);
    }
    const auto uuid = parse_guid(*contact);
    if (!uuid) {
        return housing::kNoSuchTenant;
    }
    const Resident resident = TRY(housing::find_resident(call.work, *uuid));
    const Person& p = resident.person;
    std::string out;
    json::Writer w{out};
    w.begin_object();
    w.key("contactId").uuid(p.uuid);
    w.key("emailAddress").text_or_null(p.email);
    write_number_text(w.key("uprn"), resident.uprn);
    write_lines(w, resident.address, kAddressLines);
    w.key("firstName").text(p.name.first);
    w.key("lastName").text(p.name.last);
    w.key("larn").text_or_null(p.larn);
    write_uuid(w.key("address1AddressId"), resident.property);
    w.key("address2AddressId").null();
    w.key("address3AddressId").null();
    write_telephones_and_flags(w, resident);
    write_uuid(w.key("houseHoldId"), resident.household);
    w.key("memberId").text_or_null(p.member_id);
    w.key("personno").text_or_null(p.person_number);
    write_uuid(w.key("accountId"), resident.tenancy);
    const auto& kin = resident.next_of_kin;
    w.key("nextOfKinName").text_or_null(kin.name);
    w.key("nextOfKinAddress").text_or_null(kin.address);
    w.key("nextOfKinRelationship").text_or_null(kin.relationship);
    w.key("nextOfKinOtherPhone").text_or_null(kin.other_phone);
    w.key("nextOfKinEmail").text_or_null(kin.email);
    w.key("nextOfKinMobile").text_or_null(kin.mobile);
    w.end_object();
    return json_reply(200, std::move(out));
}

void write_contact_at_home(json::Writer& w, const Resident& resident, Date today) {
    const Person& p = resident.person;
    w.begin_object();
    w.key("contactId").uuid(p.uuid);
    w.key("emailAddress").text_or_null(p.email);
    write_number_text(w.key("uprn"), resident.uprn);
    write_lines(w, resident.address, kAddressLines);
    w.key("firstName").text(p.name.first);
    w.key("lastName").text(p.name.last);
    w.key("fullName").text(p.name.full());
    w.key("larn").text_or_null(p.larn);
    write_telephones_and_flags(w, resident);
    w.key("disabled").boolean(p.disabled.value_or(false));
    w.key("relationship").text_or_null(p.relationship);
    w.key("extendedrelationship").text_or_null(p.extended_relationship);
    w.key("responsible").boolean(p.responsible);
    write_number_text(w.key("age"),
                      p.date_of_birth ? std::optional<std::int64_t>{housing::age_on(today, *p.date_of_birth)}
                                      : std::nullopt);
    w.end_object();
}

/// K7.
Result<http::Response> list_contacts(Call& call) {
    const auto urpn = Query{call.request}.trimmed("urpn");
    if (!urpn) {
        return refuse_input(kNoUprn);
    }
    std::vector<Resident> residents;
    if (const auto uprn = parse_uprn(*urpn)) {
        residents = TRY(housing::list_residents_at(call.work, *uprn));
    }
    const Date today{std::chrono::floor<std::chrono::days>(call.work.now())};
    std::string out;
    json::Writer w{out};
    w.begin_object().key("results").begin_array();
    for (const auto& resident : residents) {
        write_contact_at_home(w, resident, today);
    }
    w.end_array().end_object();
    return json_reply(200, std::move(out));
}

/// K8.
Result<http::Response> update_kin(Call& call) {
    Body body{call.request};
    const Fields fields = body.fields();
    const auto contact = fields.uuid("contactID").value_or(Uuid{});
    const housing::NextOfKin kin{.name = fields.text("nextOfKinName"),
                                 .relationship = fields.text("nextOfKinRelationship"),
                                 .address = fields.note("nextOfKinAddress"),
                                 .mobile = fields.text("nextOfKinMobile"),
                                 .other_phone = fields.text("nextOfKinOtherTelehone"),
                                 .email = fields.text("nextOfKinEmail")};
    if (body.is_null()) {
        return Error{Code::Invalid, "There is no request"};
    }
    if (contact == Uuid{}) {
        return refuse_input(kNoKin);
    }
    TRY(housing::update_next_of_kin(call.work, contact, kin));
    return empty_reply(204);
}

using access::Permission;
constexpr Guard kViews = Guard::needs(Permission::ResidentsView);
constexpr Guard kManages = Guard::needs(Permission::ResidentsManage);
constexpr Guard kWarns = Guard::needs(Permission::AlertsManage);
constexpr Csrf kNoCsrf = Csrf::NotNeeded;

constexpr Route kRoutes[] = {
    {"GET", "/v1/CitizenIndexSearch", kViews, kNoCsrf, Run::Slow, search_citizens, nullptr, fail_in_array},
    {"POST", "/v1/Contacts", kManages, kNoCsrf, Run::Write, add_contact, nullptr, fail_in_array},
    {"PUT", "/v1/Contacts", kManages, kNoCsrf, Run::Write, update_contact, nullptr, fail_in_array},
    {"GET", "/v1/Contacts/GetCautionaryAlerts", kViews, kNoCsrf, Run::Read, list_alerts, nullptr,
     fail_in_array},
    {"POST", "/v1/Contacts/CreateCautionaryAlerts", kWarns, kNoCsrf, Run::Write, create_alerts, nullptr,
     fail_in_array},
    {"POST", "/v1/Contacts/RemoveCautionaryAlerts", kWarns, kNoCsrf, Run::Write, remove_alerts, nullptr,
     fail_in_array},
    {"GET", "/v1/Contacts/GetContactDetails", kViews, kNoCsrf, Run::Read, get_contact, nullptr,
     fail_in_array},
    {"GET", "/v1/Contacts/GetContactsByUprn", kViews, kNoCsrf, Run::Read, list_contacts, nullptr,
     fail_in_array},
    {"PATCH", "/v1/Contacts/UpdateNextOfKin", kManages, kNoCsrf, Run::Write, update_kin, nullptr,
     fail_in_array},
};

}  // namespace

std::optional<std::int64_t> parse_uprn(std::string_view text) {
    constexpr std::size_t kDigitsMost = 12;
    text = trim(text);
    const auto uprn = parse_whole<std::int64_t>(text);
    return uprn && text.size() <= kDigitsMost && text.front() != '-' ? uprn : std::nullopt;
}

void write_lines(json::Writer& w, const Address& address, const std::array<Literal, 3>& keys) {
    w.key(keys[0]).text_or_null(address.line_1);
    w.key(keys[1]).text_or_null(address.line_2);
    w.key(keys[2]).text_or_null(address.line_3);
}

std::span<const Route> contact_routes() {
    return kRoutes;
}

}  // namespace tenantry::api::hackney
