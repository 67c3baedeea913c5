#include "app/key_rotation.hpp"

#include <algorithm>
#include <array>
#include <thread>
#include <tuple>

#include "app/key_watch.hpp"
#include "app/sql.hpp"
#include "rights/sealed_nouns.hpp"

namespace tenantry::app {

namespace {

constexpr Error kChangedMeanwhile{Code::Conflict, "the keys were changed meanwhile; try again"};

std::array<unsigned char, 4> stored_id(std::uint32_t id) {
    std::array<unsigned char, 4> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<unsigned char>(id >> (8 * i));
    }
    return bytes;
}

/// Over all tables, what their statement counts for the key.
Result<std::int64_t> count_rows(db::Transaction& tx, db::Sql db::SealedTable::*statement, std::uint32_t key) {
    std::int64_t rows = 0;
    for (const db::SealedTable& table : db::sealed_tables()) {
        std::int64_t found = 0;
        TRY(tx.find(table.*statement, std::tie(found), stored_id(key)));
        rows += found;
    }
    return rows;
}

Result<std::int64_t> count_rows_of(db::Transaction& tx, std::uint32_t key) {
    return count_rows(tx, &db::SealedTable::count, key);
}

Result<std::int64_t> count_rows_of_others(db::Transaction& tx) {
    std::uint32_t active = 0;
    TRY(tx.find(sql::data_key::find_active_field_key, std::tie(active)));
    return count_rows(tx, &db::SealedTable::count_others, active);
}

bool is_field_key(const crypto::WrappedKey& key) {
    return key.purpose == crypto::KeyPurpose::Field;
}

bool is_former(const crypto::WrappedKey& key) {
    return is_field_key(key) && key.state == crypto::KeyState::DecryptOnly;
}

/// Makes a pending key, known to this process before anything can be sealed with it. Returns its id.
Result<std::uint32_t> make_pending_key(Instance& instance, const std::vector<StoredKey>& stored) {
    std::uint32_t id = 0;
    TRY(instance.read(
        [&](db::Transaction& tx) { return tx.find(sql::data_key::find_next_id, std::tie(id)); }));
    const auto keys = wrapped_keys(stored);
    const auto key = TRY(crypto::KeyRing::make_field_key(keys_folder(instance.data()), keys, id));
    TRY(instance.write([&](audit::Work& work) -> Result<void> {
        if (TRY(work.tx().execute(sql::data_key::take_id, id)) != 1) {
            return kChangedMeanwhile;
        }
        TRY(work.tx().execute(sql::data_key::insert, id, static_cast<int>(key.purpose),
                              static_cast<int>(key.state), key.wrapped, work.now()));
        return work.changed({.action = "key.made", .resource = id});
    }));
    TRY(instance.reload_keys());
    return id;
}

/// What is sealed under the former key is to be sealed anew from here on, table by table.
Result<void> activate(Instance& instance, std::uint32_t id) {
    TRY(instance.write([&](audit::Work& work) -> Result<void> {
        TRY(work.tx().execute(sql::data_key::deactivate));
        if (TRY(work.tx().execute(sql::data_key::activate, id)) != 1) {
            return kChangedMeanwhile;
        }
        for (const auto& noun : rights::sealed_nouns()) {
            TRY(work.tx().execute(sql::resealing::begin, noun.table));
        }
        return work.changed({.action = "key.activated", .resource = id});
    }));
    return instance.reload_keys();
}

Result<bool> is_resealing(Instance& instance) {
    return instance.read([](db::Transaction& tx) -> Result<bool> {
        db::Rows rows = TRY(tx.query(sql::resealing::list));
        return rows.next();
    });
}

}  // namespace

Result<std::vector<KeyEntry>> list_keys(Instance& instance) {
    return instance.read([](db::Transaction& tx) -> Result<std::vector<KeyEntry>> {
        std::vector<KeyEntry> entries;
        for (const auto& [key, made_at] : TRY(read_keys(tx))) {
            KeyEntry& entry = entries.emplace_back(KeyEntry{key.id, key.purpose, key.state, made_at});
            if (is_field_key(key) && key.state != crypto::KeyState::Retired) {
                entry.rows = TRY(count_rows_of(tx, key.id));
            }
        }
        return entries;
    });
}

