#include "db/migrations.hpp"

#include "db/migrations_embedded.hpp"

namespace tenantry::db {

namespace {

constexpr bool is_without_gap(std::span<const Migration> all) {
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].version != static_cast<std::int64_t>(i + 1)) {
            return false;
        }
    }
    return true;
}
static_assert(is_without_gap(kMigrations), "the files of db/migrations are numbered 0001, 0002, …");

}  // namespace

std::span<const Migration> migrations() {
    return kMigrations;
}

}  // namespace tenantry::db
