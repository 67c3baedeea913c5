// An interaction: what it is about, who has it and what was written on it; and what an officer does with it:
// add a note, hand it over, close it.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /interactions/{interaction}, and GET …/note, where the form for a note is
[[nodiscard]] Result<http::Response> read_interaction(Call& call);
/// POST /interactions/{interaction}/note
[[nodiscard]] Result<http::Response> post_note(Call& call);
/// GET and POST /interactions/{interaction}/transfer
[[nodiscard]] Result<http::Response> read_transfer(Call& call);
[[nodiscard]] Result<http::Response> post_transfer(Call& call);
/// GET and POST /interactions/{interaction}/close
[[nodiscard]] Result<http::Response> read_close(Call& call);
[[nodiscard]] Result<http::Response> post_close(Call& call);

}  // namespace tenantry::web
