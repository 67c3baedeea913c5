#include "web/interaction_row.hpp"

#include "web/format.hpp"

namespace tenantry::web {

namespace {

std::optional<std::string> say_holder(const housing::TrayItem& item) {
    return item.patch ? item.patch : item.manager_area;
}

View view_of_item(const housing::TrayItem& item, ShowHolder holder, Instant now) {
    const auto& interaction = item.interaction;
    const bool closed = interaction.closed_at.has_value();
    return view_of({
        {"href", View{"/interactions/" + interaction.uuid.text()}},
        {"subject",
         View{say_subject(item.enquiry_subject, item.nature_of_enquiry, interaction.process_type)}},
        {"reason", text_or_none(item.reason_for_process)},
        {"ticket", View{item.ticket_number}},
        {"opened", View{say_time(interaction.created_at)}},
        {"age", View{say_age(interaction.created_at, now)}},
        {"tags", flag(closed || item.request_callback || interaction.transferred)},
        {"closed", flag(closed)},
        {"callback", flag(item.request_callback && !closed)},
        {"transferred", flag(interaction.transferred && !closed)},
        {"who", item.who ? view_of_person_line(*item.who) : flag(false)},
        {"association", text_or_none(item.association)},
        {"shows_holder", flag(holder == ShowHolder::Yes)},
        {"holder", text_or_none(say_holder(item))},
    });
}

}  // namespace

std::string_view say_type(housing::ProcessType type) {
    switch (type) {
        case housing::ProcessType::Interaction:
            return "Interaction";
        case housing::ProcessType::Process:
            return "Process";
        case housing::ProcessType::PostVisitAction:
            return "Action after a visit";
        case housing::ProcessType::Issue:
            return "Issue raised at a meeting";
    }
    return "Interaction";
}

std::string say_subject(const std::optional<std::string>& subject,
                        const std::optional<std::string>& nature_of_enquiry, housing::ProcessType type) {
    for (const auto* label : {&subject, &nature_of_enquiry}) {
        if (*label && !(*label)->empty()) {
            return **label;
        }
    }
    return type == housing::ProcessType::Interaction ? "Enquiry" : std::string{say_type(type)};
}

void show_interactions_in(View& view, const std::vector<housing::TrayItem>& items, ShowHolder holder,
                          Instant now) {
    std::vector<View> rows;
    rows.reserve(items.size());
    for (const auto& item : items) {
        rows.push_back(view_of_item(item, holder, now));
    }
    set_list(view, "interactions", std::move(rows));
    view["holders"] = flag(holder == ShowHolder::Yes);
}

std::string say_name(const housing::Person& person) {
    std::string name = person.name.full();
    return name.empty() ? "Name that cannot be read" : name;
}

View view_of_person_line(const housing::PersonLine& line) {
    const auto& person = line.person;
    return view_of({
        {"person", View{"/people/" + person.uuid.text()}},
        {"name", View{say_name(person)}},
        {"address", text_or_none(person.full_address)},
        {"home", line.home ? View{"/homes/" + line.home->text()} : flag(false)},
        {"alert", flag(person.cautionary_alert)},
        {"home_alert", flag(person.property_cautionary_alert && !person.cautionary_alert)},
    });
}

}  // namespace tenantry::web
