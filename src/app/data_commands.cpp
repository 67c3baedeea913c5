#include "app/data_commands.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "access/account.hpp"
#include "app/demo/consents.hpp"
#include "app/demo/demo_landlord.hpp"
#include "app/demo/interactions.hpp"
#include "app/demo/new_lets.hpp"
#include "app/demo/officers.hpp"
#include "app/search_commands.hpp"
#include "base/ascii.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"
#include "intake/import.hpp"
#include "json/writer.hpp"
#include "register/manager_area.hpp"
#include "register/officer.hpp"
#include "register/patch.hpp"
#include "register/property.hpp"

namespace tenantry::app {

namespace {

void add_count(std::string& text, std::size_t count, std::string_view name) {
    if (count > 0) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, name);
    }
}

/// What there is of them: "2000 properties, 4410 people".
std::string counted(const intake::RecordCounts& counts, std::size_t interactions = 0,
                    std::size_t consents = 0, std::size_t new_lets = 0) {
    std::string text;
    for (const auto& [count, name] : counts.named()) {
        add_count(text, count, name);
    }
    add_count(text, interactions, "interactions");
    add_count(text, consents, "consents");
    add_count(text, new_lets, "new lets");
    return text.empty() ? "nothing" : text;
}

int report(Output& output, const intake::RowErrors& errors, const Error& error) {
    for (const auto& one : errors.all()) {
        output.error(one.text());
    }
    if (errors.empty()) {
        return fail(output, error);
    }
    output.error(errors.full() ? "there may be more errors; nothing was written" : "nothing was written");
    return kFailed;
}

struct DemoAccount {
    std::string role;
    access::Account account;
    std::string password;
};

/// One account a role, with passwords that nobody else has.
Result<std::vector<DemoAccount>> make_accounts(Instance& instance) {
    std::vector<DemoAccount> accounts;
    const auto roles = TRY(instance.read([](db::Transaction& tx) { return access::list_roles(tx); }));
    for (const auto& role : roles) {
        DemoAccount& one = accounts.emplace_back();
        one.role = role.name;
        one.password = base64url_encode(crypto::random_hash()).substr(0, 20);
        one.account.role = role;
        one.account.first_name = "Demo";
        one.account.last_name = role.name;
        one.account.last_name[0] = static_cast<char>(one.account.last_name[0] - 'a' + 'A');
        one.account.email = role.name + "@demo.example";
        one.account.username = role.name;
        one.account.password = TRY(crypto::hash_password(one.password, {}));
    }
    return accounts;
}

std::string accounts_json(const std::vector<DemoAccount>& accounts) {
    std::string text;
    json::Writer w{text};
    w.begin_array();
    for (const auto& one : accounts) {
        w.begin_object();
        w.key("role").text(one.role);
        w.key("name").text(one.account.full_name());
        w.key("email").text(one.account.email);
        w.key("username").text_or_null(one.account.username);
        w.key("password").text(one.password);
        w.end_object();
    }
    w.end_array();
    return text + '\n';
}

/// Writes a file that only its owner can read.
Result<void> write_private(const std::string& path, const std::string& text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool written = file >= 0 && ::fchmod(file, 0600) == 0 &&
                         ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (file >= 0) {
        ::close(file);
    }
    return written ? Result<void>{} : Error{Code::Internal, "demo-accounts.json cannot be written"};
}

Result<void> require_empty(Instance& instance) {
    const auto page = TRY(instance.read([](db::Transaction& tx) {
        return housing::list_properties(tx, "", {1, 0});
    }));
    if (page.total > 0) {
        return Error{Code::Conflict,
                     "the register holds properties already; a demo landlord needs an empty one"};
    }
    return {};
}

Result<std::uint64_t> read_number(const Command& command, Literal name, std::uint64_t otherwise) {
    const std::string text = command.option(name.view());
    if (text.empty()) {
        return otherwise;
    }
    const auto number = parse_whole<std::uint64_t>(text);
    return number ? Result<std::uint64_t>{*number} : Error{Code::Invalid, "is a whole number", name};
}

