// Sessions as pages list them.
#pragma once

#include "access/session.hpp"
#include "web/template.hpp"

namespace tenantry::web {

/// Sets "sessions" for {{>session_table}}: those of `page`, with a button to end each but the visitor's own,
/// which posts to `end_at`/<session>/end.
void show_sessions_in(View& view, const access::SessionPage& page, const access::Caller& caller,
                      const std::string& end_at, bool may_end);

}  // namespace tenantry::web
