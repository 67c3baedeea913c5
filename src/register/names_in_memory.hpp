// Search mode memory: no name is indexed on disk; they are read into memory, folded, and searched there. The
// register notes in each change's own transaction whose name it was (table name_change). A search compares
// that with what memory has seen and reads the rest from its own snapshot, or all names where some of the
// rest is noted no more: so it finds what was committed before it began, never what was not, whoever made the
// change, this server or another. RAM, swap and core dumps hold names then.
#pragma once

#include <atomic>
#include <memory>

#include "audit/work.hpp"
#include "base/thread_annotations.hpp"
#include "db/database.hpp"
#include "register/search_mode.hpp"
#include "register/text_index.hpp"

namespace tenantry::housing {

/// The names of the register after change number seq. What is found is a candidate: memory may be ahead of a
/// snapshot, so the row is read and its name compared once more.
struct Names {
    std::int64_t seq = 0;
    TextIndex people;
    TextIndex citizens;           ///< the folded address after the name
    std::int64_t unreadable = 0;  ///< records that did not open when all were read: no search finds them
};

/// Thread-safe.
class NamesInMemory {
  public:
    /// What a search of this work goes through; null in mode plaintext. Reads the changes that memory has not
    /// seen, or all names where there are none. A writing work's own changes are for it alone.
    [[nodiscard]] Result<std::shared_ptr<const Names>> of(audit::Work& work) EXCLUDES(mutex_);

    /// Reads all names with several threads, at the start of a server; nothing in mode plaintext. Returns
    /// what is in memory then.
    [[nodiscard]] Result<std::shared_ptr<const Names>> load(db::Database& database,
                                                            const crypto::KeyRing& keys, unsigned threads)
        EXCLUDES(mutex_);
    /// What this transaction sees, its own changes included, takes the place of all that memory held: for the
    /// change to mode memory. Until that is committed no search looks here. Returns how many records did not
    /// open.
    [[nodiscard]] Result<std::int64_t> take_all(audit::Work& work) EXCLUDES(mutex_);
    /// After the change to mode plaintext: memory holds no more names.
    void forget() EXCLUDES(mutex_);
    [[nodiscard]] bool holds_names() const EXCLUDES(mutex_) { return known() != nullptr; }

    /// Removes the changes that memory had seen at the call before from their table, so that it stays small.
    /// Write transactions only.
    [[nodiscard]] Result<void> remove_changes(audit::Work& work) EXCLUDES(mutex_);

  private:
    [[nodiscard]] std::shared_ptr<const Names> known() const EXCLUDES(mutex_);
    /// Keeps the newer of what is known and this.
    void offer(std::shared_ptr<const Names> names) EXCLUDES(mutex_);

    std::atomic<std::int64_t> seen_at_last_removal_ = 0;
    mutable Mutex mutex_;
    std::shared_ptr<const Names> names_ GUARDED_BY(mutex_);
};

}  // namespace tenantry::housing
