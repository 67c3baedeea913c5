// What becomes of a copy of a register in an empty place: an instance. Each step leaves either nothing that
// opens or the whole register, whenever the process is killed.
#pragma once

#include "app/backup_manifest.hpp"
#include "app/durable_file.hpp"
#include "crypto/key_ring.hpp"

namespace tenantry::app {

/// The keys that a restored register is to be opened with: those in DATA/keys, or a copy of those in a folder
/// (0700, 0600), which goes again unless it was placed.
class IncomingKeys {
  public:
    /// NotFound: no root key is in either place.
    [[nodiscard]] static Result<IncomingKeys> take(const std::filesystem::path& data,
                                                   const std::filesystem::path& from);
    IncomingKeys(IncomingKeys&& other) noexcept;
    IncomingKeys& operator=(IncomingKeys&&) = delete;
    ~IncomingKeys();

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    /// Into DATA/keys, where they are not there already.
    [[nodiscard]] Result<void> place();

  private:
    IncomingKeys(std::filesystem::path data, std::filesystem::path folder)
        : data_(std::move(data)), folder_(std::move(folder)) {}

    std::filesystem::path data_;
    std::filesystem::path folder_;
};

/// Conflict: a register, or what is left of one, is in the folder.
[[nodiscard]] Result<void> require_no_register(const std::filesystem::path& data);

/// Holds the register of the file against itself, and opens the keys. Corrupt: it is damaged, or these keys
/// do not open what it seals.
[[nodiscard]] Result<crypto::KeyRing> check_incoming(const std::filesystem::path& file,
                                                     const std::filesystem::path& keys_folder);

/// What the register of the file tells of itself. Corrupt: it is damaged, or of a newer version.
[[nodiscard]] Result<BackupManifest> describe_incoming(const std::filesystem::path& file);

}  // namespace tenantry::app
