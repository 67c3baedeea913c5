// A password that somebody chooses: what must be so of it, said at its field.
#pragma once

#include "web/form.hpp"

namespace tenantry::web {

/// Refuses the field where what was entered is no password that an account may have. `called` is what the
/// page calls it: "new password".
void check_new_password(Form& form, std::string_view field, const std::optional<std::string>& entered,
                        std::string_view called = "password");
/// Likewise, and refuses the second field where the two differ.
void check_new_password(Form& form, std::string_view field, const std::optional<std::string>& entered,
                        std::string_view field_again, const std::optional<std::string>& again,
                        std::string_view called = "password");

}  // namespace tenantry::web
