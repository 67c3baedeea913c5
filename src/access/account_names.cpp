#include "access/account_names.hpp"

#include <fmt/format.h>

#include "access/account.hpp"
#include "access/sql.hpp"

namespace tenantry::access {

Result<AccountNames> name_accounts(db::Transaction& tx, const crypto::KeyRing& keys,
                                   const std::set<std::int64_t>& accounts) {
    AccountNames names;
    if (accounts.empty()) {
        return names;
    }
    db::Rows rows = TRY(tx.query(sql::account::find_all, fmt::format("[{}]", fmt::join(accounts, ","))));
    while (TRY(rows.next())) {
        AccountRow row;
        std::apply([&rows](auto&... column) { rows.into(column...); }, row.columns());
        if (const auto account = row.open(keys); account.ok()) {
            names.emplace(account->id, account->full_name());
        }
    }
    return names;
}

}  // namespace tenantry::access
