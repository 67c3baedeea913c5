#include "app/settings.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdlib>

namespace tenantry::app {

namespace {

struct SecretName {
    std::string_view key;
    const char* variable;
    std::string Secrets::*value;
};
constexpr std::array kSecrets{
    SecretName{"smtp-password", "TENANTRY_SMTP_PASSWORD", &Secrets::smtp_password},
    SecretName{"hackney-jwt-secret", "TENANTRY_HACKNEY_JWT_SECRET", &Secrets::hackney_jwt_secret},
};

bool is_secret(std::string_view key) {
    return std::any_of(kSecrets.begin(), kSecrets.end(),
                       [key](const SecretName& secret) { return secret.key == key; });
}

std::string_view read_variable(const char* name) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before any thread is started
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

/// The folder that has the file cannot be set in it.
bool is_setting(const CLI::Option& option) {
    return !option.get_envname().empty() && option.get_lnames().front() != "data";
}

CLI::Option* find_setting(CLI::App& command, const std::string& key) {
    CLI::Option* option = command.get_option_no_throw("--" + key);
    return option != nullptr && is_setting(*option) ? option : nullptr;
}

FileSetting::Kind kind_of(const CLI::Option& option) {
    if (option.get_expected_max() == 0) {
        return FileSetting::Kind::Flag;
    }
    return option.get_type_name().starts_with("TEXT") ? FileSetting::Kind::Text : FileSetting::Kind::Number;
}

std::string_view name_of(FileSetting::Kind kind) {
    switch (kind) {
        case FileSetting::Kind::Text:
            return "a text in quotes";
        case FileSetting::Kind::Number:
            return "a whole number";
        case FileSetting::Kind::Flag:
            return "true or false";
    }
    return {};
}

/// What is wrong with the setting; empty where it was taken, or said elsewhere.
std::string take(CLI::Option& option, const FileSetting& setting) {
    if (const auto kind = kind_of(option); kind != setting.kind) {
        return fmt::format("is {}", name_of(kind));
    }
    // Empty is not set, as with a variable.
    if (option.count() > 0 || setting.text.empty()) {
        return {};
    }
    try {
        option.add_result(setting.text);
        option.run_callback();
    } catch (const CLI::ParseError& error) {
        return error.what();
    }
    return {};
}

/// The same, of a line of the file; `all` knows every setting, whether or not the command uses it.
std::string take(const SettingsFile& file, const std::string& key, CLI::App& command, CLI::App& all) {
    const auto& setting = file.settings.at(key);
    if (file.others_can_read && (is_secret(key) || without_password(setting.text) != setting.text)) {
        return "is a secret, in a file that others can read; chmod 600 makes it safe";
    }
    if (is_secret(key)) {
        return setting.kind == FileSetting::Kind::Text ? "" : "is a text in quotes";
    }
    CLI::Option* const known = find_setting(all, key);
    if (known == nullptr) {
        return "there is no such setting";
    }
    CLI::Option* const used = find_setting(command, key);
    return take(used != nullptr ? *used : *known, setting);
}

/// A text as TOML has it. No setting holds a control character (settings_file.hpp).
std::string toml_text(std::string_view text) {
    std::string out{'"'};
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    return out += '"';
}

std::string value_of(const CLI::Option& option) {
    const bool given = option.count() > 0;
    switch (kind_of(option)) {
        case FileSetting::Kind::Flag:
            return given && option.as<bool>() ? "true" : "false";
        case FileSetting::Kind::Number:
            return given ? option.results().back() : option.get_default_str();
        case FileSetting::Kind::Text:
            return toml_text(without_password(given ? option.results().back() : option.get_default_str()));
    }
    return {};
}

std::string source_of(const SettingsFile& file, const CLI::App& command, const CLI::Option& option) {
    const auto& typed = command.parse_order();
    if (std::find(typed.begin(), typed.end(), &option) != typed.end()) {
        return "option";
    }
    if (!read_variable(option.get_envname().c_str()).empty()) {
        return "environment, " + option.get_envname();
    }
    const auto found = file.settings.find(option.get_lnames().front());
    return option.count() > 0 && found != file.settings.end()
               ? fmt::format("{}, line {}", file.path.filename().string(), found->second.line)
               : "default";
}

std::string source_of(const SettingsFile& file, const SecretName& secret) {
    if (!read_variable(secret.variable).empty()) {
        return fmt::format("set: environment, {}", secret.variable);
    }
    const auto found = file.settings.find(secret.key);
    return found != file.settings.end()
               ? fmt::format("set: {}, line {}", file.path.filename().string(), found->second.line)
               : "not set";
}

}  // namespace

Secrets find_secrets(const SettingsFile& file) {
    Secrets secrets;
    for (const auto& secret : kSecrets) {
        const auto found = file.settings.find(secret.key);
        const auto in_environment = read_variable(secret.variable);
        if (!in_environment.empty() || found == file.settings.end()) {
            secrets.*secret.value = in_environment;
        } else {
            secrets.*secret.value = found->second.text;
        }
    }
    return secrets;
}

std::vector<std::string> take_settings(const SettingsFile& file, CLI::App& command, CLI::App& all) {
    auto problems = file.problems;
    for (const auto& [key, setting] : file.settings) {
        if (const auto why = take(file, key, command, all); !why.empty()) {
            problems.push_back(fmt::format("{}{}: {}", file.place(setting.line), key, why));
        }
    }
    return problems;
}

void print_settings(const SettingsFile& file, const CLI::App& command, Output& output) {
    const auto options = command.get_options(
        [](const CLI::Option* option) { return !option->get_lnames().empty() && is_setting(*option); });
    for (const CLI::Option* option : options) {
        output.line(fmt::format("{} = {}  # {}", option->get_lnames().front(), value_of(*option),
                                source_of(file, command, *option)));
    }
    for (const auto& secret : kSecrets) {
        output.line(fmt::format("# {} is {}", secret.key, source_of(file, secret)));
    }
}

std::string without_password(std::string_view text) {
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos) {
        return std::string{text};
    }
    const auto authority = scheme + 3;
    const auto end = std::min(text.find('/', authority), text.size());
    const auto at = text.substr(0, end).rfind('@');
    const auto colon = text.find(':', authority);
    if (at == std::string_view::npos || at < authority || colon >= at) {
        return std::string{text};
    }
    return fmt::format("{}:***{}", text.substr(0, colon), text.substr(at));
}

}  // namespace tenantry::app
