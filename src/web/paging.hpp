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
};
/// Invalid: no number of a page.
[[nodiscard]] Result<AskedPage> asked_page(const Call& call);

/// Sets "pagination" for {{>pagination}}, off where there is one page alone. `path` is this list's, to which
/// "page=2" is appended: "/desk?sort=age&" or "/desk?".
void show_paging_in(View& view, const std::string& path, AskedPage page, bool has_more);

}  // namespace tenantry::web
