#include "web/interaction.hpp"

#include "base/ascii.hpp"
#include "web/alerts_view.hpp"
#include "web/interaction_view.hpp"
#include "web/officer.hpp"

namespace tenantry::web {

namespace {

using housing::OpenedInteraction;

constexpr std::string_view kChanged =
    "Somebody changed this while you were writing. Nothing was saved. Check what is new, then send it again";

constexpr int kConflict = 409;

/// Who asks, and for which interaction.
struct Opening {
    Visitor visitor;
    std::optional<housing::ActingOfficer> officer;
    OpenedInteraction opened;

    [[nodiscard]] bool may_work() const {
        return officer && visitor.may(access::Permission::InteractionsManage) && opened.is_workable();
    }
};

Result<Opening> open_named(Call& call) {
    const auto uuid = TRY(uuid_of(call));
    // Not in one initializer: where a TRY within it returns, gcc 12 leaks the members before it.
    auto visitor = TRY(visitor_of(call));
    auto opened = TRY(housing::open_interaction(call.work, uuid));
    Opening all{std::move(visitor), {}, std::move(opened)};
    all.officer = TRY(officer_of(call, all.visitor));
    return all;
}

std::string path_of(const OpenedInteraction& opened) {
    return "/interactions/" + opened.item().interaction.uuid.text();
}

/// What was read before the officer wrote; nothing that was, where it is no number.
std::int64_t version_seen(const Call& call) {
    constexpr std::int64_t kNone = 0;
    const std::string* given = call.params.given_text("version");
    return given != nullptr ? parse_whole<std::int64_t>(*given).value_or(kNone) : kNone;
}

housing::FollowUp said_on(const Call& call, const Opening& all, std::string said) {
    return {all.opened.item().interaction.uuid,
            std::nullopt,
            all.officer->posting.officer,
            std::move(said),
            all.officer->name,
            version_seen(call)};
}

std::string add_lines(Form& form, std::string name, std::string label, std::string hint,
                      std::string missing) {
    return form
        .lines({.name = std::move(name),
                .label = std::move(label),
                .hint = std::move(hint),
                .characters_max = housing::kNoteCharacters,
                .missing = std::move(missing)})
        .value_or("");
}

struct Note {
    std::string said;
    bool call_back = false;
};
Note add_note(Form& form) {
    Note note;
    note.said = add_lines(form, "note", "Add a note", "The person can ask to read it.", "Enter the note");
    note.call_back = !form.checkboxes({.name = "call_back",
                                       .label = "Call back",
                                       .options = {{"wanted", "The person is still to be called back"}}})
                          .empty();
    return note;
}

/// What was written on one that was closed meanwhile.
std::optional<std::string> unsaved_text(const Call& call, const OpenedInteraction& opened) {
    if (opened.is_workable() || call.request.method != "POST") {
        return std::nullopt;
    }
    for (const auto* name : {"note", "reason", "outcome"}) {
        if (const std::string* given = call.params.given_text(name)) {
            return *given;
        }
    }
    return std::nullopt;
}

/// The page of the interaction. What was written on one that was closed meanwhile is shown, to be copied.
Result<http::Response> show_interaction(Call& call, const Opening& all, const Form& form, int status = 200) {
    const auto& opened = all.opened;
    View content = view_of_interaction(opened);
    add_details(content, opened, call.work.now());
    const auto* contact = opened.list.contact_of(opened.item());
    content["alert_banner"] = flag(false);
    if (contact != nullptr) {
        TRY(add_alert_banner(content, call.work, contact->person.property, contact->person.id));
    }
    content["may_work"] = flag(all.may_work());
    content["no_officer"] =
        flag(!all.officer && all.visitor.may(access::Permission::InteractionsManage) && opened.is_workable());
    content["unsaved"] = text_or_none(unsaved_text(call, opened));
    return show(
        call, all.visitor,
        {.title = "Interaction",
         .template_name = "interaction",
         .content = std::move(content),
         .place = Place::Today,
         .back = contact != nullptr ? Link{"/people/" + contact->person.uuid.text(), "Back to the person"}
                                    : Link{"/", "Back to today"},
         .form = &form,
         .status = status});
}

/// With no form, for there is nothing to be done with it.
Result<http::Response> show_closed(Call& call, const Opening& all) {
    return show_interaction(call, all, Form{}, kConflict);
}

/// A page of its own for one thing to do, with the form that does it.
Result<http::Response> show_action(Call& call, const Opening& all, std::string title,
                                   std::string_view template_name, const Form& form, int status = 200) {
    return show(call, all.visitor,
                {.title = std::move(title),
                 .template_name = template_name,
                 .content = view_of_interaction(all.opened),
                 .place = Place::Today,
                 .back = Link{path_of(all.opened), "Back to the interaction"},
                 .form = &form,
                 .status = status});
}

struct Transfer {
    std::optional<Uuid> to;
    std::string why;
    bool anybody = false;
};

std::string say_taker(const housing::Taker& taker) {
    return taker.is_manager ? taker.officer + ", manager (" + taker.post + ")"
                            : taker.officer + " (" + taker.post + ")";
}

Result<Transfer> add_transfer(Call& call, Form& form, const OpenedInteraction& opened) {
    std::vector<Option> options{{"", "Choose"}};
    for (const auto& taker : TRY(housing::list_takers(call.work, opened.item()))) {
        options.push_back({taker.uuid.text(), say_taker(taker)});
    }
    Transfer transfer;
    transfer.anybody = options.size() > 1;
    const auto chosen = form.select({.name = "to",
                                     .label = "Hand it to",
                                     .options = std::move(options),
                                     .missing = "Choose who is to have it"});
    transfer.to = chosen ? Uuid::parse(*chosen) : std::nullopt;
    transfer.why = add_lines(form, "reason", "Why", "What they need to know. It is added to the notes.",
                             "Enter why you hand it over");
    return transfer;
}

Result<http::Response> show_transfer(Call& call, const Opening& all, const Form& form, int status = 200) {
    return show_action(call, all, "Hand over an interaction", "interaction_transfer", form, status);
}

std::string add_outcome(Form& form) {
    return add_lines(form, "outcome", "What was done",
                     "It is added to the notes. The person can ask to read it.", "Enter what was done");
}

Result<http::Response> show_close(Call& call, const Opening& all, const Form& form, int status = 200) {
    return show_action(call, all, "Close an interaction", "interaction_close", form, status);
}

/// What stands against doing anything with it, as a page; nothing where the officer may.
Result<std::optional<http::Response>> refusal(Call& call, const Opening& all) {
    if (!all.officer) {
        return std::optional{refuse_who_is_no_officer(call, all.visitor)};
    }
    if (!all.opened.is_workable()) {
        return std::optional{TRY(show_closed(call, all))};
    }
    return std::optional<http::Response>{};
}

bool was_changed(const Result<housing::Casework>& done) {
    return !done.ok() && done.error().code == Code::Conflict;
}

}  // namespace

Result<http::Response> read_interaction(Call& call) {
    const auto all = TRY(open_named(call));
    Form form;
    if (all.opened.item().request_callback) {
        form.with("call_back.wanted", "yes");
    }
    add_note(form);
    return show_interaction(call, all, form);
}

Result<http::Response> post_note(Call& call) {
    const auto all = TRY(open_named(call));
    if (auto refused = TRY(refusal(call, all))) {
        return *std::move(refused);
    }
    Form form{call.params};
    auto note = add_note(form);
    if (!form.is_sound()) {
        return show_interaction(call, all, form);
    }
    const auto done =
        housing::follow_up(call.work, said_on(call, all, std::move(note.said)), note.call_back, std::nullopt);
    if (was_changed(done)) {
        form.refuse("", std::string{kChanged});
        return show_interaction(call, all, form, kConflict);
    }
    TRY(done);
    return go_to(path_of(all.opened), "note-added");
}

Result<http::Response> read_transfer(Call& call) {
    const auto all = TRY(open_named(call));
    if (auto refused = TRY(refusal(call, all))) {
        return *std::move(refused);
    }
    Form form;
    TRY(add_transfer(call, form, all.opened));
    return show_transfer(call, all, form);
}

Result<http::Response> post_transfer(Call& call) {
    const auto all = TRY(open_named(call));
    if (auto refused = TRY(refusal(call, all))) {
        return *std::move(refused);
    }
    Form form{call.params};
    auto transfer = TRY(add_transfer(call, form, all.opened));
    if (!form.is_sound() || !transfer.to) {
        return show_transfer(call, all, form);
    }
    const auto done =
        housing::hand_over(call.work, said_on(call, all, std::move(transfer.why)), *transfer.to);
    if (was_changed(done)) {
        form.refuse("", std::string{kChanged});
        return show_transfer(call, all, form, kConflict);
    }
    TRY(done);
    return go_to(path_of(all.opened), "interaction-transferred");
}

Result<http::Response> read_close(Call& call) {
    const auto all = TRY(open_named(call));
    if (auto refused = TRY(refusal(call, all))) {
        return *std::move(refused);
    }
    Form form;
    add_outcome(form);
    return show_close(call, all, form);
}

Result<http::Response> post_close(Call& call) {
    const auto all = TRY(open_named(call));
    if (auto refused = TRY(refusal(call, all))) {
        return *std::move(refused);
    }
    Form form{call.params};
    auto outcome = add_outcome(form);
    if (!form.is_sound()) {
        return show_close(call, all, form);
    }
    const auto done = housing::close_case(call.work, said_on(call, all, std::move(outcome)), std::nullopt);
    if (was_changed(done)) {
        form.refuse("", std::string{kChanged});
        return show_close(call, all, form, kConflict);
    }
    TRY(done);
    return go_to(path_of(all.opened), "interaction-closed");
}

}  // namespace tenantry::web
