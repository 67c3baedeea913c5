// What a form was opened with, what the record says now and what was entered, laid side by side.
#pragma once

#include "api/params.hpp"
#include "web/person_details.hpp"

namespace tenantry::web {

struct Merge {
    DetailTexts read;                        ///< as the form was opened
    DetailTexts now;                         ///< as the record is
    DetailTexts mine;                        ///< as it was entered
    DetailTexts merged;                      ///< as it is to be, once nothing is to be chosen
    std::array<bool, kDetails> contested{};  ///< both changed it: one of both is chosen, or is to be
    bool must_choose = false;                ///< a choice is missing
    bool was_asked = false;                  ///< the form is one that asked for choices
    bool is_theirs_kept = false;             ///< somebody else changed what was not changed here

    [[nodiscard]] bool changes_kin() const;
    [[nodiscard]] bool changes_person() const;
};

/// The texts under "read.<name>", the choices under "choice.<name>" and what they were asked of under
/// "asked.<name>".
[[nodiscard]] Merge merge(const api::Params& params, DetailTexts now, DetailTexts entered);

}  // namespace tenantry::web
