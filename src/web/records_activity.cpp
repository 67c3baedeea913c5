#include "web/records_activity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "access/account_names.hpp"
#include "api/services.hpp"
#include "audit/look_back.hpp"
#include "register/uuids.hpp"
#include "web/activity_words.hpp"
#include "web/format.hpp"
#include "web/records.hpp"

namespace tenantry::web {

namespace {

using access::AccountNames;
using audit::Outcome;

constexpr std::int64_t kMaxNumber = 9'007'199'254'740'991;

struct OutcomeWords {
    Outcome outcome;
    std::string_view code;
    std::string_view text;
};
constexpr OutcomeWords kOutcomes[] = {{Outcome::Ok, "done", "Done"},
                                      {Outcome::Denied, "refused", "Refused"},
                                      {Outcome::Failed, "failed", "Failed"}};

/// The accounts of the landlord, to choose from.
std::vector<Option> options_of(const AccountNames& accounts) {
    std::vector<Option> options;
    options.reserve(accounts.size() + 1);
    options.push_back({"", "Anybody"});
    for (const auto& [id, name] : accounts) {
        options.push_back({std::to_string(id), name});
    }
    std::sort(options.begin() + 1, options.end(), [](const Option& a, const Option& b) {
        return std::tie(a.label, a.value) < std::tie(b.label, b.value);
    });
    return options;
}

std::optional<std::int64_t> number_of(const std::optional<std::string>& text) {
    return text ? std::optional{std::int64_t{std::stoll(*text)}} : std::nullopt;
}

/// What is wanted, and the same as an address has it.
struct Wanted {
    audit::LookBack look;
    std::string query;
    bool is_narrowed = false;
};

void add_date(std::string& query, std::string_view name, Date day) {
    for (const auto& [field, value] : date_fields(name, day)) {
        query += fmt::format("{}={}&", field, value);
    }
}

void read_days(Form& form, Wanted& wanted) {
    const auto from = form.date({.name = "from", .label = "From", .hint = ""});
    const auto to = form.date({.name = "to", .label = "To", .hint = ""});
    if (from && to && to_days(*from) > to_days(*to)) {
        form.refuse("to", "The last day must not be before the first");
    }
    if (from) {
        wanted.look.from = uk_midnight(*from);
        add_date(wanted.query, "from", *from);
    }
    if (to) {
        wanted.look.until = uk_midnight(Date{std::chrono::sys_days{*to} + std::chrono::days{1}});
        add_date(wanted.query, "to", *to);
    }
}

Result<Wanted> read_wanted(const Call& call, Form& form, const AccountNames& accounts) {
    Wanted wanted;
    read_days(form, wanted);
    const auto account = form.select({.name = "account", .label = "Who", .options = options_of(accounts)});
    const auto deed = form.select({.name = "deed", .label = "What was done", .options = deed_options()});
    const auto noun = form.select({.name = "record", .label = "To what", .options = noun_options()});
    std::vector<Option> outcomes{{"", "Any"}};
    for (const auto& one : kOutcomes) {
        outcomes.push_back({std::string{one.code}, std::string{one.text}});
    }
    const auto outcome = form.select({.name = "outcome", .label = "How it ended", .options = outcomes});
    for (const auto& [name, value] :
         {std::pair{"account", account}, {"deed", deed}, {"record", noun}, {"outcome", outcome}}) {
        if (value) {
            wanted.query += fmt::format("{}={}&", name, *value);
        }
    }
    wanted.look.account = number_of(account);
    const auto wanted_deed = deed ? parse_deed(*deed) : std::nullopt;
    if (wanted_deed || noun) {
        const std::string prefix = noun ? *noun + "." : std::string{};
        wanted.look.action = [wanted_deed, prefix](std::string_view action) {
            return action.starts_with(prefix) && (!wanted_deed || deed_of(action) == *wanted_deed);
        };
    }
    for (const auto& one : kOutcomes) {
        if (outcome && *outcome == one.code) {
            wanted.look.outcome = one.outcome;
        }
    }
    wanted.is_narrowed = !wanted.query.empty();
    wanted.look.before = TRY(call.params.integer("before", 1, kMaxNumber));
    return wanted;
}

std::string say_outcome(Outcome outcome) {
    for (const auto& one : kOutcomes) {
        if (one.outcome == outcome) {
            return std::string{one.text};
        }
    }
    return {};
}

std::string say_who(const audit::Entry& entry, const AccountNames& names) {
    if (!entry.account) {
        return entry.address ? "Nobody logged in" : "A command or the server itself";
    }
    const auto known = names.find(*entry.account);
    return known != names.end() ? known->second : fmt::format("Account {} (removed)", *entry.account);
}

/// Whose record it was, where it was one person's.
std::optional<std::int64_t> person_of(const audit::Looked& looked) {
    const bool is_person = looked.entry.action.starts_with("tenant.");
    return looked.person ? looked.person : is_person ? looked.entry.resource : std::nullopt;
}

Result<std::vector<View>> view_of_entries(Call& call, const std::vector<audit::Looked>& entries,
                                          const AccountNames& names) {
    housing::PageOfIds people;
    for (const auto& looked : entries) {
        if (const auto person = person_of(looked)) {
            people.ids.push_back(*person);
        }
    }
    const auto uuids = TRY(housing::find_person_uuids(call.work.tx(), people));
    std::vector<View> rows;
    rows.reserve(entries.size());
    for (const auto& looked : entries) {
        const audit::Entry& entry = looked.entry;
        const auto person = person_of(looked);
        const auto uuid = person ? uuids.find(*person) : uuids.end();
        const bool is_other = entry.resource && !entry.action.starts_with("tenant.");
        rows.push_back(
            view_of({{"when", View{say_time(entry.at)}},
                     {"who", View{say_who(entry, names)}},
                     {"what", View{say_action(entry.action)}},
                     {"record", text_or_none(is_other ? std::optional{fmt::format(
                                                            "{} {}", say_noun(entry.action), *entry.resource)}
                                                      : std::nullopt)},
                     {"person", text_or_none(person ? std::optional{std::to_string(*person)} : std::nullopt)},
                     {"person_href",
                      text_or_none(uuid != uuids.end() ? std::optional{"/people/" + uuid->second.text()}
                                                       : std::nullopt)},
                     {"outcome", View{say_outcome(entry.outcome)}},
                     {"bad", flag(entry.outcome != Outcome::Ok)},
                     {"address", text_or_none(entry.address)}}));
    }
    return rows;
}

}  // namespace

Result<http::Response> read_activity_log(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto accounts = TRY(access::name_all_accounts(call.work.tx(), call.services.keys));
    Form form{call.params};
    const auto wanted = TRY(read_wanted(call, form, accounts));
    audit::LookedBack found;
    if (form.is_sound()) {
        found = TRY(audit::look_back(call.work.tx(), call.services.keys, wanted.look));
        TRY(call.work.read({.action = "activity.listed"}));
    }
    View content;
    set_list(content, "entries", TRY(view_of_entries(call, found.entries, accounts)));
    content["open"] = flag(wanted.is_narrowed || !form.is_sound());
    content["narrowed"] = flag(wanted.is_narrowed);
    content["older"] = text_or_none(
        found.go_on ? std::optional{fmt::format("/records/activity?{}before={}", wanted.query, *found.go_on)}
                    : std::nullopt);
    content["newest"] =
        text_or_none(wanted.look.before ? std::optional{"/records/activity?" + wanted.query} : std::nullopt);
    const bool cut = found.go_on && found.entries.size() < wanted.look.limit;
    content["reached"] =
        text_or_none(cut && found.reached ? std::optional{say_time(*found.reached)} : std::nullopt);
    return show_records(call, visitor, RecordsPart::Activity,
                        {.title = "Activity log",
                         .template_name = "records_activity",
                         .content = std::move(content),
                         .form = &form});
}

}  // namespace tenantry::web
