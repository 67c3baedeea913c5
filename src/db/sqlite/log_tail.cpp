#include "db/sqlite/log_tail.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <span>

namespace tenantry::db {

namespace {

// The log's format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
constexpr std::int64_t kHeader = 32;
constexpr std::int64_t kFrameHeader = 24;
constexpr std::size_t kPageBytesAt = 8;
constexpr std::size_t kSaltAt = 16;
constexpr std::size_t kFramePagesAt = 4;  ///< of the file after a commit; 0 in a frame that ends none
constexpr std::size_t kFrameSaltAt = 8;

std::uint32_t read_four(std::span<const unsigned char> bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (const unsigned char byte : bytes.subspan(at, 4)) {
        number = number << 8 | byte;
    }
    return number;
}

/// An emptied log has no header until the next commit.
bool is_empty(sqlite3_file& log) {
    sqlite3_int64 bytes = 0;
    return log.pMethods->xFileSize(&log, &bytes) == SQLITE_OK && bytes < kHeader;
}

Result<void> read(sqlite3_file& log, std::span<unsigned char> into, std::int64_t at) {
    if (log.pMethods->xRead(&log, into.data(), static_cast<int>(into.size()), at) != SQLITE_OK) {
        return Error{Code::Internal, "the write-ahead log cannot be read"};
    }
    return {};
}

}  // namespace

Result<LogTail::Header> LogTail::read_header(sqlite3_file& log) {
    std::array<unsigned char, kHeader> bytes{};
    TRY(read(log, bytes, 0));
    Header header;
    header.page_bytes = read_four(bytes, kPageBytesAt);
    std::copy_n(bytes.begin() + kSaltAt, header.salt.size(), header.salt.begin());
    return header;
}

Result<void> LogTail::skip(sqlite3_file& log, std::int64_t frames) {
    const bool is_new = frames == 0 || is_empty(log);
    salt_ = is_new ? decltype(salt_){} : TRY(read_header(log)).salt;
    frames_ = is_new ? 0 : frames;
    return {};
}

Result<std::optional<CommittedPages>> LogTail::take(sqlite3_file& log, std::int64_t frames) {
    if (is_empty(log)) {
        return std::optional<CommittedPages>{};
    }
    const Header header = TRY(read_header(log));
    if (header.salt != salt_) {
        salt_ = header.salt;
        frames_ = 0;
    }
    const std::int64_t first = std::exchange(frames_, frames);
    if (first == frames) {
        return std::optional<CommittedPages>{};
    }
    const std::int64_t frame_bytes = kFrameHeader + header.page_bytes;
    if (first > frames || header.page_bytes == 0) {
        return Error{Code::Corrupt, "the write-ahead log is not as it was"};
    }
    if ((frames - first) * frame_bytes > kBytesMost) {
        return Error{Code::TooLarge, "a commit changed more than is copied at once"};
    }
    CommittedPages pages{header.page_bytes};
    pages.numbers.reserve(static_cast<std::size_t>(frames - first));
    pages.content.resize(static_cast<std::size_t>((frames - first) * header.page_bytes));
    std::span<unsigned char> left{pages.content};
    for (std::int64_t frame = first; frame < frames; ++frame) {
        std::array<unsigned char, kFrameHeader> head{};
        const std::int64_t at = kHeader + frame * frame_bytes;
        TRY(read(log, head, at));
        TRY(read(log, left.first(header.page_bytes), at + kFrameHeader));
        left = left.subspan(header.page_bytes);
        if (!std::equal(header.salt.begin(), header.salt.end(), head.begin() + kFrameSaltAt)) {
            return Error{Code::Corrupt, "the write-ahead log holds a frame of another"};
        }
        pages.numbers.push_back(read_four(head, 0));
        pages.pages_in_all = read_four(head, kFramePagesAt);
    }
    if (pages.pages_in_all == 0) {
        return Error{Code::Corrupt, "the write-ahead log does not end with a commit"};
    }
    return std::optional<CommittedPages>{std::move(pages)};
}

}  // namespace tenantry::db
