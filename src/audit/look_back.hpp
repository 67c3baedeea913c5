// The activity log as somebody reads it: from the newest event backwards. However large the journal is and
// however little of it is wanted, one reading looks at so many events at most and says where to go on.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "audit/journal.hpp"

namespace tenantry::audit {

/// What of the journal is wanted.
struct LookBack {
    std::optional<std::int64_t> account = std::nullopt;
    std::function<bool(std::string_view action)> action = {};  ///< empty: any
    std::optional<std::int64_t> resource = std::nullopt;
    std::optional<Outcome> outcome = std::nullopt;
    std::optional<Instant> from = std::nullopt;         ///< inclusive
    std::optional<Instant> until = std::nullopt;        ///< exclusive
    std::optional<std::int64_t> before = std::nullopt;  ///< number of the event that it starts behind
    std::size_t limit = 50;
};

struct Looked {
    Entry entry;
    std::optional<std::int64_t> person;  ///< whose record it is, where it is one person's
};

struct LookedBack {
    std::vector<Looked> entries;        ///< newest first
    std::optional<std::int64_t> go_on;  ///< LookBack::before of the next reading; nothing: that was all
    std::optional<Instant> reached;     ///< time of the oldest event that was looked at
};

/// How many events one reading looks at.
inline constexpr std::size_t kLookedAtMost = 20'000;
/// How far the times of neighbouring events may be out of order: readings wait for the next commit.
inline constexpr std::chrono::minutes kDisorder{1};

[[nodiscard]] Result<LookedBack> look_back(db::Transaction& tx, const crypto::KeyRing& keys,
                                           const LookBack& wanted);

}  // namespace tenantry::audit
