#include "crypto/key_ring.hpp"

#include <algorithm>
#include <iterator>

#include "base/log.hpp"
#include "crypto/keyed_hash.hpp"
#include "crypto/keys.hpp"
#include "crypto/root_key.hpp"

namespace tenantry::crypto {

namespace {

constexpr std::array kPurposes{KeyPurpose::Field, KeyPurpose::Index, KeyPurpose::Audit, KeyPurpose::Csrf,
                               KeyPurpose::Token};
constexpr std::size_t kKeyIdBytes = 4;

Hash hash_parts(const DataKey& key, std::string_view use, std::string_view domain,
                std::initializer_list<ByteView> parts) {
    KeyedHash hash(key.hash);
    hash.part(bytes_of(use)).part(bytes_of(domain));
    for (const ByteView part : parts) {
        hash.part(part);
    }
    return hash.finish<kHashBytes>();
}

}  // namespace

const DataKey* KeyRing::Keys::find(ByteView id) const {
    for (const DataKey& key : all) {
        if (std::ranges::equal(little_endian(key.id), id)) {
            return &key;
        }
    }
    return nullptr;
}

KeyRing::KeyRing(std::unique_ptr<Keys> keys) : keys_(keys.get()) {
    sets_.push_back(std::move(keys));
}
KeyRing::KeyRing(KeyRing&& other) noexcept
    : keys_(other.keys_.load(std::memory_order_relaxed)), sets_(std::move(other.sets_)) {}
KeyRing& KeyRing::operator=(KeyRing&& other) noexcept {
    keys_.store(other.keys_.load(std::memory_order_relaxed), std::memory_order_relaxed);
    sets_ = std::move(other.sets_);
    return *this;
}
KeyRing::~KeyRing() = default;

Error KeyRing::is_broken(const Error& error) const {
    broken_.fetch_add(1, std::memory_order_relaxed);
    return error;
}

void KeyRing::take(KeyRing newer) {
    std::ranges::move(newer.sets_, std::back_inserter(sets_));
    keys_.store(newer.keys_.load(std::memory_order_relaxed), std::memory_order_release);
}

Result<std::vector<WrappedKey>> KeyRing::create(const std::filesystem::path& keys_folder) {
    const SecretBytes root = TRY(make_root_key(keys_folder));
    std::vector<WrappedKey> made;
    made.reserve(kPurposes.size());
    std::uint32_t id = 0;
    for (const KeyPurpose purpose : kPurposes) {
        made.push_back(make_data_key(root, ++id, purpose, KeyState::Active));
    }
    return made;
}

Result<WrappedKey> KeyRing::make_field_key(const std::filesystem::path& keys_folder,
                                           std::span<const WrappedKey> keys, std::uint32_t id) {
    return make_data_key(TRY(fitting_root_key(keys_folder, keys)), id, KeyPurpose::Field, KeyState::Pending);
}

Result<std::vector<WrappedKey>> KeyRing::wrap_anew(const std::filesystem::path& keys_folder,
                                                   std::span<const WrappedKey> keys) {
    const SecretBytes present = TRY(fitting_root_key(keys_folder, keys));
    const SecretBytes next = TRY(make_next_root_key(keys_folder));
    std::vector<WrappedKey> anew(keys.begin(), keys.end());
    for (WrappedKey& key : anew) {
        if (key.state != KeyState::Retired) {
            key.wrapped = wrap(next, key, TRY(unwrap(present, key)));
        }
    }
    return anew;
}

Result<void> KeyRing::settle_root_key(const std::filesystem::path& keys_folder,
                                      std::span<const WrappedKey> keys) {
    TRY(fitting_root_key(keys_folder, keys));
    return {};
}

Result<void> KeyRing::check_folder(const std::filesystem::path& keys_folder) {
    // Without keys to try them on, neither the root key nor a next one is touched.
    TRY(fitting_root_key(keys_folder, {}));
    return {};
}

Result<KeyRing> KeyRing::open(const std::filesystem::path& keys_folder, const Uuid& install_id,
                              std::span<const WrappedKey> keys) {
    const SecretBytes root = TRY(fitting_root_key(keys_folder, keys));
    auto ring = std::make_unique<Keys>();
    ring->all.reserve(keys.size());
    for (const WrappedKey& wrapped : keys) {
        if (wrapped.state == KeyState::Retired) {
            continue;
        }
        const auto raw = unwrap(root, wrapped);
        if (!raw.ok()) {
            log(LogLevel::Error, "data_key_does_not_unwrap", {{"key_id", std::int64_t{wrapped.id}}});
            return raw.error();
        }
        if (std::ranges::any_of(ring->all, [&](const DataKey& other) { return other.id == wrapped.id; })) {
            return Error{Code::Corrupt, "two data keys have the same id"};
        }
        DataKey& key = ring->all.emplace_back();
        key.id = wrapped.id;
        key.field = KeyedHash(*raw, kFieldKeyBytes).fixed(install_id.bytes()).state();
        key.hash = KeyedHash(*raw, kHashBytes).fixed(install_id.bytes()).state();
        if (wrapped.state == KeyState::Active) {
            const DataKey*& active = ring->active[static_cast<std::size_t>(wrapped.purpose)];
            if (active != nullptr) {
                log(LogLevel::Error, "two_active_data_keys",
                    {{"key_id", std::int64_t{active->id}}, {"other_key_id", std::int64_t{key.id}}});
                return Error{Code::Corrupt, "two data keys of one purpose are active"};
            }
            active = &key;
        }
    }
    for (const KeyPurpose purpose : kPurposes) {
        if (ring->active[static_cast<std::size_t>(purpose)] == nullptr) {
            log(LogLevel::Error, "no_active_data_key", {{"purpose", static_cast<std::int64_t>(purpose)}});
            return Error{Code::Corrupt, "a purpose has no active data key"};
        }
    }
    return KeyRing(std::move(ring));
}

Hash KeyRing::keyed_hash(KeyPurpose purpose, std::string_view domain,
                         std::initializer_list<ByteView> parts) const {
    return hash_parts(keys().active_key(purpose), "hash", domain, parts);
}

std::array<unsigned char, 16> KeyRing::blind_index(std::string_view column, std::string_view folded) const {
    const Hash hash = keyed_hash(KeyPurpose::Index, column, {bytes_of(folded)});
    std::array<unsigned char, 16> entry;
    std::copy_n(hash.begin(), entry.size(), entry.begin());
    return entry;
}

std::uint32_t KeyRing::active_field_key() const {
    return keys().active_key(KeyPurpose::Field).id;
}

bool KeyRing::is_row_seal_of_active_key(ByteView row_seal) const {
    return row_seal.size() >= kKeyIdBytes &&
           std::ranges::equal(little_endian(active_field_key()), row_seal.first(kKeyIdBytes));
}

Bytes KeyRing::row_seal(std::string_view table, std::initializer_list<ByteView> parts) const {
    const DataKey& key = keys().active_key(KeyPurpose::Field);
    const auto id = little_endian(key.id);
    const Hash hash = hash_parts(key, "row", table, parts);
    Bytes seal(id.size() + hash.size());
    std::ranges::copy(hash, std::ranges::copy(id, seal.begin()).out);
    return seal;
}

Result<void> KeyRing::check_row_seal(std::string_view table, ByteView seal,
                                     std::initializer_list<ByteView> parts) const {
    constexpr Error kBroken{Code::Corrupt, "a row is not as it was sealed"};
    if (seal.size() != kKeyIdBytes + kHashBytes) {
        return is_broken(kBroken);
    }
    const DataKey* key = keys().find(seal.first(kKeyIdBytes));
    if (key == nullptr) {
        return is_broken(kBroken);
    }
    const Hash hash = hash_parts(*key, "row", table, parts);
    if (sodium_memcmp(hash.data(), seal.data() + kKeyIdBytes, hash.size()) != 0) {
        return is_broken(kBroken);
    }
    return {};
}

}  // namespace tenantry::crypto
