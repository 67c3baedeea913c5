#include "access/throttle.hpp"

#include <algorithm>
#include <tuple>

#include "access/sql.hpp"
#include "base/text.hpp"

namespace tenantry::access {

namespace {

constexpr std::chrono::hours kForgottenAfter{24};
constexpr std::int64_t kAddressAllowance = 10;

struct Count {
    std::int64_t failures = 0;
    Instant blocked_until;
};

Hash account_key(const crypto::KeyRing& keys, std::string_view login) {
    const std::string folded = fold_email(login);
    return keys.keyed_hash(crypto::KeyPurpose::Token, "throttle-account", {bytes_of(folded)});
}

Hash address_key(const crypto::KeyRing& keys, std::string_view address) {
    return keys.keyed_hash(crypto::KeyPurpose::Token, "throttle-address", {bytes_of(address)});
}

Result<Count> find_count(db::Transaction& tx, const Hash& key, Instant now) {
    Count count;
    const auto found = tx.find(sql::throttle::find, std::tie(count.failures, count.blocked_until), key, now);
    if (!found.ok() && found.error().code != Code::NotFound) {
        return found.error();
    }
    return count;
}

Result<void> store_count(db::Transaction& tx, const Hash& key, std::int64_t failures,
                         std::chrono::seconds delay, Instant now) {
    TRY(tx.execute(sql::throttle::store, key, failures, now + delay, now + kForgottenAfter));
    return {};
}

}  // namespace

std::chrono::seconds delay_after(std::int64_t failures) {
    if (failures < 4) {
        return std::chrono::seconds{0};
    }
    const std::chrono::seconds doubled{1LL << std::min<std::int64_t>(failures - 4, 20)};
    const std::chrono::seconds floor{failures >= 10 ? 300 : 0};
    return std::min<std::chrono::seconds>(std::max(doubled, floor), std::chrono::minutes{15});
}

Result<Attempt> begin_attempt(db::Transaction& tx, const crypto::KeyRing& keys, std::string_view login,
                              std::string_view address, Instant now) {
    const Hash account = account_key(keys, login);
    const Hash origin = address_key(keys, address);
    const Count by_account = TRY(find_count(tx, account, now));
    const Count by_address = TRY(find_count(tx, origin, now));
    const Instant free_at = std::max(by_account.blocked_until, by_address.blocked_until);
    if (free_at > now) {
        return Attempt{false, std::chrono::ceil<std::chrono::seconds>(free_at - now)};
    }
    TRY(store_count(tx, account, by_account.failures + 1, delay_after(by_account.failures + 1), now));
    TRY(store_count(tx, origin, by_address.failures + 1,
                    delay_after((by_address.failures + 1) / kAddressAllowance), now));
    return Attempt{true, {}};
}

Result<void> attempt_succeeded(db::Transaction& tx, const crypto::KeyRing& keys, std::string_view login,
                               std::string_view address, Instant now) {
    TRY(tx.execute(sql::throttle::forget, account_key(keys, login)));
    const Hash origin = address_key(keys, address);
    const Count by_address = TRY(find_count(tx, origin, now));
    return store_count(tx, origin, std::max<std::int64_t>(by_address.failures - 1, 0),
                       std::chrono::seconds{0}, now);
}

}  // namespace tenantry::access
