#include <algorithm>
#include <optional>

#include "crypto/key_ring.hpp"
#include "crypto/keyed_hash.hpp"
#include "crypto/keys.hpp"
#include "crypto/random.hpp"

namespace tenantry::crypto {

namespace {

constexpr std::array<unsigned char, 2> kFormat{1, 1};  // version, algorithm

/// Where each part of a blob begins.
constexpr std::size_t kKeyId = kFormat.size();
constexpr std::size_t kNonce = kKeyId + 4;
constexpr std::size_t kCommitment = kNonce + crypto_secretbox_NONCEBYTES;
constexpr std::size_t kTag = kCommitment + kCommitmentBytes;
constexpr std::size_t kBody = kTag + crypto_secretbox_MACBYTES;

/// Text is padded to the next multiple (ISO/IEC 7816-4: 0x80, then zeros), so its length tells little.
constexpr std::size_t kBucket = 32;
constexpr unsigned char kPaddingMark = 0x80;
/// Opened on the stack; what is longer is opened in the memory of its result.
constexpr std::size_t kUsualBytes = 512;

constexpr Error kDoesNotOpen{Code::Corrupt, "a sealed field does not open"};

/// The box's key, then the commitment.
using FieldKeys = std::array<unsigned char, kFieldKeyBytes>;

FieldKeys field_keys(const DataKey& key, const FieldContext& context, ByteView nonce) {
    return KeyedHash(key.field)
        .part(bytes_of(context.table))
        .part(bytes_of(context.column))
        .fixed(context.record.bytes())
        .fixed(little_endian(context.version))
        .fixed(nonce)
        .finish<kFieldKeyBytes>();
}

/// Of the padded text in a blob.
std::size_t body_size(ByteView blob) {
    return blob.size() > kBody ? blob.size() - kBody : 0;
}

std::optional<std::size_t> unpadded_size(ByteView padded) {
    std::size_t size = padded.size();
    while (size > 0 && padded[size - 1] == 0) {
        --size;
    }
    if (size == 0 || padded[size - 1] != kPaddingMark || padded.size() - size >= kBucket) {
        return std::nullopt;
    }
    return size - 1;
}

}  // namespace

Bytes KeyRing::seal(const FieldContext& context, std::string_view text) const {
    const DataKey& key = keys().active_key(KeyPurpose::Field);
    const std::size_t padded = (text.size() / kBucket + 1) * kBucket;
    Bytes blob(kBody + padded);
    const std::span whole(blob);
    std::ranges::copy(kFormat, blob.begin());
    std::ranges::copy(little_endian(key.id), &blob[kKeyId]);
    const auto nonce = whole.subspan<kNonce, crypto_secretbox_NONCEBYTES>();
    fill_random(nonce);
    const Wiped<FieldKeys> derived{field_keys(key, context, nonce)};
    std::copy(derived.value.begin() + crypto_secretbox_KEYBYTES, derived.value.end(), &blob[kCommitment]);
    std::ranges::copy(text, &blob[kBody]);
    blob[kBody + text.size()] = kPaddingMark;
    crypto_secretbox_detached(&blob[kBody], &blob[kTag], &blob[kBody], padded, nonce.data(),
                              derived.value.data());
    return blob;
}

/// Opens a blob into memory for as much as body_size() says. How long the text is.
Result<std::size_t> KeyRing::open_at(const FieldContext& context, ByteView blob, char* out) const {
    if (blob.size() <= kBody || !std::ranges::equal(blob.first<kFormat.size()>(), kFormat)) {
        return is_broken(kDoesNotOpen);
    }
    const DataKey* key = keys().find(blob.subspan<kKeyId, kNonce - kKeyId>());
    if (key == nullptr) {
        return is_broken(kDoesNotOpen);
    }
    const auto nonce = blob.subspan<kNonce, crypto_secretbox_NONCEBYTES>();
    const Wiped<FieldKeys> derived{field_keys(*key, context, nonce)};
    // Poly1305 does not bind a key: without this, a blob could be made that opens under two.
    if (sodium_memcmp(derived.value.data() + crypto_secretbox_KEYBYTES, &blob[kCommitment],
                      kCommitmentBytes) != 0) {
        return is_broken(kDoesNotOpen);
    }
    const ByteView body = blob.subspan(kBody);
    auto* const opened = reinterpret_cast<unsigned char*>(out);
    if (crypto_secretbox_open_detached(opened, body.data(), &blob[kTag], body.size(), nonce.data(),
                                       derived.value.data()) != 0) {
        return is_broken(kDoesNotOpen);
    }
    const auto size = unpadded_size({opened, body.size()});
    return size ? Result<std::size_t>{*size} : is_broken(kDoesNotOpen);
}

Result<std::string> KeyRing::open(const FieldContext& context, ByteView blob) const {
    std::array<char, kUsualBytes> usual;
    std::string text;
    if (body_size(blob) > usual.size()) {
        TRY(open_into(context, blob, text));
    } else {
        text.assign(usual.data(), TRY(open_at(context, blob, usual.data())));
    }
    return text;
}

Result<void> KeyRing::open_into(const FieldContext& context, ByteView blob, std::string& text) const {
    text.resize(body_size(blob));
    text.resize(TRY(open_at(context, blob, text.data())));
    return {};
}

bool KeyRing::is_blob_of_active_key(ByteView blob) const {
    return blob.size() > kBody &&
           std::ranges::equal(little_endian(active_field_key()), blob.subspan<kKeyId, kNonce - kKeyId>());
}

ByteView KeyRing::blob_tag(ByteView blob) {
    return blob.size() < kBody ? ByteView{} : blob.subspan<kCommitment, kBody - kCommitment>();
}

}  // namespace tenantry::crypto
