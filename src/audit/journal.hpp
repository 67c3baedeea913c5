// The journal: who did or read what, which record, when, from where, with what outcome; never a personal
// value. Each event carries the keyed hash of the one before, and a sealed head says which is the last, so a
// change, removal, insertion or cut is found by verify_journal().
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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

/// Says that append() will be called for an event from this address (db::Transaction::expect).
[[nodiscard]] Result<void> expect_append(db::Transaction& tx, const crypto::KeyRing& keys,
                                         const std::string& address);
/// Appends events in order, in the caller's transaction. Only for the writer's transactions: the journal's
/// end is sealed when their group ends, and the keys must be there until then. Corrupt: the journal's end was
/// tampered with, and nothing is appended to it.
[[nodiscard]] Result<void> append(db::Transaction& tx, const crypto::KeyRing& keys,
                                  std::span<const Event> events);

/// The last event's number and hash.
struct Head {
    std::int64_t event = 0;
    Hash hash{};
};

/// Nothing where nothing was journaled yet. Corrupt: it is not as it was sealed.
[[nodiscard]] Result<std::optional<Head>> find_head(db::Transaction& tx, const crypto::KeyRing& keys);

/// The hash of an event as it is stored; verify_journal() says whether it is to be believed. NotFound: there
/// is no event of this number.
[[nodiscard]] Result<Bytes> find_hash(db::Transaction& tx, std::int64_t event);

/// Whether any event has this action. Reads the journal until it finds one.
[[nodiscard]] Result<bool> has_action(db::Transaction& tx, std::string_view action);

/// What happened to the first event that is not as it was written.
enum class Break : std::uint8_t {
    Changed,      ///< it is there, and something of it differs
    Removed,      ///< it is missing; later ones are there
    Inserted,     ///< it is not the program's; the one that belongs here stands further on, or the end was
                  ///< before
    Reordered,    ///< the one that belongs here stands in another place, another one in its
    CutOff,       ///< it and all that followed are missing
    HeadChanged,  ///< all events chain, but the note of the last one is not as it was sealed, or is an older
                  ///< one
};

/// What verify_journal() found.
struct Verdict {
    std::int64_t events = 0;                   ///< events that hold
    std::optional<std::int64_t> first_broken;  ///< number of the first that does not
    Break what = Break::Changed;               ///< what happened to it, where there is one
    std::int64_t count = 0;  ///< how many were removed, inserted or cut off; 0 where that is not known
};

/// An event that holds, as a reader of the whole journal is shown it.
struct Recorded {
    std::int64_t id = 0;
    Instant at;
    std::string_view action;  ///< valid during the call
    Outcome outcome = Outcome::Ok;
    std::optional<std::int64_t> resource;
    std::optional<std::int64_t> version;
    std::optional<std::int64_t> person;
};
/// Is shown each event in order, and how many there are by the journal's own note.
using OnEvent = std::function<void(const Recorded&, std::int64_t in_all)>;

/// Reads the whole journal in order. An error means that it could not be read; a broken chain is a Verdict.
/// What happened to the first broken event is judged by the numbers and by which events chain to which: of
/// two readings that both fit, the plainer one is named.
[[nodiscard]] Result<Verdict> verify_journal(db::Transaction& tx, const crypto::KeyRing& keys,
                                             const OnEvent& on_event = {});

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
    std::optional<std::string> noun = std::nullopt;  ///< of the action: "tenant" of "tenant.created"
    std::optional<std::int64_t> resource = std::nullopt;
    std::optional<Outcome> outcome = std::nullopt;
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
