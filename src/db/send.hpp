// A change that the rule which makes it need not wait for.
#pragma once

#include <array>
#include <span>

#include "db/transaction.hpp"

namespace tenantry::db {

/// A transaction of an engine that is asked over a wire: what is sent goes with the next statement.
class SendsAhead {
  public:
    SendsAhead() = default;
    SendsAhead(const SendsAhead&) = delete;
    SendsAhead& operator=(const SendsAhead&) = delete;
    [[nodiscard]] virtual Result<void> send(const Sql& sql, std::span<const Param> params) = 0;

  protected:
    ~SendsAhead() = default;
};

/// Runs a statement to its end, or sends it. What it fails with is then the failure of the next statement, or
/// of the whole write: so this is for changes that no constraint refuses in good order, and whose number of
/// rows nobody counts.
template <class... Args>
[[nodiscard]] Result<void> send(Transaction& tx, const Sql& sql, const Args&... args) {
    const std::array<Param, sizeof...(Args)> params{Param(args)...};
    if (auto* const ahead = dynamic_cast<SendsAhead*>(&tx)) {
        return ahead->send(sql, params);
    }
    TRY(tx.execute_with(sql, params));
    return {};
}

}  // namespace tenantry::db
