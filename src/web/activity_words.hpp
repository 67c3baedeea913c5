// The activity log's actions as a records officer reads them: "tenant.viewed" is "Opened a person’s record".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/form.hpp"

namespace tenantry::web {

/// What was done.
[[nodiscard]] std::string say_action(std::string_view action);
/// What it was done to, without an article: "person". Of an unknown noun, the noun itself.
[[nodiscard]] std::string say_noun(std::string_view action);

/// What kind of deed an action is; each is of one kind.
enum class Deed : std::uint8_t { Looked, Changed, Removed, LoggedIn, Rights, Accounts, Trouble };
[[nodiscard]] Deed deed_of(std::string_view action);

/// To choose from, in order: codes with what they mean.
[[nodiscard]] std::vector<Option> deed_options();
[[nodiscard]] std::vector<Option> noun_options();
[[nodiscard]] std::optional<Deed> parse_deed(std::string_view code);

}  // namespace tenantry::web
