// What the command line takes: where its words go, and the options of the commands that a running server may
// carry out.
#pragma once

#include <string>

#include "app/backup_commands.hpp"
#include "app/command.hpp"
#include "app/copy_command.hpp"
#include "app/serve.hpp"
#include "app/settings.hpp"
#include "app/token_secret.hpp"

namespace CLI {
class Option;
}

namespace tenantry::app {

/// Everything that the command line may say.
struct Arguments {
    ServeOptions serve;
    Command command;
    TokenWishes token;
    RestoreWishes restore;
    CopyWishes copy;
    Secrets secrets;
    std::string data;
    std::string database;
    bool password_from_stdin = false;
    bool no_login_by_get = false;
    std::string csrf_mode = "single_use";
    std::string search_mode = "plaintext";
    std::uint64_t password_mib = crypto::PasswordCost{}.memory_bytes >> 20;
    std::int64_t api_token_days = 90;
    std::int64_t browser_minutes = 120;
    std::int64_t browser_idle_minutes = 30;
    std::int64_t mobile_days = 365;
    std::int64_t remember_days = 30;
    std::int64_t report_password_minutes = 0;
    std::int64_t retention_hours = 24;
    std::int64_t mail_retry_seconds = MailOptions{}.first_pause.count();
};

/// --data, which a command that works on an instance cannot do without.
void add_data(CLI::App& app, Arguments& arguments);

/// A subcommand whose options travel as text, so that a server can carry it out.
CLI::App* add_command(CLI::App& parent, Arguments& arguments, const std::string& name,
                      const std::string& full_name, const std::string& help);
void add_text_option(CLI::App& app, Arguments& arguments, const std::string& name, const std::string& help,
                     bool required = false);
CLI::Option* add_flag_option(CLI::App& app, Arguments& arguments, const std::string& name,
                             const std::string& help);
/// A file or folder that the command uses, wherever it is carried out: "--heads", or "FOLDER" by its place.
CLI::Option* add_path_option(CLI::App& app, Arguments& arguments, const std::string& name,
                             const std::string& help);

void add_users(CLI::App& app, Arguments& arguments);
void add_keys(CLI::App& app, Arguments& arguments);
void add_documents(CLI::App& app, Arguments& arguments);
void add_audit(CLI::App& app, Arguments& arguments);
void add_search(CLI::App& app, Arguments& arguments);
void add_rights(CLI::App& app, Arguments& arguments);

}  // namespace tenantry::app
