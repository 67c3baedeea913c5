// The parameters of statements as PostgreSQL takes them, in its binary format.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "db/transaction.hpp"

namespace tenantry::db {

/// The number that PostgreSQL's type of it has (pg_type.dat), or the type of an array of it; 0 where it is
/// not known.
[[nodiscard]] unsigned pg_type_of(Param::Kind kind);
[[nodiscard]] unsigned pg_array_type_of(Param::Kind kind);

/// For one call of libpq. Does not own texts and bytes.
struct BoundParams {
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;
    std::vector<std::array<unsigned char, 8>> numbers;

    explicit BoundParams(std::span<const Param> params);

  private:
    void set(std::size_t place, std::string_view bytes);
};

/// Parameters that are asked for later.
class KeptParams {
  public:
    explicit KeptParams(std::span<const Param> params);
    /// Equal for equal parameters of equal types only.
    [[nodiscard]] bool operator==(const KeptParams& other) const = default;
    /// As they were. They refer to this.
    [[nodiscard]] std::vector<Param> params() const;
    /// Whether both can be asked for in one statement: there are some, of the same known types.
    [[nodiscard]] bool goes_with(const KeptParams& other) const;

  private:
    struct Kept {
        Param::Kind kind;
        std::variant<std::monostate, std::int64_t, std::string> value;
        [[nodiscard]] bool operator==(const Kept& other) const = default;
    };
    std::vector<Kept> kept_;
};

/// One array for each place of parameters that go with each other, in PostgreSQL's binary format.
[[nodiscard]] std::vector<std::string> pg_arrays_of(std::span<const std::vector<Param>> asked);

}  // namespace tenantry::db
