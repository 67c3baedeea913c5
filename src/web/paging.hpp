// Lists a page at a time: which page was asked for, and the links to the one before and the one after.
#pragma once

#include "register/record.hpp"
#include "web/page.hpp"

namespace tenantry::web {

inline constexpr std::int64_t kPageOfList = 50;

/// What the query's "page" asks for, from 1; the first page where it asks for none.
struct AskedPage {
    std::int64_t number = 1;

    [[nodiscard]] housing::Paging paging() const { return {kPageOfList, (number - 1) * kPageOfList}; }
    /// Whether another page follows in a list of so many.
    [[nodiscard]] bool is_followed(std::int64_t total) const { return total > number * kPageOfList; }
};
/// Invalid: no number of a page.
[[nodiscard]] Result<AskedPage> asked_page(const Call& call);

/// The part of a list in memory that the page shows, and whether more follows.
struct Slice {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool has_more = false;
};
[[nodiscard]] Slice slice_of(AskedPage page, std::size_t size);

/// Sets "pagination" for {{>pagination}}, off where there is one page alone. `path` is this list's, to which
/// "page=2" is appended: "/desk?sort=age&" or "/desk?".
void show_paging_in(View& view, const std::string& path, AskedPage page, bool has_more);

}  // namespace tenantry::web
