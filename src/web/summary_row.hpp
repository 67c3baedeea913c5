// A line of a summary list: what it is, and what it says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/template.hpp"

namespace tenantry::web {

struct SummaryRow {
    std::string key;
    std::optional<std::string> text;
    std::string href = {};  ///< where the text leads; empty: nowhere
    std::string note = {};  ///< what to say beside it
    bool damaged = false;   ///< it does not open
};

/// For {{>summary_row}}.
[[nodiscard]] View view_of_row(const SummaryRow& row);
/// Sets a list of them.
void set_rows(View& content, const std::string& name, const std::vector<SummaryRow>& rows);

/// Where a telephone is called and an e-mail address written to; empty for what is neither.
[[nodiscard]] std::string tel_link(std::string_view telephone);
[[nodiscard]] std::string mailto_link(std::string_view email);

}  // namespace tenantry::web
