// Officers' accounts (contract 4.8).
#include "api/hackney/officers.hpp"

#include <algorithm>

#include "api/hackney/input.hpp"
#include "api/hackney/reply.hpp"
#include "api/repeat.hpp"
#include "base/text.hpp"
#include "register/officer.hpp"

namespace tenantry::api::hackney {

namespace {

constexpr std::string_view kNoOfficer =
    "EstateOfficerAccount object or any of its state member is empty or null.";
constexpr std::string_view kNoLogin =
    "EstateOfficerLoginAccount object or any of its state member is empty or null.";

/// What the body says of the new officer; absent members are empty.
struct NewOfficer {
    std::string first_name;
    std::string last_name;
    std::string email;
    std::string username;
    std::string password;
};

/// The text; empty where it is absent or blank.
std::string given(std::optional<std::string> text) {
    return is_given(text) ? std::move(*text) : std::string{};
}

NewOfficer read_officer(Body& body) {
    NewOfficer officer;
    if (const auto account = body.fields().object("officeraccount")) {
        officer.first_name = given(account->text("hackney_firstname"));
        officer.last_name = given(account->text("hackney_lastname"));
        officer.email = given(account->text("hackney_emailaddress"));
    }
    if (const auto login = body.fields().object("officerloginaccount")) {
        officer.username = given(login->text("hackney_username"));
        officer.password = given(login->secret("hackney_password"));
    }
    return officer;
}

std::string officer_reply(const housing::Officer& officer) {
    const auto& account = officer.account;
    std::string body;
    json::Writer w{body};
    w.begin_object().key("result").begin_object();
    w.key("EstateOfficerid").uuid(officer.uuid);
    w.key("Name").text(account.full_name());
    w.key("FirstName").text(account.first_name);
    w.key("LastName").text(account.last_name);
    w.key("EmailAddress").text(account.email);
    w.key("OfficerAccountStatus").text(officer.active ? "Active" : "InActive");
    w.key("EstateOfficerLoginId").uuid(account.uuid);
    w.key("UserName").text_or_null(account.username);
    w.key("LoginAccountStatus").text(account.status == access::AccountStatus::Active ? "Active" : "InActive");
    w.end_object().end_object();
    return body;
}

/// Forbidden: the account is above the caller's level. What this API makes itself, officers and managers, it
/// may also undo, whoever calls.
Result<void> require_manageable(Call& call, const access::Account& account) {
    const auto manager = TRY(access::find_role(call.work.tx(), "manager"));
    if (account.role.level > std::max(call.who().level, manager.level)) {
        return access::kNotPermitted;
    }
    return {};
}

}  // namespace

Result<http::Response> create_officer_account(Call& call) {
    Body body{call.request};
    const NewOfficer wanted = read_officer(body);
    if (body.is_null()) {
        return Error{Code::Invalid, "The body cannot be read"};
    }
    if (wanted.first_name.empty() || wanted.last_name.empty() || !looks_like_email(wanted.email)) {
        return refuse_input(std::vector{kNoOfficer});
    }
    if (wanted.username.empty() || wanted.password.empty()) {
        return refuse_input(std::vector{kNoLogin});
    }
    Services& services = call.services;
    housing::Officer officer;
    officer.account.first_name = wanted.first_name;
    officer.account.last_name = wanted.last_name;
    officer.account.email = wanted.email;
    officer.account.username = wanted.username;
    officer.account.password = TRY(crypto::hash_password(wanted.password, services.settings.password_cost));
    auto made = services.database.write_and_wait([&](db::Transaction& tx) -> Result<http::Response> {
        audit::Work work{tx, services.keys, call.work.actor(), call.work.now(), nullptr};
        if (auto earlier = TRY(find_answer(call, work, refuse_status))) {
            return std::move(*earlier);
        }
        const auto created = TRY(housing::create_officer(work, officer));
        return keep_answer(call, work, json_reply(201, officer_reply(created)));
    });
    return made.ok() || made.error().code != Code::Conflict ? std::move(made)
                                                            : refuse_as_taken(made.error().text.view());
}

Result<http::Response> disable_officer_account(Call& call) {
    const Query query{call.request};
    const auto officer_id = query.text("officerId");
    const auto login_id = query.text("officerLoginId");
    std::vector<std::string_view> refusals;
    if (!officer_id) {
        refusals.emplace_back("EstateOfficerAccount Id Can't be Null or Empty");
    }
    if (!login_id) {
        refusals.emplace_back("EstateOfficerLoginAccount  Id Can't be Null or Empty");
    }
    if (!refusals.empty()) {
        return refuse_input(refusals);
    }
    auto officer = TRY(
        housing::find_officer(call.work.tx(), call.work.keys(), parse_guid(*officer_id).value_or(Uuid{})));
    if (officer.account.uuid != parse_guid(*login_id)) {
        return Error{Code::NotFound, "The officer has no such account"};
    }
    TRY(require_manageable(call, officer.account));
    TRY(housing::disable_officer(call.work, std::move(officer)));
    return empty_reply(204);
}

}  // namespace tenantry::api::hackney
