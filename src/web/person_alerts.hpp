// What officers are warned of about a person: adding to it, and removing.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET and POST /people/{person}/alerts
[[nodiscard]] Result<http::Response> read_person_alerts(Call& call);
[[nodiscard]] Result<http::Response> post_person_alerts(Call& call);
/// GET and POST /people/{person}/alerts/{alert}/remove
[[nodiscard]] Result<http::Response> read_alert_removal(Call& call);
[[nodiscard]] Result<http::Response> post_alert_removal(Call& call);

}  // namespace tenantry::web
