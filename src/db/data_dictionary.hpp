// The declarations of the columns as pages for people.
#pragma once

#include <span>
#include <string>

#include "db/columns.hpp"

namespace tenantry::db {

/// The data dictionary in Markdown, a table of it for each table of the schema.
[[nodiscard]] std::string data_dictionary(std::span<const Column> all);

/// One table in Markdown: what is held about whom, how it is protected, how long it is kept.
[[nodiscard]] std::string personal_data_table(std::span<const Column> all);

/// The page with what stands between its two marks replaced by the table. Invalid: it lacks a mark.
[[nodiscard]] Result<std::string> with_personal_data_table(std::string_view page,
                                                           std::span<const Column> all);

}  // namespace tenantry::db
