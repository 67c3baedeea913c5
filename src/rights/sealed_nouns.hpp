// Every table under the field keys, with the noun that seals its rows anew. A table that is added belongs
// here too: sealed_nouns_test.cpp names it until it is.
#pragma once

#include <span>
#include <string_view>

#include "audit/resealing.hpp"

namespace tenantry::rights {

struct SealedNoun {
    std::string_view table;
    Literal damage;  ///< the event that reports a row which does not open
    /// Gives the rows after some.reached() to the resealing, in order of number, while it takes them.
    Result<void> (*reseal)(db::Transaction& tx, audit::Resealing& some);
};

[[nodiscard]] std::span<const SealedNoun> sealed_nouns();

}  // namespace tenantry::rights
