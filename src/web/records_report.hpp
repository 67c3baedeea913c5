// Giving a subject access report. Nothing of it is stored; that it was given, and why, is.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /records/report
[[nodiscard]] Result<http::Response> read_report_form(Call& call);
/// POST /records/report: the report itself, as a page to read or a file
[[nodiscard]] Result<http::Response> post_report(Call& call);

}  // namespace tenantry::web
