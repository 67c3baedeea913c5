#include "web/done.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tenantry::web {

namespace {

constexpr std::pair<std::string_view, std::string_view> kTexts[] = {
    {"account-changed", "The account is changed."},
    {"account-created", "The account is created."},
    {"nothing-changed", "Nothing was changed."},
    {"role-changed", "The role is changed."},
    {"sessions-ended", "All sessions have ended."},
    {"session-ended", "The session has ended."},
    {"interaction-closed", "The interaction is closed."},
    {"interaction-logged", "The interaction is logged. Tell the caller the ticket number below."},
    {"interaction-transferred", "The interaction is handed over."},
    {"note-added", "The note is added."},
    {"officer-added", "The officer is added. Give them a patch under Patches."},
    {"officer-disabled", "The account is disabled."},
    {"alert-removed", "The alert is removed."},
    {"alerts-added", "The alerts are recorded."},
    {"person-added", "The person is added."},
    {"person-changed", "The changes are saved."},
    {"person-merged",
     "Your changes are saved. Somebody else changed other details meanwhile: those are kept."},
    {"retention-wanted", "The server looks for what is due. Open this page again in a moment."},
    {"retention-run-wanted", "The server removes what is approved. Open this page again in a moment."},
    {"retention-none", "Nothing of that waits for a decision. Choose at least one record."},
    {"retention-approved", "The removal is approved."},
    {"retention-kept", "The records are kept."},
    {"retention-rule-changed", "The rule is changed."},
    {"hold-placed", "The hold is placed."},
    {"hold-lifted", "The hold is lifted."},
    {"erased", "What could go is erased."},
};

}  // namespace

std::optional<std::string_view> done_text(std::string_view name) {
    const auto found = std::find_if(std::begin(kTexts), std::end(kTexts),
                                    [&](const auto& known) { return known.first == name; });
    return found != std::end(kTexts) ? std::optional{found->second} : std::nullopt;
}

}  // namespace tenantry::web
