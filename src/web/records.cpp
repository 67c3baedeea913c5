#include "web/records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "api/services.hpp"
#include "register/journal_check.hpp"
#include "register/legal_hold.hpp"
#include "rights/retention.hpp"
#include "web/format.hpp"

namespace tenantry::web {

namespace {

using access::Permission;

struct Part {
    RecordsPart part;
    std::string_view href;
    std::string_view text;
    std::string_view what;  ///< on the page that the desk begins at
    Permission needs;
    std::optional<Permission> or_needs = std::nullopt;
};

constexpr Part kParts[] = {
    {RecordsPart::Report, "/records/report", "Subject access",
     "Give a person everything that the register holds about them", Permission::GdprReportView},
    {RecordsPart::Consents, "/records/consents", "Consents",
     "See what a person, or whoever has an e-mail address, agreed to or declined",
     Permission::GdprReportView},
    {RecordsPart::Activity, "/records/activity", "Activity log", "See who opened or changed which record",
     Permission::ActivityLogView},
    {RecordsPart::Chain, "/records/chain", "Log integrity",
     "Check that nothing in the activity log was changed or taken out", Permission::ActivityLogView},
    {RecordsPart::Retention, "/records/retention", "Retention",
     "Decide about records that have been kept for long enough", Permission::RetentionManage},
    {RecordsPart::Holds, "/records/holds", "Legal holds",
     "Keep a person’s records because of a claim or an inquiry", Permission::ErasureManage},
    {RecordsPart::Erasure, "/records/erasure", "Erasure",
     "Erase what may be erased of a person who asks for it", Permission::ErasureManage},
    {RecordsPart::Quality, "/records/quality", "Data quality", "Find records that are worth mending",
     Permission::GdprReportView, Permission::PatchesManage},
};

bool may_open(const Visitor& visitor, const Part& part) {
    return visitor.may(part.needs) || (part.or_needs && visitor.may(*part.or_needs));
}

const Part& part_of(RecordsPart part) {
    const auto* found = std::ranges::find(kParts, part, &Part::part);
    VERIFY(found != std::end(kParts));
    return *found;
}

std::vector<View> menu_of(const Visitor& visitor, RecordsPart here) {
    std::vector<View> items{view_of({{"href", View{"/records"}},
                                     {"text", View{"Overview"}},
                                     {"here", flag(here == RecordsPart::Overview)}})};
    for (const Part& part : kParts) {
        if (may_open(visitor, part)) {
            items.push_back(view_of({{"href", View{std::string{part.href}}},
                                     {"text", View{std::string{part.text}}},
                                     {"here", flag(part.part == here)}}));
        }
    }
    return items;
}

/// What of a part waits for somebody, or how it stands; empty where there is nothing to say.
Result<std::string> standing_of(Call& call, RecordsPart part) {
    switch (part) {
        case RecordsPart::Retention: {
            const auto waiting =
                TRY(rights::count_proposals(call.work.tx(), rights::ProposalState::Proposed));
            return waiting > 0 ? say_count(waiting, "record waits for your decision",
                                           "records wait for your decision")
                               : std::string{};
        }
        case RecordsPart::Holds: {
            const auto page = TRY(housing::count_holds_in_force(call.work.tx()));
            return page > 0 ? say_count(page, "hold is in force", "holds are in force") : std::string{};
        }
        case RecordsPart::Chain: {
            const auto check = TRY(housing::find_journal_check(call.work));
            return check ? (check->held ? "Held when it was last verified, on " : "Broken, as found on ") +
                               say_time(check->at)
                         : std::string{"Not verified on this page yet"};
        }
        default:
            return std::string{};
    }
}

}  // namespace

http::Response show_records(Call& call, const Visitor& visitor, RecordsPart here, Page page) {
    page.place = Place::Records;
    set_list(page.content, "records_menu", menu_of(visitor, here));
    return show(call, visitor, std::move(page));
}

Result<http::Response> read_records(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    std::vector<View> parts;
    for (const Part& part : kParts) {
        if (may_open(visitor, part)) {
            const auto standing = TRY(standing_of(call, part.part));
            parts.push_back(view_of({{"href", View{std::string{part.href}}},
                                     {"text", View{std::string{part.text}}},
                                     {"what", View{std::string{part.what}}},
                                     {"standing", text_or_none(standing)}}));
        }
    }
    View content;
    set_list(content, "parts", std::move(parts));
    return show_records(call, visitor, RecordsPart::Overview,
                        {.title = "Records", .template_name = "records", .content = std::move(content)});
}

void set_person_search(View& content, RecordsPart part) {
    content["person_search"] = view_of(
        {{"for", View{std::string{part_of(part).href.substr(std::string_view{"/records/"}.size())}}}});
}

Result<http::Response> find_for_records(Call& call) {
    constexpr std::int64_t kShown = 20;
    constexpr std::size_t kCharacters = 200;
    const auto visitor = TRY(visitor_of(call));
    const std::string* name = call.params.given_text("for");
    const auto* part = std::ranges::find_if(kParts, [&](const Part& one) {
        return name != nullptr && one.href == "/records/" + *name && may_open(visitor, one);
    });
    if (part == std::end(kParts)) {
        return Error{Code::NotFound, "No such page"};
    }
    Form form{call.params};
    const auto wanted = form.text({.name = "who",
                                   .label = "Name, telephone or e-mail address",
                                   .characters_max = kCharacters,
                                   .missing = "Enter a name, a telephone number or an e-mail address"});
    View content;
    std::vector<View> people;
    std::int64_t total = 0;
    if (wanted) {
        housing::PersonFilter filter;
        filter.search = *wanted;
        filter.search_contacts = true;
        filter.paging.limit = kShown;
        const auto page = TRY(housing::list_people(call.work, call.services.names, filter));
        total = page.total;
        for (const auto& person : page.people) {
            people.push_back(
                view_of({{"href", View{fmt::format("{}?person={}", part->href, person.uuid.text())}},
                         {"name", View{person.name.full()}},
                         {"active", flag(person.active)},
                         {"home", text_or_none(person.full_address)}}));
        }
    }
    content["searched?"] = flag(wanted.has_value());
    content["more"] = text_or_none(
        total > kShown ? std::optional{fmt::format("Only the first {} are shown. Enter more of the name, or "
                                                   "a telephone number or e-mail address.",
                                                   kShown)}
                       : std::nullopt);
    set_list(content, "people", std::move(people));
    content["for"] = View{*name};
    return show_records(call, visitor, part->part,
                        {.title = std::string{part->text} + ": choose a person",
                         .template_name = "records_find",
                         .content = std::move(content),
                         .back = Link{std::string{part->href}, std::string{part->text}},
                         .form = &form});
}

Result<std::optional<ChosenPerson>> chosen_person(Call& call) {
    const auto uuid = TRY(call.params.uuid("person"));
    if (!uuid) {
        return std::optional<ChosenPerson>{};
    }
    ChosenPerson chosen{TRY(housing::find_person_id(call.work.tx(), *uuid)), *uuid, "Name cannot be read"};
    const auto person = housing::find_person(call.work, *uuid, housing::Depth::Contact);
    if (person.ok()) {
        chosen.name = person->name.full();
    } else if (person.error().code != Code::Corrupt) {
        return person.error();
    }
    return std::optional{chosen};
}

Result<ChosenPerson> required_person(Call& call) {
    auto chosen = TRY(chosen_person(call));
    if (!chosen) {
        return Error{Code::Invalid, "", "person"};
    }
    return *std::move(chosen);
}

void set_person(View& content, const ChosenPerson& person, RecordsPart part) {
    content["person"] = view_of({{"name", View{person.name}},
                                 {"uuid", View{person.uuid.text()}},
                                 {"href", View{"/people/" + person.uuid.text()}},
                                 {"other", View{std::string{part_of(part).href}}}});
}

}  // namespace tenantry::web
