#include <algorithm>
#include <set>

#include "access/account_names.hpp"
#include "audit/person_index.hpp"
#include "register/consent.hpp"
#include "register/job_list.hpp"
#include "rights/subject_report.hpp"
#include "web/activity_words.hpp"
#include "web/format.hpp"
#include "web/paging.hpp"
#include "web/person.hpp"
#include "web/person_frame.hpp"
#include "web/person_work.hpp"

namespace tenantry::web {

namespace {

using access::Permission;

std::string say_day(const std::optional<Date>& day) {
    return day ? say_date(*day) : std::string{};
}

Result<void> show_jobs_in(View& content, Call& call, const housing::Person& person, AskedPage page) {
    const auto found = TRY(housing::list_jobs_of_person(call.work, person.id, page.paging()));
    std::vector<View> jobs;
    for (const auto& named : found.jobs) {
        const auto& job = named.job;
        jobs.push_back(view_of({{"title", View{job.title}},
                                {"reference", View{job.reference}},
                                {"type", text_or_none(named.type_name)},
                                {"status", View{job.status}},
                                {"priority", text_or_none(named.priority_name)},
                                {"recorded", View{say_date(uk_date(job.created_at))}},
                                {"starts", text_or_none(say_day(job.works_start_on))},
                                {"ends", text_or_none(say_day(job.works_end_on))},
                                {"agent", text_or_none(named.agent_name)},
                                {"contractor", text_or_none(named.contractor_name)}}));
    }
    set_list(content, "jobs", std::move(jobs));
    show_paging_in(content, path_of(person) + "/jobs?", page, page.is_followed(found.total));
    return {};
}

Result<void> show_consents_in(View& content, Call& call, const housing::Person& person) {
    const auto found = TRY(housing::list_consents(call.work, person.uuid, {kPageOfList, 0}));
    std::vector<View> consents;
    for (const auto& one : found.consents) {
        consents.push_back(view_of({{"type", View{rights::readable(std::string_view{one.type})}},
                                    {"version", View{one.version}},
                                    {"accepted", flag(one.accepted)},
                                    {"when", View{say_time(one.created_at)}}}));
    }
    set_list(content, "consents", std::move(consents));
    content["more_consents"] = flag(found.total > kPageOfList);
    return {};
}

/// What somebody did within a minute: opening one page reads several lists.
struct Visit {
    std::string when;
    std::optional<std::int64_t> account;
    struct Deed {
        std::string text;
        audit::Outcome outcome;
        int times = 1;
    };
    std::vector<Deed> deeds = {};
};

std::vector<Visit> visits_of(const std::vector<audit::EventAbout>& events) {
    std::vector<Visit> visits;
    for (const auto& event : events) {
        std::string when = say_time(event.at);
        if (visits.empty() || visits.back().account != event.account || visits.back().when != when) {
            visits.push_back({std::move(when), event.account});
        }
        auto& deeds = visits.back().deeds;
        std::string text = say_action(event.action);
        const auto same = std::find_if(deeds.begin(), deeds.end(), [&](const Visit::Deed& deed) {
            return deed.text == text && deed.outcome == event.outcome;
        });
        if (same != deeds.end()) {
            ++same->times;
        } else {
            deeds.push_back({std::move(text), event.outcome});
        }
    }
    return visits;
}

View view_of_visit(const Visit& visit, const access::AccountNames& names) {
    std::string who = "Tenantry itself, or a command";
    if (visit.account) {
        const auto name = names.find(*visit.account);
        who = name != names.end() ? name->second : "An account that is gone";
    }
    std::vector<View> deeds;
    for (const auto& deed : visit.deeds) {
        deeds.push_back(view_of({{"text", View{deed.text}},
                                 {"times", deed.times > 1 ? View{std::to_string(deed.times)} : flag(false)},
                                 {"denied", flag(deed.outcome == audit::Outcome::Denied)},
                                 {"failed", flag(deed.outcome == audit::Outcome::Failed)}}));
    }
    View view = view_of({{"when", View{visit.when}}, {"who", View{who}}});
    set_list(view, "deeds", std::move(deeds));
    return view;
}

}  // namespace

Result<http::Response> read_person_interactions(Call& call) {
    using housing::WorkState;
    const auto visitor = TRY(visitor_of(call));
    if (!visitor.may(Permission::InteractionsView)) {
        return Error{Code::Forbidden, "No permission to see interactions"};
    }
    const auto page = TRY(asked_page(call));
    const auto person = TRY(resident_of(call)).person;
    View content;
    TRY(show_head_in(content, call, visitor, person, PersonPart::Interactions));
    content["open"] = flag(false);
    if (page.number == 1) {
        const auto open = TRY(
            housing::page_interactions_of_person(call.work, person.id, WorkState::Open, {kPageOfList, 0}));
        View section;
        show_work_in(section, open.list, "Open work");
        content["open"] = std::move(section);
    }
    const auto closed =
        TRY(housing::page_interactions_of_person(call.work, person.id, WorkState::Closed, page.paging()));
    View section;
    show_work_in(section, closed.list, "Closed work");
    content["past"] = std::move(section);
    show_paging_in(content, path_of(person) + "/interactions?", page, page.is_followed(closed.total));
    return show(call, visitor,
                {.title = "Interactions of a person",
                 .template_name = "person_interactions",
                 .content = std::move(content)});
}

Result<http::Response> read_person_jobs(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto page = TRY(asked_page(call));
    const auto person = TRY(resident_of(call)).person;
    View content;
    TRY(show_head_in(content, call, visitor, person, PersonPart::Jobs));
    const bool shows_jobs = visitor.may(Permission::JobsList);
    content["shows_jobs"] = flag(shows_jobs);
    if (shows_jobs) {
        TRY(show_jobs_in(content, call, person, page));
    }
    const bool shows_consents = page.number == 1;
    content["shows_consents"] = flag(shows_consents);
    if (shows_consents) {
        TRY(show_consents_in(content, call, person));
    }
    return show(call, visitor,
                {.title = "Jobs and consents of a person",
                 .template_name = "person_jobs",
                 .content = std::move(content)});
}

Result<http::Response> read_person_activity(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    if (!visitor.may(Permission::ResidentsView)) {
        return Error{Code::Forbidden, "No permission to see people"};
    }
    const auto page = TRY(asked_page(call));
    const auto person = TRY(resident_of(call)).person;
    View content;
    TRY(show_head_in(content, call, visitor, person, PersonPart::Activity));
    auto events =
        TRY(audit::list_events_about(call.work.tx(), person.id.value, kPageOfList + 1, page.paging().offset));
    TRY(call.work.read({.action = "activity.listed", .person = person.id.value}));
    const bool more = events.size() > static_cast<std::size_t>(kPageOfList);
    if (more) {
        events.pop_back();
    }
    std::set<std::int64_t> accounts;
    for (const auto& event : events) {
        if (event.account) {
            accounts.insert(*event.account);
        }
    }
    const auto names = TRY(access::name_accounts(call.work.tx(), call.work.keys(), accounts));
    std::vector<View> visits;
    for (const auto& visit : visits_of(events)) {
        visits.push_back(view_of_visit(visit, names));
    }
    set_list(content, "visits", std::move(visits));
    show_paging_in(content, path_of(person) + "/activity?", page, more);
    return show(call, visitor,
                {.title = "Who has looked at a person’s record",
                 .template_name = "person_activity",
                 .content = std::move(content)});
}

}  // namespace tenantry::web
