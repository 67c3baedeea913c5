#include "app/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/audit_commands.hpp"
#include "app/backup_commands.hpp"
#include "app/data_commands.hpp"
#include "app/document_commands.hpp"
#include "app/key_commands.hpp"
#include "app/rights_commands.hpp"
#include "app/search_commands.hpp"
#include "app/user_commands.hpp"
#include "register/check_all.hpp"
#include "register/search_mode.hpp"
#include "rights/disclosure.hpp"

namespace tenantry::app {

namespace {

/// Says how people are found by name; false where that says one thing and the register holds another.
bool check_search_mode(Instance& instance, Output& output) {
    const auto state = instance.read([](db::Transaction& tx) { return housing::find_search_state(tx); });
    const auto in_clear =
        instance.read([](db::Transaction& tx) { return housing::count_indexed_in_clear(tx); });
    if (!state.ok() || !in_clear.ok()) {
        fail(output, state.ok() ? in_clear.error() : state.error());
        return false;
    }
    output.line(fmt::format("search mode {}; {} records indexed in clear", name_of(state->mode), *in_clear));
    if (state->mode == housing::SearchMode::Memory && *in_clear > 0) {
        output.error("in mode memory there must be none: run 'tenantry search rebuild --mode memory'");
        return false;
    }
    return true;
}

int check(Instance& instance, Output& output) {
    const auto sound = instance.database().check_integrity();
    if (!sound.ok()) {
        return fail(output, sound.error());
    }
    const auto report =
        instance.read([&](db::Transaction& tx) { return check_records(tx, instance.keys(), output); });
    if (!report.ok()) {
        return fail(output, report.error());
    }
    const bool as_the_mode_says = check_search_mode(instance, output);
    output.line(fmt::format("the database is sound; {} sealed records read, {} damaged", report->records,
                            report->damaged));
    return report->damaged == 0 && as_the_mode_says ? kDone : kFailed;
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
    Entry{"documents publish", publish_document},
    Entry{"documents list", list_documents},
    Entry{"keys list", show_keys},
    Entry{"keys rotate", rotate_keys},
    Entry{"keys retire", retire_field_key},
    Entry{"search rebuild", rebuild_search},
    Entry{"erase preview", preview_erasure},
    Entry{"erase run", run_erasure},
    Entry{"retention rules", show_retention_rules},
    Entry{"retention propose", propose_retention},
    Entry{"retention list", list_retention},
    Entry{"retention approve", approve_retention},
    Entry{"retention refuse", refuse_retention},
    Entry{"retention run", run_retention},
    Entry{"audit verify", verify_audit},
    Entry{"audit public-key", print_audit_key},
    Entry{"backup", run_backup},
    Entry{"check", [](Instance& i, const Command&, Output& o) { return check(i, o); }},
};

const Entry* find_entry(std::string_view name) {
    const auto found =
        std::find_if(kCommands.begin(), kCommands.end(), [&](const Entry& e) { return e.name == name; });
    return found == kCommands.end() ? nullptr : &*found;
}

}  // namespace

Result<housing::CheckReport> check_records(db::Transaction& tx, const crypto::KeyRing& keys, Output& output) {
    housing::CheckReport report;
    TRY(housing::check_all(tx, keys, report));
    TRY(rights::check_disclosures(tx, keys, report));
    for (const auto& one : report.first_damaged) {
        output.error(fmt::format("{} {}: {} does not open", one.table.view(), one.id, one.column.view()));
    }
    return report;
}

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

Progress progress_to(Output& output, Literal doing) {
    return {doing, output.look(), [&output](std::string_view text) { output.progress(text); }};
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
