// What every record of the register shares: where its number comes from, how a list is paged, what a stale
// edit answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "audit/work.hpp"
#include "base/ids.hpp"

namespace tenantry::housing {

/// A page of a list asks for so many records, and counts this many more to say how many there are.
inline constexpr std::int64_t kCountAhead = 200;

struct Paging {
    std::int64_t limit = 50;
    std::int64_t offset = 0;
};

/// One page of record numbers and how many match in all: exactly up to the page's end plus kCountAhead, else
/// at least.
struct PageOfIds {
    std::vector<std::int64_t> ids;
    std::int64_t total = 0;
    bool total_is_exact = true;

    /// The numbers as a JSON array, the form in which statements take a list.
    [[nodiscard]] std::string json() const;
};

/// Texts as a JSON array, the form in which statements take a list.
[[nodiscard]] std::string json_list(const std::vector<std::string>& texts);

/// How many numbers to ask a statement for, to fill the page and count ahead.
[[nodiscard]] std::int64_t rows_to_count(Paging paging);
/// Makes a page of numbers that come in order.
class PageFiller {
  public:
    explicit PageFiller(Paging paging) : paging_(paging) {}
    void add(std::int64_t id);
    /// Nothing that is added now changes the page or what it knows of the total.
    [[nodiscard]] bool is_full() const { return page_.total >= rows_to_count(paging_); }
    [[nodiscard]] PageOfIds take();

  private:
    Paging paging_;
    PageOfIds page_;
};
/// Reads a statement's single column of numbers into a page.
[[nodiscard]] Result<PageOfIds> read_page(db::Rows rows, Paging paging);

/// The next number of a noun. Numbers are not reused, and a number drawn in a write that fails is drawn
/// again.
[[nodiscard]] Result<std::int64_t> next_id(db::Transaction& tx, Literal noun);
/// Says that it will be drawn (db::Transaction::expect).
[[nodiscard]] Result<void> expect_next_id(db::Transaction& tx, Literal noun);

/// The first of so many numbers in a row, drawn at once.
[[nodiscard]] Result<std::int64_t> take_ids(db::Transaction& tx, Literal noun, std::int64_t count);

inline constexpr Error kStaleEdit{Code::Conflict,
                                  "The record was changed by someone else; reload and try again"};

/// A link's number, as the journal takes it.
template <class Noun>
[[nodiscard]] std::optional<std::int64_t> number_of(std::optional<Id<Noun>> link) {
    return link ? std::optional{link->value} : std::nullopt;
}

/// Reads the current row into variables that are tied together.
template <class... T>
void read_row(const db::Rows& rows, std::tuple<T&...> columns) {
    std::apply([&rows](T&... column) { rows.into(column...); }, columns);
}

/// Nothing for the empty text: an empty column of an import file is an absent value.
[[nodiscard]] inline std::optional<std::string> none_if_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional{text};
}

}  // namespace tenantry::housing
