// Holds a file's lock for as long as it lives, so that one process at a time writes a register.
#pragma once

#include <filesystem>
#include <utility>

#include "base/result.hpp"

namespace tenantry::db {

class LockFile {
  public:
    /// Unavailable while another holder, here or in another process, has it.
    [[nodiscard]] static Result<LockFile> take(const std::filesystem::path& file);

    LockFile(LockFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    LockFile& operator=(LockFile&&) = delete;
    ~LockFile();

  private:
    explicit LockFile(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
};

}  // namespace tenantry::db
