#include "web/person.hpp"

#include "register/household.hpp"
#include "register/property.hpp"
#include "register/tenancy.hpp"
#include "web/format.hpp"
#include "web/person_frame.hpp"
#include "web/person_work.hpp"
#include "web/summary_row.hpp"

namespace tenantry::web {

namespace {

using access::Permission;
using housing::Person;
using housing::Resident;
using Rows = std::vector<SummaryRow>;

constexpr std::int64_t kOpenShown = 20;

/// A value that is shown where there is one, and where it is damaged.
void add_if_there(Rows& rows, const Person& person, std::string key, const std::optional<std::string>& text,
                  std::string_view column = {}) {
    const bool damaged = !column.empty() && is_damaged(person, column);
    if (damaged || (text && !text->empty())) {
        rows.push_back({.key = std::move(key), .text = text, .damaged = damaged});
    }
}

void add_telephone(Rows& rows, const Person& person, std::string key, const std::optional<std::string>& text,
                   std::string_view column) {
    add_if_there(rows, person, std::move(key), text, column);
    if (text && !text->empty()) {
        rows.back().href = tel_link(*text);
    }
}

std::string on_one_line(const housing::Address& home) {
    return housing::join_address(home.line_1, home.line_2, home.line_3, home.city, home.postcode);
}

Rows reach_of(const Resident& resident) {
    const Person& p = resident.person;
    Rows rows;
    add_telephone(rows, p, "Telephone", p.telephone_1, "telephone_1");
    add_telephone(rows, p, "Second telephone", p.telephone_2, "telephone_2");
    add_telephone(rows, p, "Third telephone", p.telephone_3, "telephone_3");
    if (rows.empty()) {
        rows.push_back({.key = "Telephone", .text = std::nullopt});
    }
    rows.push_back({.key = "E-mail",
                    .text = p.email,
                    .href = mailto_link(p.email.value_or("")),
                    .damaged = is_damaged(p, "email")});
    if (resident.property) {
        rows.push_back({.key = "Lives at",
                        .text = on_one_line(resident.home),
                        .href = "/homes/" + resident.property->text()});
    } else {
        rows.push_back({.key = "Lives at", .text = "No home of the landlord’s"});
    }
    const bool damaged = is_damaged(p, "contact_address");
    if (resident.has_own_address || damaged) {
        rows.push_back({.key = "Letters go to", .text = resident.address.display(), .damaged = damaged});
    } else if (resident.property) {
        rows.push_back({.key = "Letters go to", .text = "Their home"});
    } else {
        rows.push_back({.key = "Letters go to", .text = std::nullopt});
    }
    return rows;
}

Rows details_of(const Resident& resident, Date today) {
    const Person& p = resident.person;
    Rows rows;
    const auto full = p.name.full();
    rows.push_back(
        {.key = "Name", .text = full.empty() ? full : name_of(p), .damaged = is_damaged(p, "name")});
    SummaryRow born{.key = "Date of birth", .text = std::nullopt, .damaged = is_damaged(p, "date_of_birth")};
    if (p.date_of_birth) {
        born.text = say_date(*p.date_of_birth);
        born.note = "aged " + std::to_string(housing::age_on(today, *p.date_of_birth));
    }
    rows.push_back(std::move(born));
    add_if_there(rows, p, "Relationship to the tenant", p.relationship);
    add_if_there(rows, p, "More on the relationship", p.extended_relationship);
    rows.push_back({.key = "Responsible for the tenancy", .text = p.responsible ? "Yes" : "No"});
    add_if_there(rows, p, "Disabled",
                 p.disabled ? std::optional<std::string>{*p.disabled ? "Yes" : "No"} : std::nullopt,
                 "disabled");
    add_if_there(rows, p, "LARN", p.larn);
    add_if_there(rows, p, "Hackney Homes number", p.hackney_homes_id);
    add_if_there(rows, p, "Member number", p.member_id);
    add_if_there(rows, p, "Person number", p.person_number);
    rows.push_back({.key = "Last changed", .text = say_time(p.updated_at)});
    return rows;
}

Rows kin_of(const Resident& resident) {
    const auto& kin = resident.next_of_kin;
    const Person& p = resident.person;
    Rows rows;
    if (is_damaged(p, "next_of_kin")) {
        rows.push_back({.key = "Next of kin", .text = std::nullopt, .damaged = true});
        return rows;
    }
    add_if_there(rows, p, "Name", kin.name);
    add_if_there(rows, p, "Relationship", kin.relationship);
    add_telephone(rows, p, "Mobile", kin.mobile, {});
    add_telephone(rows, p, "Other telephone", kin.other_phone, {});
    add_if_there(rows, p, "E-mail", kin.email);
    if (kin.email && !kin.email->empty()) {
        rows.back().href = mailto_link(*kin.email);
    }
    add_if_there(rows, p, "Address", kin.address);
    return rows;
}

/// The tenancy that the person belongs to; a damaged one is named as such.
Result<Rows> tenancy_of(Call& call, const Visitor& visitor, const Resident& resident) {
    Rows rows;
    add_if_there(rows, resident.person, "UPRN of the home",
                 resident.uprn ? std::optional{std::to_string(*resident.uprn)} : std::nullopt);
    if (!resident.person.tenancy) {
        rows.push_back({.key = "Tenancy", .text = "None"});
        return rows;
    }
    if (!visitor.may(Permission::AccountsView)) {
        return rows;
    }
    const auto tenancy = housing::find_tenancy(call.work.tx(), call.work.keys(), *resident.person.tenancy);
    if (!tenancy.ok() && tenancy.error().code != Code::Corrupt) {
        return tenancy.error();
    }
    SummaryRow row{.key = "Tenancy", .text = std::nullopt, .damaged = !tenancy.ok()};
    if (tenancy.ok()) {
        row.text = tenancy->tag_reference;
        row.href = "/tenancies/" + tenancy->uuid.text();
        row.note = housing::tenure_label(tenancy->tenure_code).value_or("");
    }
    rows.push_back(std::move(row));
    if (tenancy.ok()) {
        add_if_there(rows, resident.person, "Payment reference", tenancy->payment_reference);
    }
    return rows;
}

Result<void> show_household_in(View& content, Call& call, const Person& person) {
    std::vector<View> members;
    if (person.household) {
        for (const auto& one : TRY(housing::list_household(call.work, *person.household))) {
            if (one.id != person.id) {
                members.push_back(view_of({{"href", View{path_of(one)}},
                                           {"name", View{name_of(one)}},
                                           {"relationship", text_or_none(one.relationship)},
                                           {"responsible", flag(one.responsible)},
                                           {"alert", flag(one.cautionary_alert)}}));
            }
        }
    }
    set_list(content, "household", std::move(members));
    return {};
}

Result<void> show_stays_in(View& content, Call& call, const Person& person) {
    std::vector<View> stays;
    for (const auto& stay : TRY(housing::list_occupancies(call.work.tx(), person.id))) {
        stays.push_back(view_of({{"address", View{stay.full_address}},
                                 {"from", View{say_date(uk_date(stay.from))}},
                                 {"to", stay.to ? View{say_date(uk_date(*stay.to))} : flag(false)}}));
    }
    set_list(content, "stays", std::move(stays));
    return {};
}

Result<void> show_open_work_in(View& content, Call& call, const Visitor& visitor, const Person& person) {
    const bool may_see = visitor.may(Permission::InteractionsView);
    content["shows_work"] = flag(may_see);
    content["more_work"] = flag(false);
    if (!may_see) {
        return {};
    }
    const auto page = TRY(housing::page_interactions_of_person(call.work, person.id, housing::WorkState::Open,
                                                               {kOpenShown, 0}));
    content["more_work"] = flag(page.total > kOpenShown);
    show_work_in(content, page.list, "Open work");
    return {};
}

}  // namespace

Result<http::Response> read_person(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const Resident resident = TRY(resident_of(call));
    View content;
    TRY(show_head_in(content, call, visitor, resident.person, PersonPart::Overview));
    set_rows(content, "reach", reach_of(resident));
    set_rows(content, "details", details_of(resident, uk_date(call.work.now())));
    set_rows(content, "kin", kin_of(resident));
    set_rows(content, "tenancy", TRY(tenancy_of(call, visitor, resident)));
    TRY(show_household_in(content, call, resident.person));
    TRY(show_stays_in(content, call, resident.person));
    TRY(show_open_work_in(content, call, visitor, resident.person));
    return show(call, visitor, {.title = "Person", .template_name = "person", .content = std::move(content)});
}

}  // namespace tenantry::web
