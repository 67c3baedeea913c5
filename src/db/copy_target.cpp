#include "db/copy_target.hpp"

namespace tenantry::db {

namespace {

constexpr Sql kBegin{"db/copy/begin", "BEGIN", ""};
constexpr Sql kCommit{"db/copy/commit", "COMMIT", ""};

}  // namespace

Result<void> make_room(CopyTarget& target) {
    Transaction& tx = target.transaction();
    if (TRY(has_instance(tx))) {
        return Error{Code::Conflict, "there is a register at this place already; nothing was changed"};
    }
    if (TRY(is_as_at_first(tx))) {
        TRY(tx.execute(kBegin));
        // Those that refer to others first.
        const auto all = tables();
        for (auto table = all.rbegin(); table != all.rend(); ++table) {
            TRY(tx.execute(table->clear()));
        }
        TRY(tx.execute(kCommit));
    }
    return target.prepare();
}

}  // namespace tenantry::db
