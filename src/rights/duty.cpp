#include "rights/duty.hpp"

#include <array>

#include "base/verify.hpp"
#include "rights/sql.hpp"

namespace tenantry::rights {

namespace {

struct Named {
    Duty duty;
    std::string_view watermark;
};
constexpr std::array kDuties{Named{Duty::Scrub, "wanted_scrub"}, Named{Duty::Propose, "wanted_proposals"},
                             Named{Duty::Run, "wanted_retention"}};

std::string_view watermark_of(Duty duty) {
    return kDuties[static_cast<std::size_t>(duty)].watermark;
}

}  // namespace

Result<void> want(audit::Work& work, Duty duty) {
    TRY(work.tx().execute(sql::duty::want, watermark_of(duty), work.now()));
    return {};
}

Result<void> ask_for(audit::Work& work, Duty duty) {
    VERIFY(duty != Duty::Scrub);
    TRY(want(work, duty));
    return work.changed({.action = duty == Duty::Propose ? Literal{"retention.proposals_wanted"}
                                                         : Literal{"retention.run_wanted"}});
}

Result<std::vector<WantedDuty>> list_wanted(db::Transaction& tx) {
    std::vector<WantedDuty> wanted;
    db::Rows rows = TRY(tx.query(sql::duty::list));
    while (TRY(rows.next())) {
        std::string_view name;
        Instant since;
        rows.into(name, since);
        for (const Named& one : kDuties) {
            if (one.watermark == name) {
                wanted.push_back({one.duty, since});
            }
        }
    }
    return wanted;
}

Result<void> no_longer_want(audit::Work& work, const WantedDuty& done) {
    TRY(work.tx().execute(sql::duty::done, watermark_of(done.duty), done.since));
    return {};
}

}  // namespace tenantry::rights
