#include "access/account.hpp"

#include <algorithm>

#include "access/account_names.hpp"
#include "tests/support/access_register.hpp"

namespace tenantry::access {
namespace {

using test::kAdmin;
using test::kManager;
using test::kOfficer;
using test::kViewer;

class AccountTest : public test::AccessTest {
  protected:
    [[nodiscard]] Result<Account> find(std::int64_t id) { return find_account(tx(), keys(), id); }
    [[nodiscard]] AccountPage list(std::string_view search, std::optional<AccountType> type = std::nullopt,
                                   std::int64_t limit = 50, std::int64_t offset = 0) {
        auto work = register_.work();
        return list_accounts(work, type, search, limit, offset).value();
    }
};

TEST_F(AccountTest, the_list_shows_a_damaged_account_without_what_is_sealed_and_reports_it) {
    const Account sound = add("efua@landlord.test");
    const Account harmed = add("ama@landlord.test");
    static constexpr db::Sql kHarm{"test/harm", "UPDATE account SET email = first_name WHERE id = $1", ""};
    register_.run(kHarm, harmed.id);
    const auto page = list("");
    ASSERT_EQ(page.accounts.size(), 2U);
    EXPECT_FALSE(page.accounts[0].damaged);
    EXPECT_EQ(page.accounts[0].email, "efua@landlord.test");
    EXPECT_TRUE(page.accounts[1].damaged);
    EXPECT_EQ(page.accounts[1].uuid, harmed.uuid);
    EXPECT_EQ(page.accounts[1].email + page.accounts[1].first_name, "");
    EXPECT_EQ(last_action(), "user.damaged");
    EXPECT_EQ(list("ama").total, 1) << "nobody is found by a name that does not open";
    EXPECT_EQ(list("ama").accounts.front().id, sound.id);
}

TEST_F(AccountTest, is_found_as_it_was_created) {
    Account full = wanted("Ama@Landlord.Test", kManager);
    full.type = AccountType::Contractor;
    full.branch = 3;
    full.username = "AMensah";
    full.phone = "07700 900461";
    const Account made = create(full).value();
    EXPECT_EQ(made.id, 1);
    EXPECT_EQ(made.version, 1);
    EXPECT_EQ(last_action(), "user.created");
    for (const auto& found : {find(made.id), find_account(tx(), keys(), made.uuid)}) {
        ASSERT_TRUE(found.ok());
        EXPECT_EQ(found->id, made.id);
        EXPECT_EQ(found->uuid, made.uuid);
        EXPECT_EQ(found->type, AccountType::Contractor);
        EXPECT_EQ(found->status, AccountStatus::Active);
        EXPECT_EQ(found->role.name, "manager");
        EXPECT_EQ(found->role.level, 60);
        EXPECT_EQ(found->branch, 3);
        EXPECT_EQ(found->full_name(), "Ama Mensah");
        EXPECT_EQ(found->email, "Ama@Landlord.Test");
        EXPECT_EQ(found->username, "AMensah");
        EXPECT_EQ(found->phone, "07700 900461");
        EXPECT_EQ(found->password, "encoded hash");
        EXPECT_EQ(found->created_at, now());
        EXPECT_EQ(found->updated_at, now());
    }
    EXPECT_EQ(find(2).error().code, Code::NotFound);
    EXPECT_EQ(find_account(tx(), keys(), crypto::new_uuid()).error().code, Code::NotFound);
}

TEST_F(AccountTest, is_active_and_new_whatever_the_caller_sent) {
    Account sly = wanted("a@landlord.test");
    sly.id = 77;
    sly.version = 9;
    sly.status = AccountStatus::Blacklisted;
    sly.role.level = 1'000;
    const Account made = create(sly).value();
    EXPECT_EQ(made.id, 1);
    EXPECT_EQ(made.version, 1);
    EXPECT_EQ(made.status, AccountStatus::Active);
    EXPECT_EQ(made.role.level, 40);
}

TEST_F(AccountTest, personal_columns_are_sealed) {
    Account made = wanted("priya@landlord.test");
    made.username = "priyak";
    made.phone = "07700900461";
    ASSERT_TRUE(create(made).ok());
    static constexpr db::Sql kAll{
        "test/all",
        "SELECT hex(first_name || last_name || email || username || phone || email_hash || username_hash) "
        "FROM account",
        ""};
    const Bytes stored = hex_decode(register_.ask<std::string>(kAll)).value();
    for (const auto* text : {"Ama", "Mensah", "priya", "0770"}) {
        EXPECT_EQ(text_of(stored).find(text), std::string_view::npos) << text;
    }
}

TEST_F(AccountTest, logs_in_by_email_or_username_in_any_case_and_spacing) {
    Account first = wanted("Ama@Landlord.Test");
    first.username = "AMensah";
    const auto id = create(first)->id;
    for (const auto* login :
         {"ama@landlord.test", "AMA@LANDLORD.TEST", "  Ama@Landlord.Test ", "amensah", " AMENSAH "}) {
        EXPECT_EQ(find_account_by_login(tx(), keys(), login)->id, id) << login;
    }
    EXPECT_EQ(find_account_by_login(tx(), keys(), "ama").error().code, Code::NotFound);
    EXPECT_EQ(find_account_by_login(tx(), keys(), "").error().code, Code::NotFound);
}

TEST_F(AccountTest, an_email_wins_over_an_equal_username) {
    const auto owner = add("ama@landlord.test").id;
    Account impostor = wanted("other@landlord.test");
    impostor.username = "ama@landlord.test";
    ASSERT_TRUE(create(impostor).ok());
    EXPECT_EQ(find_account_by_login(tx(), keys(), "ama@landlord.test")->id, owner);
}

TEST_F(AccountTest, email_and_username_are_taken_once) {
    Account first = wanted("ama@landlord.test");
    first.username = "ama";
    ASSERT_TRUE(create(first).ok());
    EXPECT_EQ(create(wanted(" AMA@landlord.test")).error().code, Code::Conflict);
    Account second = wanted("efua@landlord.test");
    second.username = "Ama";
    EXPECT_EQ(create(second).error().code, Code::Conflict);
    second.username = "efua";
    Account made = create(second).value();
    made.email = "Ama@Landlord.test";
    EXPECT_EQ(update(made).error().code, Code::Conflict);
    made.email = "efua@landlord.test";
    made.username = "AMA";
    EXPECT_EQ(update(made).error().code, Code::Conflict);
}

TEST_F(AccountTest, a_role_must_exist) {
    Account account = wanted("ama@landlord.test");
    account.role.id = 99;
    EXPECT_EQ(create(account).error().code, Code::Invalid);
    Account made = add("efua@landlord.test");
    made.role.id = 0;
    EXPECT_EQ(update(made).error().code, Code::Invalid);
}

TEST_F(AccountTest, an_update_is_one_version_on_and_journalled) {
    Account made = add("ama@landlord.test");
    register_.clock.advance(std::chrono::hours{1});
    made.last_name = "Owusu";
    made.email = "owusu@landlord.test";
    made.branch = 4;
    EXPECT_EQ(update(made)->version, 2);
    EXPECT_EQ(last_action(), "user.updated");
    const Account found = find(made.id).value();
    EXPECT_EQ(found.full_name(), "Ama Owusu");
    EXPECT_EQ(found.version, 2);
    EXPECT_EQ(found.branch, 4);
    EXPECT_EQ(found.updated_at - found.created_at, std::chrono::hours{1});
    EXPECT_TRUE(find_account_by_login(tx(), keys(), "owusu@landlord.test").ok());
    EXPECT_EQ(find_account_by_login(tx(), keys(), "ama@landlord.test").error().code, Code::NotFound);
}

TEST_F(AccountTest, a_stale_update_is_a_conflict_and_changes_nothing) {
    const Account read_by_both = add("ama@landlord.test");
    Account first = read_by_both;
    first.last_name = "Owusu";
    ASSERT_TRUE(update(first).ok());
    Account second = read_by_both;
    second.last_name = "Boateng";
    EXPECT_EQ(update(second).error().code, Code::Conflict);
    EXPECT_EQ(find(read_by_both.id)->last_name, "Owusu");
    second.id = 44;
    EXPECT_EQ(update(second).error().code, Code::NotFound);
}

TEST_F(AccountTest, sessions_end_where_status_role_type_or_password_change_and_only_there) {
    struct Change {
        const char* what;
        void (*make)(Account&);
        bool ends;
    };
    constexpr std::array kChanges{
        Change{"status", [](Account& a) { a.status = AccountStatus::Disabled; }, true},
        Change{"role", [](Account& a) { a.role.id = kViewer; }, true},
        Change{"type", [](Account& a) { a.type = AccountType::Agent; }, true},
        Change{"password", [](Account& a) { a.password = "another"; }, true},
        Change{"name", [](Account& a) { a.first_name = "Abena"; }, false},
        Change{"email", [](Account& a) { a.email = "new@landlord.test"; }, false},
    };
    const auto bystander = open_session(add("bystander@landlord.test").id, SessionKind::Browser);
    for (const auto& [what, make, ends] : kChanges) {
        Account account = add(std::string{what} + "@landlord.test");
        const auto browser = open_session(account.id, SessionKind::Browser);
        const auto mobile = open_session(account.id, SessionKind::Mobile);
        make(account);
        ASSERT_TRUE(update(account).ok());
        static constexpr db::Sql kLeft{"test/left", "SELECT count(*) FROM session WHERE account_id = $1", ""};
        EXPECT_EQ(register_.ask<int>(kLeft, account.id), ends ? 0 : 2) << what;
        EXPECT_EQ(lives(browser), !ends) << what;
        EXPECT_EQ(lives(mobile), !ends) << what;
        EXPECT_TRUE(lives(bystander));
    }
}

TEST_F(AccountTest, goes_with_its_sessions_and_grants_and_its_journal_stays) {
    const Account account = add("ama@landlord.test");
    const auto session = open_session(account.id, SessionKind::Browser);
    auto work = register_.work();
    ASSERT_TRUE(set_account_permission(work, account.id, Permission::MetricsView, true).ok());
    ASSERT_TRUE(remove_account(work, account).ok());
    EXPECT_EQ(find(account.id).error().code, Code::NotFound);
    EXPECT_FALSE(lives(session));
    EXPECT_EQ(last_action(), "user.deleted");
    static constexpr db::Sql kEvents{"test/events", "SELECT count(*) FROM audit_event WHERE resource_id = $1",
                                     ""};
    EXPECT_EQ(register_.ask<int>(kEvents, account.id), 4);
    EXPECT_NE(add("ama@landlord.test").id, account.id);
}

TEST_F(AccountTest, every_change_of_its_row_by_other_means_is_found) {
    constexpr std::array kTampers{
        db::Sql{"test/tamper", "UPDATE account SET role_id = 2 WHERE id = $1", ""},
        db::Sql{"test/tamper", "UPDATE account SET status = 2 WHERE id = $1", ""},
        db::Sql{"test/tamper", "UPDATE account SET account_type_id = 2 WHERE id = $1", ""},
        db::Sql{"test/tamper", "UPDATE account SET branch_id = 7 WHERE id = $1", ""},
        db::Sql{"test/tamper", "UPDATE account SET branch_id = 0 WHERE id = $1", ""},
        db::Sql{"test/tamper", "UPDATE account SET version = version + 1 WHERE id = $1", ""},
        db::Sql{"test/tamper", "UPDATE account SET uuid = randomblob(16) WHERE id = $1", ""},
        db::Sql{"test/tamper", "UPDATE account SET password = 'known to me' WHERE id = $1", ""},
        db::Sql{"test/tamper", "UPDATE account SET phone = NULL WHERE id = $1", ""},
        db::Sql{"test/tamper", "UPDATE account SET phone = first_name WHERE id = $1", ""},
        db::Sql{"test/tamper", "UPDATE account SET first_name = x'' WHERE id = $1", ""},
        db::Sql{"test/tamper",
                "UPDATE account SET first_name = last_name, last_name = first_name WHERE id = $1", ""},
        db::Sql{"test/tamper", "UPDATE account SET row_seal = x'' WHERE id = $1", ""},
        db::Sql{"test/tamper",
                "UPDATE account SET row_seal = (SELECT row_seal FROM account WHERE id <> $1) WHERE id = $1",
                ""},
        db::Sql{
            "test/tamper",
            "UPDATE account SET (first_name, last_name, email, phone, password, row_seal) = "
            "(SELECT first_name, last_name, email, phone, password, row_seal FROM account WHERE id <> $1) "
            "WHERE id = $1",
            ""},
    };
    static constexpr db::Sql kBegin{"test/begin", "SAVEPOINT trial", ""};
    static constexpr db::Sql kUndo{"test/undo", "ROLLBACK TO trial", ""};
    Account account = wanted("ama@landlord.test");
    account.phone = "07700900461";
    const auto id = create(account)->id;
    const auto other = add("efua@landlord.test", kAdmin).id;
    register_.run(kBegin);
    for (const db::Sql& tamper : kTampers) {
        ASSERT_EQ(register_.run(tamper, id), 1);
        EXPECT_EQ(find(id).error().code, Code::Corrupt) << tamper.text;
        EXPECT_EQ(find_account_by_login(tx(), keys(), "ama@landlord.test").error().code, Code::Corrupt);
        EXPECT_TRUE(find(other).ok());
        register_.run(kUndo);
        ASSERT_TRUE(find(id).ok());
    }
}

TEST_F(AccountTest, a_row_that_is_put_back_as_it_was_before_does_not_open) {
    Account account = add("ama@landlord.test");
    static constexpr db::Sql kKeep{"test/keep", "CREATE TABLE kept AS SELECT * FROM account", ""};
    static constexpr db::Sql kPutBack{
        "test/put_back", "UPDATE account SET (last_name, row_seal) = (SELECT last_name, row_seal FROM kept)",
        ""};
    register_.run(kKeep);
    account.last_name = "Owusu";
    ASSERT_TRUE(update(account).ok());
    register_.run(kPutBack);
    EXPECT_EQ(find(account.id).error().code, Code::Corrupt);
}

TEST_F(AccountTest, lists_by_number_a_page_at_a_time_and_counts_all) {
    for (int i = 0; i < 7; ++i) {
        Account account = wanted("user" + std::to_string(i) + "@landlord.test");
        account.type = i % 2 == 0 ? AccountType::Staff : AccountType::Landlord;
        ASSERT_TRUE(create(account).ok());
    }
    const auto page = list("", std::nullopt, 3, 2);
    EXPECT_EQ(page.total, 7);
    ASSERT_EQ(page.accounts.size(), 3U);
    EXPECT_EQ(page.accounts[0].id, 3);
    EXPECT_EQ(page.accounts[2].id, 5);
    EXPECT_EQ(list("", AccountType::Landlord).total, 3);
    EXPECT_EQ(list("", AccountType::Tenant).total, 0);
    EXPECT_TRUE(list("", std::nullopt, 3, 7).accounts.empty());
}

TEST_F(AccountTest, searches_folded_names_and_emails) {
    Account account = wanted("zoe.obrien@landlord.test");
    account.first_name = "Zo\xc3\xab";
    account.last_name =
        "O\xe2\x80\x99"
        "Brien";
    ASSERT_TRUE(create(account).ok());
    add("ama@other.test");
    for (const auto* search : {"zoe", "ZOE OBRIEN", "o'brien", "zoe.obrien@", "Landlord.test"}) {
        EXPECT_EQ(list(search).total, 1) << search;
    }
    EXPECT_EQ(list(".test").total, 2);
    EXPECT_EQ(list("nobody").total, 0);
    EXPECT_EQ(list("%").total, 0);
}

TEST(AccountNames, types_and_states_have_names) {
    for (const auto type : {AccountType::Staff, AccountType::Agent, AccountType::Landlord,
                            AccountType::Tenant, AccountType::Contractor}) {
        EXPECT_EQ(parse_account_type(name_of(type)), type);
    }
    EXPECT_EQ(parse_account_type("STAFF "), AccountType::Staff);
    EXPECT_EQ(parse_account_type(""), std::nullopt);
    EXPECT_EQ(parse_account_type("Admin"), std::nullopt);
    EXPECT_EQ(name_of(AccountStatus::Blacklisted), "Blacklisted");
}

TEST(AccountNames, a_full_name_needs_no_both) {
    Account account;
    EXPECT_EQ(account.full_name(), "");
    account.last_name = "Mensah";
    EXPECT_EQ(account.full_name(), "Mensah");
    account.first_name = "Ama";
    EXPECT_EQ(account.full_name(), "Ama Mensah");
    account.last_name = "";
    EXPECT_EQ(account.full_name(), "Ama");
}

TEST(NewPassword, has_15_characters_at_least_and_256_bytes_at_most) {
    EXPECT_EQ(check_new_password(std::string(14, 'a')).error().code, Code::Invalid);
    EXPECT_EQ(check_new_password("").error().field.view(), "password");
    EXPECT_TRUE(check_new_password(std::string(15, 'a')).ok());
    EXPECT_TRUE(check_new_password(std::string(256, ' ')).ok());
    EXPECT_EQ(check_new_password(std::string(257, 'a')).error().code, Code::Invalid);
    std::string foxes;
    for (int i = 0; i < 14; ++i) {
        foxes += "\xf0\x9f\xa6\x8a";
    }
    EXPECT_FALSE(check_new_password(foxes).ok());
    EXPECT_TRUE(check_new_password(foxes + "\xf0\x9f\xa6\x8a").ok());
}

class Grants : public AccountTest {
  protected:
    [[nodiscard]] bool holds(const Account& account, Permission permission) {
        const auto held = permissions_of(tx(), account.id, account.role.id).value();
        const bool listed = std::find(held.begin(), held.end(), permission) != held.end();
        const auto session = open_session(account.id, SessionKind::Mobile);
        EXPECT_EQ(authenticate(session.token, {permission})->permitted, listed);
        return listed;
    }
};

TEST_F(Grants, are_the_roles_plus_what_was_granted_less_what_was_revoked) {
    const Account viewer = add("ama@landlord.test", kViewer);
    const Account colleague = add("efua@landlord.test", kViewer);
    auto work = register_.work();
    EXPECT_TRUE(holds(viewer, Permission::TenantsView));
    EXPECT_FALSE(holds(viewer, Permission::MetricsView));
    ASSERT_TRUE(set_account_permission(work, viewer.id, Permission::MetricsView, true).ok());
    EXPECT_EQ(last_action(), "permission.granted");
    ASSERT_TRUE(set_account_permission(work, viewer.id, Permission::TenantsView, false).ok());
    EXPECT_EQ(last_action(), "permission.revoked");
    EXPECT_TRUE(holds(viewer, Permission::MetricsView));
    EXPECT_FALSE(holds(viewer, Permission::TenantsView));
    EXPECT_FALSE(holds(colleague, Permission::MetricsView));
    EXPECT_TRUE(holds(colleague, Permission::TenantsView));
    ASSERT_TRUE(set_account_permission(work, viewer.id, Permission::TenantsView, true).ok());
    EXPECT_TRUE(holds(viewer, Permission::TenantsView));
    EXPECT_EQ(set_account_permission(work, 99, Permission::TenantsView, true).error().code, Code::Conflict);
}

TEST_F(Grants, can_be_made_exactly_these) {
    const Account officer = add("ama@landlord.test", kOfficer);
    auto work = register_.work();
    ASSERT_TRUE(set_account_permission(work, officer.id, Permission::UsersManage, true).ok());
    const std::vector<Permission> exactly{Permission::MetricsView, Permission::TenantsView};
    ASSERT_TRUE(sync_account_permissions(work, officer, exactly).ok());
    EXPECT_EQ(last_action(), "permission.synced");
    for (const Permission permission : all_permissions()) {
        const bool wanted_here = std::find(exactly.begin(), exactly.end(), permission) != exactly.end();
        EXPECT_EQ(holds(officer, permission), wanted_here) << key_of(permission);
    }
    ASSERT_TRUE(sync_account_permissions(work, officer, {}).ok());
    EXPECT_TRUE(permissions_of(tx(), officer.id, officer.role.id)->empty());
}

TEST_F(Grants, of_a_role_count_for_all_who_have_it) {
    const Account viewer = add("ama@landlord.test", kViewer);
    auto work = register_.work();
    ASSERT_TRUE(set_role_permission(work, kViewer, Permission::MetricsView, true).ok());
    ASSERT_TRUE(set_role_permission(work, kViewer, Permission::MetricsView, true).ok());
    EXPECT_EQ(last_action(), "role.granted");
    EXPECT_TRUE(holds(viewer, Permission::MetricsView));
    ASSERT_TRUE(set_role_permission(work, kViewer, Permission::MetricsView, false).ok());
    EXPECT_EQ(last_action(), "role.revoked");
    EXPECT_FALSE(holds(viewer, Permission::MetricsView));
    EXPECT_EQ(set_role_permission(work, 99, Permission::MetricsView, true).error().code, Code::Conflict);
}

TEST_F(Grants, the_built_in_roles_are_found_by_name_and_number) {
    const auto roles = list_roles(tx()).value();
    ASSERT_EQ(roles.size(), 6U);
    for (const Role& role : roles) {
        EXPECT_EQ(find_role(tx(), role.name)->id, role.id);
        EXPECT_EQ(find_role(tx(), role.id)->level, role.level);
        for (const Permission permission : permissions_of_role(tx(), role.id).value()) {
            EXPECT_FALSE(key_of(permission).empty());
        }
    }
    EXPECT_EQ(find_role(tx(), "owner").error().code, Code::Invalid);
    EXPECT_EQ(find_role(tx(), 0).error().code, Code::Invalid);
}

TEST_F(Grants, every_permission_in_the_schema_is_known) {
    static constexpr db::Sql kKeys{"test/keys", "SELECT count(*) FROM role_permission WHERE role_id = $1",
                                   ""};
    const auto roles = list_roles(tx()).value();
    for (const Role& role : roles) {
        EXPECT_EQ(permissions_of_role(tx(), role.id)->size(), register_.ask<std::size_t>(kKeys, role.id))
            << role.name;
    }
}

TEST_F(AccountTest, names_are_found_for_many_at_once) {
    const Account sound = add("efua@landlord.test");
    const Account harmed = add("ama@landlord.test");
    static constexpr db::Sql kHarm{"test/harm", "UPDATE account SET first_name = email WHERE id = $1", ""};
    register_.run(kHarm, harmed.id);
    const auto names = name_accounts(tx(), keys(), {sound.id, harmed.id, 999}).value();
    ASSERT_EQ(names.size(), 1U);
    EXPECT_EQ(names.at(sound.id), sound.full_name());
    EXPECT_TRUE(name_accounts(tx(), keys(), {})->empty());
}

}  // namespace
}  // namespace tenantry::access
