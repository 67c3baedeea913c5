// The officers' pages of a large landlord: who opens which.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/instance.hpp"
#include "bench/dataset.hpp"

namespace tenantry::bench {

/// What pages are about, drawn from the register, and the sessions of those who open them.
struct PageSubjects {
    std::vector<std::string> people;
    std::vector<std::string> homes;
    std::vector<std::string> tenancies;
    std::vector<std::string> interactions;  ///< open ones
    std::vector<std::string> officers;      ///< tokens
    std::vector<std::string> managers;      ///< tokens
    std::string admin;                      ///< token
};
/// Opens the sessions; without the administrator's token.
[[nodiscard]] Result<PageSubjects> draw_page_subjects(app::Instance& instance);

struct PageRequest {
    std::string_view name;
    double most_ms;                                   ///< p99 at 16 connections
    std::function<std::string(Random& random)> make;  ///< the whole request
};
/// What a person searches for as they type it.
using DrawSearch = std::function<std::string(Random& random)>;
[[nodiscard]] std::vector<PageRequest> page_requests(const PageSubjects& subjects,
                                                     const DrawSearch& draw_search);

}  // namespace tenantry::bench
