#include "app/command_line.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <iterator>

#include "app/backup_commands.hpp"
#include "app/command_list.hpp"
#include "app/command_words.hpp"
#include "app/config_check.hpp"
#include "app/control.hpp"
#include "app/route_list.hpp"
#include "app/search_commands.hpp"
#include "base/log.hpp"
#include "base/text.hpp"

namespace tenantry::app {

namespace {

class Terminal final : public Output {
  public:
    void line(std::string_view text) override {
        std::fprintf(stdout, "%.*s\n", static_cast<int>(text.size()), text.data());
        std::fflush(stdout);
    }
    void error(std::string_view text) override {
        std::fprintf(stderr, "tenantry: %.*s\n", static_cast<int>(text.size()), text.data());
    }
    void progress(std::string_view text) override { Progress::write_to(stderr)(text); }
    [[nodiscard]] Progress::Look look() const override { return Progress::look_for(stderr); }
};

void add_mail(CLI::App& serve, Arguments& arguments) {
    serve
        .add_option("--meeting-link", arguments.serve.settings.meeting_link,
                    "Page where an association signs its meeting off; the meeting's token is appended")
        ->envname("TENANTRY_MEETING_LINK")
        ->check([](const std::string& text) {
            const bool is_url = text.starts_with("https://") || text.starts_with("http://");
            const bool is_plain =
                std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
            return is_url && is_plain && text.size() <= 1000 ? std::string{}
                                                             : std::string{"is no http or https address"};
        });
    auto& mail = arguments.serve.mail;
    serve
        .add_option("--smtp-url", mail.smtp_url,
                    "Mail server, as in smtp://mail.example; without one letters go to DATA/outbox")
        ->envname("TENANTRY_SMTP_URL");
    serve.add_option("--smtp-user", mail.smtp_user, "Name to sign in with there")
        ->envname("TENANTRY_SMTP_USER");
    serve.add_option("--mail-from", mail.from, "Address that letters are from")
        ->envname("TENANTRY_MAIL_FROM");
    serve
        .add_option("--mail-retry-seconds", arguments.mail_retry_seconds,
                    "Pause after a letter's first failed attempt; later ones are longer")
        ->envname("TENANTRY_MAIL_RETRY_SECONDS")
        ->check(CLI::Range(1, 3600));
}

/// What a subject access report asks of whoever wants one.
void add_report_options(CLI::App& serve, Arguments& arguments) {
    auto& settings = arguments.serve.settings;
    serve
        .add_flag("--report-needs-reason", settings.report_needs_reason,
                  "Refuse a subject access report that gives no reason")
        ->envname("TENANTRY_REPORT_NEEDS_REASON");
    serve
        .add_option("--report-password-minutes", arguments.report_password_minutes,
                    "Refuse one unless the password was entered so lately; 0: whenever it was")
        ->envname("TENANTRY_REPORT_PASSWORD_MINUTES")
        ->check(CLI::Range(0, 1440));
    serve
        .add_option("--reports-an-hour", settings.reports_an_hour,
                    "Subject access reports that one account is given within an hour; 0: any number")
        ->envname("TENANTRY_REPORTS_AN_HOUR")
        ->check(CLI::Range(0, 1'000'000));
}

void add_evidence(CLI::App& serve, Arguments& arguments) {
    auto& options = arguments.serve;
    serve
        .add_option("--copy-to", options.second_copy.folder,
                    "Folder on another disk that keeps a second copy of the register, seconds behind")
        ->envname("TENANTRY_COPY_TO");
    serve
        .add_option("--audit-heads", options.audit_heads.file,
                    "File that signed heads of the audit trail are appended to; keep it on another machine")
        ->envname("TENANTRY_AUDIT_HEADS");
    serve
        .add_option("--audit-heads-command", options.audit_heads.command,
                    "Program that gets each signed head on its standard input, as a line of JSON")
        ->envname("TENANTRY_AUDIT_HEADS_COMMAND");
    serve
        .add_option("--bulk-read-alarm", options.bulk_read_alarm,
                    "People's records that an account may read in an hour before it is journaled; 0: any")
        ->envname("TENANTRY_BULK_READ_ALARM")
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000'000}));
}

/// What only the Hackney API asks.
void add_hackney_options(CLI::App& serve, Arguments& arguments) {
    auto& settings = arguments.serve.settings;
    serve
        .add_option("--tray-closed-days", settings.tray_closed_days,
                    "Days that a tray shows what was closed; 0: for ever")
        ->envname("TENANTRY_TRAY_CLOSED_DAYS")
        ->check(CLI::Range(0, 36'500));
    serve
        .add_option("--citizen-search-most", settings.citizen_search_most,
                    "Records that one citizen index search answers")
        ->envname("TENANTRY_CITIZEN_SEARCH_MOST")
        ->check(CLI::Range(1, 100'000));
    serve
        .add_flag("--no-login-by-get", arguments.no_login_by_get,
                  "Take no officer's password in a query, by POST only")
        ->envname("TENANTRY_NO_LOGIN_BY_GET");
}

/// The command has every setting of a server.
void add_server_options(CLI::App* serve, Arguments& arguments) {
    serve->option_defaults()->always_capture_default();
    auto& options = arguments.serve;
    serve->add_option("--listen", options.listen, "ADDR:PORT; port 0 picks one")->envname("TENANTRY_LISTEN");
    serve->add_option("--tls-cert", options.tls_certificate, "Certificate chain (PEM)")
        ->envname("TENANTRY_TLS_CERT");
    serve->add_option("--tls-key", options.tls_key, "Private key (PEM)")->envname("TENANTRY_TLS_KEY");
    serve
        ->add_option("--behind-proxy", options.behind_proxy,
                     "Address of the proxy that speaks TLS for this server; ADDR,ADDR of two")
        ->envname("TENANTRY_BEHIND_PROXY");
    serve->add_option("--loops", options.loops, "Event loops; 0: one a core")->envname("TENANTRY_LOOPS");
    serve
        ->add_option("--rate-limit", options.settings.rate_limit,
                     "Requests a minute for each account and each address; 0 is off")
        ->envname("TENANTRY_RATE_LIMIT")
        ->check(CLI::NonNegativeNumber);
    serve->add_option("--csrf-mode", arguments.csrf_mode, "single_use or session")
        ->envname("TENANTRY_CSRF_MODE")
        ->check(CLI::IsMember({"single_use", "session"}));
    serve->add_option("--session-cookie", options.settings.session_cookie, "Name of the session cookie")
        ->envname("TENANTRY_SESSION_COOKIE");
    serve
        ->add_flag("--tenants-may-log-in", options.settings.tenants_may_log_in,
                   "Accept accounts of type Tenant")
        ->envname("TENANTRY_TENANTS_MAY_LOG_IN");
    serve
        ->add_option("--password-memory-mib", arguments.password_mib,
                     "Memory of one password hash, at least 19")
        ->envname("TENANTRY_PASSWORD_MEMORY_MIB")
        ->check(CLI::Range(crypto::kPasswordFloor.memory_bytes >> 20, std::uint64_t{4096}));
    serve
        ->add_option("--password-passes", options.settings.password_cost.passes,
                     "Passes of one password hash, at least 2")
        ->envname("TENANTRY_PASSWORD_PASSES")
        ->check(CLI::Range(crypto::kPasswordFloor.passes, std::uint64_t{100}));
    add_hackney_options(*serve, arguments);
    add_report_options(*serve, arguments);
    serve
        ->add_option("--retention-hours", arguments.retention_hours,
                     "How often what retention proposed and somebody approved is removed; 0: when asked")
        ->envname("TENANTRY_RETENTION_HOURS")
        ->check(CLI::Range(0, 8760));
    const auto add_time = [serve](const char* name, const char* variable, std::int64_t& value,
                                  const char* help) {
        serve->add_option(name, value, help)->envname(variable)->check(CLI::Range(1, 1'000'000));
    };
    add_time("--api-token-days", "TENANTRY_API_TOKEN_DAYS", arguments.api_token_days,
             "Life of a log-in's bearer token");
    add_time("--browser-minutes", "TENANTRY_BROWSER_MINUTES", arguments.browser_minutes,
             "Life of a browser session");
    add_time("--browser-idle-minutes", "TENANTRY_BROWSER_IDLE_MINUTES", arguments.browser_idle_minutes,
             "Idle time that ends a browser session");
    add_time("--mobile-days", "TENANTRY_MOBILE_DAYS", arguments.mobile_days, "Life of a mobile session");
    add_time("--remember-days", "TENANTRY_REMEMBER_DAYS", arguments.remember_days,
             "Life of a Remember Me token");
    add_mail(*serve, arguments);
    add_evidence(*serve, arguments);
}

void add_token(CLI::App& app, Arguments& arguments) {
    CLI::App* token = add_command(app, arguments, "token", "token", "Print a token for the Hackney API");
    auto& wishes = arguments.token;
    token->add_option("--role", wishes.role, "service, admin, manager, officer, records or viewer")
        ->envname("TENANTRY_ROLE")
        ->required()
        ->check(CLI::IsMember({"service", "admin", "manager", "officer", "records", "viewer"}));
    token->add_option("--days", wishes.days, "How long it holds (30)")
        ->envname("TENANTRY_DAYS")
        ->check(CLI::Range(1, 3650));
    token
        ->add_option("--subject", wishes.subject, "Whose it is: a username of an account, or a system's name")
        ->envname("TENANTRY_SUBJECT")
        ->check([](const std::string& text) {
            const bool good = text.size() <= 200 && is_clean_utf8(text) && !has_control_character(text);
            return good ? std::string{} : std::string{"is no clean text of at most 200 bytes"};
        });
}

/// Of a register that the command makes.
void add_search_mode(CLI::App& app, Arguments& arguments) {
    app.add_option(
           "--search-mode", arguments.search_mode,
           "plaintext (default): names are indexed in clear; memory: they are searched in memory only")
        ->envname("TENANTRY_SEARCH_MODE")
        ->check(CLI::IsMember({"plaintext", "memory"}));
}

void add_config(CLI::App& app, Arguments& arguments) {
    CLI::App* config = app.add_subcommand("config", "Settings")->require_subcommand(1);
    CLI::App* check =
        add_command(*config, arguments, "check", "config check",
                    "Say what a server's settings are and where they come from, and whether it could start");
    add_server_options(check, arguments);
    add_search_mode(*check, arguments);
}

void add_backup(CLI::App& app, Arguments& arguments) {
    CLI::App* backup = add_command(app, arguments, "backup", "backup",
                                   "Write the whole register into one file, while people work; check it");
    add_path_option(*backup, arguments, "--file", "The backup; its manifest lies beside it")
        ->envname("TENANTRY_BACKUP_FILE")
        ->required();
    add_flag_option(*backup, arguments, "replace", "Write over a backup of this name")
        ->envname("TENANTRY_BACKUP_REPLACE");
    CLI::App* restore =
        add_command(app, arguments, "restore", "restore", "Make an instance of a backup, in an empty place");
    restore
        ->add_option("--file", arguments.restore.file, "The backup, or the folder of a server's second copy")
        ->envname("TENANTRY_BACKUP_FILE")
        ->required();
    restore
        ->add_option("--keys", arguments.restore.keys,
                     "Folder with the keys, which are copied to DATA/keys where there are none")
        ->envname("TENANTRY_RESTORE_KEYS");
}

void add_copy(CLI::App& app, Arguments& arguments) {
    CLI::App* copy = add_command(app, arguments, "copy", "copy",
                                 "Copy the register into another database, while no server runs; check it");
    copy->add_option("--to-database", arguments.copy.to_database,
                     "An empty database: postgresql://USER@HOST/NAME; without one, a file in the folder")
        ->envname("TENANTRY_TO_DATABASE");
    copy->add_option(
            "--to-data", arguments.copy.to_data,
            "Folder of the new instance, which gets a copy of the keys; without one, it has the same")
        ->envname("TENANTRY_TO_DATA");
}

void add_commands(CLI::App& app, Arguments& arguments) {
    app.require_subcommand(1);
    add_search_mode(
        *add_command(app, arguments, "init", "init", "Make an empty register with keys of its own"),
        arguments);
    CLI::App* folder_import =
        add_command(app, arguments, "import", "import", "Read a folder of CSV files, all or nothing");
    add_path_option(*folder_import, arguments, "FOLDER", "The folder")->required();
    CLI::App* demo = add_command(app, arguments, "demo", "demo", "Make a synthetic landlord");
    add_text_option(*demo, arguments, "homes", "Number of homes (2000)");
    add_text_option(*demo, arguments, "seed", "Same seed, same landlord (1)");
    add_search_mode(*demo, arguments);
    add_server_options(add_command(app, arguments, "serve", "serve", "Answer requests until told to stop"),
                       arguments);
    add_config(app, arguments);
    add_search(app, arguments);
    add_users(app, arguments);
    add_documents(app, arguments);
    add_token(app, arguments);
    add_keys(app, arguments);
    add_audit(app, arguments);
    add_rights(app, arguments);
    add_backup(app, arguments);
    add_copy(app, arguments);
    add_command(app, arguments, "check", "check", "Check the database and open every sealed record");
    app.add_subcommand("routes", "Print the route table, one JSON object a line")->callback([&arguments] {
        arguments.command.name = "routes";
    });
    app.add_subcommand("commands", "Print every command and its options, one JSON object a line")
        ->callback([&arguments] { arguments.command.name = "commands"; });
}

void finish_serve_options(Arguments& arguments) {
    auto& settings = arguments.serve.settings;
    arguments.serve.place = {arguments.data, arguments.database};
    arguments.serve.hackney_jwt_secret = arguments.secrets.hackney_jwt_secret;
    arguments.serve.mail.smtp_password = arguments.secrets.smtp_password;
    arguments.serve.retention_every = std::chrono::hours{arguments.retention_hours};
    arguments.serve.mail.first_pause = std::chrono::seconds{arguments.mail_retry_seconds};
    settings.report_password_within = std::chrono::minutes{arguments.report_password_minutes};
    settings.signs_audit_heads =
        !arguments.serve.audit_heads.file.empty() || !arguments.serve.audit_heads.command.empty();
    settings.login_by_get = !arguments.no_login_by_get;
    settings.csrf_mode =
        arguments.csrf_mode == "session" ? access::CsrfMode::Session : access::CsrfMode::SingleUse;
    settings.password_cost.memory_bytes = arguments.password_mib << 20;
    settings.session_times.api = std::chrono::hours{24 * arguments.api_token_days};
    settings.session_times.browser = std::chrono::minutes{arguments.browser_minutes};
    settings.session_times.browser_idle = std::chrono::minutes{arguments.browser_idle_minutes};
    settings.session_times.mobile = std::chrono::hours{24 * arguments.mobile_days};
    settings.session_times.remember = std::chrono::hours{24 * arguments.remember_days};
}

/// The password on standard input, up to the end of its line.
std::string read_password() {
    std::string password;
    std::getline(std::cin, password);
    return password;
}

/// Opens the instance and runs the command; where another process has it open, that one runs it.
int run_on_instance(const Arguments& arguments, Output& output) {
    const SystemClock clock;
    const auto instance = Instance::open({arguments.data, arguments.database}, clock);
    if (instance.ok()) {
        return run_command(**instance, arguments.command, output);
    }
    if (instance.error().code != Code::Unavailable) {
        return fail(output, instance.error());
    }
    const auto code = run_remotely(arguments.data, arguments.command, output);
    return code.ok() ? *code : fail(output, code.error());
}

int init(const Arguments& arguments, Output& output) {
    const auto mode = parse_search_mode(arguments.search_mode);
    const auto made =
        mode.ok() ? init_instance({arguments.data, arguments.database}, SystemClock{}, *mode) : mode.error();
    if (!made.ok()) {
        return fail(output, made.error());
    }
    if (const auto secret = token_secret(arguments.data, arguments.secrets.hackney_jwt_secret);
        !secret.ok()) {
        return fail(output, secret.error());
    }
    output.line("made an empty register; its keys are in the folder keys/: back them up apart from the data");
    return kDone;
}

int print_token(const Arguments& arguments, Output& output) {
    std::error_code failure;
    if (!std::filesystem::exists(keys_folder(arguments.data), failure)) {
        return fail(output,
                    {Code::NotFound, "there is no register in this folder; 'tenantry init' makes one"});
    }
    const auto secret = token_secret(arguments.data, arguments.secrets.hackney_jwt_secret);
    if (!secret.ok()) {
        return fail(output, secret.error());
    }
    output.line(make_token(*secret, arguments.token, SystemClock{}.now()));
    return kDone;
}

int dispatch(Arguments& arguments, Output& output) {
    const auto& name = arguments.command.name;
    if (name == "serve") {
        finish_serve_options(arguments);
        return serve(arguments.serve, output);
    }
    if (name == "config check") {
        finish_serve_options(arguments);
        return check_settings(arguments.serve, output);
    }
    if (name == "routes") {
        return print_routes(all_apis(), output);
    }
    if (name == "init") {
        return init(arguments, output);
    }
    if (name == "token") {
        return print_token(arguments, output);
    }
    if (name == "restore") {
        arguments.restore.place = {arguments.data, arguments.database};
        return run_restore(arguments.restore, SystemClock{}, output);
    }
    if (name == "copy") {
        arguments.copy.from = {arguments.data, arguments.database};
        return run_copy(arguments.copy, SystemClock{}, output);
    }
    std::error_code failure;
    if (name == "demo" && !std::filesystem::exists(keys_folder(arguments.data), failure)) {
        if (const int code = init(arguments, output); code != kDone) {
            return code;
        }
    }
    if (name == "demo") {
        arguments.command.options["accounts-file"] =
            (std::filesystem::absolute(arguments.data) / "demo-accounts.json").string();
    }
    if (arguments.password_from_stdin) {
        arguments.command.options["password"] = read_password();
    }
    return run_on_instance(arguments, output);
}

/// What DATA/tenantry.toml says goes where the options went. Returns whether nothing is wrong with the file.
bool use_settings_file(CLI::App& app, Arguments& arguments, Output& output) {
    if (arguments.data.empty()) {
        return true;
    }
    CLI::App* command = &app;
    while (!command->get_subcommands().empty()) {
        command = command->get_subcommands().front();
    }
    CLI::App& all = *app.get_subcommand("config")->get_subcommand("check");
    const auto file = read_settings_file(arguments.data);
    const auto problems = take_settings(file, *command, all);
    for (const auto& problem : problems) {
        output.error(problem);
    }
    arguments.secrets = find_secrets(file);
    if (arguments.command.name == "config check") {
        print_settings(file, *command, output);
    }
    return problems.empty();
}

int run_parsed(CLI::App& app, Arguments& arguments) {
    Terminal terminal;
    if (arguments.command.name == "commands") {
        print_commands(app, terminal);
        return kDone;
    }
    const bool is_check = arguments.command.name == "config check";
    const bool good = use_settings_file(app, arguments, terminal);
    if (!good && !is_check) {
        return kWrongUsage;
    }
    const int code = dispatch(arguments, terminal);
    return good ? code : kFailed;
}

}  // namespace

int run(int argc, char** argv) {
    Arguments arguments;
    CLI::App app{"Tenantry keeps a landlord's register of people, homes and tenancies.", "tenantry"};
    app.set_version_flag("--version", TENANTRY_VERSION);
    add_commands(app, arguments);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        return code == 0 ? kDone : kWrongUsage;
    }
    // A command's reader is a person; a server's log is for machines.
    set_log_level(arguments.command.name == "serve" ? LogLevel::Info : LogLevel::Warning);
    return run_parsed(app, arguments);
}

}  // namespace tenantry::app
