#include "crypto/row_sum.hpp"

#include <charconv>

#include "crypto/key_ring.hpp"
#include "crypto/keyed_hash.hpp"

namespace tenantry::crypto {

RowSum::Lanes RowSum::lanes_of(const Hash& row) {
    Lanes lanes{};
    for (std::size_t i = 0; i < row.size(); ++i) {
        lanes[i / sizeof(std::uint64_t)] |= std::uint64_t{row[i]} << (8 * (i % sizeof(std::uint64_t)));
    }
    return lanes;
}

RowSum& RowSum::add(const Hash& row) {
    return add(RowSum{1, lanes_of(row)});
}

RowSum& RowSum::remove(const Hash& row) {
    return remove(RowSum{1, lanes_of(row)});
}

RowSum& RowSum::add(const RowSum& other) {
    rows_ += other.rows_;
    for (std::size_t i = 0; i < sum_.size(); ++i) {
        sum_[i] += other.sum_[i];
    }
    return *this;
}

RowSum& RowSum::remove(const RowSum& other) {
    rows_ -= other.rows_;
    for (std::size_t i = 0; i < sum_.size(); ++i) {
        sum_[i] -= other.sum_[i];
    }
    return *this;
}

std::string RowSum::text() const {
    Bytes bytes;
    for (const std::uint64_t lane : sum_) {
        const auto some = little_endian(lane);
        bytes.insert(bytes.end(), some.begin(), some.end());
    }
    return std::to_string(rows_) + ':' + hex_encode(bytes);
}

std::optional<RowSum> RowSum::parse(std::string_view text) {
    RowSum sum;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), sum.rows_);
    if (error != std::errc{} || end == text.data() + text.size() || *end != ':') {
        return std::nullopt;
    }
    const auto hash = hex_decode_exactly<std::tuple_size_v<Hash>>(
        text.substr(static_cast<std::size_t>(end - text.data()) + 1));
    if (!hash) {
        return std::nullopt;
    }
    sum.sum_ = lanes_of(*hash);
    return sum;
}

struct RowHasher::State {
    Wiped<crypto_generichash_state> keyed;
};

RowHasher::RowHasher(const KeyRing& keys, std::string_view table) : state_(std::make_unique<State>()) {
    const Wiped<Hash> key{keys.keyed_hash(KeyPurpose::Index, "row_sum", {bytes_of(table)})};
    state_->keyed.value = KeyedHash{ByteView{key.value}, sizeof(Hash)}.state();
}
RowHasher::RowHasher(RowHasher&&) noexcept = default;
RowHasher& RowHasher::operator=(RowHasher&&) noexcept = default;
RowHasher::~RowHasher() = default;

Hash RowHasher::operator()(ByteView row) const {
    return KeyedHash{state_->keyed.value}.fixed(row).finish<sizeof(Hash)>();
}

}  // namespace tenantry::crypto
