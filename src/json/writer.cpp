#include "json/writer.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "base/verify.hpp"

namespace tenantry::json {

namespace {

/// What stands after the backslash for each byte: 0 where it needs none, 'u' where only \u00xx will do.
constexpr auto kEscapes = [] {
    std::array<char, 256> escapes{};
    for (std::size_t control = 0; control < 0x20; ++control) {
        escapes[control] = 'u';
    }
    escapes['\b'] = 'b';
    escapes['\f'] = 'f';
    escapes['\n'] = 'n';
    escapes['\r'] = 'r';
    escapes['\t'] = 't';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    return escapes;
}();

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    std::size_t clean = 0;  // where the run of bytes that need no escape begins
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const char escape = kEscapes[byte];
        if (escape == 0) [[likely]] {
            continue;
        }
        out.append(text, clean, i - clean);
        clean = i + 1;
        out += '\\';
        out += escape;
        if (escape == 'u') {
            constexpr std::string_view kHexDigits = "0123456789abcdef";
            out += "00";
            out += kHexDigits[byte >> 4];
            out += kHexDigits[byte & 15U];
        }
    }
    out.append(text, clean);
    out += '"';
}

template <class Number>
void append_number(std::string& out, Number value) {
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

}  // namespace

void Writer::separate() {
    if (after_key_) {
        after_key_ = false;
        return;
    }
    if (!first_) {
        VERIFY(depth_ > 0);  // a text holds one value
        out_ += ',';
    }
    first_ = false;
}

Writer& Writer::begin_object() {
    separate();
    out_ += '{';
    ++depth_;
    first_ = true;
    return *this;
}

Writer& Writer::end_object() {
    VERIFY(depth_ > 0 && !after_key_);
    out_ += '}';
    --depth_;
    first_ = false;
    return *this;
}

Writer& Writer::begin_array() {
    separate();
    out_ += '[';
    ++depth_;
    first_ = true;
    return *this;
}

Writer& Writer::end_array() {
    VERIFY(depth_ > 0 && !after_key_);
    out_ += ']';
    --depth_;
    first_ = false;
    return *this;
}

Writer& Writer::key(Literal name) {
    VERIFY(depth_ > 0 && !after_key_);
    separate();
    out_ += '"';
    out_ += name.view();
    out_ += "\":";
    after_key_ = true;
    return *this;
}

Writer& Writer::key_text(std::string_view name) {
    VERIFY(depth_ > 0 && !after_key_);
    separate();
    append_quoted(out_, name);
    out_ += ':';
    after_key_ = true;
    return *this;
}

Writer& Writer::text(std::string_view value) {
    separate();
    append_quoted(out_, value);
    return *this;
}

Writer& Writer::integer(std::int64_t value) {
    separate();
    append_number(out_, value);
    return *this;
}

Writer& Writer::hundredths(std::int64_t value) {
    separate();
    const bool negative = value < 0;
    const auto size = negative ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    if (negative) {
        out_ += '-';
    }
    append_number(out_, size / 100);
    if (const auto rest = static_cast<char>(size % 100); rest != 0) {
        out_ += '.';
        out_ += static_cast<char>('0' + rest / 10);
        if (rest % 10 != 0) {
            out_ += static_cast<char>('0' + rest % 10);
        }
    }
    return *this;
}

Writer& Writer::number(double value) {
    VERIFY(std::isfinite(value));
    separate();
    append_number(out_, value + 0.0);  // no -0, which would read back as the integer 0
    return *this;
}

Writer& Writer::boolean(bool value) {
    separate();
    out_ += value ? "true" : "false";
    return *this;
}

Writer& Writer::null() {
    separate();
    out_ += "null";
    return *this;
}

Writer& Writer::uuid(const Uuid& value) {
    separate();
    out_ += '"';
    out_ += value.text();
    out_ += '"';
    return *this;
}

Writer& Writer::text_or_null(const std::optional<std::string>& value) {
    return value ? text(*value) : null();
}

}  // namespace tenantry::json
