// The code lists of the demo landlord, and with them what a new landlord in England may start from.
#pragma once

#include <span>
#include <string_view>

namespace tenantry::app {

struct DemoCode {
    std::string_view list;
    std::string_view code;
    std::string_view label;
};

/// All lists but the wards, which are in places.hpp.
[[nodiscard]] std::span<const DemoCode> demo_codes();

}  // namespace tenantry::app
