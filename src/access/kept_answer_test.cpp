#include "access/kept_answer.hpp"

#include <set>

#include "tests/support/access_register.hpp"

namespace tenantry::access {
namespace {

using namespace std::chrono_literals;

class KeptAnswer : public test::AccessTest {
  protected:
    [[nodiscard]] RepeatKey key(std::string_view sent, std::string_view name = "k1",
                                const std::optional<Caller>& caller = std::nullopt,
                                std::string_view address = "192.0.2.7",
                                std::string_view route = "/api/tenants/manage") const {
        return make_repeat_key(keys(), caller, address, route, name, {bytes_of(sent)});
    }
    [[nodiscard]] Result<std::optional<std::string>> find(const RepeatKey& key) {
        return find_kept_answer(tx(), keys(), key, now());
    }
    [[nodiscard]] bool keep(const RepeatKey& key, std::string_view answer) {
        return keep_answer(tx(), keys(), key, answer, now()).ok();
    }
    [[nodiscard]] int rows() {
        static constexpr db::Sql kRows{"test/rows", "SELECT count(*) FROM kept_answer", ""};
        return register_.ask<int>(kRows);
    }
};

TEST_F(KeptAnswer, is_found_by_the_same_request_under_the_same_key) {
    EXPECT_EQ(find(key("body")).value(), std::nullopt);
    ASSERT_TRUE(keep(key("body"), "201 made"));
    EXPECT_EQ(find(key("body")).value(), "201 made");
    EXPECT_EQ(find(key("body", "k2")).value(), std::nullopt);
    EXPECT_EQ(find(key("other body")).error().code, Code::Conflict);
}

TEST_F(KeptAnswer, is_the_callers_own_and_the_routes) {
    Caller account;
    account.account = 7;
    Caller other = account;
    other.account = 8;
    Caller role;
    role.role = 7;
    Caller meeting;
    meeting.meeting = crypto::new_uuid();
    std::set<Hash> names;
    for (const auto& caller : {std::optional<Caller>{}, std::optional{account}, std::optional{other},
                               std::optional{role}, std::optional{meeting}}) {
        names.insert(key("body", "k1", caller).name);
    }
    names.insert(key("body", "k1", std::nullopt, "192.0.2.8").name);
    names.insert(key("body", "k1", account, "192.0.2.7", "/api/addresses/manage").name);
    EXPECT_EQ(names.size(), 7U);
    Caller again = account;
    again.session = 5;
    EXPECT_EQ(key("body", "k1", account, "192.0.2.7").name, key("body", "k1", again, "192.0.2.8").name)
        << "who logs in again, or moves, is the same account";
}

TEST_F(KeptAnswer, lasts_a_day_and_is_removed_then) {
    ASSERT_TRUE(keep(key("body"), "201 made"));
    register_.clock.advance(24h - 1ms);
    EXPECT_FALSE(remove_expired(tx(), now()).value());
    EXPECT_EQ(find(key("body")).value(), "201 made");
    register_.clock.advance(1ms);
    EXPECT_EQ(find(key("body")).value(), std::nullopt);
    EXPECT_EQ(find(key("other body")).value(), std::nullopt) << "the key may be used anew";
    ASSERT_TRUE(keep(key("other body"), "201 made again"));
    EXPECT_EQ(rows(), 1);
    EXPECT_EQ(find(key("other body")).value(), "201 made again");
    register_.clock.advance(24h);
    EXPECT_TRUE(remove_expired(tx(), now()).value()) << "there may be more";
    EXPECT_EQ(rows(), 0);
    EXPECT_FALSE(remove_expired(tx(), now()).value());
}

TEST_F(KeptAnswer, that_was_changed_or_moved_does_not_open) {
    ASSERT_TRUE(keep(key("body"), "201 made"));
    ASSERT_TRUE(keep(key("body", "k2"), "201 other"));
    static constexpr db::Sql kSwap{
        "test/swap",
        "UPDATE kept_answer SET answer = (SELECT answer FROM kept_answer WHERE id = 2) WHERE id = 1", ""};
    register_.run(kSwap);
    EXPECT_EQ(find(key("body")).error().code, Code::Corrupt);
    EXPECT_EQ(find(key("body", "k2")).value(), "201 other");
}

}  // namespace
}  // namespace tenantry::access
