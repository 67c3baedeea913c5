// DATA/tenantry.toml: settings that stand beside the register. Read as TOML; what the keys mean is not known
// here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tenantry::app {

struct FileSetting {
    enum class Kind : std::uint8_t { Text, Number, Flag };

    Kind kind = Kind::Text;
    std::string text;  ///< as an option takes it: the text, digits, true or false
    std::uint32_t line = 0;
};

struct SettingsFile {
    std::filesystem::path path;
    std::map<std::string, FileSetting, std::less<>> settings;  ///< by key
    std::vector<std::string> problems;  ///< one line each, naming the line of the file; no value
    bool others_can_read = false;

    /// "PATH:LINE: " before what is wrong there.
    [[nodiscard]] std::string place(std::uint32_t line) const;
};

/// No file is an empty one. What is wrong is told, and the rest read all the same. A file that others can
/// write is a problem: it may name a program to run.
[[nodiscard]] SettingsFile read_settings_file(const std::filesystem::path& data);

}  // namespace tenantry::app
