// A landlord's files come in: the folders that wait to be imported, what is wrong with their rows, and how
// far the import is.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /administration/import: the folders
[[nodiscard]] Result<http::Response> read_import(Call& call);
/// GET /administration/import/progress: what is going on, or was last, with what is wrong with the rows
[[nodiscard]] Result<http::Response> read_import_progress(Call& call);
/// POST /administration/import/check: begins to check a folder
[[nodiscard]] Result<http::Response> post_import_check(Call& call);
/// POST /administration/import/confirm: asks once more, with the folder's name in no address
[[nodiscard]] Result<http::Response> ask_before_import(Call& call);
/// POST /administration/import: begins to import it
[[nodiscard]] Result<http::Response> post_import(Call& call);

}  // namespace tenantry::web
