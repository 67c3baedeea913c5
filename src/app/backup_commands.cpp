#include "app/backup_commands.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/backup.hpp"
#include "app/copy_log.hpp"
#include "app/register_copy.hpp"
#include "app/restore.hpp"
#include "app/second_copy.hpp"
#include "crypto/sha256.hpp"
#include "db/sqlite/copy.hpp"

namespace tenantry::app {

namespace {

/// Which files must be kept, and what they are for.
void tell_keys(const std::filesystem::path& folder, const BackupManifest& manifest, Output& output) {
    output.line(
        fmt::format("no key is in it. Keep these apart from it: without them nothing of it can be read, and "
                    "'keys rotate --wrapping' makes a root key that does not open this backup"));
    output.line(fmt::format("  {}: opens the keys {}",
                            (std::filesystem::absolute(folder) / "root.key").native(), manifest.key_list()));
    std::error_code failure;
    for (const auto& entry : std::filesystem::directory_iterator{folder, failure}) {
        if (entry.path().filename() != "root.key") {
            output.line(fmt::format("  {}", std::filesystem::absolute(entry.path()).native()));
        }
    }
}

/// Takes the folder away again where this call made it and nothing came into it.
class DataFolder {
  public:
    static Result<DataFolder> make(const std::filesystem::path& data) {
        const bool made = TRY(make_data_folder(data));
        return DataFolder{data, made};
    }
    DataFolder(DataFolder&& other) noexcept : data_(std::move(other.data_)), made_(other.made_) {
        other.made_ = false;
    }
    DataFolder& operator=(DataFolder&&) = delete;
    ~DataFolder() {
        if (made_) {
            std::error_code ignored;
            std::filesystem::remove(data_, ignored);  // as long as it is empty
        }
    }

  private:
    DataFolder(std::filesystem::path data, bool made) : data_(std::move(data)), made_(made) {}

