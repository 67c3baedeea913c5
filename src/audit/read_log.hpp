// Events that may wait for the next commit (at most db::Database::kMayWait): readings and refusals. If they
// can't be stored, nothing more may be read: record() answers Unavailable until a flush succeeds again.
// Thread-safe.
#pragma once

#include <vector>

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

  private:
    class Flush;

    db::Database& database_;
    const crypto::KeyRing& keys_;
    Mutex mutex_;
    std::vector<Event> waiting_ GUARDED_BY(mutex_);
    bool flush_queued_ GUARDED_BY(mutex_) = false;
    bool failed_ GUARDED_BY(mutex_) = false;
};

}  // namespace tenantry::audit
