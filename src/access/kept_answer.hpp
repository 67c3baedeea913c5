// The answers of writes, kept for a day for a client that never saw one and asks again under the same
// Idempotency-Key (draft-ietf-httpapi-idempotency-key-header). An answer is kept in the transaction of its
// write, so it is there exactly where the write happened; and as writes run one after the other, on whichever
// server, a twin finds its answer.
#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "access/session.hpp"
#include "audit/resealing.hpp"

namespace tenantry::access {

inline constexpr std::chrono::hours kAnswerKept{24};

/// Which request a client means by a key. Both are keyed hashes: they tell neither the key nor what was sent.
struct RepeatKey {
    Hash name{};     ///< who asks, which route, and the key
    Hash request{};  ///< that, and all that was sent
};

/// Who asks is the caller's account; without one the role or the meeting of a signed token, which is a new
/// one each time; and for a call without credentials the client's address.
[[nodiscard]] RepeatKey make_repeat_key(const crypto::KeyRing& keys, const std::optional<Caller>& caller,
                                        std::string_view address, std::string_view route,
                                        std::string_view key, std::initializer_list<ByteView> sent);

/// The answer of an earlier call under this key; nothing where there was none within a day. Conflict: what
/// was sent then was something else.
[[nodiscard]] Result<std::optional<std::string>> find_kept_answer(db::Transaction& tx,
                                                                  const crypto::KeyRing& keys,
                                                                  const RepeatKey& key, Instant now);

/// Keeps the answer, sealed. Only after find_kept_answer() in the same write found none.
[[nodiscard]] Result<void> keep_answer(db::Transaction& tx, const crypto::KeyRing& keys, const RepeatKey& key,
                                       std::string_view answer, Instant now);

/// Gives the answers to a resealing.
[[nodiscard]] Result<void> reseal_kept_answers(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::access
