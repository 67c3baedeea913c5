#include "audit/work.hpp"

namespace tenantry::audit {

Event Work::event_of(Deed deed) const {
    return Event{now_,          deed.action,  deed.outcome, actor_.account,        actor_.address,
                 deed.resource, deed.version, deed.person,  std::move(deed.people)};
}

Result<void> Work::changed(Deed deed) {
    VERIFY(reads_ == nullptr);
    if (holds_) {
        held_.push_back(event_of(std::move(deed)));
        return held_.size() < kBatch ? Result<void>{} : append_held();
    }
    const Event event = event_of(std::move(deed));
    return append(tx_, keys_, {&event, 1});
}

Result<void> Work::append_held() {
    const auto appended = append(tx_, keys_, held_);
    held_.clear();
    return appended;
}

Result<void> Work::read(Deed deed) {
    has_reported_damage_ = has_reported_damage_ || deed.outcome == Outcome::Failed;
    if (reads_ == nullptr) {
        return changed(std::move(deed));
    }
    return reads_->record(event_of(std::move(deed)));
}

}  // namespace tenantry::audit
