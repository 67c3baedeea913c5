// What an event's hash covers. Only .cpp files of this room include it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "audit/journal.hpp"

namespace tenantry::audit {

/// What the chain covers of an event: its columns as they are stored, and its origin's uuid in place of a
/// number. Does not own its action and people.
struct StoredEvent {
    std::int64_t id = 0;
    std::int64_t at = 0;
    std::string_view action;
    std::int64_t outcome = 0;
    std::optional<std::int64_t> account;
    std::optional<Uuid> origin;
    std::optional<std::int64_t> resource;
    std::optional<std::int64_t> version;
    std::optional<std::int64_t> person;
    std::optional<ByteView> people;
};

/// The hash of an event that follows the one of this hash.
[[nodiscard]] Hash chain_hash(const crypto::KeyRing& keys, const Hash& before, const StoredEvent& event);

}  // namespace tenantry::audit
