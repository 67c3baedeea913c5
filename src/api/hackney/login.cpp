// Whether an officer's password is right, and what they answer for (contract 4.6). Gives no token.
#include "api/hackney/input.hpp"
#include "api/hackney/officers.hpp"
#include "api/hackney/reply.hpp"
#include "api/log_in.hpp"
#include "register/officer.hpp"

namespace tenantry::api::hackney {

namespace {

constexpr std::string_view kMissing = "Please provide Username and Password";

/// The same answer for whoever is unknown, wrong, disabled or made to wait.
http::Response nobody() {
    return json_reply(200, R"({"result":{}})");
}

std::string login_reply(const access::Account& account, const housing::Posting& posting) {
    std::string body;
    json::Writer w{body};
    w.begin_object().key("result").begin_object();
    w.key("estateOfficerLoginId").uuid(account.uuid);
    w.key("officerId").uuid(posting.officer_uuid);
    w.key("firstName").text(account.first_name);
    w.key("surName").text(account.last_name);
    w.key("username").text_or_null(account.username);
    w.key("fullName").text(account.full_name());
    w.key("isManager").boolean(posting.is_manager);
    write_uuid(w.key("areamanagerId"), posting.manager_area);
    write_uuid(w.key("officerPatchId"), posting.patch);
    write_integer(w.key("areaId"), posting.area ? std::optional{posting.area->value} : std::nullopt);
    w.end_object().end_object();
    return body;
}

Result<http::Response> log_in(Call& call, const std::optional<std::string>& username,
                              const std::optional<std::string>& password) {
    if (!is_given(username) || !is_given(password)) {
        return refuse_input(std::vector{kMissing});
    }
    const Credentials credentials{*username, *password};
    std::optional<housing::Posting> posting;
    const auto attempt =
        TRY(attempt_login(call, credentials, [&](const access::Account& account) -> Result<bool> {
            auto found = housing::find_posting(call.work.tx(), account.id);
            if (!found.ok() && found.error().code == Code::NotFound) {
                return false;
            }
            posting = TRY(found);
            return true;
        }));
    if (attempt.retry_after.count() > 0) {
        check_nothing(call.services, credentials);
    }
    if (!attempt.account) {
        return nobody();
    }
    const auto account =
        call.services.database.write_and_wait([&](db::Transaction& tx) -> Result<access::Account> {
            audit::Work work{tx,
                             call.services.keys,
                             {attempt.account->id, call.request.client_address},
                             call.work.now(),
                             nullptr};
            auto current = TRY(complete_login(work, call, credentials, attempt));
            TRY(work.changed({.action = "login.succeeded", .resource = current.id}));
            return current;
        });
    if (!account.ok()) {
        return account.error().code == Code::Unauthenticated ? nobody()
                                                             : Result<http::Response>{account.error()};
    }
    return json_reply(200, login_reply(*account, *posting));
}

}  // namespace

Result<http::Response> log_in_by_query(Call& call) {
    if (!call.services.settings.login_by_get) {
        return empty_reply(404);
    }
    const Query query{call.request};
    return log_in(call, query.text("username"), query.secret("password"));
}

Result<http::Response> log_in_by_body(Call& call) {
    const auto type = call.request.header("content-type").value_or("");
    if (type.find("json") == std::string_view::npos) {
        const Query form{call.request.body};
        return log_in(call, form.text("username"), form.secret("password"));
    }
    Body body{call.request};
    const auto username = body.fields().text("username");
    const auto password = body.fields().secret("password");
    return body.is_null() ? log_in(call, std::nullopt, std::nullopt) : log_in(call, username, password);
}

}  // namespace tenantry::api::hackney
