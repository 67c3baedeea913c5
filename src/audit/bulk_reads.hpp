// Who reads how many people's records, counted over the last hour in memory, so that somebody who copies the
// register is noticed. Knows accounts and numbers only. One thread at a time.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <unordered_map>

#include "base/time.hpp"

namespace tenantry::audit {

class BulkReads {
  public:
    static constexpr std::int64_t kMostByDefault = 300;

    /// 0: nobody is counted.
    explicit BulkReads(std::int64_t most) : most_(most) {}

    /// Counts records that an account read. True when they make it more than the most in an hour, once until
    /// an hour has passed.
    [[nodiscard]] bool count(std::int64_t account, std::size_t records, Instant at) {
        if (most_ == 0 || records == 0) {
            return false;
        }
        Reader& reader = readers_[account];
        const std::int64_t minute = std::chrono::floor<std::chrono::minutes>(at.time_since_epoch()).count();
        reader.forget_until(minute);
        reader.of_minute[static_cast<std::size_t>(minute % kMinutes)] += static_cast<std::int64_t>(records);
        reader.in_all += static_cast<std::int64_t>(records);
        if (reader.in_all <= most_ || (reader.told && minute - reader.told_at < kMinutes)) {
            return false;
        }
        reader.told = true;
        reader.told_at = minute;
        return true;
    }

  private:
    static constexpr std::int64_t kMinutes = 60;

    struct Reader {
        std::array<std::int64_t, kMinutes> of_minute{};  ///< by the minute's number, modulo kMinutes
        std::int64_t in_all = 0;
        std::int64_t minute = 0;  ///< the last that was counted in
        std::int64_t told_at = 0;
        bool told = false;

        /// Drops the minutes that an hour before this one takes along. A clock set back counts on.
        void forget_until(std::int64_t now) {
            if (now - minute >= kMinutes) {
                of_minute.fill(0);
                in_all = 0;
                minute = now;
            }
            while (minute < now) {
                std::int64_t& oldest = of_minute[static_cast<std::size_t>(++minute % kMinutes)];
                in_all -= oldest;
                oldest = 0;
            }
        }
    };

    std::int64_t most_;
    std::unordered_map<std::int64_t, Reader> readers_;  ///< as many as there are accounts
};

}  // namespace tenantry::audit
