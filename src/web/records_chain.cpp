#include "web/records_chain.hpp"

#include <fmt/format.h>

#include "api/metrics.hpp"
#include "api/services.hpp"
#include "audit/verify_end.hpp"
#include "base/log.hpp"
#include "register/journal_check.hpp"
#include "web/csrf.hpp"
#include "web/format.hpp"
#include "web/records.hpp"

namespace tenantry::web {

namespace {

using audit::Break;

/// What happened to the first event that does not hold.
std::string say_break(const audit::Verdict& verdict) {
    const std::string event = "Event " + say_number(*verdict.first_broken);
    const auto more = [&verdict](std::string_view one, std::string_view many) {
        return verdict.count > 1 ? say_count(verdict.count, one, many) : std::string{};
    };
    switch (verdict.what) {
        case Break::Changed:
            return event + " is not as it was written: something of it was changed.";
        case Break::Removed:
            return event + " was removed" +
                   (verdict.count > 1 ? ", with those after it: " + more("event", "events") + " in all."
                                      : ".");
        case Break::Inserted:
            return event + " was not written by Tenantry: it was put in.";
        case Break::Reordered:
            return event + " stands in another place than it was written in.";
        case Break::CutOff:
            return event + " and all later ones are missing: the end of the log was cut off" +
                   (verdict.count > 1 ? ", " + more("event", "events") + "." : ".");
        case Break::HeadChanged:
            return "All events follow one another, but the note of which is the last was changed, or is an "
                   "older "
                   "one: the end of the log may have been cut off.";
    }
    VERIFY(false);
}

View view_of_result(const audit::EndVerdict& end) {
    const auto& verdict = end.verdict;
    const auto held = verdict.events - end.after;
    const std::string looked =
        end.after == 0
            ? "All " + say_count(held, "event", "events") + " of the activity log were looked at."
            : fmt::format("Events {} to {} were looked at. For those before, run ‘tenantry audit verify’.",
                          say_number(end.after + 1), say_number(verdict.events));
    View result;
    result["holds"] = flag(!verdict.first_broken);
    result["looked"] = View{verdict.first_broken
                                ? fmt::format("Up to event {} everything holds.", say_number(verdict.events))
                                : looked};
    result["broken"] = text_or_none(verdict.first_broken ? std::optional{say_break(verdict)} : std::nullopt);
    return result;
}

std::string say_heads(const Call& call) {
    const auto& services = call.services;
    if (!services.settings.signs_audit_heads) {
        return "Not set up. Without them nobody can tell if somebody with the keys wrote the whole log anew. "
               "See "
               "‘tenantry serve --help’, --audit-heads and --audit-heads-command.";
    }
    const auto last = services.metrics.last_audit_head();
    std::string text = last ? "Set up. The last was handed out on " +
                                  say_time(std::chrono::floor<std::chrono::milliseconds>(*last)) + "."
                            : std::string{"Set up. None was handed out since the server started."};
    if (const auto failed = services.metrics.audit_heads_failed(); failed > 0) {
        text += " " + say_count(static_cast<std::int64_t>(failed), "attempt", "attempts") +
                " failed since the server started.";
    }
    return text;
}

std::string say_last_check(const std::optional<housing::JournalCheck>& check) {
    if (!check) {
        return "Not on this page yet.";
    }
    if (!check->up_to) {
        return "On " + say_time(check->at) + ". What it found is not in the log any more.";
    }
    return fmt::format("On {}: {} event {}.", say_time(check->at),
                       check->held ? "everything held up to" : "broken after", say_number(*check->up_to));
}

Result<http::Response> show_chain(Call& call, View result) {
    const auto visitor = TRY(visitor_of(call));
    const auto head = audit::find_head(call.work.tx(), call.services.keys);
    if (!head.ok() && head.error().code != Code::Corrupt) {
        return head.error();
    }
    View content;
    content["head"] = View{!head.ok() ? "The note of the last event is not as it was written. Verify the log."
                           : head->has_value() ? "Event " + say_number((*head)->event)
                                               : std::string{"None yet"}};
    content["checked"] = View{say_last_check(TRY(housing::find_journal_check(call.work)))};
    content["heads"] = View{say_heads(call)};
    content["most"] = View{say_number(kVerifiedAtOnce)};
    content["result"] = std::move(result);
    return show_records(
        call, visitor, RecordsPart::Chain,
        {.title = "Log integrity", .template_name = "records_chain", .content = std::move(content)});
}

}  // namespace

Result<http::Response> read_chain(Call& call) {
    return show_chain(call, flag(false));
}

Result<http::Response> verify_chain(Call& call) {
    TRY(check_csrf(call));
    const auto end = TRY(audit::verify_end_of_journal(call.work.tx(), call.services.keys, kVerifiedAtOnce));
    const auto noted =
        write_once(call, [&](audit::Work& work) { return housing::note_journal_check(work, end.verdict); });
    if (!noted.ok()) {
        // A log whose end was tampered with takes no more events, and whoever asked must be told all the
        // same.
        if (noted.error().code != Code::Corrupt) {
            return noted.error();
        }
        log(LogLevel::Error, "the journal does not verify", {{"events", end.verdict.events}});
    }
    return show_chain(call, view_of_result(end));
}

}  // namespace tenantry::web
