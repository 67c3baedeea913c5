#include "app/copy_command.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/register_copy.hpp"

namespace tenantry::app {

namespace {

Result<CopiedRows> copy_snapshot(db::Transaction& source, Instance& from, const Place& to, Output& output) {
    TRY(make_data_folder(to.data));
    auto keys = TRY(IncomingKeys::take(to.data, keys_folder(from.data())));
    const auto ring = TRY(open_ring(source, keys.folder()));
    return copy_to_place(source, to, keys, ring, from.clock(), output);
}

/// In a transaction of the writer's, which changes nothing: beside it no process writes, on either engine, so
/// that what is copied is all that there will be.
Result<CopiedRows> copy_instance(Instance& from, const Place& to, Output& output) {
    return from.database().write_and_wait([&](db::Transaction&) {
        return from.read([&](db::Transaction& source) { return copy_snapshot(source, from, to, output); });
    });
}

Result<CopiedRows> copy_and_journal(const Place& from, const Place& to, const Clock& clock, Output& output) {
    const auto instance = TRY(Instance::open(from, clock));
    const auto copied = TRY(copy_instance(*instance, to, output));
    TRY(instance->write([](audit::Work& work) { return work.changed({.action = "instance.copied_away"}); }));
    return copied;
}

int tell_copied(Instance& instance, const Place& place, const CopiedRows& copied, Output& output) {
    output.line(fmt::format("copied {} rows of {} tables, {} MiB", copied.rows, db::tables().size(),
                            copied.bytes >> 20));
    const int checked = run_command(instance, {"check", {}}, output);
    const int verified = run_command(instance, {"audit verify", {}}, output);
    output.line(fmt::format("serve it from now on with --data {}{}, and no more what it was copied from",
                            place.data.native(),
                            place.database.empty() ? "" : " and --database (or that setting)"));
    return std::max(checked, verified);
}

}  // namespace

int run_copy(const CopyWishes& wishes, const Clock& clock, Output& output) {
    if (wishes.to_data.empty() && wishes.to_database.empty()) {
        output.error("--to-database or --to-data says where the register is copied to");
        return kWrongUsage;
    }
    const Place to{wishes.to_data.empty() ? wishes.from.data : wishes.to_data, wishes.to_database};
    const auto copied = copy_and_journal(wishes.from, to, clock, output);
    if (!copied.ok()) {
        return fail(output, copied.error());
    }
    const auto instance = Instance::open(to, clock);
    if (!instance.ok()) {
        return fail(output, instance.error());
    }
    const auto journaled = (*instance)->write(
        [](audit::Work& work) { return work.changed({.action = "instance.copied_here"}); });
    return journaled.ok() ? tell_copied(**instance, to, *copied, output) : fail(output, journaled.error());
}

}  // namespace tenantry::app