    std::filesystem::path data_;
    bool made_;
};

struct Restored {
    Instant as_of;
    BackupManifest held;
    bool is_whole = true;  ///< false: what the copy's log holds after that instant does not hold
};

/// A second copy that a server kept: its base, and what came since.
Result<Restored> fill_from_copy(const RestoreWishes& wishes, PartialFile& partial, Progress& progress) {
    const auto manifest = TRY(read_copy_manifest(wishes.file));
    crypto::Sha256 sum;
    TRY(read_file(wishes.file / (manifest.name + ".db"),
                  [&](ByteView piece, std::size_t done, std::size_t in_all) -> Result<void> {
                      sum.add(piece);
                      progress.update(done, in_all);
                      return partial.append(piece);
                  }));
    if (sum.finish() != manifest.sha256) {
        return Error{Code::Corrupt, "the copy is damaged: its base is not what its manifest says"};
    }
    const auto applied = TRY(apply_log(wishes.file / (manifest.name + ".log"), partial.path()));
    if (applied.last < manifest.whole_from) {
        return Error{Code::Corrupt, "the copy is damaged: its log ends before its base was whole"};
    }
    Restored restored{applied.at.value_or(Instant{}), TRY(describe_incoming(partial.path()))};
    restored.is_whole = !applied.is_damaged;
    if (restored.held.install != manifest.install) {
        return Error{Code::Corrupt, "the copy does not hold what its manifest says"};
    }
    return restored;
}

Result<Restored> fill_from_backup(const RestoreWishes& wishes, PartialFile& partial, Progress& progress) {
    const auto manifest = TRY(
        read_backup(wishes.file, [&](ByteView piece, std::size_t done, std::size_t in_all) -> Result<void> {
            progress.update(done, in_all);
            return partial.append(piece);
        }));
    Restored restored{manifest.made_at, TRY(describe_incoming(partial.path()))};
    const auto& held = restored.held;
    if (held.install != manifest.install || held.schema != manifest.schema || held.keys != manifest.keys ||
        held.rows != manifest.rows) {
        return Error{Code::Corrupt, "the backup does not hold what its manifest says"};
    }
    return restored;
}

/// What was filled becomes the register's file, or goes from it into the database.
Result<void> place_rows(const Place& place, PartialFile& partial, IncomingKeys& keys,
                        const crypto::KeyRing& ring, const Clock& clock, Output& output) {
    if (place.database.empty()) {
        TRY(keys.place());
        return partial.place();
    }
    TRY(db::update_copy(partial.path(), clock));
    const auto reader = TRY(db::open_copy(partial.path()));
    TRY(reader->begin());
    const auto copied = copy_to_place(*reader, place, keys, ring, clock, output);
    reader->end();
    TRY(copied);
    return {};
}

/// Puts the register, and its keys, into their places.
Result<Restored> place_register(const RestoreWishes& wishes, const Clock& clock, Output& output) {
    TRY(require_no_register(wishes.place.data));
    const auto folder = TRY(DataFolder::make(wishes.place.data));
    auto partial = TRY(PartialFile::make(database_file(wishes.place.data)));
    auto progress = progress_to(output, "Restoring");
    std::error_code failure;
    auto restored = std::filesystem::is_directory(wishes.file, failure)
                        ? TRY(fill_from_copy(wishes, partial, progress))
                        : TRY(fill_from_backup(wishes, partial, progress));
    TRY(partial.sync());
    progress.finish();
    auto keys = IncomingKeys::take(wishes.place.data, wishes.keys);
    const auto ring = keys.ok() ? check_incoming(partial.path(), keys->folder()) : keys.error();
    if (!ring.ok()) {
        output.error(
            fmt::format("this register needs the root key that opens the keys {}", restored.held.key_list()));
        return ring.error();
    }
    TRY(place_rows(wishes.place, partial, *keys, *ring, clock, output));
    return restored;
}

int tell_restored(Instance& instance, const Restored& restored, Output& output) {
    const auto& held = restored.held;
    const bool has_instant = restored.as_of != Instant{};
    output.line(fmt::format(
        "restored the register{}{}: {} rows of {} tables", has_instant ? " as it was at " : "",
        has_instant ? format_date_time(restored.as_of) + " UTC" : "", held.rows_in_all(), held.rows.size()));
    if (!restored.is_whole) {
        output.error("what the copy was told after that is damaged, and not in it");
    }
    const int checked = run_command(instance, {"check", {}}, output);
    const int verified = run_command(instance, {"audit verify", {}}, output);
    return std::max({checked, verified, restored.is_whole ? kDone : kFailed});
}

}  // namespace

int run_backup(Instance& instance, const Command& command, Output& output) {
    const std::filesystem::path file = command.option("file");
    const auto made = make_backup(
        instance, file, command.option("replace").empty() ? IfThere::Refuse : IfThere::Replace, output);
    if (!made.ok()) {
        return fail(output, made.error());
    }
    output.line(fmt::format("backed up {} rows of {} tables: {} bytes, SHA-256 {}", made->rows_in_all(),
                            made->rows.size(), made->bytes, hex_encode(made->sha256)));
    output.line(fmt::format("  {}\n  {}", file.native(), manifest_file(file).native()));
    tell_keys(keys_folder(instance.data()), *made, output);
    if (!made->is_sound) {
        output.error("the backup was made, but the register that it holds is not sound");
    }
    return made->is_sound ? kDone : kFailed;
}

int run_restore(const RestoreWishes& wishes, const Clock& clock, Output& output) {
    const auto placed = place_register(wishes, clock, output);
    if (!placed.ok()) {
        return fail(output, placed.error());
    }
    const auto instance = Instance::open(wishes.place, clock);
    if (!instance.ok()) {
        return fail(output, instance.error());
    }
    const auto journaled =
        (*instance)->write([](audit::Work& work) { return work.changed({.action = "instance.restored"}); });
    return journaled.ok() ? tell_restored(**instance, *placed, output) : fail(output, journaled.error());
}

}  // namespace tenantry::app
