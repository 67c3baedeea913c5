// The header lines that every answer has, whoever asked and whatever came of it (contract 1.6,
// docs/SECURITY.md).
#pragma once

#include <chrono>
#include <string_view>

#include "api/rate_limit.hpp"
#include "base/ids.hpp"
#include "http/message.hpp"

namespace tenantry::api {

/// What is told of a request besides its answer.
struct Told {
    Uuid request;
    Instant now;
    Allowance allowance;
    std::chrono::nanoseconds took{};
    std::chrono::nanoseconds in_database{};
};

/// Adds them to those that the answer brings, with those of the call and of the API.
void add_headers(http::Response& response, const Told& told, std::string_view of_call = {},
                 std::string_view of_api = {});

}  // namespace tenantry::api
