// Settings: the options of a command that have an environment variable. Each may also stand in
// DATA/tenantry.toml, under the option's name; option > environment > file > default (ADR 0013).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/command.hpp"
#include "app/settings_file.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): it is the library's
namespace CLI {
class App;
}  // namespace CLI

namespace tenantry::app {

/// What has no option, so that it stands in no list of processes.
struct Secrets {
    std::string smtp_password;
    std::string hackney_jwt_secret;
};

/// From the environment, else from the file.
[[nodiscard]] Secrets find_secrets(const SettingsFile& file);

/// Gives the parsed command what the file says and neither its options nor the environment did. `all` has
/// every setting that there is: another key is a problem, and a value is checked whether or not the command
/// uses it. Returns the file's problems, one line each.
[[nodiscard]] std::vector<std::string> take_settings(const SettingsFile& file, CLI::App& command,
                                                     CLI::App& all);

/// Prints what is in effect for the command and where each value comes from, as lines of TOML; of secrets
/// only whether they are set.
void print_settings(const SettingsFile& file, const CLI::App& command, Output& output);

/// The text without the password of a URL.
[[nodiscard]] std::string without_password(std::string_view text);

}  // namespace tenantry::app
