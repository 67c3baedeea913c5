#include "db/migrations.hpp"

#include <iterator>

#include "db/migrations_embedded.hpp"

namespace tenantry::db {

namespace {

constexpr bool is_without_gap(std::span<const Migration> all, std::int64_t first) {
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].version != static_cast<std::int64_t>(i) + first) {
            return false;
        }
    }
    return true;
}
static_assert(is_without_gap(kMigrations, 1), "the files of db/migrations are numbered 0001, 0002, …");
static_assert(is_without_gap(kPostgresMigrations, 4));
static_assert(std::rbegin(kMigrations)->version == std::rbegin(kPostgresMigrations)->version);

}  // namespace

std::span<const Migration> migrations() {
    return kMigrations;
}

std::span<const Migration> postgres_migrations() {
    return kPostgresMigrations;
}

}  // namespace tenantry::db
