// Reads from the write-ahead log what the last commit put there, before anything can take it away: on the
// thread of the connection that writes and checkpoints.
#pragma once

#include <array>
#include <optional>

#include "db/database.hpp"

struct sqlite3_file;

namespace tenantry::db {

class LogTail {
  public:
    /// A commit that changed more is not read.
    static constexpr std::int64_t kBytesMost = 64LL << 20;

    /// What lies in the log now was told before: only what comes is new.
    [[nodiscard]] Result<void> skip(sqlite3_file& log, std::int64_t frames);
    /// The pages of the frames that were added since; nothing where there are none. TooLarge: more than
    /// kBytesMost. Corrupt: they are not those of whole commits. Either way the next call goes on behind
    /// them.
    [[nodiscard]] Result<std::optional<CommittedPages>> take(sqlite3_file& log, std::int64_t frames);

  private:
    struct Header {
        std::uint32_t page_bytes = 0;
        std::array<unsigned char, 8> salt{};
    };
    [[nodiscard]] static Result<Header> read_header(sqlite3_file& log);

    std::array<unsigned char, 8> salt_{};  ///< SQLite takes another each time that the log begins anew
    std::int64_t frames_ = 0;              ///< of that log that were taken
};

}  // namespace tenantry::db
