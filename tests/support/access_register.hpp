// A register in memory with accounts to try the rules of access on.
#pragma once

#include <gtest/gtest.h>

#include "access/session.hpp"
#include "tests/support/memory_register.hpp"

namespace tenantry::test {

/// Numbers of the built-in roles.
enum RoleNumber : std::int64_t {
    kService = 1,
    kAdmin = 2,
    kManager = 3,
    kOfficer = 4,
    kRecords = 5,
    kViewer = 6
};

class AccessTest : public testing::Test {
  protected:
    [[nodiscard]] db::Transaction& tx() { return *register_.tx; }
    [[nodiscard]] const crypto::KeyRing& keys() const { return register_.keys.ring; }
    [[nodiscard]] Instant now() const { return register_.clock.now(); }

    [[nodiscard]] static access::Account wanted(std::string email, RoleNumber role = kOfficer) {
        access::Account account;
        account.first_name = "Ama";
        account.last_name = "Mensah";
        account.email = std::move(email);
        account.password = "encoded hash";
        account.role.id = role;
        return account;
    }
    [[nodiscard]] Result<access::Account> create(access::Account account) {
        auto work = register_.work();
        return access::create_account(work, std::move(account));
    }
    access::Account add(std::string email, RoleNumber role = kOfficer) {
        return create(wanted(std::move(email), role)).value();
    }
    [[nodiscard]] Result<access::Account> update(access::Account account) {
        auto work = register_.work();
        return access::update_account(work, std::move(account), "user.updated");
    }
    access::NewSession open_session(std::int64_t account, access::SessionKind kind) {
        auto work = register_.work({account, "192.0.2.7"});
        return access::create_session(work, account, kind, {"192.0.2.7", "Firefox"}, times_).value();
    }
    [[nodiscard]] Result<access::Caller> authenticate(std::string_view token, access::Needs needs = {}) {
        return access::authenticate(tx(), keys(), token, needs, now(), times_);
    }
    [[nodiscard]] bool lives(const access::NewSession& session) { return authenticate(session.token).ok(); }
    [[nodiscard]] std::string last_action() {
        static constexpr db::Sql kLast{"test/last", "SELECT action FROM audit_event ORDER BY id DESC LIMIT 1",
                                       ""};
        return register_.ask<std::string>(kLast);
    }

    MemoryRegister register_;
    access::SessionTimes times_;
};

}  // namespace tenantry::test
