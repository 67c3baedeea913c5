#include "app/settings_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>
#include <string_view>

#include "app/descriptor.hpp"
#include "base/text.hpp"

// A mistake in the file is a value here, as everywhere.
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace tenantry::app {

namespace {

constexpr std::size_t kBytesMost = 64UL * 1024;

/// Nothing where it is longer than such a file may be, or cannot be read.
std::optional<std::string> read_all(int descriptor) {
    std::string content;
    std::array<char, 4096> block{};
    while (content.size() <= kBytesMost) {
        const auto count = ::read(descriptor, block.data(), block.size());
        if (count < 0) {
            return std::nullopt;
        }
        if (count == 0) {
            return content;
        }
        content.append(block.data(), static_cast<std::size_t>(count));
    }
    return std::nullopt;
}

std::optional<FileSetting> read_value(const toml::node& node) {
    FileSetting setting;
    setting.line = node.source().begin.line;
    if (const auto* text = node.as_string(); text != nullptr && !has_control_character(text->get())) {
        setting.text = text->get();
        return setting;
    }
    if (const auto* number = node.as_integer()) {
        setting.kind = FileSetting::Kind::Number;
        setting.text = std::to_string(number->get());
        return setting;
    }
    if (const auto* flag = node.as_boolean()) {
        setting.kind = FileSetting::Kind::Flag;
        setting.text = flag->get() ? "true" : "false";
        return setting;
    }
    return std::nullopt;
}

void read_settings(std::string_view content, SettingsFile& file) {
    const auto parsed = toml::parse(content, file.path.native());
    if (!parsed) {
        // The parser's own words may quote the line, and with it a secret.
        file.problems.push_back(file.place(parsed.error().source().begin.line) + "this is not TOML");
        return;
    }
    for (const auto& [key, node] : parsed.table()) {
        if (auto setting = read_value(node)) {
            file.settings.emplace(key.str(), std::move(*setting));
        } else {
            file.problems.push_back(file.place(key.source().begin.line) + std::string{key.str()} +
                                    " is no text on one line, whole number, true or false");
        }
    }
}

}  // namespace

std::string SettingsFile::place(std::uint32_t line) const {
    return path.string() + ':' + std::to_string(line) + ": ";
}

SettingsFile read_settings_file(const std::filesystem::path& data) {
    SettingsFile file;
    file.path = data / "tenantry.toml";
    const Descriptor opened{::open(file.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (!opened.is_open() && (errno == ENOENT || errno == ENOTDIR)) {
        return file;
    }
    struct stat facts {};
    std::optional<std::string> content;
    if (opened.is_open() && ::fstat(opened.get(), &facts) == 0 && S_ISREG(facts.st_mode)) {
        content = read_all(opened.get());
    }
    if (!content) {
        file.problems.push_back(file.path.string() + " cannot be read, or is longer than 64 KiB");
        return file;
    }
    constexpr mode_t kReadByOthers = S_IRGRP | S_IROTH;
    constexpr mode_t kWrittenByOthers = S_IWGRP | S_IWOTH;
    file.others_can_read = (facts.st_mode & kReadByOthers) != 0;
    if ((facts.st_mode & kWrittenByOthers) != 0) {
        file.problems.push_back(file.path.string() + " can be written by others; chmod go-w makes it safe");
    }
    read_settings(*content, file);
    return file;
}

}  // namespace tenantry::app
