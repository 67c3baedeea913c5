#include "db/sqlite/unused_bytes.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <vector>

namespace tenantry::db {

namespace {

constexpr std::size_t kFileHeader = 100;
constexpr std::size_t kPageSizeAt = 16;
constexpr std::size_t kReservedAt = 20;
/// Not zero where the file has pages that point to pages, which begin as those of a b-tree may (auto_vacuum,
/// which no register has).
constexpr std::size_t kVacuumAt = 52;
// "Database File Format" of sqlite.org, section 1.6.
constexpr unsigned char kInteriorIndex = 2;
constexpr unsigned char kInteriorTable = 5;
constexpr unsigned char kLeafIndex = 10;
constexpr unsigned char kLeafTable = 13;
constexpr std::size_t kCellsAt = 3;
constexpr std::size_t kContentAt = 5;
constexpr std::size_t kLeafHeader = 8;
constexpr std::size_t kInteriorHeader = 12;
// A page that is none of a b-tree begins with a page's number. Below this many pages that number's first byte
// is no b-tree's mark.
constexpr std::int64_t kPagesMost = std::int64_t{kInteriorIndex} << 24;

std::size_t read_two(std::span<const unsigned char> bytes, std::size_t at) {
    return static_cast<std::size_t>(bytes[at]) << 8 | bytes[at + 1];
}

}  // namespace

std::span<unsigned char> unused_bytes(std::span<unsigned char> page, std::size_t header) {
    const unsigned char mark = page[header];
    const bool leaf = mark == kLeafIndex || mark == kLeafTable;
    if (!leaf && mark != kInteriorIndex && mark != kInteriorTable) {
        return {};
    }
    const std::size_t begin =
        header + (leaf ? kLeafHeader : kInteriorHeader) + 2 * read_two(page, header + kCellsAt);
    const std::size_t content = read_two(page, header + kContentAt);
    const std::size_t end = content == 0 ? 65536 : content;
    if (begin >= end || end > page.size()) {
        return {};
    }
    return page.subspan(begin, end - begin);
}

int overwrite_unused(sqlite3_file& file, std::int64_t page, std::int64_t pages,
                     std::optional<std::int64_t>& next) {
    const sqlite3_io_methods& io = *file.pMethods;
    std::array<unsigned char, kFileHeader> head{};
    sqlite3_int64 bytes = 0;
    int code = io.xRead(&file, head.data(), static_cast<int>(head.size()), 0);
    code = code == SQLITE_OK ? io.xFileSize(&file, &bytes) : code;
    if (code != SQLITE_OK) {
        return code;
    }
    if (read_two(head, kVacuumAt) != 0 || read_two(head, kVacuumAt + 2) != 0) {
        return SQLITE_MISUSE;
    }
    const std::size_t given = read_two(head, kPageSizeAt);
    const auto size = static_cast<std::int64_t>(given == 1 ? 65536 : given);
    const std::int64_t last = bytes / size;
    if (last >= kPagesMost) {
        return SQLITE_TOOBIG;
    }
    const auto end = std::min(last + 1, page + pages);
    std::vector<unsigned char> content(static_cast<std::size_t>(size));
    const auto usable = content.size() - head[kReservedAt];
    bool changed = false;
    for (; page < end; ++page) {
        const auto offset = (page - 1) * size;
        code = io.xRead(&file, content.data(), static_cast<int>(size), offset);
        if (code != SQLITE_OK) {
            return code;
        }
        const auto unused =
            unused_bytes(std::span{content}.first(usable), page == 1 ? kFileHeader : std::size_t{0});
        if (std::ranges::all_of(unused, [](unsigned char byte) { return byte == 0; })) {
            continue;
        }
        std::ranges::fill(unused, static_cast<unsigned char>(0));
        code = io.xWrite(&file, unused.data(), static_cast<int>(unused.size()),
                         offset + (unused.data() - content.data()));
        if (code != SQLITE_OK) {
            return code;
        }
        changed = true;
    }
    if (page <= last) {
        next = page;
    }
    return changed ? io.xSync(&file, SQLITE_SYNC_NORMAL) : SQLITE_OK;
}

}  // namespace tenantry::db
