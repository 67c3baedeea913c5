#include "web/done.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tenantry::web {

namespace {

constexpr std::pair<std::string_view, std::string_view> kTexts[] = {
    {"password-changed", "Your password is changed. Your other sessions have ended."},
    {"alert-removed", "The alert is removed."},
    {"alerts-added", "The alerts are recorded."},
    {"person-added", "The person is added."},
    {"person-changed", "The changes are saved."},
    {"person-merged",
     "Your changes are saved. Somebody else changed other details meanwhile: those are kept."},
    {"session-ended", "The session has ended."},
};

}  // namespace

std::optional<std::string_view> done_text(std::string_view name) {
    const auto found = std::find_if(std::begin(kTexts), std::end(kTexts),
                                    [&](const auto& known) { return known.first == name; });
    return found != std::end(kTexts) ? std::optional{found->second} : std::nullopt;
}

}  // namespace tenantry::web
