#include "web/desk_officers.hpp"

#include <algorithm>
#include <span>

#include "access/management.hpp"
#include "api/services.hpp"
#include "base/text.hpp"
#include "register/officer.hpp"
#include "web/csrf.hpp"
#include "web/desk_view.hpp"
#include "web/format.hpp"
#include "web/new_password.hpp"
#include "web/paging.hpp"

namespace tenantry::web {

namespace {

using housing::Holding;
using housing::Officer;

constexpr Place kHere = Place::Desk;
constexpr std::size_t kNameCharacters = 100;
constexpr std::size_t kEmailCharacters = 254;

/// Nobody disables their own account, or one above their own level.
bool may_disable(const access::Caller& caller, const Officer& officer) {
    return officer.active && officer.account.id != caller.account &&
           access::check_manageable(caller, officer.account).ok();
}

/// What the officer holds, by name, with the links that give it to somebody else.
std::vector<View> views_of(const std::vector<Holding>& holdings, Id<Officer> officer, bool may_assign) {
    std::vector<View> views;
    for (const auto& one : holdings) {
        if (one.officer == officer) {
            const std::string path = one.is_manager_area ? "/desk/areas/" : "/desk/patches/";
            views.push_back(
                view_of({{"name", View{one.name}},
                         {"href", may_assign ? View{path + one.uuid.text() + "/assign"} : flag(false)},
                         {"is_area", flag(one.is_manager_area)}}));
        }
    }
    return views;
}

/// The page's officers of all that are to be listed, by name.
Result<std::vector<Officer>> officers_to_list(audit::Work& work, bool all) {
    auto officers = TRY(all ? housing::list_active_officers(work) : housing::list_unassigned_officers(work));
    std::vector<std::pair<std::string, std::size_t>> names;
    for (std::size_t i = 0; i < officers.size(); ++i) {
        names.emplace_back(fold(officers[i].account.full_name()), i);
    }
    std::sort(names.begin(), names.end());
    std::vector<Officer> sorted;
    sorted.reserve(officers.size());
    for (const auto& [name, i] : names) {
        sorted.push_back(std::move(officers[i]));
    }
    return sorted;
}

struct NewOfficer {
    std::optional<std::string> first_name;
    std::optional<std::string> last_name;
    std::optional<std::string> email;
    std::optional<std::string> username;
    std::optional<std::string> password;
};

NewOfficer add_fields(Form& form) {
    NewOfficer entered;
    entered.first_name = form.text({.name = "first_name",
                                    .label = "First name",
                                    .characters_max = kNameCharacters,
                                    .missing = "Enter a first name"});
    entered.last_name = form.text({.name = "last_name",
                                   .label = "Last name",
                                   .characters_max = kNameCharacters,
                                   .missing = "Enter a last name"});
    entered.email = form.text({.name = "email",
                               .label = "E-mail address",
                               .characters_max = kEmailCharacters,
                               .missing = "Enter an e-mail address",
                               .type = "email"});
    entered.username = form.text({.name = "username",
                                  .label = "Username",
                                  .hint = "They log in with it, or with their e-mail address.",
                                  .characters_max = kNameCharacters,
                                  .missing = "Enter a username",
                                  .width = 20});
    entered.password = form.password({.name = "password",
                                      .label = "First password",
                                      .hint = "At least 15 characters, such as four words. Tell it to them "
                                              "yourself; they can change it in their account.",
                                      .missing = "Enter a first password",
                                      .autocomplete = "new-password"});
    const auto again = form.password({.name = "password_again",
                                      .label = "First password again",
                                      .missing = "Enter the first password again",
                                      .autocomplete = "new-password"});
    check_new_password(form, "password", entered.password, "password_again", again);
    return entered;
}

Result<http::Response> show_form(Call& call, const Form& form) {
    const auto visitor = TRY(visitor_of(call));
    return show(call, visitor,
                {.title = "Add an officer",
                 .template_name = "desk_officer_new",
                 .content = {},
                 .place = kHere,
                 .back = Link{"/desk/officers", "Officers"},
                 .form = &form});
}

/// Says at its field what is taken already.
Result<void> refuse_taken(Call& call, Form& form, const NewOfficer& entered) {
    const auto taken = [&](const std::string& login) -> Result<bool> {
        const auto found = access::find_account_by_login(call.work.tx(), call.services.keys, login);
        if (!found.ok() && found.error().code != Code::NotFound) {
            return found.error();
        }
        return found.ok();
    };
    const bool email = TRY(taken(*entered.email));
    const bool username = TRY(taken(*entered.username));
    if (email || !username) {
        form.refuse("email", "Another account has this e-mail address");
    }
    if (username) {
        form.refuse("username", "Another account has this username");
    }
    return {};
}

Result<Officer> officer_of(Call& call) {
    return housing::find_officer(call.work.tx(), call.work.keys(), TRY(uuid_of(call)));
}

}  // namespace

Result<http::Response> read_officers(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto page = TRY(asked_page(call));
    const std::string* asked = call.params.given_text("show");
    const bool all = asked != nullptr && *asked == "all";
    const auto officers = TRY(officers_to_list(call.work, all));
    const auto slice = slice_of(page, officers.size());
    const auto shown = std::span{officers}.subspan(slice.begin, slice.end - slice.begin);
    std::set<Id<Officer>> numbers;
    for (const auto& officer : shown) {
        numbers.insert(officer.id);
    }
    const auto holdings = TRY(housing::list_holdings(call.work.tx(), numbers));
    const bool may_assign = visitor.may(access::Permission::PatchesManage);
    std::vector<View> rows;
    for (const auto& officer : shown) {
        View row;
        row["officer_name"] = View{officer.account.full_name()};
        row["email"] = View{officer.account.email};
        row["username"] = text_or_none(officer.account.username);
        set_list(row, "holdings", views_of(holdings, officer.id, may_assign));
        row["disable"] = may_disable(call.who(), officer)
                             ? View{"/desk/officers/" + officer.uuid.text() + "/disable"}
                             : flag(false);
        rows.push_back(std::move(row));
    }
    View content;
    show_desk_parts_in(content, visitor, DeskPart::Officers, nullptr);
    content["all"] = flag(all);
    content["count"] = View{say_count(static_cast<std::int64_t>(officers.size()), "officer", "officers")};
    set_list(content, "officers", std::move(rows));
    show_paging_in(content, all ? "/desk/officers?show=all&" : "/desk/officers?", page, slice.has_more);
    return show(call, visitor,
                {.title = "Officers",
                 .template_name = "desk_officers",
                 .content = std::move(content),
                 .place = kHere});
}

Result<http::Response> read_new_officer(Call& call) {
    Form form;
    add_fields(form);
    return show_form(call, form);
}

Result<http::Response> post_new_officer(Call& call) {
    TRY(check_csrf(call));
    Form form{call.params};
    const auto entered = add_fields(form);
    if (!form.is_sound()) {
        return show_form(call, form);
    }
    const auto& services = call.services;
    Officer officer;
    officer.account.first_name = *entered.first_name;
    officer.account.last_name = *entered.last_name;
    officer.account.email = *entered.email;
    officer.account.username = *entered.username;
    officer.account.password = TRY(crypto::hash_password(*entered.password, services.settings.password_cost));
    const auto made =
        write_once(call, [&](audit::Work& work) { return housing::create_officer(work, officer); });
    if (!made.ok() && made.error().code == Code::Conflict) {
        TRY(refuse_taken(call, form, entered));
        return show_form(call, form);
    }
    TRY(made);
    return go_to("/desk/officers", "officer-added");
}

Result<http::Response> read_disable_officer(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto officer = TRY(officer_of(call));
    if (officer.active && !may_disable(call.who(), officer)) {
        return access::kNotPermitted;
    }
    const auto holdings = TRY(housing::list_holdings(call.work.tx(), {officer.id}));
    View content;
    content["officer_name"] = View{officer.account.full_name()};
    content["active"] = flag(officer.active);
    content["path"] = View{"/desk/officers/" + officer.uuid.text() + "/disable"};
    set_list(content, "holdings",
             views_of(holdings, officer.id, visitor.may(access::Permission::PatchesManage)));
    return show(call, visitor,
                {.title = officer.active ? "Disable an officer" : "Officer disabled",
                 .template_name = "desk_officer_disable",
                 .content = std::move(content),
                 .place = kHere,
                 .back = Link{"/desk/officers?show=all", "Officers"}});
}

Result<http::Response> post_disable_officer(Call& call) {
    auto officer = TRY(officer_of(call));
    const std::string path = "/desk/officers/" + officer.uuid.text() + "/disable";
    if (!officer.active) {
        return go_to(path);
    }
    if (!may_disable(call.who(), officer)) {
        return access::kNotPermitted;
    }
    TRY(housing::disable_officer(call.work, std::move(officer)));
    return go_to(path, "officer-disabled");
}

}  // namespace tenantry::web
