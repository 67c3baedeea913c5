#include "app/copy_log.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <span>

#include "app/descriptor.hpp"
#include "crypto/sha256.hpp"

namespace tenantry::app {

namespace {

constexpr std::array<unsigned char, 4> kMagic{'T', 'n', 'c', '1'};
constexpr std::size_t kFacts = 32;  ///< of the header, before its sum
constexpr std::size_t kHeader = kFacts + std::tuple_size_v<Hash>;
constexpr std::size_t kNumber = 4;
/// More than any record has (db/sqlite/log_tail.hpp): what says so is no record.
constexpr std::uint64_t kBodyMost = 80ULL << 20;
constexpr off_t kJournalKindAt = 18;
constexpr Error kNotApplied{Code::Internal, "the copy's log cannot be applied"};

void put(Bytes& into, std::uint64_t number, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) {
        into.push_back(static_cast<unsigned char>(number >> (8 * i)));
    }
}

std::uint64_t get(ByteView from, std::size_t at, std::size_t bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = bytes; i-- > 0;) {
        number = number << 8 | from[at + i];
    }
    return number;
}

struct Header {
    std::uint64_t page_bytes;
    std::uint64_t pages_in_all;
    std::uint64_t count;
    std::uint64_t sequence;
    Instant at;

    [[nodiscard]] std::uint64_t body() const { return count * (kNumber + page_bytes); }
};

std::optional<Header> parse_header(ByteView bytes) {
    if (!std::equal(kMagic.begin(), kMagic.end(), bytes.begin())) {
        return std::nullopt;
    }
    const Header header{get(bytes, 4, 4), get(bytes, 8, 4), get(bytes, 12, 4), get(bytes, 16, 8),
                        from_millis(static_cast<std::int64_t>(get(bytes, 24, 8)))};
    const bool is_one = header.page_bytes >= 512 && header.page_bytes <= 65536 && header.pages_in_all > 0 &&
                        header.body() <= kBodyMost;
    return is_one ? std::optional{header} : std::nullopt;
}

Hash sum_of(ByteView facts, ByteView body) {
    crypto::Sha256 sum;
    sum.add(facts);
    sum.add(body);
    return sum.finish();
}

/// So many bytes from there; false at the end of the file.
bool read_at(int file, std::span<unsigned char> into, std::uint64_t at) {
    return ::pread(file, into.data(), into.size(), static_cast<off_t>(at)) ==
           static_cast<ssize_t>(into.size());
}

Result<void> write_at(int file, ByteView bytes, std::uint64_t at) {
    return ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(at)) ==
                   static_cast<ssize_t>(bytes.size())
               ? Result<void>{}
               : kNotApplied;
}

Result<void> write_pages(int copy, const Header& header, ByteView body) {
    const auto content = body.subspan(header.count * kNumber);
    for (std::size_t i = 0; i < header.count; ++i) {
        const auto number = get(body, i * kNumber, kNumber);
        if (number == 0) {
            return kNotApplied;
        }
        TRY(write_at(copy, content.subspan(i * header.page_bytes, header.page_bytes),
                     (number - 1) * header.page_bytes));
    }
    return {};
}

/// The end of the register, and that it has no write-ahead log.
Result<void> finish(int copy, const std::optional<Header>& last) {
    if (last) {
        constexpr std::array<unsigned char, 2> kRollback{1, 1};
        TRY(write_at(copy, kRollback, kJournalKindAt));
        if (::ftruncate(copy, static_cast<off_t>(last->pages_in_all * last->page_bytes)) != 0) {
            return kNotApplied;
        }
    }
    return ::fsync(copy) == 0 ? Result<void>{} : kNotApplied;
}

}  // namespace

Bytes copy_record(const CopiedCommit& commit) {
    const auto& pages = commit.pages;
    Bytes body;
    body.reserve(pages.numbers.size() * kNumber + pages.content.size());
    for (const auto number : pages.numbers) {
        put(body, number, kNumber);
    }
    body.insert(body.end(), pages.content.begin(), pages.content.end());
    Bytes record{kMagic.begin(), kMagic.end()};
    record.reserve(kHeader + body.size());
    put(record, pages.page_bytes, 4);
    put(record, pages.pages_in_all, 4);
    put(record, pages.numbers.size(), 4);
    put(record, commit.sequence, 8);
    put(record, static_cast<std::uint64_t>(to_millis(commit.at)), 8);
    const Hash sum = sum_of(record, body);
    record.insert(record.end(), sum.begin(), sum.end());
    record.insert(record.end(), body.begin(), body.end());
    return record;
}

Result<AppliedLog> apply_log(const std::filesystem::path& log, const std::filesystem::path& copy) {
    const Descriptor from{::open(log.c_str(), O_RDONLY | O_CLOEXEC)};
    const Descriptor into{::open(copy.c_str(), O_WRONLY | O_CLOEXEC)};
    struct stat facts {};
    if (!from.is_open() || !into.is_open() || ::fstat(from.get(), &facts) != 0) {
        return kNotApplied;
    }
    const auto size = static_cast<std::uint64_t>(facts.st_size);
    AppliedLog applied;
    std::optional<Header> last;
    std::array<unsigned char, kHeader> head{};
    Bytes body;
    for (std::uint64_t at = 0; at < size;) {
        const bool has_head = read_at(from.get(), head, at);
        const auto header = has_head ? parse_header(head) : std::nullopt;
        const auto end = at + kHeader + (header ? header->body() : 0);
        body.resize(header ? header->body() : 0);
        const bool holds =
            header && read_at(from.get(), body, at + kHeader) &&
            std::ranges::equal(sum_of(ByteView{head}.first(kFacts), body), ByteView{head}.subspan(kFacts)) &&
            (!last || header->sequence == last->sequence + 1);
        if (!holds) {
            // What a kill cut short reaches to the end; after anything else records may follow.
            applied.is_damaged = has_head && end < size;
            break;
        }
        TRY(write_pages(into.get(), *header, body));
        last = header;
        at = end;
    }
    TRY(finish(into.get(), last));
    if (last) {
        applied.last = last->sequence;
        applied.at = last->at;
    }
    return applied;
}

}  // namespace tenantry::app
