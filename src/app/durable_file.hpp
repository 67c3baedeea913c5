// Files that are whole or not there at all, whenever the power goes.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "app/descriptor.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"

namespace tenantry::app {

/// What was renamed, made or removed in the folder is so after a crash.
[[nodiscard]] Result<void> sync_folder(const std::filesystem::path& folder);

/// Renames, durably.
[[nodiscard]] Result<void> place_file(const std::filesystem::path& from, const std::filesystem::path& to);

/// Writes all of it. DiskFull: the disk is full. Internal: it cannot be written.
[[nodiscard]] Result<void> write_all(int descriptor, ByteView bytes);

/// The whole text of a file. NotFound: there is none. TooLarge: more than so many bytes.
[[nodiscard]] Result<std::string> read_small_file(const std::filesystem::path& file, std::size_t most);

/// A file on its way to its place: PLACE.partial (0600), which nobody else writes meanwhile. Goes, with what
/// SQLite may have laid beside it, unless it was placed. One thread.
class PartialFile {
  public:
    /// An empty one, whatever a process that was killed left there. Unavailable: another one is writing it.
    [[nodiscard]] static Result<PartialFile> make(const std::filesystem::path& place);
    PartialFile(PartialFile&&) = default;
    PartialFile& operator=(PartialFile&&) = delete;
    ~PartialFile();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Adds to its end.
    [[nodiscard]] Result<void> append(ByteView bytes);
    /// What was written, by whomever, is on the disk.
    [[nodiscard]] Result<void> sync() const;
    /// Over what is at the place. It was synced before.
    [[nodiscard]] Result<void> place();
    /// Leaves it as it is, partial.
    void keep() { is_kept_ = true; }

  private:
    PartialFile(std::filesystem::path place, std::filesystem::path path, int descriptor);

    std::filesystem::path place_;
    std::filesystem::path path_;
    Descriptor descriptor_;
    bool is_kept_ = false;
};

/// Shows what is read, and how many bytes of how many were.
using OnBytes = std::function<Result<void>(ByteView bytes, std::size_t done, std::size_t in_all)>;

/// Reads a file from the disk itself, as far as the system lets, a piece at a time. NotFound: there is none.
[[nodiscard]] Result<void> read_file(const std::filesystem::path& file, const OnBytes& on_bytes);

}  // namespace tenantry::app
