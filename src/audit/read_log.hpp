// Events that may wait for the next commit (at most db::Database::kMayWait): readings and refusals. If they
// can't be stored, nothing more may be read: record() answers Unavailable until a flush succeeds again.
// Thread-safe.
#pragma once

#include <atomic>
#include <vector>

#include "audit/bulk_reads.hpp"
#include "audit/journal.hpp"
#include "base/thread_annotations.hpp"
#include "db/database.hpp"

namespace tenantry::audit {

class ReadLog {
  public:
    static constexpr std::size_t kLimit = 65'536;

    /// Both must outlive this and every job that it queued: close the database first.
    ReadLog(db::Database& database, const crypto::KeyRing& keys) : database_(database), keys_(keys) {}

    /// Queues an event for the journal. Unavailable: the queue is full or the last flush failed.
    [[nodiscard]] Result<void> record(Event event) EXCLUDES(mutex_);
    /// Tries to store what could not be stored, so that nobody is refused once it can. Nothing otherwise.
    void try_again() EXCLUDES(mutex_);

    /// An account that reads more people's records than this in an hour is journaled as "alarm.bulk_read" and
    /// logged; 0: none is.
    void alarm_above(std::int64_t records) EXCLUDES(mutex_) {
        const Lock lock{mutex_};
        bulk_reads_ = BulkReads{records};
    }
    /// How often that was.
    [[nodiscard]] std::int64_t bulk_read_alarms() const { return alarms_.load(std::memory_order_relaxed); }

  private:
    class Flush;

    db::Database& database_;
    const crypto::KeyRing& keys_;
    Mutex mutex_;
    std::vector<Event> waiting_ GUARDED_BY(mutex_);
    BulkReads bulk_reads_ GUARDED_BY(mutex_){0};
    std::atomic<std::int64_t> alarms_{0};
    bool flush_queued_ GUARDED_BY(mutex_) = false;
    bool failed_ GUARDED_BY(mutex_) = false;
};

}  // namespace tenantry::audit
