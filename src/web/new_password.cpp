#include "web/new_password.hpp"

#include <fmt/format.h>

#include "access/account.hpp"

namespace tenantry::web {

void check_new_password(Form& form, std::string_view field, const std::optional<std::string>& entered,
                        std::string_view called) {
    if (entered && !access::check_new_password(*entered).ok()) {
        form.refuse(field, fmt::format("The {} must have at least 15 characters, and at most 256", called));
    }
}

void check_new_password(Form& form, std::string_view field, const std::optional<std::string>& entered,
                        std::string_view field_again, const std::optional<std::string>& again,
                        std::string_view called) {
    if (entered && again && *again != *entered && access::check_new_password(*entered).ok()) {
        form.refuse(field_again, fmt::format("The two {}s are not the same", called));
    }
    check_new_password(form, field, entered, called);
}

}  // namespace tenantry::web
