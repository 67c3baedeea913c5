#include "app/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/data_commands.hpp"
#include "app/rights_commands.hpp"
#include "app/user_commands.hpp"
#include "audit/journal.hpp"
#include "register/alert.hpp"
#include "register/association.hpp"
#include "register/case_note.hpp"
#include "register/casework.hpp"
#include "register/citizen.hpp"
#include "register/contact_address.hpp"
#include "register/issue.hpp"
#include "register/job.hpp"
#include "register/legal_hold.hpp"
#include "register/mail.hpp"
#include "register/meeting.hpp"
#include "register/next_of_kin.hpp"
#include "register/person.hpp"
#include "register/representative.hpp"
#include "register/signature.hpp"
#include "rights/disclosure.hpp"

namespace tenantry::app {

namespace {

int verify_audit(Instance& instance, Output& output) {
    const auto verdict =
        instance.read([&](db::Transaction& tx) { return audit::verify_journal(tx, instance.keys()); });
    if (!verdict.ok()) {
        return fail(output, verdict.error());
    }
    if (verdict->first_broken) {
        output.error(fmt::format(
            "the audit trail is broken: event {} was changed, removed, inserted or cut off; the {} "
            "before it hold",
            *verdict->first_broken, verdict->events));
        return kFailed;
    }
    if (verdict->events == 0) {
        output.error("the audit trail is broken: it is empty, and even a new register has its first event");
        return kFailed;
    }
    output.line(fmt::format("the audit trail holds: {} events", verdict->events));
    return kDone;
}

int check(Instance& instance, Output& output) {
    const auto sound = instance.database().check_integrity();
    if (!sound.ok()) {
        return fail(output, sound.error());
    }
    const auto report = instance.read([&](db::Transaction& tx) -> Result<housing::CheckReport> {
        housing::CheckReport opened;
        TRY(housing::check_people(tx, instance.keys(), opened));
        TRY(housing::check_contact_addresses(tx, instance.keys(), opened));
        TRY(housing::check_next_of_kin(tx, instance.keys(), opened));
        TRY(housing::check_alerts(tx, instance.keys(), opened));
        TRY(housing::check_citizens(tx, instance.keys(), opened));
        TRY(housing::check_jobs(tx, instance.keys(), opened));
        TRY(housing::check_case_notes(tx, instance.keys(), opened));
        TRY(housing::check_associations(tx, instance.keys(), opened));
        TRY(housing::check_representatives(tx, instance.keys(), opened));
        TRY(housing::check_mail(tx, instance.keys(), opened));
        TRY(housing::check_meetings(tx, instance.keys(), opened));
        TRY(housing::check_issues(tx, instance.keys(), opened));
        TRY(housing::check_signatures(tx, instance.keys(), opened));
        TRY(housing::check_incidents(tx, instance.keys(), opened));
        TRY(housing::check_incident_notes(tx, instance.keys(), opened));
        TRY(housing::check_interactions(tx, instance.keys(), opened));
        TRY(rights::check_disclosures(tx, instance.keys(), opened));
        TRY(housing::check_legal_holds(tx, instance.keys(), opened));
        return opened;
    });
    if (!report.ok()) {
        return fail(output, report.error());
    }
    for (const auto& one : report->first_damaged) {
        output.error(fmt::format("{} {}: {} does not open", one.table.view(), one.id, one.column.view()));
    }
    output.line(fmt::format("the database is sound; {} sealed records read, {} damaged", report->records,
                            report->damaged));
    return report->damaged == 0 ? kDone : kFailed;
}

struct Entry {
    std::string_view name;
    int (*run)(Instance&, const Command&, Output&);
};

constexpr std::array kCommands{
    Entry{"import", run_import},
    Entry{"demo", run_demo},
    Entry{"user add", add_user},
    Entry{"user disable", disable_user},
    Entry{"user list", list_users},
    Entry{"erase preview", preview_erasure},
    Entry{"erase run", run_erasure},
    Entry{"retention rules", show_retention_rules},
    Entry{"retention propose", propose_retention},
    Entry{"retention list", list_retention},
    Entry{"retention approve", approve_retention},
    Entry{"retention refuse", refuse_retention},
    Entry{"retention run", run_retention},
    Entry{"audit verify", [](Instance& i, const Command&, Output& o) { return verify_audit(i, o); }},
    Entry{"check", [](Instance& i, const Command&, Output& o) { return check(i, o); }},
};

const Entry* find_entry(std::string_view name) {
    const auto found =
        std::find_if(kCommands.begin(), kCommands.end(), [&](const Entry& e) { return e.name == name; });
    return found == kCommands.end() ? nullptr : &*found;
}

}  // namespace

std::string Command::option(std::string_view option_name) const {
    const auto found = options.find(std::string{option_name});
    return found == options.end() ? "" : found->second;
}

bool is_for_instance(std::string_view name) {
    return find_entry(name) != nullptr;
}

int run_command(Instance& instance, const Command& command, Output& output) {
    const Entry* entry = find_entry(command.name);
    VERIFY(entry != nullptr);
    return entry->run(instance, command, output);
}

int fail(Output& output, const Error& error) {
    if (error.field.empty()) {
        output.error(error.text.view());
    } else if (error.text.empty()) {
        output.error(fmt::format("{}: missing or not valid", error.field.view()));
    } else {
        output.error(fmt::format("{}: {}", error.field.view(), error.text.view()));
    }
    return kFailed;
}

}  // namespace tenantry::app
