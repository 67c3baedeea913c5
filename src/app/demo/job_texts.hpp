// What is reported, done and noted about the homes of the demo landlord.
#pragma once

#include <span>
#include <string_view>

namespace tenantry::app {

struct Repair {
    std::string_view title;
    std::string_view description;
};

[[nodiscard]] std::span<const Repair> repairs();
/// What is done in a home between two tenancies.
[[nodiscard]] std::span<const Repair> void_works();
/// How to get in.
[[nodiscard]] std::span<const std::string_view> access_details();
/// Who writes case notes.
[[nodiscard]] std::span<const std::string_view> officers();

/// What a note says: at the report, while the job runs, when it is done; and what may be added to any of
/// them.
[[nodiscard]] std::span<const std::string_view> first_notes();
[[nodiscard]] std::span<const std::string_view> middle_notes();
[[nodiscard]] std::span<const std::string_view> last_notes();
[[nodiscard]] std::span<const std::string_view> further_remarks();

}  // namespace tenantry::app
