#include "app/instance.hpp"

#include <system_error>
#include <tuple>
#include <vector>

#include "app/sql.hpp"
#include "crypto/random.hpp"
#include "db/sqlite/sqlite.hpp"
#include "register/citizen.hpp"

namespace tenantry::app {

namespace {

/// Stores what makes the new register an instance of its own: its uuid and its wrapped keys.
Result<void> store_identity(const std::filesystem::path& data, const std::vector<crypto::WrappedKey>& keys,
                            const Clock& clock, housing::SearchMode mode) {
    const auto database = TRY(db::open_sqlite(database_file(data), clock));
    return database->write_and_wait([&](db::Transaction& tx) -> Result<void> {
        TRY(tx.execute(sql::instance::insert, crypto::new_uuid(), clock.now(), static_cast<int>(mode)));
        for (const auto& key : keys) {
            TRY(tx.execute(sql::data_key::insert, key.id, static_cast<int>(key.purpose),
                           static_cast<int>(key.state), key.wrapped, clock.now()));
        }
        return {};
    });
}

Result<void> make_instance(const std::filesystem::path& data, const Clock& clock, housing::SearchMode mode) {
    const auto keys = TRY(crypto::KeyRing::create(keys_folder(data)));
    TRY(db::create_sqlite(database_file(data), clock));
    TRY(store_identity(data, keys, clock, mode));
    // The first event: from now on a journal without any was emptied.
    const auto instance = TRY(Instance::open(data, clock));
    return instance->write([](audit::Work& work) { return work.changed({.action = "instance.created"}); });
}

Result<crypto::KeyRing> open_keys(db::Database& database, const std::filesystem::path& data) {
    const auto reader = TRY(database.open_reader());
    TRY(reader->begin());
    Uuid install;
    TRY(reader->find(sql::instance::find, std::tie(install)));
    std::vector<crypto::WrappedKey> keys;
    db::Rows rows = TRY(reader->query(sql::data_key::list));
    while (TRY(rows.next())) {
        auto& key = keys.emplace_back();
        int purpose = 0;
        int state = 0;
        rows.into(key.id, purpose, state, key.wrapped);
        key.purpose = static_cast<crypto::KeyPurpose>(purpose);
        key.state = static_cast<crypto::KeyState>(state);
    }
    return crypto::KeyRing::open(keys_folder(data), install, keys);
}

/// What a process that was killed could not finish: an upgrade's sealing, and what lies in the log of names
/// that a change to mode memory removed.
Result<void> leave_nothing_in_clear(Instance& instance) {
    const bool sealed =
        TRY(instance.write([](audit::Work& work) { return housing::seal_citizens_in_clear(work); }));
    const auto state = TRY(instance.read([](db::Transaction& tx) { return housing::find_search_state(tx); }));
    if (sealed || state.mode == housing::SearchMode::Memory) {
        TRY(instance.database().empty_log());
    }
    return {};
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

Result<void> init_instance(const std::filesystem::path& data, const Clock& clock, housing::SearchMode mode) {
    std::error_code failure;
    if (std::filesystem::exists(database_file(data), failure) ||
        std::filesystem::exists(keys_folder(data), failure)) {
        return Error{Code::Conflict, "there is a register in this folder already; nothing was changed"};
    }
    const bool made = std::filesystem::create_directories(data, failure);
    if (failure) {
        return Error{Code::Invalid, "the data folder cannot be made"};
    }
    if (made) {
        std::filesystem::permissions(data, std::filesystem::perms::owner_all, failure);
    }
    auto outcome = make_instance(data, clock, mode);
    if (!outcome.ok()) {
        // Half an instance would be refused as an existing one: take away what this call made.
        std::filesystem::remove_all(keys_folder(data), failure);
        for (const auto* suffix : {"", "-wal", "-shm", ".lock"}) {
            std::filesystem::remove(database_file(data).string() + suffix, failure);
        }
    }
    return outcome;
}

Result<std::unique_ptr<Instance>> Instance::open(const std::filesystem::path& data, const Clock& clock) {
    std::error_code failure;
    if (!std::filesystem::exists(database_file(data), failure)) {
        return Error{Code::NotFound, "there is no register in this folder; 'tenantry init' makes one"};
    }
    auto database = TRY(db::open_sqlite(database_file(data), clock));
    auto keys = TRY(open_keys(*database, data));
    std::unique_ptr<Instance> instance{new Instance(std::move(database), std::move(keys), clock)};
    TRY(leave_nothing_in_clear(*instance));
    return instance;
}

}  // namespace tenantry::app