Result<std::vector<KeyEntry>> list_former_keys(Instance& instance) {
    return instance.read([](db::Transaction& tx) -> Result<std::vector<KeyEntry>> {
        const auto in_all = TRY(count_rows_of_others(tx));
        std::vector<KeyEntry> entries;
        for (const auto& [key, made_at] : TRY(read_keys(tx))) {
            if (is_former(key)) {
                entries.push_back({key.id, key.purpose, key.state, made_at,
                                   in_all == 0 ? 0 : TRY(count_rows_of(tx, key.id))});
            }
        }
        return entries;
    });
}

Result<std::int64_t> count_rows_to_seal(Instance& instance) {
    return instance.read([](db::Transaction& tx) { return count_rows_of_others(tx); });
}

Result<void> begin_rotation(Instance& instance) {
    if (TRY(is_resealing(instance))) {
        return {};
    }
    const auto stored = TRY(instance.read([](db::Transaction& tx) { return read_keys(tx); }));
    // One that an earlier rotation made, and was ended before it could use it.
    const auto pending = std::ranges::find_if(stored, [](const StoredKey& one) {
        return is_field_key(one.key) && one.key.state == crypto::KeyState::Pending;
    });
    const auto id = pending != stored.end() ? pending->key.id : TRY(make_pending_key(instance, stored));
    if (instance.database().is_shared()) {
        // A server that never writes must know the key before it reads what is sealed with it.
        std::this_thread::sleep_for(2 * KeyWatch::kEvery);
    }
    return activate(instance, id);
}

Result<void> rotate_root_key(Instance& instance) {
    const auto folder = keys_folder(instance.data());
    const auto before = wrapped_keys(TRY(instance.read([](db::Transaction& tx) { return read_keys(tx); })));
    const auto anew = TRY(crypto::KeyRing::wrap_anew(folder, before));
    TRY(instance.write([&](audit::Work& work) -> Result<void> {
        for (std::size_t i = 0; i < anew.size(); ++i) {
            if (anew[i].state == crypto::KeyState::Retired) {
                continue;
            }
            if (TRY(work.tx().execute(sql::data_key::wrap_anew, anew[i].id, before[i].wrapped,
                                      anew[i].wrapped)) != 1) {
                return kChangedMeanwhile;
            }
        }
        return work.changed({.action = "key.wrapped_anew"});
    }));
    return crypto::KeyRing::settle_root_key(folder, anew);
}

Result<Retirement> retire_key(Instance& instance, std::uint32_t id) {
    const auto entry = TRY(instance.read([&](db::Transaction& tx) -> Result<KeyEntry> {
        for (const auto& [key, made_at] : TRY(read_keys(tx))) {
            if (key.id == id && is_field_key(key)) {
                return KeyEntry{key.id, key.purpose, key.state, made_at, TRY(count_rows_of(tx, id))};
            }
        }
        return Error{Code::NotFound, "there is no field key with this id"};
    }));
    if (entry.state != crypto::KeyState::DecryptOnly) {
        return Error{Code::Conflict, entry.state == crypto::KeyState::Retired
                                         ? Literal{"this key is retired already"}
                                         : Literal{"this key is in use; 'tenantry keys rotate' replaces it"}};
    }
    // Nothing is sealed with it any more, so what this snapshot does not hold will not come.
    if (*entry.rows > 0) {
        return Retirement{*entry.rows};
    }
    TRY(instance.write([&](audit::Work& work) -> Result<void> {
        if (TRY(work.tx().execute(sql::data_key::retire, id)) != 1) {
            return kChangedMeanwhile;
        }
        return work.changed({.action = "key.retired", .resource = id});
    }));
    TRY(instance.reload_keys());
    return Retirement{};
}

}  // namespace tenantry::app
