#include "web/person_edit.hpp"

#include <tuple>

#include "web/format.hpp"
#include "web/person_details.hpp"
#include "web/person_frame.hpp"
#include "web/person_merge.hpp"

namespace tenantry::web {

namespace {

using housing::Resident;

/// The resident with their next of kin, for a change.
Result<Resident> load_whole(Call& call) {
    Resident resident = TRY(housing::load_resident(call.work, TRY(uuid_of(call, 0))));
    resident.next_of_kin = TRY(housing::load_next_of_kin(call.work, resident.person));
    return resident;
}

View hidden(const std::string& name, const std::string& value) {
    return view_of({{"name", View{name}}, {"value", View{value}}});
}

/// What each field was when the form was opened.
void set_read(std::vector<View>& into, const DetailTexts& texts) {
    for (std::size_t i = 0; i < kDetails; ++i) {
        into.push_back(hidden("read." + std::string{details().at(i).name}, texts.at(i)));
    }
}

Result<http::Response> show_edit(Call& call, const Visitor& visitor, const housing::Person& person,
                                 const Form& form, const DetailTexts& read) {
    View content;
    content["name"] = View{name_of(person)};
    content["path"] = View{path_of(person)};
    set_list(content, "groups", groups_of(form));
    std::vector<View> kept;
    set_read(kept, read);
    set_list(content, "hidden", std::move(kept));
    return show(call, visitor,
                {.title = "Change a person’s details",
                 .template_name = "person_edit",
                 .content = std::move(content),
                 .back = Link{path_of(person), "Back to the person"},
                 .form = &form});
}

View line_of(std::size_t detail, const std::string& text) {
    return view_of(
        {{"key", View{sentence_of(details().at(detail).whole)}}, {"text", View{say_text(detail, text)}}});
}

/// Both versions of what two people changed, to choose from. Answers 409, or 400 where a choice is missing.
Result<http::Response> ask_which(Call& call, const Visitor& visitor, const housing::Person& person,
                                 const Merge& merge) {
    Form form = merge.was_asked ? Form{call.params} : Form{};
    std::vector<View> theirs;
    std::vector<View> mine;
    std::vector<View> kept;
    set_read(kept, merge.now);
    for (std::size_t i = 0; i < kDetails; ++i) {
        const Detail& detail = details().at(i);
        const std::string name{detail.name};
        const bool contested = merge.contested.at(i);
        if (contested) {
            const bool knows_before = merge.read.at(i) != merge.now.at(i);
            std::ignore = form.radios(
                {.name = "choice." + name,
                 .label = "Which " + std::string{detail.whole} + " is right?",
                 .options = {{"mine", "What you entered: " + say_text(i, merge.mine.at(i))},
                             {"now", "What somebody else entered: " + say_text(i, merge.now.at(i))}},
                 .hint = knows_before ? "When you opened the page: " + say_text(i, merge.read.at(i)) : "",
                 .missing = "Choose which " + std::string{detail.whole} + " is right"});
            kept.push_back(hidden("asked." + name, "yes"));
        } else if (merge.merged.at(i) != merge.now.at(i)) {
            mine.push_back(line_of(i, merge.merged.at(i)));
        } else if (merge.now.at(i) != merge.read.at(i)) {
            theirs.push_back(line_of(i, merge.now.at(i)));
        }
        for (const auto& [field, value] : fields_of(i, contested ? merge.mine.at(i) : merge.merged.at(i))) {
            kept.push_back(hidden(field, value));
        }
    }
    View content;
    content["name"] = View{name_of(person)};
    content["path"] = View{path_of(person)};
    set_list(content, "theirs", std::move(theirs));
    set_list(content, "mine", std::move(mine));
    set_list(content, "hidden", std::move(kept));
    constexpr int kConflict = 409;
    return show(call, visitor,
                {.title = "Somebody else changed this record",
                 .template_name = "person_conflict",
                 .content = std::move(content),
                 .back = Link{path_of(person), "Back to the person"},
                 .form = &form,
                 .status = kConflict});
}

Result<void> store(Call& call, const Resident& before, const Merge& merge) {
    Resident after = with_texts(before, merge.merged);
    if (merge.changes_kin()) {
        TRY(housing::put_next_of_kin(call.work, before.person.uuid, after.next_of_kin));
    }
    if (merge.changes_person()) {
        TRY(housing::update_resident(call.work, before, std::move(after)));
    }
    return {};
}

}  // namespace

Result<http::Response> read_person_edit(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const Resident resident = TRY(housing::find_resident(call.work, TRY(uuid_of(call, 0))));
    const auto texts = texts_of(resident);
    Form form;
    fill_details(form, texts);
    std::ignore = add_details(form, uk_date(call.work.now()));
    return show_edit(call, visitor, resident.person, form, texts);
}

Result<http::Response> post_person_edit(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const Resident before = TRY(load_whole(call));
    Form form{call.params};
    auto entered = add_details(form, uk_date(call.work.now()));
    const bool is_sound = form.is_sound();
    const auto merged = merge(call.params, texts_of(before), std::move(entered));
    if (!is_sound) {
        return show_edit(call, visitor, before.person, form, merged.read);
    }
    if (merged.must_choose) {
        return ask_which(call, visitor, before.person, merged);
    }
    TRY(store(call, before, merged));
    return go_to(path_of(before.person), merged.is_theirs_kept ? "person-merged" : "person-changed");
}

}  // namespace tenantry::web
