#include "app/search_commands.hpp"

#include <fmt/format.h>

namespace tenantry::app {

namespace {

constexpr std::string_view kPlaintext = "plaintext";
constexpr std::string_view kMemory = "memory";

/// Returns how many records did not open.
Result<std::int64_t> change_mode(Instance& instance, housing::SearchMode mode) {
    const auto unreadable = TRY(instance.write(
        [&](audit::Work& work) { return housing::rebuild_search(work, instance.names(), mode); },
        db::Pace::Patient));
    if (mode == housing::SearchMode::Plaintext) {
        instance.names().forget();
    } else {
        TRY(instance.database().empty_log());
    }
    return unreadable;
}

}  // namespace

int rebuild_search(Instance& instance, const Command& command, Output& output) {
    const auto mode = parse_search_mode(command.option("mode"));
    if (!mode.ok()) {
        return fail(output, mode.error());
    }
    const auto unreadable = change_mode(instance, *mode);
    if (!unreadable.ok()) {
        return fail(output, unreadable.error());
    }
    if (*unreadable > 0) {
        output.error(fmt::format(
            "{} records do not open and are found by no name; 'tenantry check' lists them", *unreadable));
    }
    output.line(*mode == housing::SearchMode::Memory
                    ? "search mode memory: no name is in the register's files in clear"
                    : "search mode plaintext: names are indexed in clear beside the sealed records");
    return kDone;
}

Result<housing::SearchMode> parse_search_mode(std::string_view text) {
    for (const auto mode : {housing::SearchMode::Plaintext, housing::SearchMode::Memory}) {
        if (text == name_of(mode)) {
            return mode;
        }
    }
    return Error{Code::Invalid, "is plaintext or memory", "--mode"};
}

std::string_view name_of(housing::SearchMode mode) {
    return mode == housing::SearchMode::Memory ? kMemory : kPlaintext;
}

Result<void> follow_names(Instance& instance) {
    if (!instance.names().holds_names()) {
        return {};
    }
    return instance.read([&](db::Transaction& tx) -> Result<void> {
        audit::Work reading{tx, instance.keys(), {}, instance.clock().now(), &instance.reads()};
        if (TRY(instance.names().of(reading)) == nullptr) {
            instance.names().forget();  // another process changed the mode
        }
        return {};
    });
}

}  // namespace tenantry::app
