#include "web/done.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tenantry::web {

namespace {

constexpr std::pair<std::string_view, std::string_view> kTexts[] = {
    {"officer-added", "The officer is added. Give them a patch under Patches."},
    {"officer-disabled", "The account is disabled."},
    {"password-changed", "Your password is changed. Your other sessions have ended."},
    {"session-ended", "The session has ended."},
};

}  // namespace

std::optional<std::string_view> done_text(std::string_view name) {
    const auto found = std::find_if(std::begin(kTexts), std::end(kTexts),
                                    [&](const auto& known) { return known.first == name; });
    return found != std::end(kTexts) ? std::optional{found->second} : std::nullopt;
}

}  // namespace tenantry::web
