// What a backup says of itself, in the file beside it: F.json.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "db/transaction.hpp"

namespace tenantry::app {

struct BackupManifest {
    static constexpr std::int64_t kFormat = 1;
    static constexpr std::size_t kBytesMost = 1U << 20;

    Instant made_at;
    Uuid install;
    std::int64_t schema = 0;               ///< number of the newest migration
    std::int64_t bytes = 0;                ///< of the backup
    Hash sha256{};                         ///< of the backup
    std::vector<std::uint32_t> keys = {};  ///< numbers of the keys that the root key must open
    std::vector<std::pair<std::string, std::int64_t>> rows = {};  ///< by table
    /// Whether every sealed record opened and the journal held when it was made.
    bool is_sound = false;

    [[nodiscard]] std::int64_t rows_in_all() const;
    /// "1, 2, 3".
    [[nodiscard]] std::string key_list() const;
};

/// Where the manifest of a backup is.
[[nodiscard]] std::filesystem::path manifest_file(const std::filesystem::path& backup);

/// What a register's copy tells of itself: all but time, bytes, sum and soundness.
[[nodiscard]] Result<BackupManifest> describe_register(db::Transaction& tx);

[[nodiscard]] std::string manifest_json(const BackupManifest& manifest);
/// Invalid: no manifest, or of a newer format.
[[nodiscard]] Result<BackupManifest> parse_manifest(std::string_view text);

}  // namespace tenantry::app
