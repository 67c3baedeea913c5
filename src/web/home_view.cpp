#include "web/home_view.hpp"

#include <algorithm>

#include "register/patch.hpp"
#include "web/format.hpp"

namespace tenantry::web {

namespace {

struct Responsible {
    std::optional<std::string> patch;
    std::optional<std::string> officer;
};

/// Of a patch that is not as it was sealed nothing is said, rather than nothing of the home.
Result<Responsible> responsible_for(audit::Work& work, const housing::Property& home) {
    Responsible responsible;
    if (!home.patch) {
        return responsible;
    }
    const auto patch = housing::find_patch(work.tx(), work.keys(), *home.patch);
    if (!patch.ok()) {
        const auto code = patch.error().code;
        return code == Code::NotFound || code == Code::Corrupt ? Result<Responsible>{responsible}
                                                               : patch.error();
    }
    responsible.patch = patch->name;
    if (patch->officer) {
        for (auto& [id, name] : TRY(housing::name_officers(work, {*patch->officer}))) {
            responsible.officer = std::move(name);
        }
    }
    return responsible;
}

View view_of_work(const housing::InteractionList& list, const housing::ListedInteraction& item, Instant now) {
    const auto& interaction = item.interaction;
    const auto* contact = list.contact_of(item);
    const auto& subject = item.enquiry_subject ? item.enquiry_subject : item.nature_of_enquiry;
    const auto holder = list.name_of(interaction.manager_area ? item.manager : item.patch_officer);
    return view_of({{"href", View{"/interactions/" + interaction.uuid.text()}},
                    {"ticket", View{item.ticket_number}},
                    {"subject", View{subject.value_or("Interaction")}},
                    {"call_back", flag(item.request_callback)},
                    {"person", contact != nullptr ? view_of_person_in_list(contact->person) : flag(false)},
                    {"holder", text_or_none(holder)},
                    {"opened", View{say_date(uk_date(interaction.created_at))}},
                    {"age", View{say_age(interaction.created_at, now)}}});
}

}  // namespace

Result<housing::Property> home_of(Call& call) {
    return housing::find_property(call.work.tx(), call.work.keys(), TRY(uuid_of(call)));
}

std::string path_of(const housing::Property& home, std::string_view below) {
    return "/homes/" + home.uuid.text() + std::string{below};
}

Result<void> show_home_in(View& view, Call& call, const housing::Property& home) {
    const auto responsible = TRY(responsible_for(call.work, home));
    view["address"] = View{home.full_address()};
    view["home"] = View{path_of(home)};
    view["uprn"] = text_or_none(home.uprn ? std::optional{std::to_string(*home.uprn)} : std::nullopt);
    view["reference"] = text_or_none(home.property_reference);
    view["patch"] = text_or_none(responsible.patch);
    view["officer"] = text_or_none(responsible.officer);
    return {};
}

View view_of_person_in_list(const housing::Person& person) {
    const bool damaged = !person.unreadable.empty();
    return view_of({{"name", View{damaged ? std::string{"Record that cannot be read"} : person.name.full()}},
                    {"href", View{"/people/" + person.uuid.text()}},
                    {"alert", flag(person.cautionary_alert)}});
}

Result<void> show_open_work_in(View& view, Call& call, const Visitor& visitor,
                               const housing::Property& home) {
    const bool sees_work = visitor.may(access::Permission::InteractionsView);
    view["sees_work"] = flag(sees_work);
    std::vector<View> work;
    if (sees_work) {
        const auto list = TRY(housing::list_open_work_at(call.work, home.id));
        for (const auto& item : list.items) {
            work.push_back(view_of_work(list, item, call.work.now()));
        }
    }
    set_list(view, "work", std::move(work));
    return {};
}

}  // namespace tenantry::web
