#include "web/accounts.hpp"

#include "access/management.hpp"
#include "api/services.hpp"
#include "web/administration.hpp"
#include "web/format.hpp"
#include "web/paging.hpp"
#include "web/session_view.hpp"
#include "web/summary_row.hpp"

namespace tenantry::web {

namespace {

constexpr std::int64_t kSessionsMost = 100;
constexpr std::size_t kSearchCharacters = 200;

std::string name_or_damaged(const access::Account& account) {
    return account.damaged ? "A damaged account" : account.full_name();
}

View view_of_account(const access::Account& account) {
    return view_of({{"href", View{"/administration/accounts/" + account.uuid.text()}},
                    {"name", View{name_or_damaged(account)}},
                    {"email", text_or_none(account.email)},
                    {"role", View{account.role.name}},
                    {"type", View{std::string{access::name_of(account.type)}}},
                    {"status", View{std::string{access::name_of(account.status)}}},
                    {"active", flag(account.status == access::AccountStatus::Active)}});
}

/// What the account may do that its role may not, or the other way round.
std::vector<View> differences(const std::vector<access::Permission>& here,
                              const std::vector<access::Permission>& there) {
    std::vector<View> only_here;
    for (const auto permission : here) {
        if (!access::holds(there, permission)) {
            only_here.push_back(view_of({{"text", View{std::string{access::meaning_of(permission)}}}}));
        }
    }
    return only_here;
}

}  // namespace

Result<http::Response> read_accounts(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const bool searched = call.request.method == "POST";
    const auto query =
        searched ? TRY(call.params.text("search", kSearchCharacters)).value_or("") : std::string{};
    const auto asked = searched ? AskedPage{} : TRY(asked_page(call));
    const auto page = TRY(
        access::list_accounts(call.work, std::nullopt, query, asked.paging().limit, asked.paging().offset));
    View content;
    content["query"] = View{query};
    content["searched"] = flag(searched && !query.empty());
    content["count"] = View{say_count(page.total, "account", "accounts")};
    std::vector<View> accounts;
    accounts.reserve(page.accounts.size());
    for (const auto& account : page.accounts) {
        accounts.push_back(view_of_account(account));
    }
    set_list(content, "accounts", std::move(accounts));
    const bool more = asked.is_followed(page.total);
    content["narrow"] = flag(searched && more);
    show_paging_in(content, "/administration/accounts?", asked, more && !searched);
    return show_administration(
        call, visitor, "/administration/accounts",
        {.title = "Accounts", .template_name = "accounts", .content = std::move(content)});
}

Result<http::Response> read_one_account(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    auto& tx = call.work.tx();
    const auto account = TRY(access::find_account(tx, call.services.keys, TRY(uuid_of(call))));
    const auto held = TRY(access::permissions_of(tx, account.id, account.role.id));
    const auto of_role = TRY(access::permissions_of_role(tx, account.role.id));
    const auto sessions = TRY(access::list_sessions(call.work, account.id, kSessionsMost, 0));
    View content = view_of_account(account);
    const bool manageable = access::check_manageable(call.who(), account).ok();
    content["manageable"] = flag(manageable);
    content["own"] = flag(account.id == call.who().account);
    set_rows(content, "details",
             {{"E-mail", account.email},
              {"Username", account.username.value_or("None")},
              {"Telephone", account.phone.value_or("None")},
              {"Role", account.role.name},
              {"Kind", std::string{access::name_of(account.type)}},
              {"Status", std::string{access::name_of(account.status)}},
              {"Password", account.password.empty() ? "None: nobody logs in with this account" : "Set"},
              {"Created", say_time(account.created_at)},
              {"Changed", say_time(account.updated_at)}});
    set_list(content, "more", differences(held, of_role));
    set_list(content, "less", differences(of_role, held));
    show_sessions_in(content, sessions, call.who(),
                     "/administration/accounts/" + account.uuid.text() + "/sessions",
                     manageable && visitor.may(access::Permission::SessionsTerminate));
    return show_administration(call, visitor, "",
                               {.title = "Account",
                                .template_name = "one_account",
                                .content = std::move(content),
                                .back = Link{"/administration/accounts", "Accounts"}});
}

}  // namespace tenantry::web
