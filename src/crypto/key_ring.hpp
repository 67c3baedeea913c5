// The keys of an instance and what is done with them: sealed fields, row seals, blind indexes, keyed hashes.
// A root key (a file of mode 0600 in keys/) wraps every other key; the wrapped keys are kept in the database
// and handed in as values. Thread-safe; take() alone wants one caller at a time.
//
// Blob of a sealed field: version(1) | algorithm(1) | key id(4, little endian) | nonce(24) | commitment(16) |
// XSalsa20-Poly1305 box of the padded text. Context, commitment and row seal: docs/adr/0005.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"

namespace tenantry::crypto {

/// Where a sealed field lives. A blob opens only in the very place and version that it was sealed for.
struct FieldContext {
    std::string_view table;
    std::string_view column;
    Uuid record;
    std::int64_t version = 0;
};

enum class KeyPurpose : std::uint8_t {
    Field = 1,  ///< seals fields and rows; the only one that rotates
    Index = 2,  ///< blind indexes
    Audit = 3,  ///< the journal's chain
    Csrf = 4,   ///< CSRF tokens
    Token = 5,  ///< stored form of bearer tokens, session ids and addresses
};

enum class KeyState : std::uint8_t { Pending = 0, Active = 1, DecryptOnly = 2, Retired = 3 };

/// A data key as the database keeps it: wrapped by the root key, with the id and purpose authenticated.
struct WrappedKey {
    std::uint32_t id = 0;
    KeyPurpose purpose = KeyPurpose::Field;
    KeyState state = KeyState::Pending;
    Bytes wrapped;
};

class KeyRing {
  public:
    KeyRing(KeyRing&&) noexcept;
    KeyRing& operator=(KeyRing&&) noexcept;
    ~KeyRing();

    /// Makes keys/root.key (0600, in a folder of 0700) and one active key per purpose. Conflict where a root
    /// key exists.
    [[nodiscard]] static Result<std::vector<WrappedKey>> create(const std::filesystem::path& keys_folder);

    /// Reads the root key and unwraps the others. Corrupt: the root key is wrong or a wrapped key is damaged.
    /// NotFound: no root key. Forbidden: the file can be read by others. Never makes a key. Settles the root
    /// key first.
    [[nodiscard]] static Result<KeyRing> open(const std::filesystem::path& keys_folder,
                                              const Uuid& install_id, std::span<const WrappedKey> keys);

    /// Whether there is a root key that may be used. Fails as open() does, but for keys that do not unwrap.
    [[nodiscard]] static Result<void> check_folder(const std::filesystem::path& keys_folder);

    /// A pending field key under the root key that wraps these keys. The caller gives an id that no key had
    /// before. Fails as open() does.
    [[nodiscard]] static Result<WrappedKey> make_field_key(const std::filesystem::path& keys_folder,
                                                           std::span<const WrappedKey> keys,
                                                           std::uint32_t id);

    /// These keys under a new root key, which lies beside the present one as root.key.next until the caller
    /// has stored them, all or none, and settles it. Fails as open() does.
    [[nodiscard]] static Result<std::vector<WrappedKey>> wrap_anew(const std::filesystem::path& keys_folder,
                                                                   std::span<const WrappedKey> keys);
    /// Where two root keys lie side by side, a change of the root key was cut short before or after the
    /// wrapped keys were stored: the one that unwraps them all stays, and the other is removed. Both stay
    /// where neither does. Fails as open() does.
    [[nodiscard]] static Result<void> settle_root_key(const std::filesystem::path& keys_folder,
                                                      std::span<const WrappedKey> keys);

    /// Goes on with the keys of a newer ring of the same installation, while others use this one.
    ///
    /// Whoever is sealing or opening at this moment ends that with the former keys, which stay in memory
    /// until the ring goes: to know that nobody reads them any more, every use would have to be counted. So
    /// the bytes of a key that was retired stay in this process (locked, guarded, left out of core files)
    /// until it ends; a restart is what rids the memory of them.
    void take(KeyRing newer);

    /// Seals text with the active field key under a subkey of its context. The empty text is sealed like any
    /// other.
    [[nodiscard]] Bytes seal(const FieldContext& context, std::string_view text) const;
    /// The text of a blob. Corrupt for anything that was not sealed for exactly this context with a key of
    /// this ring.
    [[nodiscard]] Result<std::string> open(const FieldContext& context, ByteView blob) const;
    /// The same in the place of what `text` held, whose memory is used again; anything where it fails.
    [[nodiscard]] Result<void> open_into(const FieldContext& context, ByteView blob, std::string& text) const;

    /// Keyed hash over the parts, each preceded by its length. Equal parts, equal hash; no other relation.
    [[nodiscard]] Hash keyed_hash(KeyPurpose purpose, std::string_view domain,
                                  std::initializer_list<ByteView> parts) const;
    /// Entry of a blind index: what an e-mail or telephone, already folded, is found by.
    [[nodiscard]] std::array<unsigned char, 16> blind_index(std::string_view column,
                                                            std::string_view folded) const;

    /// The active field key's id, first in every row seal.
    [[nodiscard]] std::uint32_t active_field_key() const;
    /// Binds a row's identity, version, links, flags and the tags of its blobs: key id(4) | keyed hash(32)
    /// over the parts.
    [[nodiscard]] Bytes row_seal(std::string_view table, std::initializer_list<ByteView> parts) const;
    /// Corrupt unless the seal was made over exactly these parts with a key of this ring.
    [[nodiscard]] Result<void> check_row_seal(std::string_view table, ByteView seal,
                                              std::initializer_list<ByteView> parts) const;
    /// The part of a blob that a row seal covers: its commitment and authentication tag. Empty for an absent
    /// or short blob.
    [[nodiscard]] static ByteView blob_tag(ByteView blob);

    /// Whether a blob, or a row seal, names the active field key: whether it need not be sealed again.
    [[nodiscard]] bool is_blob_of_active_key(ByteView blob) const;
    [[nodiscard]] bool is_row_seal_of_active_key(ByteView row_seal) const;

    /// How often what open() or check_row_seal() was given was not as it had been sealed.
    [[nodiscard]] std::uint64_t broken() const { return broken_.load(std::memory_order_relaxed); }

  private:
    struct Keys;
    explicit KeyRing(std::unique_ptr<Keys> keys);
    [[nodiscard]] Result<std::size_t> open_at(const FieldContext& context, ByteView blob, char* out) const;
    [[nodiscard]] const Keys& keys() const { return *keys_.load(std::memory_order_acquire); }

    /// The error, counted.
    [[nodiscard]] Error is_broken(const Error& error) const;

    mutable std::atomic<std::uint64_t> broken_{0};
    std::atomic<const Keys*> keys_;
    std::vector<std::unique_ptr<const Keys>> sets_;  ///< all that keys_ ever pointed at
};

}  // namespace tenantry::crypto
