// The journal: who did or read what, which record, when, from where, with what outcome; never a personal
// value. Each event carries the keyed hash of the one before, and a sealed head says which is the last, so a
// change, removal, insertion or cut is found by verify_journal().
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/key_ring.hpp"
#include "db/transaction.hpp"

namespace tenantry::audit {

class Resealing;

enum class Outcome : std::uint8_t { Ok = 0, Denied = 1, Failed = 2 };

struct Event {
    Instant at;
    Literal action = "";  ///< "tenant.created": noun and verb
    Outcome outcome = Outcome::Ok;
    std::optional<std::int64_t> account = std::nullopt;  ///< who; absent before log-in and for commands
    std::string address = {};  ///< from where: the client's address; empty for commands
    std::optional<std::int64_t> resource =
        std::nullopt;  ///< the record's number; the action's noun says of what kind
    std::optional<std::int64_t> version = std::nullopt;  ///< the record's version after the change
    std::optional<std::int64_t> person = std::nullopt;   ///< whose record it is, where it is one person's
    std::vector<std::int64_t> people = {};               ///< whose records a list showed
};

/// Appends events in order, in the caller's transaction. Only for the writer's transactions. Corrupt: the
/// journal's end was tampered with, and nothing is appended to it.
[[nodiscard]] Result<void> append(db::Transaction& tx, const crypto::KeyRing& keys,
                                  std::span<const Event> events);

/// What verify_journal() found.
struct Verdict {
    std::int64_t events = 0;  ///< events that hold
    std::optional<std::int64_t>
        first_broken;  ///< number of the first that was changed, removed, inserted or cut off
};

/// Reads the whole journal in order. An error means that it could not be read; a broken chain is a Verdict.
[[nodiscard]] Result<Verdict> verify_journal(db::Transaction& tx, const crypto::KeyRing& keys);

/// One row of the activity log.
struct Entry {
    std::int64_t id = 0;
    Instant at;
    std::string action;
    Outcome outcome = Outcome::Ok;
    std::optional<std::int64_t> account;
    std::optional<std::int64_t> resource;
    std::optional<std::string> address;  ///< absent for commands, or where its sealed field does not open
};

struct EntryFilter {
    std::optional<std::int64_t> account = std::nullopt;
    std::optional<std::string> action = std::nullopt;
    Instant from;   ///< inclusive
    Instant until;  ///< exclusive
    std::int64_t limit = 50;
    std::int64_t offset = 0;
};

/// Newest first.
[[nodiscard]] Result<std::vector<Entry>> list_entries(db::Transaction& tx, const crypto::KeyRing& keys,
                                                      const EntryFilter& filter);

/// Gives the journal's addresses to a resealing. The chain covers their uuids, not their blobs.
[[nodiscard]] Result<void> reseal_origins(db::Transaction& tx, Resealing& some);

}  // namespace tenantry::audit
