// RFC 4180 rows from a stream: quoted fields, doubled quotes, line breaks inside quotes, CRLF or LF, UTF-8
// with or without a byte order mark. Empty lines are passed over. Holds one row in memory, whatever the size
// of the file. One thread.
#pragma once

#include <cstddef>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace tenantry::intake {

class CsvReader {
  public:
    static constexpr std::size_t kFieldBytes = std::size_t{64} * 1024;
    static constexpr std::size_t kRowBytes = std::size_t{256} * 1024;
    static constexpr std::size_t kBufferBytes = std::size_t{64} * 1024;

    /// Reads the start of the stream, which must outlive the reader and be opened as binary.
    explicit CsvReader(std::istream& in, std::size_t buffer_bytes = kBufferBytes);

    /// Moves to the next row; false after the last. Invalid or TooLarge: the text says what is wrong at
    /// line() and column(), and nothing can be read after it. Internal: the stream cannot be read.
    [[nodiscard]] Result<bool> next();

    /// The line on which the row began; after an error, the line on which the field at fault began.
    [[nodiscard]] std::size_t line() const { return row_line_; }
    /// After an error, the number of the field at fault, the first being 1.
    [[nodiscard]] std::size_t column() const { return ends_.size() + 1; }

    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    /// A field of the row, valid until the next row.
    [[nodiscard]] std::string_view operator[](std::size_t field) const;

  private:
    static constexpr int kEnd = -1;

    [[nodiscard]] int peek();
    [[nodiscard]] bool take(char expected);
    [[nodiscard]] Result<void> read_field();
    [[nodiscard]] Result<void> read_quoted();
    [[nodiscard]] Result<void> read_plain();
    [[nodiscard]] Result<void> read_line_end();
    template <bool (*Belongs)(char)>
    [[nodiscard]] Result<void> append_while();

    std::istream& in_;
    std::string buffer_;
    std::size_t at_ = 0;
    std::size_t filled_ = 0;
    std::size_t line_ = 1;
    std::size_t row_line_ = 1;
    std::string row_;                ///< the fields of the row, one after the other
    std::vector<std::size_t> ends_;  ///< where each of them ends
    std::size_t field_start_ = 0;
};

/// The field as a row of a file carries it: in quotes where it needs them.
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace tenantry::intake
