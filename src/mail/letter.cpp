#include "mail/letter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "base/text.hpp"

namespace tenantry::mail {

namespace {

/// "Wed, 25 Nov 2026 10:00:00 +0000" (RFC 5322 section 3.3).
std::string format_date_header(Instant at) {
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const Date date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - day)};
    return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000",
                       kDays.at(std::chrono::weekday{day}.c_encoding()), static_cast<unsigned>(date.day()),
                       kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                       time.hours().count(), time.minutes().count(), time.seconds().count());
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// The text on one line: what would end a header's line is a space.
std::string on_one_line(std::string_view text) {
    std::string line{text};
    std::replace_if(
        line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; },
        ' ');
    return line;
}

/// As encoded words (RFC 2047) of at most 64 characters, none of which cuts a character in two.
std::string encode_words(std::string_view text) {
    constexpr std::size_t kBytesMost =
        39;  // 52 digits, with "Subject: ", "=?utf-8?B?" and "?=" 73 characters
    std::string words;
    while (!text.empty()) {
        std::size_t length = std::min(kBytesMost, text.size());
        while (length < text.size() && length > 0 &&
               (static_cast<unsigned char>(text[length]) & 0xc0U) == 0x80U) {
            --length;
        }
        words += words.empty() ? "" : "\r\n ";
        words += "=?utf-8?B?" + base64_encode(bytes_of(text.substr(0, length))) + "?=";
        text.remove_prefix(length);
    }
    return words;
}

std::string subject_header(std::string_view subject) {
    constexpr std::size_t kLineMost = 78 - sizeof "Subject:";
    const std::string line = on_one_line(subject);
    // Text that looks like an encoded word would be read as one.
    const bool as_it_is = is_plain(line) && line.size() <= kLineMost && line.find("=?") == std::string::npos;
    return as_it_is ? line : encode_words(line);
}

std::string encode_body(std::string_view body) {
    constexpr std::size_t kLine = 76;
    std::string text;
    for (const char c : body) {
        if (c == '\n' && !text.ends_with('\r')) {
            text += '\r';
        }
        text += c;
    }
    const std::string digits = base64_encode(bytes_of(text));
    std::string lines;
    for (std::size_t at = 0; at < digits.size(); at += kLine) {
        lines += digits.substr(at, kLine) + "\r\n";
    }
    return lines;
}

}  // namespace

bool is_mailable(std::string_view address) {
    return looks_like_email(address) && std::all_of(address.begin(), address.end(), [](char c) {
               return c > ' ' && c <= '~' &&
                      std::string_view{"()<>[]:;,\\\""}.find(c) == std::string_view::npos;
           });
}

Result<std::string> compose(const Letter& letter) {
    if (!is_mailable(letter.from) || !is_mailable(letter.to)) {
        return Error{Code::Invalid, "the address cannot be written to"};
    }
    return fmt::format(
        "Date: {}\r\n"
        "From: <{}>\r\n"
        "To: <{}>\r\n"
        "Subject: {}\r\n"
        "Message-ID: <{}@{}>\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "\r\n"
        "{}",
        format_date_header(letter.written_at), letter.from, letter.to, subject_header(letter.subject),
        letter.id.text(), letter.from.substr(letter.from.find('@') + 1), encode_body(letter.body));
}

}  // namespace tenantry::mail
