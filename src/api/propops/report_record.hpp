// The forms in which a subject access report is handed out: JSON, a page, and a pack of both with tables.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "rights/subject_report.hpp"

namespace tenantry::api::propops {

/// What a report says about itself.
struct ReportHead {
    Instant made_at;
    std::optional<std::int64_t> made_by;  ///< account
    std::optional<Date> respond_by;       ///< last day to answer, where the day of the request was given
};

/// The body of the answer, as contract section 5 has it, then "records": every table, by its name.
[[nodiscard]] std::string report_json(const ReportHead& head, const rights::SubjectReport& report);

/// A page that a person can read and print. Nothing on it is loaded from elsewhere, and no script runs.
[[nodiscard]] std::string report_page(const ReportHead& head, const rights::SubjectReport& report);
/// The page's Content-Security-Policy: its own style and nothing else.
[[nodiscard]] std::string_view report_page_policy();

/// A ZIP archive of report.json, report.html, a CSV file for each table and SHA256SUMS, which `sha256sum -c`
/// checks.
[[nodiscard]] Result<std::string> report_pack(const ReportHead& head, const rights::SubjectReport& report);

/// A table as RFC 4180 has it. What a spreadsheet would take for a formula is preceded by an apostrophe.
[[nodiscard]] std::string report_csv(const rights::ReportTable& table);

}  // namespace tenantry::api::propops
