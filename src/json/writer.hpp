// JSON out: appends to a string in the order of the calls. The caller keeps objects and arrays balanced
// (VERIFYed).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/result.hpp"

namespace tenantry::json {

class Writer {
  public:
    explicit Writer(std::string& out) : out_(out) {}

    Writer& begin_object();
    Writer& end_object();
    Writer& begin_array();
    Writer& end_array();
    /// The key must be plain ASCII without quotes.
    Writer& key(Literal name);
    /// A key made at run time, escaped as needed.
    Writer& key_text(std::string_view name);

    /// Must be valid UTF-8. Escapes ", \\ and control characters only; everything else is written byte for
    /// byte.
    Writer& text(std::string_view value);
    Writer& integer(std::int64_t value);
    Writer& number(double value);
    /// So many hundredths, exactly, never with an exponent and with no more decimals than needed: -12.3,
    /// 118.02, 5.
    Writer& hundredths(std::int64_t value);
    Writer& boolean(bool value);
    Writer& null();
    Writer& uuid(const Uuid& value);
    Writer& text_or_null(const std::optional<std::string>& value);
    template <class Noun>
    Writer& id(Id<Noun> value) {
        return integer(value.value);
    }

  private:
    void separate();

    std::string& out_;
    int depth_ = 0;
    bool first_ = true;       // nothing written yet at this depth
    bool after_key_ = false;  // the next value belongs to a key
};

}  // namespace tenantry::json
