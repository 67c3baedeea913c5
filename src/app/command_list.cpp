#include "app/command_list.hpp"

#include <CLI/CLI.hpp>

#include "json/writer.hpp"

namespace tenantry::app {

namespace {

constexpr std::string_view kValueKinds[] = {"TEXT", "INT", "UINT", "FLOAT"};

/// What the type's name says beyond the type: a range, or the words to choose from.
std::string_view bounds_of(std::string_view type) {
    for (const auto kind : kValueKinds) {
        if (type.starts_with(kind)) {
            type.remove_prefix(kind.size());
            return type.starts_with(':') ? type.substr(1) : type;
        }
    }
    return type;
}

void write_option(json::Writer& w, const CLI::Option& option) {
    w.begin_object();
    w.key("name").text(option.get_name());
    w.key("help").text(option.get_description());
    w.key("takes_value").boolean(option.get_expected_max() != 0);
    w.key("required").boolean(option.get_required());
    const auto type = option.get_type_name();
    w.key("text").boolean(type.starts_with("TEXT"));
    w.key("bounds").text(bounds_of(type));
    w.key("variable").text(option.get_envname());
    w.key("default").text(option.get_default_str());
    w.end_object();
}

void print_command(const CLI::App& app, const std::string& name, Output& output) {
    std::string line;
    json::Writer w{line};
    w.begin_object();
    w.key("command").text(name);
    w.key("help").text(app.get_description());
    w.key("options").begin_array();
    for (const CLI::Option* option : app.get_options({})) {
        write_option(w, *option);
    }
    w.end_array();
    w.end_object();
    output.line(line);
    for (const CLI::App* command : app.get_subcommands({})) {
        print_command(*command, name.empty() ? command->get_name() : name + ' ' + command->get_name(),
                      output);
    }
}

}  // namespace

void print_commands(const CLI::App& app, Output& output) {
    print_command(app, "", output);
}

}  // namespace tenantry::app
