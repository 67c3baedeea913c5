// An instance of Tenantry: one landlord's data folder, opened. Holds register.db, keys/ and, while a process
// has it open, control.sock (design: "Commands").
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/resealer.hpp"
#include "audit/read_log.hpp"
#include "audit/work.hpp"
#include "base/time.hpp"
#include "crypto/key_ring.hpp"
#include "db/database.hpp"
#include "register/names_in_memory.hpp"

namespace tenantry::app {

/// Where things are in a data folder.
[[nodiscard]] std::filesystem::path database_file(const std::filesystem::path& data);
[[nodiscard]] std::filesystem::path keys_folder(const std::filesystem::path& data);
[[nodiscard]] std::filesystem::path control_socket(const std::filesystem::path& data);
[[nodiscard]] std::filesystem::path outbox_folder(const std::filesystem::path& data);
[[nodiscard]] std::filesystem::path incoming_folder(const std::filesystem::path& data);

/// Where an instance is: its folder and, where its register is in PostgreSQL, the database's address.
struct Place {
    std::filesystem::path data;
    std::string database = {};  ///< postgresql://…; empty: the register is a file in the folder

    // NOLINTBEGIN(google-explicit-constructor): most instances are a folder
    Place(std::filesystem::path folder) : data(std::move(folder)) {}
    Place(std::filesystem::path folder, std::string address)
        : data(std::move(folder)), database(std::move(address)) {}
    // NOLINTEND(google-explicit-constructor)
};

/// Makes the folder, for its owner alone (0700), where there is none; whether this call made it.
[[nodiscard]] Result<bool> make_data_folder(const std::filesystem::path& data);

/// Makes the folder with an empty register and a new key ring. Conflict: there is one already; nothing is
/// overwritten.
[[nodiscard]] Result<void> init_instance(const Place& place, const Clock& clock,
                                         housing::SearchMode mode = housing::SearchMode::Plaintext);

struct StoredKey {
    crypto::WrappedKey key;
    Instant made_at;
};
/// Which installation it is. NotFound: the register is not whole yet.
[[nodiscard]] Result<Uuid> find_install(db::Transaction& tx);

/// Every key that there ever was, in order of id. Corrupt: one is missing; the log names it.
[[nodiscard]] Result<std::vector<StoredKey>> read_keys(db::Transaction& tx);
[[nodiscard]] std::vector<crypto::WrappedKey> wrapped_keys(std::span<const StoredKey> stored);

/// A number that grows whenever a key comes or changes its state.
[[nodiscard]] Result<std::int64_t> count_key_changes(db::Transaction& tx);
/// The ring that opens what this register seals, with the root key of a folder.
[[nodiscard]] Result<crypto::KeyRing> open_ring(db::Transaction& tx,
                                                const std::filesystem::path& keys_folder);

/// Thread-safe: its members are.
class Instance {
  public:
    /// Seals what an earlier version had in clear, and in mode memory leaves nothing in the write-ahead log.
    /// NotFound: no register there. Unavailable: another process has it open. Corrupt, Forbidden: a key is
    /// missing, wrong or open to others; an instance never starts without its own keys.
    [[nodiscard]] static Result<std::unique_ptr<Instance>> open(const Place& place, const Clock& clock);

    [[nodiscard]] const std::filesystem::path& data() const { return data_; }
    [[nodiscard]] db::Database& database() { return *database_; }
    [[nodiscard]] const crypto::KeyRing& keys() const { return keys_; }
    [[nodiscard]] audit::ReadLog& reads() { return reads_; }
    [[nodiscard]] housing::NamesInMemory& names() { return names_; }
    [[nodiscard]] const Clock& clock() const { return clock_; }

    /// Runs work(audit::Work&) -> Result<T> as one write of a command and waits for its commit.
    template <class Do>
    [[nodiscard]] auto write(Do work, db::Pace pace = db::Pace::Prompt) {
        const auto write = [&](db::Transaction& tx) {
            audit::Work writing{tx, keys_, {}, clock_.now(), nullptr};
            return work(writing);
        };
        return database_->write_and_wait(write, pace);
    }
    /// Runs work(db::Transaction&) -> Result<T> in a read snapshot of its own.
    template <class Do>
    [[nodiscard]] auto read(Do work) -> std::invoke_result_t<Do&, db::Transaction&> {
        const auto reader = TRY(database_->open_reader());
        TRY(reader->begin());
        auto answer = work(*reader);
        reader->end();
        return answer;
    }

    /// Goes on with the keys as they are stored now. Returns once no write is left that sealed with the
    /// former ones. Fails as open() does.
    [[nodiscard]] Result<void> reload_keys();
    /// What count_key_changes() was when the keys in use were stored.
    [[nodiscard]] std::int64_t key_changes() const { return key_changes_; }

    /// Started by the first call, which is made before there are other threads.
    [[nodiscard]] Resealer& resealer();

    /// Enters all events that are not yet in the index of whose records they are about: for a command that
    /// made many at once, after which the server would take minutes to do it beside its work.
    [[nodiscard]] Result<void> index_events();

    /// Commits what waits and lets the file go. Called last: jobs on their way may still use whoever queued
    /// them.
    void close() {
        resealer_.reset();
        database_.reset();
    }

  private:
    Instance(std::filesystem::path data, std::unique_ptr<db::Database> database, crypto::KeyRing keys,
             std::int64_t key_changes, const Clock& clock)
        : data_(std::move(data)),
          keys_(std::move(keys)),
          key_changes_(key_changes),
          clock_(clock),
          database_(std::move(database)),
          reads_(*database_, keys_) {}

    /// On the writer's thread, where all sealing is done: what was sealed before is committed with this write
    /// or was before it, and what comes after is sealed with the newer keys. Where another process may change
    /// them each group begins with it: what was sealed with a key that is destroyed by now would be lost.
    [[nodiscard]] Result<void> take_changed_keys(db::Transaction& tx);

    std::filesystem::path data_;
    crypto::KeyRing keys_;
    std::atomic<std::int64_t> key_changes_;  ///< changed by the writer's thread
    housing::NamesInMemory names_;
    const Clock& clock_;
    std::unique_ptr<db::Database> database_;
    audit::ReadLog reads_;
    std::unique_ptr<Resealer> resealer_;
};

}  // namespace tenantry::app
