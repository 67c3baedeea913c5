#include "app/instance.hpp"

#include <algorithm>
#include <iterator>
#include <system_error>
#include <tuple>
#include <vector>

#include "access/rights_seal.hpp"
#include "app/database_seen.hpp"
#include "app/sql.hpp"
#include "audit/person_index.hpp"
#include "base/log.hpp"
#include "crypto/random.hpp"
#include "db/postgres/postgres.hpp"
#include "db/sqlite/sqlite.hpp"
#include "register/citizen.hpp"
#include "register/ledger_digest.hpp"
#include "register/row_seals.hpp"
#include "rights/disclosure.hpp"

namespace tenantry::app {

namespace {

Result<std::unique_ptr<db::Database>> open_database(const Place& place, const Clock& clock) {
    if (place.database.empty()) {
        return db::open_sqlite(database_file(place.data), clock);
    }
    auto memory = TRY(database_memory(place.data));
    return db::open_postgres(place.database, clock, std::move(memory));
}

/// Stores what makes the new register an instance of its own: its uuid, its wrapped keys, and the first
/// event: from then on a journal without any was emptied.
Result<void> store_identity(const Place& place, const std::vector<crypto::WrappedKey>& keys,
                            const Clock& clock, housing::SearchMode mode) {
    const auto database = TRY(open_database(place, clock));
    std::optional<crypto::KeyRing> ring;  // the journal's end is sealed when the write is over
    return database->write_and_wait([&](db::Transaction& tx) -> Result<void> {
        TRY(tx.execute(sql::instance::insert, crypto::new_uuid(), clock.now(), static_cast<int>(mode)));
        for (const auto& key : keys) {
            TRY(tx.execute(sql::data_key::insert, key.id, static_cast<int>(key.purpose),
                           static_cast<int>(key.state), key.wrapped, clock.now()));
        }
        ring = TRY(open_ring(tx, keys_folder(place.data)));
        return audit::Work{tx, *ring, {}, clock.now(), nullptr}.changed({.action = "instance.created"});
    });
}

Result<void> make_instance(const Place& place, const Clock& clock, housing::SearchMode mode) {
    if (place.database.empty()) {
        TRY(db::create_sqlite(database_file(place.data), clock));
    } else {
        TRY(db::create_postgres(place.database, clock));
    }
    const auto keys = TRY(crypto::KeyRing::create(keys_folder(place.data)));
    TRY(store_identity(place, keys, clock, mode));
    TRY(Instance::open(place, clock));  // which seals what the schema brings
    return {};
}

Result<crypto::KeyRing> open_keys(db::Transaction& tx, const std::filesystem::path& data) {
    if (const auto install = find_install(tx); !install.ok() && install.error().code == Code::NotFound) {
        return Error{Code::Conflict,
                     "the register is not whole: run what was putting it here (copy, restore) once more"};
    }
    return open_ring(tx, keys_folder(data));
}

/// What is sealed beside rows, in the write that says so.
Result<void> seal_old_sets(audit::Work& work) {
    TRY(access::seal_rights(work));
    TRY(housing::seal_ledger(work));
    TRY(rights::tell_of_old_disclosures(work));
    return housing::rows_are_sealed(work, housing::kSetsRound);
}

/// Seals the rows that an earlier version left without a seal, once in an instance's life: nothing reads or
/// writes yet. An end in between is no harm; the next opening goes on. finish(work) says that it is done.
template <class Finish>
Result<void> seal_old_rows(Instance& instance, const housing::SealingRound& round, Finish finish) {
    constexpr std::int64_t kAtATime = 5000;
    const auto sealed =
        instance.read([&](db::Transaction& tx) { return housing::are_rows_sealed(tx, round); });
    if (!sealed.ok() && sealed.error().code == Code::Corrupt) {
        // No reason not to serve: rows without a seal are not believed.
        log(LogLevel::Error, "rows are not sealed again", {{"reason", sealed.error().text}});
        return {};
    }
    if (TRY(Result<bool>{sealed})) {
        return {};
    }
    std::optional<housing::SealingCursor> cursor{round.from};
    while (cursor) {
        cursor = TRY(
            instance.write([&](audit::Work& work) { return housing::seal_rows(work, *cursor, kAtATime); }));
    }
    return instance.write(finish);
}

/// What a process that was killed could not finish: an upgrade's sealing, and what lies in the log of names
/// that a change to mode memory removed.
Result<void> leave_nothing_in_clear(Instance& instance) {
    const bool sealed =
        TRY(instance.write([](audit::Work& work) { return housing::seal_citizens_in_clear(work); }));
    const auto state = TRY(instance.read([](db::Transaction& tx) { return housing::find_search_state(tx); }));
    const auto emptied = instance.database().empty_log();
    // A disk without room for it is no reason not to serve, where nothing must go from the log.
    return sealed || state.mode == housing::SearchMode::Memory ? emptied : Result<void>{};
}

}  // namespace

std::filesystem::path database_file(const std::filesystem::path& data) {
    return data / "register.db";
}

std::filesystem::path keys_folder(const std::filesystem::path& data) {
    return data / "keys";
}

std::filesystem::path control_socket(const std::filesystem::path& data) {
    return data / "control.sock";
}

std::filesystem::path outbox_folder(const std::filesystem::path& data) {
    return data / "outbox";
}

std::filesystem::path incoming_folder(const std::filesystem::path& data) {
    return data / "incoming";
}

Result<bool> make_data_folder(const std::filesystem::path& data) {
    std::error_code failure;
    const bool made = std::filesystem::create_directories(data, failure);
    if (failure) {
        return Error{Code::Invalid, "the data folder cannot be made"};
    }
    if (made) {
        std::filesystem::permissions(data, std::filesystem::perms::owner_all, failure);
    }
    return made;
}

Result<void> init_instance(const Place& place, const Clock& clock, housing::SearchMode mode) {
    const auto& data = place.data;
    std::error_code failure;
    if (std::filesystem::exists(database_file(data), failure) ||
        std::filesystem::exists(keys_folder(data), failure)) {
        return Error{Code::Conflict, "there is a register in this folder already; nothing was changed"};
    }
    TRY(make_data_folder(data));
    auto outcome = make_instance(place, clock, mode);
    if (!outcome.ok()) {
        // Half an instance would be refused as an existing one: take away what this call made.
        std::filesystem::remove_all(keys_folder(data), failure);
        for (const auto* suffix : {"", "-wal", "-shm", ".lock"}) {
            std::filesystem::remove(database_file(data).string() + suffix, failure);
        }
    }
    return outcome;
}

Result<Uuid> find_install(db::Transaction& tx) {
    Uuid install;
    TRY(tx.find(sql::instance::find, std::tie(install)));
    return install;
}

Result<std::vector<StoredKey>> read_keys(db::Transaction& tx) {
    std::uint32_t next = 0;
    TRY(tx.find(sql::data_key::find_next_id, std::tie(next)));
    std::vector<StoredKey> stored;
    db::Rows rows = TRY(tx.query(sql::data_key::list));
    while (TRY(rows.next())) {
        StoredKey& one = stored.emplace_back();
        int purpose = 0;
        int state = 0;
        rows.into(one.key.id, purpose, state, one.key.wrapped, one.made_at);
        one.key.purpose = static_cast<crypto::KeyPurpose>(purpose);
        one.key.state = static_cast<crypto::KeyState>(state);
    }
    for (std::uint32_t id = 1; id < next; ++id) {
        if (std::ranges::none_of(stored, [id](const StoredKey& one) { return one.key.id == id; })) {
            log(LogLevel::Error, "data_key_is_missing", {{"key_id", std::int64_t{id}}});
            return Error{Code::Corrupt, "a data key is missing from the register"};
        }
    }
    return stored;
}

std::vector<crypto::WrappedKey> wrapped_keys(std::span<const StoredKey> stored) {
    std::vector<crypto::WrappedKey> keys;
    std::ranges::transform(stored, std::back_inserter(keys), &StoredKey::key);
    return keys;
}

Result<std::int64_t> count_key_changes(db::Transaction& tx) {
    std::int64_t changes = 0;
    TRY(tx.find(sql::data_key::count_changes, std::tie(changes)));
    return changes;
}

Result<crypto::KeyRing> open_ring(db::Transaction& tx, const std::filesystem::path& keys_folder) {
    return crypto::KeyRing::open(keys_folder, TRY(find_install(tx)), wrapped_keys(TRY(read_keys(tx))));
}

Result<std::unique_ptr<Instance>> Instance::open(const Place& place, const Clock& clock) {
    std::error_code failure;
    if (place.database.empty() && !std::filesystem::exists(database_file(place.data), failure)) {
        return Error{Code::NotFound, "there is no register in this folder; 'tenantry init' makes one"};
    }
    auto database = TRY(open_database(place, clock));
    auto reader = TRY(database->open_reader());
    TRY(reader->begin());
    auto keys = TRY(open_keys(*reader, place.data));
    const auto changes = TRY(count_key_changes(*reader));
    reader.reset();
    auto instance = std::unique_ptr<Instance>{
        new Instance(place.data, std::move(database), std::move(keys), changes, clock)};
    instance->database().before_each_group(
        [&instance = *instance](db::Transaction& tx) { return instance.take_changed_keys(tx); });
    TRY(leave_nothing_in_clear(*instance));
    TRY(seal_old_rows(*instance, housing::kRowsRound,
                      [](audit::Work& work) { return housing::rows_are_sealed(work, housing::kRowsRound); }));
    TRY(seal_old_rows(*instance, housing::kSetsRound, seal_old_sets));
    return instance;
}

Result<void> Instance::index_events() {
    bool more = true;
    while (more) {
        more = TRY(write([](audit::Work& work) { return audit::index_next_events(work.tx()); }));
    }
    return {};
}

Result<void> Instance::reload_keys() {
    return database_->write_and_wait([this](db::Transaction& tx) { return take_changed_keys(tx); });
}

Result<void> Instance::take_changed_keys(db::Transaction& tx) {
    const auto changes = TRY(count_key_changes(tx));
    if (changes != key_changes_) {
        keys_.take(TRY(open_ring(tx, keys_folder(data_))));
        key_changes_ = changes;
    }
    return {};
}

Resealer& Instance::resealer() {
    if (!resealer_) {
        resealer_ = std::make_unique<Resealer>(*this);
    }
    return *resealer_;
}

}  // namespace tenantry::app
