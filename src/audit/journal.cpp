#include "audit/journal.hpp"

#include <algorithm>
#include <memory>
#include <tuple>
#include <unordered_map>

#include "audit/chain.hpp"
#include "audit/packed_people.hpp"
#include "audit/resealing.hpp"
#include "audit/sql.hpp"
#include "crypto/random.hpp"

namespace tenantry::audit {

namespace {

Hash head_seal(const crypto::KeyRing& keys, const Head& head) {
    const std::string number = std::to_string(head.event);
    return keys.keyed_hash(crypto::KeyPurpose::Audit, "head", {bytes_of(number), head.hash});
}

/// An address, kept once and sealed. Its uuid is part of its keyed hash: the chain covers the uuid and the
/// uuid opens the address, so no event can be given another one.
struct Origin {
    std::int64_t id = 0;
    Uuid uuid;
};

Result<void> store_head(db::Transaction& tx, const crypto::KeyRing& keys, const Head& head) {
    return tx.send(sql::head::store, head.event, head.hash, head_seal(keys, head));
}

/// The head that a group of writes has come to.
class HeadOfGroup final : public db::LeftToEnd {
  public:
    HeadOfGroup(const crypto::KeyRing& keys, Head head) : keys_(keys), head_(head) {}

    [[nodiscard]] const Head& head() const { return head_; }
    Result<void> store(db::Transaction& tx) const override { return store_head(tx, keys_, head_); }

  private:
    const crypto::KeyRing& keys_;
    const Head head_;
};

constexpr std::string_view kHead = "audit_head";

/// Null where the row says it.
const HeadOfGroup* head_of_group(const db::Transaction& tx) {
    return tx.left_to_end<HeadOfGroup>(kHead);
}

Result<void> move_head(db::Transaction& tx, const crypto::KeyRing& keys, const Head& head) {
    if (!tx.has_end()) {
        return store_head(tx, keys, head);
    }
    tx.leave_to_end(kHead, std::make_shared<HeadOfGroup>(keys, head));
    return {};
}

Hash address_hash(const crypto::KeyRing& keys, const std::string& address) {
    return keys.keyed_hash(crypto::KeyPurpose::Token, "address", {bytes_of(address)});
}

Result<std::optional<Origin>> origin_of(db::Transaction& tx, const crypto::KeyRing& keys,
                                        const std::string& address) {
    if (address.empty()) {
        return std::optional<Origin>{};
    }
    const Hash hash = address_hash(keys, address);
    const Uuid uuid = *Uuid::from_bytes(ByteView{hash}.first<16>());
    Origin origin;
    const auto found = tx.find(sql::origin::find, std::tie(origin.id, origin.uuid), hash);
    if (!found.ok() && found.error().code != Code::NotFound) {
        return found.error();
    }
    if (!found.ok()) {
        origin.uuid = uuid;
        TRY(tx.find(sql::origin::insert, std::tie(origin.id), uuid, hash,
                    keys.seal({"origin", "address", uuid, 1}, address)));
    }
    if (origin.uuid != uuid) {
        return Error{Code::Corrupt, "an origin of the journal is not as it was stored"};
    }
    return std::optional{origin};
}

}  // namespace

Hash chain_hash(const crypto::KeyRing& keys, const Hash& before, const StoredEvent& event) {
    // Absent and zero must not hash alike.
    const std::int64_t present = event.account.has_value() | event.resource.has_value() << 1 |
                                 event.version.has_value() << 2 | event.person.has_value() << 3 |
                                 event.people.has_value() << 4;
    const std::array<std::int64_t, 8> numbers{
        event.id,
        event.at,
        event.outcome,
        present,
        event.account.value_or(0),
        event.resource.value_or(0),
        event.version.value_or(0),
        event.person.value_or(0),
    };
    std::array<unsigned char, sizeof numbers> encoded{};
    std::size_t at = 0;
    for (const auto number : numbers) {
        for (int shift = 0; shift < 64; shift += 8) {
            encoded[at++] = static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> shift & 0xffU);
        }
    }
    return keys.keyed_hash(crypto::KeyPurpose::Audit, "event",
                           {before, encoded, bytes_of(event.action), event.people.value_or(ByteView{}),
                            event.origin ? event.origin->bytes() : ByteView{}});
}

