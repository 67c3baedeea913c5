#include "register/rent_history.hpp"

#include <algorithm>
#include <tuple>

#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

Result<std::vector<LedgerEntry>> list_page(db::Transaction& tx, const Tenancy& tenancy, Paging paging) {
    std::optional<std::int64_t> balance = tenancy.current_balance;
    if (balance && paging.offset > 0) {
        std::int64_t later = 0;
        TRY(tx.find(sql::ledger::sum_newest, std::tie(later), tenancy.id, paging.offset));
        *balance -= later;
    }
    std::vector<LedgerEntry> entries;
    db::Rows rows = TRY(tx.query(sql::ledger::list_page, tenancy.id, paging.limit, paging.offset));
    while (TRY(rows.next())) {
        auto& [line, after] = entries.emplace_back();
        rows.into(line.uuid, line.type, line.posted_on, line.amount, line.description);
        after = balance;
        if (balance) {
            *balance -= line.amount;
        }
    }
    return entries;
}

Result<std::vector<DayBalance>> list_days(db::Transaction& tx, const Tenancy& tenancy, Date from,
                                          Date until) {
    std::vector<DayBalance> days;
    if (!tenancy.current_balance) {
        return days;
    }
    std::int64_t balance = *tenancy.current_balance;
    db::Rows rows = TRY(tx.query(sql::ledger::list_days, tenancy.id, from));
    while (TRY(rows.next())) {
        DayBalance day;
        std::int64_t posted = 0;
        rows.into(day.day, posted);
        if (day.day <= until) {
            day.balance = balance;
            days.push_back(day);
        }
        balance -= posted;
    }
    if (!days.empty() && days.back().day > from) {
        days.push_back({from, balance});
    }
    std::reverse(days.begin(), days.end());
    return days;
}

}  // namespace

Result<RentHistory> read_rent_history(audit::Work& work, const Tenancy& tenancy, Paging paging, Date from,
                                      Date until) {
    RentHistory history;
    TRY(work.tx().find(sql::ledger::count, std::tie(history.total), tenancy.id, kLedgerLinesMost));
    history.entries = TRY(list_page(work.tx(), tenancy, paging));
    history.days = TRY(list_days(work.tx(), tenancy, from, until));
    TRY(work.read({.action = "ledger.viewed", .resource = tenancy.id.value}));
    return history;
}

}  // namespace tenantry::housing
