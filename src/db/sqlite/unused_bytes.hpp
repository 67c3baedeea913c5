// What SQLite leaves behind in a page. secure_delete overwrites a row where it lies; but a row that was moved
// to another page before, to make room, stays readable in the bytes that its old page does not use. Only
// connection.cpp needs this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

struct sqlite3_file;

namespace tenantry::db {

/// The bytes of a page between the list of its cells and their content, which mean nothing to SQLite. Empty
/// for a page that is none of a b-tree. `header` is where its header begins: 100 in the first page, else 0.
[[nodiscard]] std::span<unsigned char> unused_bytes(std::span<unsigned char> page, std::size_t header);

/// Overwrites them in so many pages of the file, from this one on. SQLite's code; next is the page after
/// them, where there is one. The log must be empty, and the caller the only one that writes. A reader may
/// read meanwhile: it never looks at these bytes.
[[nodiscard]] int overwrite_unused(sqlite3_file& file, std::int64_t page, std::int64_t pages,
                                   std::optional<std::int64_t>& next);

}  // namespace tenantry::db
