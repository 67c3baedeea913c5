// A backup: the register in one file, F, and its manifest, F.json. What was sealed stays so, and no key is
// in it. A process that is killed leaves the former backup or the new one: a manifest belongs to the file
// whose sum it holds, and lies in F.json.partial where the kill came between the two renames.
#pragma once

#include "app/backup_manifest.hpp"
#include "app/command.hpp"
#include "app/durable_file.hpp"

namespace tenantry::app {

enum class IfThere : std::uint8_t { Refuse, Replace };

/// Says what of the register is not sound: such a backup is made (the manifest says so), but takes the place
/// of no other. Conflict: there is a file of this name. Corrupt: the copy is damaged, and gone again.
[[nodiscard]] Result<BackupManifest> make_backup(Instance& instance, const std::filesystem::path& file,
                                                 IfThere if_there, Output& output);

/// The manifest of the backup, whose bytes are the ones that it tells of. NotFound: there is none. Corrupt:
/// the file is damaged or cut. Each piece goes to on_bytes, which has seen nothing sound where this fails.
[[nodiscard]] Result<BackupManifest> read_backup(const std::filesystem::path& file, const OnBytes& on_bytes);

}  // namespace tenantry::app
