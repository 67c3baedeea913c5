// Reads the import folder (docs/import.md) row by row, so that the size of a file does not matter. An import
// is a pass that only checks, then one that writes. One thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/ids.hpp"
#include "crypto/password.hpp"
#include "intake/record_sink.hpp"
#include "intake/row_errors.hpp"

namespace tenantry::intake {

/// Reads every file and hands each record to the sink. What is wrong with a row, or what the sink finds wrong
/// with it (Invalid, Conflict), is added to errors and ends in Invalid; the next file is not begun once the
/// sink refused a row. NotFound: no such folder. Any other error of the sink is passed on at once.
[[nodiscard]] Result<RecordCounts> read_folder(const std::filesystem::path& folder, const RecordSink& sink,
                                               RowErrors& errors);

/// Reads every file and checks each value by itself; touches no register, so references are not followed. How
/// many there are in all is not known yet: progress is told 0.
[[nodiscard]] Result<RecordCounts> check_folder(
    const std::filesystem::path& folder, RowErrors& errors,
    RecordProgress progress = [](std::size_t /*done*/, std::size_t /*in_all*/) { return Result<void>{}; });

/// Hashes of the passwords of officers.csv.
using PasswordHashes = std::map<Uuid, std::string>;
inline constexpr std::size_t kPasswordsMost = 10'000;

/// Hashes the passwords of a checked folder: before it is written, for each takes a tenth of a second and the
/// writer serves everybody. More than kPasswordsMost of them are an error.
[[nodiscard]] Result<PasswordHashes> hash_passwords(const std::filesystem::path& folder,
                                                    crypto::PasswordCost cost, const RecordProgress& progress,
                                                    RowErrors& errors);

/// Writes a checked folder in the importer's transaction, which the caller must roll back on any error.
/// References that lead nowhere are found here.
[[nodiscard]] Result<void> write_folder(const std::filesystem::path& folder, const RecordCounts& checked,
                                        housing::Importer& importer, RecordProgress progress,
                                        RowErrors& errors, const PasswordHashes& hashes = {});

}  // namespace tenantry::intake
