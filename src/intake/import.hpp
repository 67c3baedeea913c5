// An import from the first look at the folder to the commit: as one call, and as what goes on in the
// background of a server while pages show how far it is.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "audit/work.hpp"
#include "base/thread_annotations.hpp"
#include "base/time.hpp"
#include "crypto/key_ring.hpp"
#include "crypto/password.hpp"
#include "db/database.hpp"
#include "intake/incoming.hpp"
#include "intake/record_sink.hpp"
#include "intake/row_errors.hpp"

namespace tenantry::intake {

enum class Step : std::uint8_t { Checking, Hashing, Writing };
/// How far a step is, from its beginning on; in_all is 0 where it is not known. An error ends the import.
using StepProgress = std::function<Result<void>(Step step, std::size_t done, std::size_t in_all)>;

/// The register that an import goes into, and who does it.
struct Target {
    db::Database& database;
    const crypto::KeyRing& keys;
    const Clock& clock;
    audit::Actor actor = {};
};

/// Checks the whole folder, hashes its passwords at that cost, then writes it in one transaction: all or
/// nothing. Not for the writer's or a loop's thread. Invalid: errors say which rows are wrong. Any error, of
/// progress too: nothing was written.
[[nodiscard]] Result<RecordCounts> import_folder(const std::filesystem::path& folder, const Target& target,
                                                 crypto::PasswordCost cost, const StepProgress& progress,
                                                 RowErrors& errors);

/// One check or import at a time of a folder of `incoming`, on a thread of its own. Thread-safe.
class Import {
  public:
    enum class Wish : std::uint8_t { Check, Import };
    enum class Stage : std::uint8_t {
        Idle,  ///< nothing since the server started
        Checking,
        Hashing,
        Writing,  ///< others' writes wait
        Done,
        Failed,
    };

    /// What is going on, or was last.
    struct State {
        Stage stage = Stage::Idle;
        Wish wish = Wish::Check;
        std::string folder = {};
        Instant began_at = {};
        Instant ended_at = {};
        std::size_t done = 0;  ///< records, or passwords hashed
        std::size_t in_all = 0;
        RecordCounts counts = {};           ///< of what is done
        std::vector<RowError> errors = {};  ///< of what failed
        Literal reason = "";                ///< where it failed, and not for its rows

        [[nodiscard]] bool is_running() const {
            return stage == Stage::Checking || stage == Stage::Hashing || stage == Stage::Writing;
        }
    };

    /// The references must outlive it.
    Import(db::Database& database, const crypto::KeyRing& keys, const Clock& clock,
           std::filesystem::path incoming, crypto::PasswordCost cost);
    Import(const Import&) = delete;
    Import& operator=(const Import&) = delete;
    ~Import() { stop(); }

    [[nodiscard]] Incoming list() const { return list_incoming(incoming_); }
    /// Whether the folder may be started. Errors as of find_incoming(); Conflict: another one is under way.
    [[nodiscard]] Result<void> check_startable(std::string_view folder) const;
    /// Begins, and does not wait. Errors as of check_startable(); Unavailable: it was stopped.
    [[nodiscard]] Result<void> start(std::string_view folder, Wish wish, audit::Actor actor);
    [[nodiscard]] State state() const;

    /// Ends what is under way, of which nothing stays unless it is committing already, and waits for that. To
    /// be called before the database goes, by one thread.
    void stop();

  private:
    struct Job {
        std::filesystem::path folder;
        Wish wish;
        audit::Actor actor;
    };

    void run();
    /// Waits for one; nothing once it is stopped.
    [[nodiscard]] std::optional<Job> next_job();
    [[nodiscard]] Result<RecordCounts> carry_out(const Job& job, RowErrors& errors);
    [[nodiscard]] Result<void> note(Step step, std::size_t done, std::size_t in_all);
    void end(const Result<RecordCounts>& outcome, const RowErrors& errors);

    db::Database& database_;
    const crypto::KeyRing& keys_;
    const Clock& clock_;
    const std::filesystem::path incoming_;
    const crypto::PasswordCost cost_;
    std::atomic<bool> stopping_{false};  ///< set under the lock, so that no wait misses it
    std::atomic<std::size_t> done_{0};
    std::atomic<std::size_t> in_all_{0};
    mutable Mutex mutex_;
    std::condition_variable_any wakes_;
    State state_ GUARDED_BY(mutex_);
    std::optional<Job> job_ GUARDED_BY(mutex_);
    std::thread thread_;
};

}  // namespace tenantry::intake
