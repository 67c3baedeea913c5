// JSON in: a strict parser into a small value. Strict means RFC 8259 and: no duplicate keys, valid UTF-8,
// paired surrogates, no U+0000 in a text, depth at most 32, nothing after the value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace tenantry::json {

class Value;
using Array = std::vector<Value>;
using Object = std::vector<std::pair<std::string, Value>>;  ///< in the order sent

class Value {
  public:
    /// A number is std::int64_t where it is written as an integer in range, else double.
    using Variant = std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object>;

    Value() = default;
    explicit Value(Variant variant) : variant_(std::move(variant)) {}

    [[nodiscard]] const Variant& variant() const { return variant_; }
    template <class T>
    [[nodiscard]] const T* as() const {
        return std::get_if<T>(&variant_);
    }
    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::nullptr_t>(variant_); }
    /// The member of that name of an object, or null for anything else.
    [[nodiscard]] const Value* find(std::string_view key) const;
    /// What that member holds, or null where it is not there or something else.
    template <class T>
    [[nodiscard]] const T* member(std::string_view key) const {
        const Value* found = find(key);
        return found != nullptr ? found->as<T>() : nullptr;
    }

  private:
    Variant variant_;
};

/// Invalid: not strict JSON. Takes no more memory than a small multiple of the text.
[[nodiscard]] Result<Value> parse(std::string_view text);

}  // namespace tenantry::json
