#include "access/account_names.hpp"

#include <fmt/format.h>

#include "access/account.hpp"
#include "access/sql.hpp"

namespace tenantry::access {

namespace {

struct NamedRow {
    std::int64_t id = 0;
    std::optional<std::string> name;
};

NamedRow read_row(const db::Rows& rows, const crypto::KeyRing& keys) {
    NamedRow row;
    SealedName name;
    rows.into(row.id, name.account, name.version, name.first_name, name.last_name);
    row.name = name.open(keys);
    return row;
}

}  // namespace

std::optional<std::string> SealedName::open(const crypto::KeyRing& keys) const {
    const auto opened = [&](std::string_view column, ByteView blob) {
        return keys.open({"account", column, account, version}, blob);
    };
    auto first = opened("first_name", first_name);
    auto last = opened("last_name", last_name);
    if (!first.ok() || !last.ok()) {
        return std::nullopt;
    }
    Account named;
    named.first_name = std::move(first).value();
    named.last_name = std::move(last).value();
    return named.full_name();
}

Result<AccountNames> name_accounts(db::Transaction& tx, const crypto::KeyRing& keys,
                                   const std::set<std::int64_t>& accounts) {
    AccountNames names;
    if (accounts.empty()) {
        return names;
    }
    db::Rows rows = TRY(tx.query(sql::account::list_names_of, fmt::format("[{}]", fmt::join(accounts, ","))));
    while (TRY(rows.next())) {
        if (auto row = read_row(rows, keys); row.name) {
            names.emplace(row.id, std::move(*row.name));
        }
    }
    return names;
}

Result<AccountNames> name_all_accounts(db::Transaction& tx, const crypto::KeyRing& keys) {
    AccountNames names;
    db::Rows rows = TRY(tx.query(sql::account::list_names));
    while (TRY(rows.next())) {
        auto row = read_row(rows, keys);
        names.emplace(row.id, row.name ? std::move(*row.name) : fmt::format("Account {}", row.id));
    }
    return names;
}

}  // namespace tenantry::access
