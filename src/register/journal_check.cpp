#include "register/journal_check.hpp"

#include <tuple>

#include "audit/look_back.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr std::string_view kWatermark = "journal_verified";
constexpr Literal kAction = "journal.verified";

}  // namespace

Result<void> note_journal_check(audit::Work& work, const audit::Verdict& verdict) {
    TRY(work.tx().execute(sql::watermark::move, kWatermark, work.now()));
    return work.changed({.action = kAction,
                         .resource = verdict.events,
                         .outcome = verdict.first_broken ? audit::Outcome::Failed : audit::Outcome::Ok});
}

Result<std::optional<JournalCheck>> find_journal_check(audit::Work& work) {
    JournalCheck check;
    const auto found = work.tx().find(sql::watermark::find, std::tie(check.at), kWatermark);
    if (!found.ok()) {
        return found.error().code == Code::NotFound ? Result<std::optional<JournalCheck>>{std::nullopt}
                                                    : found.error();
    }
    audit::LookBack wanted;
    wanted.action = [](std::string_view action) { return action == kAction.view(); };
    wanted.from = check.at;
    wanted.until = check.at + std::chrono::milliseconds{1};
    wanted.limit = 1;
    const auto noted = TRY(audit::look_back(work.tx(), work.keys(), wanted));
    if (!noted.entries.empty()) {
        check.up_to = noted.entries.front().entry.resource;
        check.held = noted.entries.front().entry.outcome == audit::Outcome::Ok;
    }
    return std::optional{check};
}

}  // namespace tenantry::housing
