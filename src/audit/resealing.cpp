#include "audit/resealing.hpp"

#include "base/log.hpp"

namespace tenantry::audit {

Result<bool> Resealing::next(db::Rows& rows) {
    if (values_ >= kValuesMost || bytes_ >= kBytesMost) {
        return false;
    }
    ++values_;
    is_through_ = !TRY(rows.next());
    return !is_through_;
}

Result<void> Resealing::store(Work& work, Literal damage) const {
    std::vector<db::Param> params;
    for (const Renewed& renewed : renewed_) {
        params.assign({renewed.id, renewed.old_seal});
        params.insert(params.end(), renewed.values.begin(), renewed.values.end());
        TRY(work.tx().send_with(table_.store, params));
    }
    for (const SealedRow& row : damaged_) {
        log(LogLevel::Error, "a sealed record did not open and stays under its key",
            {{"damage", damage}, {"id", row.id}});
        TRY(work.changed({.action = damage,
                          .resource = row.id,
                          .version = row.version,
                          .person = row.person,
                          .outcome = Outcome::Failed}));
    }
    return {};
}

}  // namespace tenantry::audit
