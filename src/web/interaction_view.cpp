#include "web/interaction_view.hpp"

#include "web/format.hpp"
#include "web/interaction_row.hpp"

namespace tenantry::web {

namespace {

using housing::OpenedInteraction;

constexpr std::string_view kUnreadableNote =
    "This note cannot be read: it does not pass its integrity check.";

/// A code's label, else the code as it is: a landlord's list may not have it any more.
std::optional<std::string> label_of(const std::optional<std::string>& label,
                                    const std::optional<std::string>& code) {
    return label ? label : code;
}

View view_of_contact(const housing::InteractionContact& contact) {
    const auto& person = contact.person;
    std::vector<View> telephones;
    for (const auto& number : {person.telephone_1, person.telephone_2, person.telephone_3}) {
        if (number && !number->empty()) {
            telephones.push_back(view_of({{"number", View{*number}}}));
        }
    }
    View view = view_of({{"href", View{"/people/" + person.uuid.text()}},
                         {"name", View{person.name.full().empty() ? "Somebody whose name cannot be read"
                                                                  : person.name.full()}},
                         {"alert", flag(person.cautionary_alert)}});
    set_list(view, "telephones", std::move(telephones));
    return view;
}

View holder(std::string_view what, const std::optional<std::string>& officer,
            const std::optional<std::string>& post) {
    return view_of({{"name", View{officer.value_or("Nobody at present")}},
                    {"post", View{std::string{what} + (post ? " " + *post : "")}}});
}

std::vector<View> holders_of(const OpenedInteraction& opened) {
    const auto& item = opened.item();
    std::vector<View> holders;
    if (item.interaction.patch) {
        holders.push_back(
            holder("officer of patch", opened.list.name_of(item.patch_officer), opened.patch_name));
    }
    if (item.interaction.manager_area) {
        holders.push_back(holder("manager of", opened.list.name_of(item.manager), opened.manager_area_name));
    }
    return holders;
}

View view_of_note(const housing::IncidentNote& note) {
    const auto signature = housing::read_signature(note);
    const std::string author{signature.author.value_or("")};
    return view_of({{"author", text_or_none(author)},
                    {"at", View{say_time(note.created_at)}},
                    {"text", View{std::string{note.unreadable ? kUnreadableNote : signature.said}}}});
}

std::vector<View> notes_of(const OpenedInteraction& opened) {
    std::vector<View> notes;
    notes.reserve(opened.item().notes.size());
    for (const auto& note : opened.item().notes) {
        notes.push_back(view_of_note(note));
    }
    return notes;
}

/// "Open for 3 weeks", "Open since yesterday".
std::string say_open_for(Instant since, Instant now) {
    const std::string age = say_age(since, now);
    return (age == "today" || age == "yesterday" ? "Open since " : "Open for ") + age;
}

View view_of_deed(Instant at, const std::optional<std::string>& by) {
    return view_of({{"at", View{say_time(at)}}, {"by", text_or_none(by)}});
}

}  // namespace

View view_of_interaction(const OpenedInteraction& opened) {
    const auto& item = opened.item();
    const auto& interaction = item.interaction;
    const auto* contact = opened.list.contact_of(item);
    const std::string path = "/interactions/" + interaction.uuid.text();
    View content;
    content["ticket"] = View{item.ticket_number};
    content["type"] = View{std::string{say_type(interaction.process_type)}};
    content["open"] = flag(!interaction.closed_at);
    content["call_back"] = flag(item.request_callback);
    content["transferred"] = flag(interaction.transferred);
    content["contact"] = contact != nullptr ? view_of_contact(*contact) : flag(false);
    content["note_action"] = View{path + "/note"};
    content["transfer_action"] = View{path + "/transfer"};
    content["close_action"] = View{path + "/close"};
    content["version"] = View{std::to_string(interaction.version)};
    return content;
}

void add_details(View& content, const OpenedInteraction& opened, Instant now) {
    const auto& item = opened.item();
    const auto& interaction = item.interaction;
    content["subject"] = text_or_none(label_of(item.enquiry_subject, interaction.enquiry_subject));
    content["reason"] = text_or_none(label_of(item.nature_of_enquiry, interaction.nature_of_enquiry));
    content["source"] = text_or_none(label_of(item.source, interaction.source));
    content["title"] = text_or_none(opened.incident.title);
    content["advice"] = text_or_none(opened.advice_given);
    content["resolution"] = text_or_none(opened.incident.resolution);
    content["area"] = text_or_none(item.area_name);
    content["logged"] = view_of_deed(interaction.created_at, opened.list.name_of(interaction.created_by));
    content["closed"] = interaction.closed_at ? view_of_deed(*interaction.closed_at,
                                                             opened.list.name_of(interaction.updated_by))
                                              : flag(false);
    content["age"] = View{say_open_for(interaction.created_at, now)};
    content["of_association"] = flag(interaction.association.has_value());
    set_list(content, "holders", holders_of(opened));
    set_list(content, "notes", notes_of(opened));
}

}  // namespace tenantry::web
