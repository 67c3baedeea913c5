#include "audit/journal.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "audit/sql.hpp"
#include "crypto/random.hpp"

namespace tenantry::audit {

namespace {

constexpr std::int64_t kNone = -1;  // no record has this number; stands for an absent one in the hashed form

/// The last event's number and hash.
struct Head {
    std::int64_t event = 0;
    Hash hash{};
};

/// The columns of an event as they are stored, which is what the chain covers.
struct StoredEvent {
    std::int64_t id = 0;
    std::int64_t at = 0;
    std::string_view action;
    std::int64_t outcome = 0;
    std::optional<std::int64_t> account;
    std::optional<std::int64_t> origin;
    std::optional<std::int64_t> resource;
    std::optional<std::int64_t> version;
    std::optional<std::int64_t> person;
    std::optional<ByteView> people;
};

Hash chain_hash(const crypto::KeyRing& keys, const Hash& before, const StoredEvent& event) {
    const std::array<std::int64_t, 8> numbers{
        event.id,
        event.at,
        event.outcome,
        event.account.value_or(kNone),
        event.origin.value_or(kNone),
        event.resource.value_or(kNone),
        event.version.value_or(kNone),
        event.person.value_or(kNone),
    };
    std::array<unsigned char, sizeof numbers> encoded{};
    std::size_t at = 0;
    for (const auto number : numbers) {
        for (int shift = 0; shift < 64; shift += 8) {
            encoded[at++] = static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> shift & 0xffU);
        }
    }
    return keys.keyed_hash(crypto::KeyPurpose::Audit, "event",
                           {before, encoded, bytes_of(event.action), event.people.value_or(ByteView{})});
}

Hash head_seal(const crypto::KeyRing& keys, const Head& head) {
    const std::string number = std::to_string(head.event);
    return keys.keyed_hash(crypto::KeyPurpose::Audit, "head", {bytes_of(number), head.hash});
}

Result<Head> find_head(db::Transaction& tx) {
    Head head;
    Hash seal{};
    const auto found = tx.find(sql::head::find, std::tie(head.event, head.hash, seal));
    if (!found.ok() && found.error().code != Code::NotFound) {
        return found.error();
    }
    return head;
}

/// The number of an address in the origin table, where it is kept once, sealed.
Result<std::optional<std::int64_t>> origin_of(db::Transaction& tx, const crypto::KeyRing& keys,
                                              const std::string& address) {
    if (address.empty()) {
        return std::optional<std::int64_t>{};
    }
    const Hash hash = keys.keyed_hash(crypto::KeyPurpose::Token, "address", {bytes_of(address)});
    std::int64_t id = 0;
    const auto found = tx.find(sql::origin::find, std::tie(id), hash);
    if (found.ok()) {
        return std::optional{id};
    }
    if (found.error().code != Code::NotFound) {
        return found.error();
    }
    const Uuid uuid = crypto::new_uuid();
    TRY(tx.find(sql::origin::insert, std::tie(id), uuid, hash,
                keys.seal({"origin", "address", uuid, 1}, address)));
    return std::optional{id};
}

/// Numbers of a list's people, sorted, as variable-length differences: two bytes each in the usual case.
Bytes pack(std::vector<std::int64_t> people) {
    std::sort(people.begin(), people.end());
    Bytes packed;
    std::int64_t before = 0;
    for (const auto person : people) {
        auto difference = static_cast<std::uint64_t>(person - before);
        while (difference >= 0x80) {
            packed.push_back(static_cast<unsigned char>(difference & 0x7fU) | 0x80U);
            difference >>= 7;
        }
        packed.push_back(static_cast<unsigned char>(difference));
        before = person;
    }
    return packed;
}

}  // namespace

Result<void> append(db::Transaction& tx, const crypto::KeyRing& keys, std::span<const Event> events) {
    if (events.empty()) {
        return {};
    }
    Head head = TRY(find_head(tx));
    std::unordered_map<std::string_view, std::optional<std::int64_t>> origins;
    for (const Event& event : events) {
        auto origin = origins.find(event.address);
        if (origin == origins.end()) {
            origin = origins.emplace(event.address, TRY(origin_of(tx, keys, event.address))).first;
        }
        const Bytes packed = pack(event.people);
        const StoredEvent stored{
            head.event + 1,      to_millis(event.at),
            event.action.view(), static_cast<std::int64_t>(event.outcome),
            event.account,       origin->second,
            event.resource,      event.version,
            event.person,        packed.empty() ? std::nullopt : std::optional{ByteView{packed}}};
        head = {stored.id, chain_hash(keys, head.hash, stored)};
        TRY(tx.execute(sql::event::insert, stored.id, stored.at, stored.action, stored.outcome,
                       stored.account, stored.origin, stored.resource, stored.version, stored.person,
                       stored.people, head.hash));
    }
    TRY(tx.execute(sql::head::store, head.event, head.hash, head_seal(keys, head)));
    return {};
}

Result<Verdict> verify_journal(db::Transaction& tx, const crypto::KeyRing& keys) {
    Head head;
    db::Rows rows = TRY(tx.query(sql::event::list_all));
    while (TRY(rows.next())) {
        StoredEvent event;
        Hash hash{};
        rows.into(event.id, event.at, event.action, event.outcome, event.account, event.origin,
                  event.resource, event.version, event.person, event.people, hash);
        if (event.id != head.event + 1 || chain_hash(keys, head.hash, event) != hash) {
            return Verdict{head.event, head.event + 1};
        }
        head = {event.id, hash};
    }
    Head said;
    Hash seal{};
    const auto found = tx.find(sql::head::find, std::tie(said.event, said.hash, seal));
    if (!found.ok() && found.error().code != Code::NotFound) {
        return found.error();
    }
    const bool empty = !found.ok() && head.event == 0;
    if (!empty && (said.event != head.event || said.hash != head.hash || head_seal(keys, said) != seal)) {
        return Verdict{head.event, head.event + 1};
    }
    return Verdict{head.event, std::nullopt};
}

Result<std::vector<Entry>> list_entries(db::Transaction& tx, const crypto::KeyRing& keys,
                                        const EntryFilter& filter) {
    db::Rows rows = filter.account
                        ? TRY(tx.query(sql::event::list_page_of_account, filter.from, filter.until,
                                       filter.action, filter.limit, filter.offset, *filter.account))
                        : TRY(tx.query(sql::event::list_page, filter.from, filter.until, filter.action,
                                       filter.limit, filter.offset));
    std::vector<Entry> entries;
    while (TRY(rows.next())) {
        Entry entry;
        int outcome = 0;
        std::optional<Uuid> origin;
        std::optional<ByteView> address;
        rows.into(entry.id, entry.at, entry.action, outcome, entry.account, entry.resource, origin, address);
        entry.outcome = static_cast<Outcome>(outcome);
        if (origin && address) {
            auto opened = keys.open({"origin", "address", *origin, 1}, *address);
            if (opened.ok()) {
                entry.address = std::move(opened).value();
            }
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace tenantry::audit
