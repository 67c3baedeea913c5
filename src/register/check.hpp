// What `tenantry check` finds when it opens every sealed record, so that damage is known before somebody
// needs the record. The nouns' check functions fill it; they show nothing to anybody, so they journal no
// reading.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"

namespace tenantry::audit {
class Resealing;  // a noun that is checked is also sealed anew: sealed_nouns.hpp
}

namespace tenantry::housing {

struct Damage {
    Literal table;
    std::int64_t id = 0;
    Literal column;  ///< "row_seal" or "record" where the row does not hold together
};

struct CheckReport {
    static constexpr std::size_t kDamageMost = 1000;

    std::int64_t records = 0;
    std::int64_t damaged = 0;
    std::vector<Damage> first_damaged;  ///< at most kDamageMost

    /// Counts a record; an empty column says that it is sound.
    void add(Literal table, std::int64_t id, Literal column) {
        ++records;
        if (column.empty()) {
            return;
        }
        ++damaged;
        if (first_damaged.size() < kDamageMost) {
            first_damaged.push_back({table, id, column});
        }
    }
};

}  // namespace tenantry::housing
