// One request's or command's work on the register: its transaction, who acts, when and from where. Every rule
// takes it, and says through it what it changed and whom it read, so that no caller can forget the journal.
// One thread.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "audit/journal.hpp"
#include "audit/read_log.hpp"

namespace tenantry::audit {

struct Actor {
    std::optional<std::int64_t> account;  ///< absent for commands and before log-in
    std::string address;                  ///< empty for commands
};

class Work {
  public:
    /// In a write, events go into the transaction itself (reads is null); in a read snapshot into the read
    /// log.
    Work(db::Transaction& tx, const crypto::KeyRing& keys, Actor actor, Instant now, ReadLog* reads)
        : tx_(tx), keys_(keys), actor_(std::move(actor)), now_(now), reads_(reads) {}

    [[nodiscard]] db::Transaction& tx() { return tx_; }
    [[nodiscard]] const crypto::KeyRing& keys() const { return keys_; }
    [[nodiscard]] Instant now() const { return now_; }
    [[nodiscard]] const Actor& actor() const { return actor_; }
    /// Whether this is a write transaction.
    [[nodiscard]] bool writes() const { return reads_ == nullptr; }
    void set_actor(Actor actor) { actor_ = std::move(actor); }

    /// What a change or a reading was; the rest of the event is known here.
    struct Deed {
        Literal action;
        std::optional<std::int64_t> resource = std::nullopt;
        std::optional<std::int64_t> version = std::nullopt;
        std::optional<std::int64_t> person = std::nullopt;
        std::vector<std::int64_t> people = {};
        Outcome outcome = Outcome::Ok;
    };

    /// Journals a change in its own transaction. Calling it in a read snapshot is a bug.
    [[nodiscard]] Result<void> changed(Deed deed);
    /// Journals a reading: at once in a write, through the read log in a snapshot. On an error show nothing.
    [[nodiscard]] Result<void> read(Deed deed);
    /// Whether a reading was journaled that failed: whoever found a record damaged has said so.
    [[nodiscard]] bool has_reported_damage() const { return has_reported_damage_; }

    /// Runs many() -> Result<T> and journals its changes kBatch at a time: the journal's head is read, sealed
    /// and stored once for all of them. For an import, where a change has no reader of the journal beside it.
    /// Where many() fails, the caller rolls back.
    template <class Do>
    [[nodiscard]] auto in_batches(Do many) -> std::invoke_result_t<Do&> {
        holds_ = true;
        auto outcome = many();
        holds_ = false;
        if (outcome.ok()) {
            TRY(append_held());
        }
        held_.clear();
        return outcome;
    }
    static constexpr std::size_t kBatch = 500;

  private:
    [[nodiscard]] Event event_of(Deed deed) const;
    [[nodiscard]] Result<void> append_held();

    db::Transaction& tx_;
    const crypto::KeyRing& keys_;
    Actor actor_;
    Instant now_;
    ReadLog* reads_;
    bool has_reported_damage_ = false;
    bool holds_ = false;
    std::vector<Event> held_;  ///< changes in order that are not in the journal yet
};

}  // namespace tenantry::audit
