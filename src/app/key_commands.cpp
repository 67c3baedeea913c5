#include "app/key_commands.hpp"

#include <fmt/format.h>

#include <array>

#include "app/key_rotation.hpp"
#include "base/ascii.hpp"

namespace tenantry::app {

namespace {

std::string_view name_of(crypto::KeyPurpose purpose) {
    constexpr std::array<std::string_view, 6> kNames{"", "field", "index", "audit", "csrf", "token"};
    const auto number = static_cast<std::size_t>(purpose);
    return number < kNames.size() ? kNames[number] : "unknown";
}

std::string_view name_of(crypto::KeyState state) {
    constexpr std::array<std::string_view, 4> kNames{"pending", "active", "decrypt-only", "retired"};
    const auto number = static_cast<std::size_t>(state);
    return number < kNames.size() ? kNames[number] : "unknown";
}

/// Says what is left of the former keys. Rows that stayed under one are damaged.
int report(const std::vector<KeyEntry>& former, Output& output) {
    std::string empty;
    for (const KeyEntry& entry : former) {
        if (*entry.rows == 0) {
            empty += fmt::format("{}{}", empty.empty() ? "" : ", ", entry.id);
        } else {
            output.line(fmt::format("{} rows do not open and stay under key {}; the journal names them",
                                    *entry.rows, entry.id));
        }
    }
    if (!empty.empty()) {
        output.line(fmt::format(
            "nothing is under these keys any more: {}; 'tenantry keys retire' destroys one", empty));
    }
    return kDone;
}

int rotate_field_key(Instance& instance, Output& output) {
    const auto begun = begin_rotation(instance);
    if (!begun.ok()) {
        return fail(output, begun.error());
    }
    const auto to_seal = count_rows_to_seal(instance);
    if (!to_seal.ok()) {
        return fail(output, to_seal.error());
    }
    const auto in_all = static_cast<std::size_t>(*to_seal);
    auto progress = progress_to(output, "Sealing anew");
    const auto done =
        instance.resealer().wait([&](std::size_t rows) { progress.update(std::min(rows, in_all), in_all); });
    if (!done.ok()) {
        return fail(output, done.error());
    }
    progress.update(in_all, in_all);
    progress.finish();
    output.line(fmt::format("field key {} is active", instance.keys().active_field_key()));
    const auto after = list_former_keys(instance);
    return after.ok() ? report(*after, output) : fail(output, after.error());
}

}  // namespace

int show_keys(Instance& instance, const Command& /*command*/, Output& output) {
    const auto entries = list_keys(instance);
    if (!entries.ok()) {
        return fail(output, entries.error());
    }
    output.line(
        fmt::format("{:>4}  {:<7}  {:<12}  {:<19}  {:>10}", "id", "purpose", "state", "made (UTC)", "rows"));
    for (const KeyEntry& entry : *entries) {
        output.line(fmt::format("{:>4}  {:<7}  {:<12}  {}  {:>10}", entry.id, name_of(entry.purpose),
                                name_of(entry.state), format_date_time(entry.made_at),
                                entry.rows ? std::to_string(*entry.rows) : "-"));
    }
    return kDone;
}

int rotate_keys(Instance& instance, const Command& command, Output& output) {
    if (command.option("wrapping").empty()) {
        return rotate_field_key(instance, output);
    }
    const auto rotated = rotate_root_key(instance);
    if (!rotated.ok()) {
        return fail(output, rotated.error());
    }
    output.line(
        "there is a new root key in keys/, and the former one is gone: back it up apart from the data");
    return kDone;
}

int retire_field_key(Instance& instance, const Command& command, Output& output) {
    const std::string text = command.option("id");
    const auto id = parse_whole<std::uint32_t>(text);
    if (!id) {
        return fail(output,
                    {Code::Invalid, "is the number of a key, as 'tenantry keys list' shows it", "--id"});
    }
    const auto retired = retire_key(instance, *id);
    if (!retired.ok()) {
        return fail(output, retired.error());
    }
    if (retired->rows > 0) {
        output.error(fmt::format("key {} is kept: {} rows are still under it", *id, retired->rows));
        return kFailed;
    }
    output.line(fmt::format("key {} is destroyed", *id));
    return kDone;
}

}  // namespace tenantry::app
