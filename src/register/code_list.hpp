// Code lists: what a code of an alert, an enquiry, a tenure … is called. Data of each landlord, read from
// code_lists.csv.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "register/record.hpp"

namespace tenantry::housing {

struct CodeEntry {
    std::string code;
    std::string label;
};

/// Adds a code to a list, or gives it a new label.
[[nodiscard]] Result<void> put_code(audit::Work& work, std::string_view list, std::string_view code,
                                    std::string_view label);

[[nodiscard]] Result<std::vector<CodeEntry>> list_codes(db::Transaction& tx, std::string_view list);

/// What the list calls the code; nothing where it has no such code.
[[nodiscard]] Result<std::optional<std::string>> find_code(db::Transaction& tx, std::string_view list,
                                                           std::string_view code);

}  // namespace tenantry::housing