Result<std::optional<Head>> find_head(db::Transaction& tx, const crypto::KeyRing& keys) {
    if (const auto* of_group = head_of_group(tx)) {
        return std::optional{of_group->head()};
    }
    Head head;
    Bytes hash;
    Bytes seal;
    const auto found = tx.find(sql::head::find, std::tie(head.event, hash, seal));
    if (!found.ok()) {
        return found.error().code == Code::NotFound ? Result<std::optional<Head>>{std::nullopt}
                                                    : found.error();
    }
    std::copy_n(hash.begin(), std::min(hash.size(), head.hash.size()), head.hash.begin());
    if (!std::ranges::equal(head.hash, hash) || !std::ranges::equal(head_seal(keys, head), seal)) {
        return Error{Code::Corrupt, "the journal's head is not as it was sealed"};
    }
    return std::optional{head};
}

Result<void> expect_append(db::Transaction& tx, const crypto::KeyRing& keys, const std::string& address) {
    if (head_of_group(tx) == nullptr) {
        TRY(tx.expect(sql::head::find));
    }
    return address.empty() ? Result<void>{} : tx.expect(sql::origin::find, address_hash(keys, address));
}

Result<void> append(db::Transaction& tx, const crypto::KeyRing& keys, std::span<const Event> events) {
    if (events.empty()) {
        return {};
    }
    // Going on from a head that is not as it was sealed would seal what was done to it.
    Head head = TRY(find_head(tx, keys)).value_or(Head{});
    std::unordered_map<std::string_view, std::optional<Origin>> origins;
    for (const Event& event : events) {
        auto origin = origins.find(event.address);
        if (origin == origins.end()) {
            origin = origins.emplace(event.address, TRY(origin_of(tx, keys, event.address))).first;
        }
        const auto& from = origin->second;
        const Bytes packed = pack_people(event.people);
        const StoredEvent stored{
            head.event + 1,      to_millis(event.at),
            event.action.view(), static_cast<std::int64_t>(event.outcome),
            event.account,       from ? std::optional{from->uuid} : std::nullopt,
            event.resource,      event.version,
            event.person,        packed.empty() ? std::nullopt : std::optional{ByteView{packed}}};
        head = {stored.id, chain_hash(keys, head.hash, stored)};
        TRY(tx.send(sql::event::insert, stored.id, stored.at, stored.action, stored.outcome, stored.account,
                    from ? std::optional{from->id} : std::nullopt, stored.resource, stored.version,
                    stored.person, stored.people, head.hash));
    }
    return move_head(tx, keys, head);
}

Result<std::vector<Entry>> list_entries(db::Transaction& tx, const crypto::KeyRing& keys,
                                        const EntryFilter& filter) {
    const auto outcome =
        filter.outcome ? std::optional{static_cast<std::int64_t>(*filter.outcome)} : std::nullopt;
    const auto page = [&](const db::Sql& sql, const auto&... account) {
        return tx.query(sql, filter.from, filter.until, filter.action, filter.limit, filter.offset,
                        filter.noun, filter.resource, outcome, account...);
    };
    db::Rows rows = filter.account ? TRY(page(sql::event::list_page_of_account, *filter.account))
                                   : TRY(page(sql::event::list_page));
    std::vector<Entry> entries;
    while (TRY(rows.next())) {
        Entry entry;
        int result = 0;
        std::optional<Uuid> origin;
        std::optional<ByteView> address;
        rows.into(entry.id, entry.at, entry.action, result, entry.account, entry.resource, origin, address);
        entry.outcome = static_cast<Outcome>(result);
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

Result<void> reseal_origins(db::Transaction& tx, Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::origin::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        SealedRow origin;
        Uuid uuid;
        ByteView address;
        rows.into(origin.id, uuid, address);
        some.fields(origin, uuid, std::array{std::optional{address}});
    }
    return {};
}

}  // namespace tenantry::audit
