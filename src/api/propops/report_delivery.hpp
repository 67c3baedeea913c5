// How a subject access report is given, whoever asks in whichever room: it is journaled and counted before
// anything is gathered, and nothing of it is stored.
#pragma once

#include <optional>

#include "api/route.hpp"
#include "rights/disclosure.hpp"

namespace tenantry::api::propops {

struct WantedReport {
    rights::Disclosure disclosure;
    std::optional<Date> received =
        std::nullopt;  ///< day of the request: the report says when it must be answered
};

/// The answer with the report in the wanted format: "html", "zip" or else JSON. Throttled: the account was
/// given too many within the hour. For handlers in a read snapshot; writes by itself.
[[nodiscard]] Result<http::Response> give_report(Call& call, const WantedReport& wanted);

}  // namespace tenantry::api::propops
