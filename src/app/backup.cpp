#include "app/backup.hpp"

#include "app/audit_commands.hpp"
#include "app/register_copy.hpp"
#include "crypto/sha256.hpp"
#include "db/sqlite/copy.hpp"

namespace tenantry::app {

namespace {

bool is_there(const std::filesystem::path& file) {
    std::error_code failure;
    return std::filesystem::symlink_status(file, failure).type() != std::filesystem::file_type::not_found;
}

std::filesystem::path next_manifest_file(const std::filesystem::path& backup) {
    return manifest_file(backup).native() + ".partial";
}

/// What a kill between the two renames left to be done: else a new backup would begin by taking the only
/// manifest of the former away.
Result<void> settle(const std::filesystem::path& file) {
    const auto next_file = next_manifest_file(file);
    if (!is_there(file) || !is_there(next_file)) {
        return {};
    }
    const auto next = read_small_file(next_file, BackupManifest::kBytesMost);
    const auto its_own = read_backup(file, [](ByteView, std::size_t, std::size_t) { return Result<void>{}; });
    if (next.ok() && its_own.ok() && manifest_json(*its_own) == *next) {
        return place_file(next_file, manifest_file(file));
    }
    return {};
}

/// As a register of the embedded engine, whose rows come from wherever the instance's are.
Result<void> copy_rows_into(const std::filesystem::path& file, Instance& instance, Output& output) {
    const auto target = TRY(db::open_file_target(file, instance.clock()));
    TRY(db::make_room(*target));
    TRY(instance.read([&](db::Transaction& source) -> Result<CopiedRows> {
        return copy_rows(source, *target, instance.keys(), output);
    }));
    return {};
}

Result<void> copy(Instance& instance, const PartialFile& partial, Output& output) {
    if (instance.database().is_shared()) {
        TRY(copy_rows_into(partial.path(), instance, output));
        return partial.sync();
    }
    auto progress = progress_to(output, "Copying");
    TRY(instance.database().copy_to(
        partial.path(), [&](std::size_t done, std::size_t in_all) { progress.update(done, in_all); }));
    TRY(partial.sync());
    progress.finish();
    return {};
}

/// What the copy holds, and whether all of it is sound.
Result<BackupManifest> inspect(const std::filesystem::path& file, const crypto::KeyRing& keys,
                               Output& output) {
    TRY(db::check_copy(file));
    const auto reader = TRY(db::open_copy(file));
    TRY(reader->begin());
    auto manifest = TRY(describe_register(*reader));
    const auto records = TRY(check_records(*reader, keys, output));
    const auto journal = TRY(read_journal(*reader, keys, output));
    manifest.is_sound = records.damaged == 0 && is_whole(journal);
    reader->end();
    return manifest;
}

Result<void> add_sum(const std::filesystem::path& file, BackupManifest& manifest, Output& output) {
    auto progress = progress_to(output, "Reading back");
    crypto::Sha256 sum;
    TRY(read_file(file, [&](ByteView bytes, std::size_t done, std::size_t in_all) -> Result<void> {
        sum.add(bytes);
        manifest.bytes = static_cast<std::int64_t>(done);
        progress.update(done, in_all);
        return {};
    }));
    manifest.sha256 = sum.finish();
    progress.finish();
    return {};
}

}  // namespace

Result<BackupManifest> make_backup(Instance& instance, const std::filesystem::path& file, IfThere if_there,
                                   Output& output) {
    const bool replaces = is_there(file) || is_there(manifest_file(file));
    if (replaces && if_there == IfThere::Refuse) {
        return Error{Code::Conflict, "there is a file of this name already; --replace writes over a backup"};
    }
    TRY(settle(file));
    auto partial = TRY(PartialFile::make(file));
    auto partial_manifest = TRY(PartialFile::make(manifest_file(file)));
    const Instant made_at = instance.clock().now();
    TRY(copy(instance, partial, output));
    auto manifest = TRY(inspect(partial.path(), instance.keys(), output));
    if (!manifest.is_sound && replaces) {
        return Error{Code::Corrupt,
                     "the register is not sound; the former backup stays: give this one another name"};
    }
    manifest.made_at = made_at;
    TRY(add_sum(partial.path(), manifest, output));
    TRY(partial_manifest.append(bytes_of(manifest_json(manifest))));
    TRY(partial_manifest.sync());
    // From here on until its own renaming it is the only one that tells of the new file.
    partial_manifest.keep();
    TRY(partial.place());
    TRY(partial_manifest.place());
    TRY(instance.write([](audit::Work& work) { return work.changed({.action = "instance.backed_up"}); }));
    return manifest;
}

Result<BackupManifest> read_backup(const std::filesystem::path& file, const OnBytes& on_bytes) {
    const auto read_manifest = [](const std::filesystem::path& from) -> Result<BackupManifest> {
        return parse_manifest(TRY(read_small_file(from, BackupManifest::kBytesMost)));
    };
    const auto present = read_manifest(manifest_file(file));
    const auto next = read_manifest(next_manifest_file(file));
    if (!present.ok() && !next.ok()) {
        return present.error().code == Code::NotFound
                   ? Error{Code::NotFound, "there is no manifest (FILE.json) beside the backup"}
                   : present.error();
    }
    std::int64_t bytes = 0;
    crypto::Sha256 sum;
    TRY(read_file(file, [&](ByteView piece, std::size_t done, std::size_t in_all) -> Result<void> {
        sum.add(piece);
        bytes = static_cast<std::int64_t>(done);
        return on_bytes(piece, done, in_all);
    }));
    const Hash found = sum.finish();
    for (const auto* manifest : {&present, &next}) {
        if (manifest->ok() && (*manifest)->sha256 == found) {
            return *manifest;
        }
    }
    return Error{Code::Corrupt, present.ok() && bytes < present->bytes
                                    ? Literal{"the backup is cut: it has fewer bytes than its manifest says"}
                                    : Literal{"the backup is damaged: its SHA-256 is not its manifest's"}};
}

}  // namespace tenantry::app
