#include "web/visit_sheet.hpp"

#include <unordered_map>

#include "register/resident.hpp"
#include "web/alerts_view.hpp"
#include "web/format.hpp"
#include "web/home_view.hpp"
#include "web/summary_row.hpp"

namespace tenantry::web {

namespace {

constexpr int kNoteLines = 10;

std::vector<View> telephones_of(std::initializer_list<const std::optional<std::string>*> telephones) {
    std::vector<View> views;
    for (const auto* telephone : telephones) {
        if (telephone->has_value() && !(*telephone)->empty()) {
            views.push_back(
                view_of({{"tel", text_or_none(tel_link(**telephone))}, {"number", View{**telephone}}}));
        }
    }
    return views;
}

/// Next of kin are other people: whoever only looks things up does not need them on paper.
bool sees_next_of_kin(const Visitor& visitor) {
    return visitor.may(access::Permission::ResidentsManage);
}

View view_of_kin(const std::optional<housing::NextOfKin>& known) {
    const auto kin = known.value_or(housing::NextOfKin{});
    View view;
    view["name"] = View{known ? kin.name.value_or("Not named") : "Record that cannot be read"};
    view["relationship"] = text_or_none(kin.relationship);
    set_list(view, "telephones", telephones_of({&kin.mobile, &kin.other_phone}));
    view["email"] = text_or_none(kin.email);
    view["address"] = text_or_none(kin.address);
    return view;
}

View view_of_member(const housing::Person& person, Date today) {
    View view = view_of_person_in_list(person);
    view["role"] = text_or_none(person.relationship);
    view["responsible"] = flag(person.responsible);
    view["age"] = person.date_of_birth ? View{std::to_string(housing::age_on(today, *person.date_of_birth))}
                                       : flag(false);
    view["disabled"] = flag(person.disabled.value_or(false));
    view["email"] = text_or_none(person.email);
    set_list(view, "telephones",
             telephones_of({&person.telephone_1, &person.telephone_2, &person.telephone_3}));
    return view;
}

Result<void> show_household_in(View& view, Call& call, const Visitor& visitor,
                               const housing::Property& home) {
    const auto now = call.work.now();
    const auto stays = TRY(housing::list_stays(call.work, home.id, now, now + std::chrono::milliseconds{1},
                                               housing::Depth::Full));
    std::unordered_map<std::int64_t, std::optional<housing::NextOfKin>> kin;
    if (sees_next_of_kin(visitor)) {
        housing::PageOfIds people;
        for (const auto& stay : stays) {
            people.ids.push_back(stay.person.id.value);
        }
        kin = TRY(housing::load_all_next_of_kin(call.work, people));
    }
    std::vector<View> members;
    for (const auto& stay : stays) {
        View member = view_of_member(stay.person, uk_date(now));
        const auto theirs = kin.find(stay.person.id.value);
        member["kin"] = theirs != kin.end() ? view_of_kin(theirs->second) : flag(false);
        members.push_back(std::move(member));
    }
    set_list(view, "household", std::move(members));
    return {};
}

}  // namespace

Result<http::Response> read_visit_sheet(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto home = TRY(home_of(call));
    View content;
    TRY(add_alert_banner(content, call.work, home.id));
    TRY(show_home_in(content, call, home));
    TRY(show_household_in(content, call, visitor, home));
    TRY(show_open_work_in(content, call, visitor, home));
    content["printed"] = View{say_time(call.work.now())};
    set_list(content, "note_lines", std::vector<View>(kNoteLines, flag(true)));
    return show(call, visitor,
                {.title = "Visit sheet",
                 .template_name = "visit_sheet",
                 .content = std::move(content),
                 .back = Link{path_of(home), "The home"}});
}

}  // namespace tenantry::web
