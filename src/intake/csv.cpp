#include "intake/csv.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace tenantry::intake {

namespace {

bool is_plain(char c) {
    return c != ',' && c != '"' && c != '\r' && c != '\n';
}
bool is_inside_quotes(char c) {
    return c != '"';
}

}  // namespace

CsvReader::CsvReader(std::istream& in, std::size_t buffer_bytes) : in_(in), buffer_(buffer_bytes, '\0') {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    VERIFY(buffer_bytes >= kByteOrderMark.size());
    if (peek() != kEnd && std::string_view{buffer_}.substr(0, filled_).starts_with(kByteOrderMark)) {
        at_ = kByteOrderMark.size();
    }
}

int CsvReader::peek() {
    if (at_ == filled_) {
        in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
        filled_ = static_cast<std::size_t>(in_.gcount());
        at_ = 0;
    }
    return at_ == filled_ ? kEnd : static_cast<unsigned char>(buffer_[at_]);
}

bool CsvReader::take(char expected) {
    const bool there = peek() == static_cast<unsigned char>(expected);
    at_ += there ? 1 : 0;
    return there;
}

std::string_view CsvReader::operator[](std::size_t field) const {
    const std::size_t start = field == 0 ? 0 : ends_[field - 1];
    return std::string_view{row_}.substr(start, ends_[field] - start);
}

Result<bool> CsvReader::next() {
    ends_.clear();
    row_.clear();
    while (peek() == '\n' || peek() == '\r') {
        row_line_ = line_;
        TRY(read_line_end());
    }
    row_line_ = line_;
    if (peek() == kEnd) {
        if (in_.bad()) {
            return Error{Code::Internal, "cannot be read"};
        }
        return false;
    }
    const std::size_t first_line = line_;
    bool more = true;
    while (more) {
        row_line_ = line_;
        field_start_ = row_.size();
        TRY(read_field());
        more = take(',');
        if (!more) {
            TRY(read_line_end());
        }
        ends_.push_back(row_.size());
    }
    row_line_ = first_line;
    return true;
}

template <bool (*Belongs)(char)>
Result<void> CsvReader::append_while() {
    for (int c = peek(); c != kEnd && Belongs(static_cast<char>(c)); c = peek()) {
        const auto first = buffer_.begin() + static_cast<std::ptrdiff_t>(at_);
        const auto last =
            std::find_if_not(first, buffer_.begin() + static_cast<std::ptrdiff_t>(filled_), Belongs);
        line_ += static_cast<std::size_t>(std::count(first, last, '\n'));
        row_.append(first, last);
        at_ += static_cast<std::size_t>(last - first);
        if (row_.size() - field_start_ > kFieldBytes) {
            return Error{Code::TooLarge, "is longer than 64 KiB; is a quote left open?"};
        }
    }
    if (row_.size() + ends_.size() > kRowBytes) {
        return Error{Code::TooLarge, "is in a row of more than 256 KiB"};
    }
    return {};
}

Result<void> CsvReader::read_field() {
    TRY(take('"') ? read_quoted() : read_plain());
    if (in_.bad()) {
        return Error{Code::Internal, "cannot be read"};
    }
    if (!is_clean_utf8(std::string_view{row_}.substr(field_start_))) {
        return Error{Code::Invalid, "is not UTF-8 text"};
    }
    return {};
}

Result<void> CsvReader::read_quoted() {
    for (;;) {
        TRY(append_while<is_inside_quotes>());
        if (!take('"')) {
            return Error{Code::Invalid, "has a quote that is never closed"};
        }
        if (!take('"')) {
            break;
        }
        row_ += '"';
    }
    const int after = peek();
    if (after != kEnd && is_plain(static_cast<char>(after))) {
        return Error{Code::Invalid, "has text after its closing quote"};
    }
    return {};
}

Result<void> CsvReader::read_plain() {
    TRY(append_while<is_plain>());
    if (peek() == '"') {
        return Error{Code::Invalid, "has a quote in the middle of a field without quotes"};
    }
    return {};
}

Result<void> CsvReader::read_line_end() {
    if (take('\r') && peek() != '\n') {
        return Error{Code::Invalid, "has a carriage return without a line feed"};
    }
    if (take('\n')) {
        ++line_;
    }
    return {};
}

std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        return std::string{text};
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted.append(c == '"' ? 2 : 1, c);
    }
    return quoted + '"';
}

}  // namespace tenantry::intake
