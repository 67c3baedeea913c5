// Writes records as an import folder: what read_folder() makes of it are the same records. One thread.
#pragma once

#include <array>
#include <filesystem>
#include <fstream>
#include <variant>

#include "intake/record_sink.hpp"

namespace tenantry::intake {

class FolderWriter {
  public:
    /// Makes the folder and its files, each with its header. Conflict: one of the files exists.
    /// Internal: the folder cannot be written to.
    [[nodiscard]] static Result<FolderWriter> create(const std::filesystem::path& folder);

    /// Adds a row to the record's file.
    void add(AnyRecord record);

    /// Internal where not everything could be written.
    [[nodiscard]] Result<void> finish();

  private:
    FolderWriter() = default;

    template <class Record>
    [[nodiscard]] Result<void> begin(const std::filesystem::path& folder);

    std::array<std::ofstream, std::variant_size_v<AnyRecord>> files_;
};

}  // namespace tenantry::intake