/// The officer gets the first patch and the manager the area of its manager, so that both have a tray to look
/// into.
Result<void> make_account(audit::Work& work, const DemoOptions& options, const DemoAccount& wanted) {
    const bool is_officer = wanted.role == "officer";
    if (!is_officer && wanted.role != "manager") {
        TRY(access::create_account(work, wanted.account));
        return {};
    }
    housing::Officer officer;
    officer.account = wanted.account;
    officer = TRY(housing::create_officer(work, std::move(officer)));
    if (is_officer) {
        TRY(housing::assign_patch(work, patch_uuid(options.seed, 0), officer.uuid, officer.uuid));
    } else {
        TRY(housing::assign_manager_area(work, manager_area_uuid(options.seed, 0), officer.uuid,
                                         officer.uuid));
    }
    return {};
}

Result<std::string> make_demo_landlord(Instance& instance, const Command& command, Output& output) {
    TRY(require_empty(instance));
    DemoOptions options;
    options.homes = TRY(read_number(command, "homes", options.homes));
    options.seed = TRY(read_number(command, "seed", options.seed));
    if (options.homes < 1 || options.homes > DemoOptions::kHomesMax) {
        return Error{Code::Invalid, "is a number from 1 to 1000000", "homes"};
    }
    const auto counts = count_demo(options);
    const auto accounts = TRY(make_accounts(instance));
    TRY(write_private(command.option("accounts-file"), accounts_json(accounts)));
    auto progress = progress_to(output, "Making the demo landlord");
    const std::size_t new_lets = count_new_lets(options);
    const std::size_t all = counts.total() + count_interactions(options) + count_consents(options) + new_lets;
    std::size_t worked = counts.total();
    TRY(instance.write([&](audit::Work& work) -> Result<void> {
        TRY(work.in_batches([&]() -> Result<void> {
            housing::Importer importer{work};
            TRY(make_demo(options, intake::with_progress(intake::write_to(importer), all,
                                                         [&](std::size_t done, std::size_t in_all) {
                                                             progress.update(done, in_all);
                                                             return Result<void>{};
                                                         })));
            return importer.finish();
        }));
        TRY(make_interactions(options, work, [&] { progress.update(++worked, all); }));
        TRY(make_consents(options, work, [&] { progress.update(++worked, all); }));
        TRY(make_new_lets(options, work, [&] { progress.update(++worked, all); }));
        for (const auto& one : accounts) {
            TRY(make_account(work, options, one));
        }
        return housing::settle_officer_roles(work);
    }));
    progress.finish();
    return counted(counts, count_interactions(options), count_consents(options), new_lets);
}

}  // namespace

int run_import(Instance& instance, const Command& command, Output& output) {
    const auto text_to = [&output](std::string_view text) { output.progress(text); };
    std::optional<Progress> hashing;
    std::optional<Progress> writing;
    const auto show = [&](intake::Step step, std::size_t done, std::size_t in_all) -> Result<void> {
        if (step == intake::Step::Checking) {
            return {};
        }
        auto& progress = step == intake::Step::Hashing ? hashing : writing;
        if (!progress) {
            progress.emplace(
                step == intake::Step::Hashing ? Literal{"Hashing passwords"} : Literal{"Importing"},
                output.look(), text_to);
        }
        progress->update(done, in_all);
        return {};
    };
    intake::RowErrors errors;
    const auto written = intake::import_folder(
        command.option("folder"), {instance.database(), instance.keys(), instance.clock()}, {}, show, errors);
    if (!written.ok()) {
        return report(output, errors, written.error());
    }
    VERIFY(writing.has_value());
    writing->finish();
    if (const auto followed = follow_names(instance); !followed.ok()) {
        return fail(output, followed.error());
    }
    if (const auto indexed = instance.index_events(); !indexed.ok()) {
        return fail(output, indexed.error());
    }
    output.line("imported " + counted(*written));
    return kDone;
}

int run_demo(Instance& instance, const Command& command, Output& output) {
    const auto made = make_demo_landlord(instance, command, output);
    if (!made.ok()) {
        return fail(output, made.error());
    }
    output.line("made " + *made);
    output.line("log-ins: " + command.option("accounts-file"));
    return kDone;
}

}  // namespace tenantry::app
