#include "audit/look_back.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <tuple>

#include "audit/sql.hpp"

namespace tenantry::audit {

namespace {

/// The number of the first event that is not before the time, as if the times were in order; one past the
/// last where there is none. Halves the numbers: the journal has no index by time, and needs none.
Result<std::int64_t> first_from(db::Transaction& tx, Instant at, std::int64_t end) {
    std::int64_t low = 1;
    std::int64_t high = end;
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        std::int64_t id = 0;
        Instant when;
        const auto found = tx.find(sql::event::find_from, std::tie(id, when), middle);
        if (!found.ok() && found.error().code != Code::NotFound) {
            return found.error();
        }
        if (!found.ok() || id >= high || when >= at) {
            high = middle;
        } else {
            low = id + 1;
        }
    }
    return low;
}

/// What of an event decides whether it is wanted.
struct Facts {
    std::int64_t id = 0;
    Instant at;
    std::string_view action;
    int outcome = 0;
    std::optional<std::int64_t> resource;
};

bool is_wanted(const LookBack& wanted, const Facts& event) {
    return (!wanted.from || event.at >= *wanted.from) && (!wanted.until || event.at < *wanted.until) &&
           (!wanted.resource || event.resource == wanted.resource) &&
           (!wanted.outcome || event.outcome == static_cast<int>(*wanted.outcome)) &&
           (!wanted.action || wanted.action(event.action));
}

Looked read_looked(const db::Rows& rows, const crypto::KeyRing& keys) {
    Looked looked;
    Entry& entry = looked.entry;
    int outcome = 0;
    std::optional<Uuid> origin;
    std::optional<ByteView> address;
    rows.into(entry.id, entry.at, entry.action, outcome, entry.account, entry.resource, looked.person, origin,
              address);
    entry.outcome = static_cast<Outcome>(outcome);
    if (origin && address) {
        auto opened = keys.open({"origin", "address", *origin, 1}, *address);
        if (opened.ok()) {
            entry.address = std::move(opened).value();
        }
    }
    return looked;
}

}  // namespace

Result<LookedBack> look_back(db::Transaction& tx, const crypto::KeyRing& keys, const LookBack& wanted) {
    std::int64_t end = 0;
    TRY(tx.find(sql::event::find_last, std::tie(end)));
    ++end;
    std::int64_t before = std::min(wanted.before.value_or(end), end);
    if (wanted.until) {
        before = std::min(before, TRY(first_from(tx, *wanted.until + kDisorder, end)));
    }
    const std::int64_t least = wanted.from ? TRY(first_from(tx, *wanted.from - kDisorder, end)) : 1;
    LookedBack found;
    std::vector<std::int64_t> ids;
    {
        db::Rows rows = wanted.account
                            ? TRY(tx.query(sql::event::list_of_account_before, before, least, wanted.account))
                            : TRY(tx.query(sql::event::list_before, before, least));
        std::size_t looked_at = 0;
        while (TRY(rows.next())) {
            Facts event;
            rows.into(event.id, event.at, event.action, event.outcome, event.resource);
            if (ids.size() == wanted.limit || looked_at == kLookedAtMost) {
                found.go_on = event.id + 1;
                break;
            }
            ++looked_at;
            found.reached = event.at;
            if (is_wanted(wanted, event)) {
                ids.push_back(event.id);
            }
        }
    }
    const std::string list = fmt::format("[{}]", fmt::join(ids, ","));
    db::Rows rows = TRY(tx.query(sql::event::list_entries, list));
    while (TRY(rows.next())) {
        found.entries.push_back(read_looked(rows, keys));
    }
    return found;
}

}  // namespace tenantry::audit
