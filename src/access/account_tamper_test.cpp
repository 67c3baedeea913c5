// Direct SQL against an account's row: every change must be found when the account is read.
#include "access/account.hpp"
#include "tests/support/register_fixture.hpp"

namespace tenantry::access {
namespace {

class TamperedAccount : public test::RegisterTest {
  protected:
    void SetUp() override {
        account_ = add("priya@mail.test", "priya");
        add("sam@mail.test", "sam");
    }
    Account add(const std::string& email, const std::string& username) {
        Account account;
        account.role.id = 4;
        account.first_name = "Priya";
        account.last_name = "Nair";
        account.email = email;
        account.username = username;
        account.phone = "07700900461";
        account.password = "$argon2id$stands-in";
        auto in = work();
        return create_account(in, account).value();
    }
    [[nodiscard]] bool is_corrupt() {
        const auto found = find_account(tx_, keys(), account_.uuid);
        return !found.ok() && found.error().code == Code::Corrupt;
    }

    Account account_;
};

TEST_F(TamperedAccount, every_bit_of_every_sealed_column_counts) {
    for (const char* name : {"first_name", "last_name", "email", "username", "phone", "row_seal"}) {
        const std::string column = name;
        const auto sound = select<Bytes>("SELECT " + column + " FROM account WHERE id = 1");
        for (std::size_t bit = 0; bit < sound.size() * 8; ++bit) {
            Bytes flipped = sound;
            flipped[bit / 8] ^= static_cast<unsigned char>(1U << (bit % 8));
            run("UPDATE account SET " + column + " = $1 WHERE id = 1", flipped);
            ASSERT_TRUE(is_corrupt()) << column << " bit " << bit;
        }
        run("UPDATE account SET " + column + " = $1 WHERE id = 1", sound);
        ASSERT_FALSE(is_corrupt());
    }
}

TEST_F(TamperedAccount, a_blob_from_elsewhere_and_another_number_are_found) {
    for (const char* change : {"id = 9", "first_name = last_name, last_name = first_name",
                               "email = (SELECT email FROM account WHERE id = 2)",
                               "row_seal = (SELECT row_seal FROM account WHERE id = 2)"}) {
        run("SAVEPOINT change");
        run(std::string{"UPDATE account SET "} + change + " WHERE id = 1");
        EXPECT_TRUE(is_corrupt()) << change;
        run("ROLLBACK TO change");
    }
    EXPECT_FALSE(is_corrupt());
}

TEST_F(TamperedAccount, swapped_uuids_are_found) {
    const auto other = select<Bytes>("SELECT uuid FROM account WHERE id = 2");
    run("UPDATE account SET uuid = x'00' WHERE id = 2");
    run("UPDATE account SET uuid = $1 WHERE id = 1", other);
    run("UPDATE account SET uuid = $1 WHERE id = 2", account_.uuid);
    for (const std::int64_t id : {1, 2}) {
        EXPECT_EQ(find_account(tx_, keys(), id).error().code, Code::Corrupt);
    }
}

}  // namespace
}  // namespace tenantry::access
