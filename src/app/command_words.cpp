#include "app/command_words.hpp"

#include <CLI/CLI.hpp>

#include "base/ascii.hpp"
#include "register/replay.hpp"

namespace tenantry::app {

void add_data(CLI::App& app, Arguments& arguments) {
    app.add_option("--data", arguments.data, "The instance's folder")->envname("TENANTRY_DATA")->required();
    app.add_option("--database", arguments.database,
                   "Address of the register where it is in PostgreSQL: postgresql://USER@HOST/NAME")
        ->envname("TENANTRY_DATABASE_URL");
}

CLI::App* add_command(CLI::App& parent, Arguments& arguments, const std::string& name,
                      const std::string& full_name, const std::string& help) {
    CLI::App* app = parent.add_subcommand(name, help);
    add_data(*app, arguments);
    // Complete, not final: what is not called is then left alone, so that no other command's variable
    // overrides an option of this one.
    app->parse_complete_callback([&arguments, full_name] { arguments.command.name = full_name; });
    return app;
}

void add_text_option(CLI::App& app, Arguments& arguments, const std::string& name, const std::string& help,
                     bool required) {
    app.add_option_function<std::string>(
           "--" + name,
           [&arguments, name](const std::string& value) { arguments.command.options[name] = value; }, help)
        ->required(required);
}

CLI::Option* add_flag_option(CLI::App& app, Arguments& arguments, const std::string& name,
                             const std::string& help) {
    return app.add_flag_callback(
        "--" + name, [&arguments, name] { arguments.command.options[name] = "yes"; }, help);
}

CLI::Option* add_path_option(CLI::App& app, Arguments& arguments, const std::string& name,
                             const std::string& help) {
    const std::string key = lower_case(name.starts_with("--") ? name.substr(2) : name);
    return app.add_option_function<std::string>(
        name,
        [&arguments, key](const std::string& path) {
            arguments.command.options[key] = std::filesystem::absolute(path).string();
        },
        help);
}

void add_users(CLI::App& app, Arguments& arguments) {
    CLI::App* user = app.add_subcommand("user", "Accounts")->require_subcommand(1);
    CLI::App* add = add_command(*user, arguments, "add", "user add", "Make an account");
    add_text_option(*add, arguments, "email", "E-mail address, which is the log-in", true);
    add_text_option(*add, arguments, "name", "First and last name", true);
    add_text_option(*add, arguments, "username", "Log-in name for the Hackney API");
    add_text_option(*add, arguments, "account-type",
                    "Staff (default), Agent, Landlord, Tenant or Contractor");
    add_text_option(*add, arguments, "role", "service, admin, manager, officer, records or viewer", true);
    add->add_flag("--password-stdin", arguments.password_from_stdin, "Read the password from standard input")
        ->required();
    CLI::App* disable =
        add_command(*user, arguments, "disable", "user disable", "Disable an account, end its sessions");
    add_text_option(*disable, arguments, "email", "E-mail address or username", true);
    add_command(*user, arguments, "list", "user list", "List the accounts");
}

void add_keys(CLI::App& app, Arguments& arguments) {
    CLI::App* keys = app.add_subcommand("keys", "The keys of sealed records")->require_subcommand(1);
    add_command(*keys, arguments, "list", "keys list", "List the keys, and how many rows are under each");
    add_flag_option(*add_command(*keys, arguments, "rotate", "keys rotate",
                                 "Seal every record anew with a new key, or go on with it"),
                    arguments, "wrapping", "Make a new root key instead, which wraps the others");
    CLI::App* retire =
        add_command(*keys, arguments, "retire", "keys retire", "Destroy a key that nothing is under");
    add_text_option(*retire, arguments, "id", "Its number", true);
}

void add_documents(CLI::App& app, Arguments& arguments) {
    CLI::App* documents = app.add_subcommand("documents", "Legal documents")->require_subcommand(1);
    CLI::App* publish = add_command(*documents, arguments, "publish", "documents publish",
                                    "Say which version of a document is the current one");
    add_text_option(*publish, arguments, "type", "privacy_policy, terms … as consents name it", true);
    add_text_option(*publish, arguments, "version", "Its version", true);
    add_command(*documents, arguments, "list", "documents list",
                "List the documents, the current version first");
}

void add_audit(CLI::App& app, Arguments& arguments) {
    CLI::App* audit = app.add_subcommand("audit", "The audit trail")->require_subcommand(1);
    CLI::App* verify =
        add_command(*audit, arguments, "verify", "audit verify",
                    "Check the chain of events; says which is the first broken one and what happened to it");
    add_path_option(
        *verify, arguments, "--heads",
        "File of signed heads: also finds an end that was cut off, a chain written anew with the keys, an "
        "older database put back");
    add_text_option(
        *verify, arguments, "public-key",
        "Key that the heads are signed with, in hexadecimal; this installation's where it is not given");
    add_flag_option(*verify, arguments, "against-data", std::string{housing::kReplayHelp});
    add_command(*audit, arguments, "public-key", "audit public-key",
                "Print the key that signed heads can be checked with, in hexadecimal");
}

void add_search(CLI::App& app, Arguments& arguments) {
    CLI::App* search = app.add_subcommand("search", "How people are found by name")->require_subcommand(1);
    CLI::App* rebuild = add_command(*search, arguments, "rebuild", "search rebuild",
                                    "Set the search mode and make its index anew");
    add_text_option(*rebuild, arguments, "mode", "plaintext or memory", true);
}

void add_rights(CLI::App& app, Arguments& arguments) {
    CLI::App* erase = app.add_subcommand("erase", "Erase a person on request")->require_subcommand(1);
    CLI::App* preview =
        add_command(*erase, arguments, "preview", "erase preview", "Say what would go and what must stay");
    add_text_option(*preview, arguments, "person", "The person's uuid", true);
    CLI::App* run = add_command(*erase, arguments, "run", "erase run", "Erase what may go");
    add_text_option(*run, arguments, "person", "The person's uuid", true);
    add_text_option(*run, arguments, "ground", "Point of Article 17(1) UK GDPR, a to f", true);
    add_text_option(*run, arguments, "requested-on", "Day of the request, as 2026-11-25", true);

    CLI::App* retention =
        app.add_subcommand("retention", "Removing what was kept long enough")->require_subcommand(1);
    CLI::App* rules = add_command(*retention, arguments, "rules", "retention rules", "Show the rules");
    add_text_option(*rules, arguments, "set", "WHAT=MONTHS: from now on keep these so long");
    add_command(*retention, arguments, "propose", "retention propose", "Find what is due, and list it");
    add_command(*retention, arguments, "list", "retention list", "List what is proposed and approved");
    CLI::App* approve = add_command(*retention, arguments, "approve", "retention approve", "Say yes");
    add_text_option(*approve, arguments, "id", "To this proposal");
    add_flag_option(*approve, arguments, "all", "To all proposals");
    add_text_option(*approve, arguments, "by", "E-mail of whoever decides", true);
    CLI::App* refuse = add_command(*retention, arguments, "refuse", "retention refuse", "Say no");
    add_text_option(*refuse, arguments, "id", "To this proposal", true);
    add_text_option(*refuse, arguments, "by", "E-mail of whoever decides", true);
    add_command(*retention, arguments, "run", "retention run", "Remove what is approved");
}

}  // namespace tenantry::app
