#include "audit/read_log.hpp"

#include <algorithm>

#include "base/log.hpp"

namespace tenantry::audit {

namespace {

/// How many people's records the event tells of.
std::size_t people_of(const Event& event) {
    return event.person ? std::max<std::size_t>(1, event.people.size()) : event.people.size();
}

}  // namespace

/// Takes all waiting events into the journal; puts them back if they could not be stored.
class ReadLog::Flush final : public db::WriteJob {
  public:
    explicit Flush(ReadLog& log) : log_(log) {}

    Result<void> look_ahead(db::Transaction& tx) override { return expect_append(tx, log_.keys_, ""); }
    Result<void> run(db::Transaction& tx) override {
        {
            const Lock lock{log_.mutex_};
            taken_.swap(log_.waiting_);
            log_.flush_queued_ = false;
        }
        return append(tx, log_.keys_, taken_);
    }

    [[nodiscard]] bool is_brief() const override { return true; }

    void finished(Result<void> outcome) noexcept override {
        const Lock lock{log_.mutex_};
        log_.failed_ = !outcome.ok();
        if (outcome.ok()) {
            return;
        }
        tenantry::log(LogLevel::Error, "audit events could not be stored; reading is refused until they are",
                      {{"waiting", static_cast<std::int64_t>(taken_.size() + log_.waiting_.size())},
                       {"reason", outcome.error().text}});
        taken_.insert(taken_.end(), std::make_move_iterator(log_.waiting_.begin()),
                      std::make_move_iterator(log_.waiting_.end()));
        log_.waiting_.swap(taken_);
        // A job that was refused at the door never ran, so nothing is queued any more; try_again() or the
        // next record() does.
        log_.flush_queued_ = false;
    }

  private:
    ReadLog& log_;
    std::vector<Event> taken_;
};

Result<void> ReadLog::record(Event event) {
    bool queue = false;
    bool refused = false;
    std::optional<Event> alarm;
    {
        const Lock lock{mutex_};
        refused = failed_ || waiting_.size() >= kLimit;
        if (!refused) {
            if (event.account && bulk_reads_.count(*event.account, people_of(event), event.at)) {
                alarm = Event{.at = event.at,
                              .action = "alarm.bulk_read",
                              .account = event.account,
                              .address = event.address};
            }
            waiting_.push_back(std::move(event));
            if (alarm) {
                waiting_.push_back(*alarm);
            }
        }
        queue = !flush_queued_;
        flush_queued_ = true;
    }
    if (alarm) {
        alarms_.fetch_add(1, std::memory_order_relaxed);
        log(LogLevel::Warning, "an account reads unusually many records", {{"account", *alarm->account}});
    }
    if (queue) {
        database_.write(std::make_unique<Flush>(*this), db::Urgency::MayWait);
    }
    if (refused) {
        return Error{Code::Unavailable, "The audit trail cannot be written; try again later"};
    }
    return {};
}

void ReadLog::try_again() {
    {
        const Lock lock{mutex_};
        if (!failed_ || flush_queued_) {
            return;
        }
        flush_queued_ = true;
    }
    database_.write(std::make_unique<Flush>(*this), db::Urgency::MayWait);
}

}  // namespace tenantry::audit
