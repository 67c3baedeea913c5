// What a disk holds after the power went: all that was synced, and of the rest whatever a disk's cache had
// got round to: nothing, everything, or any part, in any order, a write torn at any sector.
#pragma once

#include <random>

#include "tests/support/disk_in_memory.hpp"

namespace tenantry::test {

/// Less is tried where a sanitizer looks on.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr std::size_t kSanitizersShare = 10;
#else
inline constexpr std::size_t kSanitizersShare = 1;
#endif

/// Whether a disk does what a sync asks of it, or says so alone.
enum class SyncsAre : std::uint8_t { Kept, Lies };

/// Goes along what was asked of a disk, and cuts the power wherever it stands.
class PowerCut {
  public:
    explicit PowerCut(const DiskInMemory& disk, SyncsAre syncs = SyncsAre::Kept)
        : events_(disk.events()), durable_(disk.before()), syncs_(syncs) {}

    /// How many places there are: after so many events.
    [[nodiscard]] std::size_t places() const { return events_.size(); }
    /// Goes on to the place after so many events.
    void go_to(std::size_t place) {
        VERIFY(place >= place_ && place <= events_.size());
        for (; place_ < place; ++place_) {
            const DiskEvent& event = events_[place_];
            switch (event.kind) {
                case DiskEvent::Kind::Mark:
                    ++marks_;
                    break;
                case DiskEvent::Kind::Sync:
                    if (syncs_ == SyncsAre::Kept) {
                        settle(event.file);
                    }
                    break;
                case DiskEvent::Kind::FailedSync:
                    // A later one will not bring it to the disk.
                    std::erase_if(pending_, [&](const DiskEvent* one) { return one->file == event.file; });
                    break;
                case DiskEvent::Kind::Write:
                case DiskEvent::Kind::Truncate:
                    pending_.push_back(&event);
                    break;
            }
        }
    }
    /// Marks passed so far.
    [[nodiscard]] std::size_t marks() const { return marks_; }

    /// The disk after the process alone was killed: all that it wrote is there.
    [[nodiscard]] Files kill() const {
        Files left = durable_;
        for (const DiskEvent* event : pending_) {
            apply(*event, left[event->file]);
        }
        return left;
    }

    /// The disk after the power went.
    template <class Random>
    [[nodiscard]] Files cut(Random& random) const {
        constexpr std::array kSectors{std::size_t{512}, std::size_t{4096}};
        constexpr std::array kKept{0.0, 0.2, 0.5, 0.8, 1.0};  // of sectors, by what the cache did
        const std::size_t sector = kSectors[random() % kSectors.size()];
        std::bernoulli_distribution is_kept{kKept[random() % kKept.size()]};
        Files left = durable_;
        for (const DiskEvent* event : pending_) {
            Bytes& content = left[event->file];
            if (event->kind == DiskEvent::Kind::Truncate) {
                content.resize(is_kept(random) ? event->at : content.size());
                continue;
            }
            const ByteView bytes{event->bytes};
            for (std::size_t done = 0; done < bytes.size();) {
                const std::size_t at = event->at + done;
                const std::size_t count = std::min(bytes.size() - done, sector - at % sector);
                if (is_kept(random)) {
                    write_at(content, at, bytes.subspan(done, count));
                }
                done += count;
            }
        }
        return left;
    }

  private:
    static void apply(const DiskEvent& event, Bytes& content) {
        if (event.kind == DiskEvent::Kind::Truncate) {
            content.resize(event.at);
        } else {
            write_at(content, event.at, event.bytes);
        }
    }

    void settle(const std::string& file) {
        std::erase_if(pending_, [&](const DiskEvent* event) {
            if (event->file != file) {
                return false;
            }
            apply(*event, durable_[file]);
            return true;
        });
    }

    const std::vector<DiskEvent>& events_;
    Files durable_;
    SyncsAre syncs_;
    std::vector<const DiskEvent*> pending_ = {};  ///< written since their file was synced
    std::size_t place_ = 0;
    std::size_t marks_ = 0;
};

}  // namespace tenantry::test
