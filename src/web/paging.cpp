#include "web/paging.hpp"

#include <algorithm>

namespace tenantry::web {

namespace {

constexpr std::int64_t kPageMost = 100'000;

View link_to(const std::string& path, std::int64_t page) {
    return view_of({{"href", View{path + "page=" + std::to_string(page)}}});
}

}  // namespace

Result<AskedPage> asked_page(const Call& call) {
    return AskedPage{TRY(call.params.integer("page", 1, kPageMost)).value_or(1)};
}

Slice slice_of(AskedPage page, std::size_t size) {
    const auto begin = std::min(static_cast<std::size_t>(page.paging().offset), size);
    const auto end = std::min(begin + static_cast<std::size_t>(page.paging().limit), size);
    return {begin, end, end < size};
}

void show_paging_in(View& view, const std::string& path, AskedPage page, bool has_more) {
    if (page.number == 1 && !has_more) {
        view["pagination"] = flag(false);
        return;
    }
    view["pagination"] =
        view_of({{"number", View{std::to_string(page.number)}},
                 {"previous", page.number > 1 ? link_to(path, page.number - 1) : flag(false)},
                 {"next", has_more ? link_to(path, page.number + 1) : flag(false)}});
}

}  // namespace tenantry::web
