// The second copy of the register, on another disk: a base copy and a log of what every commit since changed.
// A thread writes it; no write of the register waits for it.
//
// FOLDER holds current.json, which names the generation that a restore takes, NAME.db (the base) and
// NAME.log. A log begins before its base is read: to apply a commit that the base has already does no harm,
// as long as all that came while it was read are applied too (whole_from).
#pragma once

#include <deque>
#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <thread>

#include "app/copy_log.hpp"
#include "app/descriptor.hpp"
#include "app/instance.hpp"
#include "app/stop_flag.hpp"
#include "base/thread_annotations.hpp"

namespace tenantry::app {

/// Commits on their way to the copy. Thread-safe.
class CopyQueue final : public db::CommitFollower {
  public:
    /// What waits for the second disk; with more, the copy begins anew.
    static constexpr std::size_t kBytesMost = 96U << 20;

    explicit CopyQueue(const Clock& clock) : clock_(clock) {}
    void committed(db::CommittedPages pages) noexcept override;
    void missed() noexcept override;
    void scrubbed() noexcept override;

    struct Taken {
        std::deque<CopiedCommit> commits;
        std::uint64_t last = 0;   ///< number of the last commit that came, here or not
        bool has_missed = false;  ///< what came before these commits is not all there
        bool was_scrubbed = false;
    };
    /// All that waits.
    [[nodiscard]] Taken take();
    /// Number of the last commit that came.
    [[nodiscard]] std::uint64_t last() const;

  private:
    const Clock& clock_;
    mutable Mutex mutex_;
    Taken waiting_ GUARDED_BY(mutex_);
    std::size_t bytes_ GUARDED_BY(mutex_) = 0;
    std::uint64_t last_ GUARDED_BY(mutex_) = 0;
};

/// Which generation of a copy is whole.
struct CopyManifest {
    std::string name;
    Uuid install;
    Hash sha256{};                 ///< of the base
    std::uint64_t whole_from = 0;  ///< number of the commit that must be applied at least; 0: none
};
[[nodiscard]] std::string copy_manifest_json(const CopyManifest& manifest);
[[nodiscard]] Result<CopyManifest> parse_copy_manifest(std::string_view text);
/// Of the generation that the folder's current.json names.
[[nodiscard]] Result<CopyManifest> read_copy_manifest(const std::filesystem::path& folder);

struct SecondCopyOptions {
    std::filesystem::path folder;  ///< empty: no copy
};

class SecondCopy {
  public:
    static constexpr std::chrono::milliseconds kEvery{500};
    static constexpr std::chrono::seconds kRetryEvery{5};
    /// A new base at most so often for what was scrubbed: until then the copy holds it.
    static constexpr std::chrono::minutes kScrubEvery{30};
    static constexpr std::uint64_t kLogMost = 1ULL << 30;

    /// Null where no copy is wanted. Invalid: the register is not one that is copied so. Where the folder
    /// cannot be written it is logged, and tried again. The instance must outlive it.
    [[nodiscard]] static Result<std::unique_ptr<SecondCopy>> start(Instance& instance,
                                                                   const SecondCopyOptions& options);
    /// Copies what waits, then ends.
    ~SecondCopy();
    SecondCopy(const SecondCopy&) = delete;
    SecondCopy& operator=(const SecondCopy&) = delete;

  private:
    using Steady = std::chrono::steady_clock;
    struct Generation {
        std::string name;
        Descriptor log;
        std::uint64_t begun_after = 0;  ///< number of the last commit that is not in the log: the base has it
        std::uint64_t log_bytes = 0;
    };
    /// What the thread that reads the base found.
    struct Base {
        Hash sha256{};
        std::uint64_t whole_from = 0;
    };

    SecondCopy(Instance& instance, std::filesystem::path folder, std::shared_ptr<CopyQueue> queue);
    void run();
    void step();
    [[nodiscard]] bool wants_new() const;
    void ship();
    void append(std::unique_ptr<Generation>& generation, const std::deque<CopiedCommit>& commits);
    /// Begins a generation beside the current one.
    void begin();
    [[nodiscard]] Result<void> open_next();
    [[nodiscard]] Result<Base> read_base(const std::string& name);
    void finish_base_if_ready();
    [[nodiscard]] Result<void> publish(const Base& base);
    void remove_others(const std::string& name);
    [[nodiscard]] std::filesystem::path file(const std::string& name, const char* suffix) const;

    Instance& instance_;
    const std::filesystem::path folder_;
    const std::shared_ptr<CopyQueue> queue_;

    // The copying thread alone.
    std::unique_ptr<Generation> current_;
    std::unique_ptr<Generation> next_;
    std::future<Result<Base>> base_;
    std::uint64_t shipped_ = 0;
    bool is_scrubbed_ = false;
    Steady::time_point begin_at_{};
    Steady::time_point published_at_{};

    StopFlag stop_;
    std::thread thread_;
};

}  // namespace tenantry::app
