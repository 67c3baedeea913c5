// The digest of a set of rows, in no order: how many they are, and the sum of a keyed hash of each. A row
// that comes or goes changes it without a look at the others. It is to be kept sealed: who sees the sums of
// many sets learns the hashes of single rows, and could make up another set of the same sum.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/ids.hpp"

namespace tenantry::crypto {

class KeyRing;

class RowSum {
  public:
    RowSum() = default;

    RowSum& add(const Hash& row);
    RowSum& remove(const Hash& row);
    /// All of the other's rows.
    RowSum& add(const RowSum& other);
    RowSum& remove(const RowSum& other);

    [[nodiscard]] std::int64_t rows() const { return rows_; }
    /// "<rows>:<sum in hexadecimal digits>".
    [[nodiscard]] std::string text() const;
    /// Nothing for any other text.
    [[nodiscard]] static std::optional<RowSum> parse(std::string_view text);

    bool operator==(const RowSum&) const = default;

  private:
    using Lanes = std::array<std::uint64_t, sizeof(Hash) / sizeof(std::uint64_t)>;
    [[nodiscard]] static Lanes lanes_of(const Hash& row);
    RowSum(std::int64_t rows, const Lanes& sum) : rows_(rows), sum_(sum) {}

    std::int64_t rows_ = 0;
    Lanes sum_{};  ///< each lane by itself, modulo 2^64
};

/// Hashes rows of a table, millions of them, with a key of the table's own that no rotation changes. One
/// thread.
class RowHasher {
  public:
    RowHasher(const KeyRing& keys, std::string_view table);
    RowHasher(RowHasher&&) noexcept;
    RowHasher& operator=(RowHasher&&) noexcept;
    ~RowHasher();

    /// Of a row's bytes, which no other row must have.
    [[nodiscard]] Hash operator()(ByteView row) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tenantry::crypto
