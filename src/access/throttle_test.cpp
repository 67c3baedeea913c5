#include "access/throttle.hpp"

#include "tests/support/access_register.hpp"

namespace tenantry::access {
namespace {

using namespace std::chrono_literals;

class Throttle : public test::AccessTest {
  protected:
    [[nodiscard]] Attempt begin(std::string_view login, std::string_view address = "192.0.2.7") {
        return begin_attempt(tx(), keys(), login, address, now()).value();
    }
    void succeed(std::string_view login, std::string_view address = "192.0.2.7") {
        ASSERT_TRUE(attempt_succeeded(tx(), keys(), login, address, now()).ok());
    }
    /// An address that nobody else guesses from.
    [[nodiscard]] std::string elsewhere() { return "2001:db8::" + std::to_string(++addresses_); }

    int addresses_ = 0;
};

TEST(ThrottleDelay, begins_at_the_fourth_failure_doubles_and_ends_at_a_quarter_of_an_hour) {
    const std::array<std::chrono::seconds, 16> delays{0s,  0s,  0s,   0s,   1s,   2s,   4s,   8s,
                                                      16s, 32s, 300s, 300s, 300s, 512s, 900s, 900s};
    for (std::size_t failures = 0; failures < delays.size(); ++failures) {
        EXPECT_EQ(delay_after(static_cast<std::int64_t>(failures)), delays[failures]) << failures;
    }
    EXPECT_EQ(delay_after(1'000'000), 15min);
    EXPECT_EQ(delay_after(-1), 0s);
}

TEST_F(Throttle, each_failure_on_an_account_delays_the_next_attempt_as_documented) {
    for (std::int64_t failure = 1; failure <= 20; ++failure) {
        ASSERT_TRUE(begin("ama@landlord.test", elsewhere()).allowed) << failure;
        const auto delay = delay_after(failure);
        if (delay == 0s) {
            continue;
        }
        const Attempt next = begin("ama@landlord.test", elsewhere());
        EXPECT_FALSE(next.allowed) << failure;
        EXPECT_EQ(next.retry_after, delay);
        register_.clock.advance(delay - 1ms);
        EXPECT_FALSE(begin("ama@landlord.test", elsewhere()).allowed);
        EXPECT_EQ(begin("ama@landlord.test", elsewhere()).retry_after, 1s);
        register_.clock.advance(1ms);
    }
}

TEST_F(Throttle, parallel_guesses_count_before_any_is_answered) {
    int allowed = 0;
    for (int i = 0; i < 1'000; ++i) {
        allowed += begin("ama@landlord.test", elsewhere()).allowed ? 1 : 0;
    }
    EXPECT_EQ(allowed, 4);
}

TEST_F(Throttle, ten_guesses_in_five_minutes_are_the_most_however_patient_and_spread) {
    std::vector<Instant> guesses;
    const Instant end = now() + 2h;
    while (now() < end) {
        const Attempt attempt = begin("ama@landlord.test", elsewhere());
        if (attempt.allowed) {
            guesses.push_back(now());
        } else {
            register_.clock.advance(attempt.retry_after);
        }
    }
    ASSERT_GT(guesses.size(), 10U);
    for (std::size_t i = 10; i < guesses.size(); ++i) {
        EXPECT_GE(guesses[i] - guesses[i - 10], 5min) << i;
    }
}

TEST_F(Throttle, every_spelling_of_a_log_in_counts_as_one) {
    for (const auto* login :
         {"ama@landlord.test", "AMA@landlord.test", " Ama@Landlord.Test ", "ama@LANDLORD.test"}) {
        EXPECT_TRUE(begin(login, elsewhere()).allowed);
    }
    EXPECT_FALSE(begin("ama@landlord.test", elsewhere()).allowed);
    EXPECT_TRUE(begin("efua@landlord.test", elsewhere()).allowed);
}

TEST_F(Throttle, an_account_that_does_not_exist_is_delayed_the_same) {
    add("ama@landlord.test");
    for (int i = 0; i < 6; ++i) {
        const Attempt known = begin("ama@landlord.test", elsewhere());
        const Attempt unknown = begin("nobody@landlord.test", elsewhere());
        EXPECT_EQ(known.allowed, unknown.allowed);
        EXPECT_EQ(known.retry_after, unknown.retry_after);
    }
}

TEST_F(Throttle, success_forgets_the_accounts_failures) {
    for (int i = 0; i < 4; ++i) {
        EXPECT_TRUE(begin("ama@landlord.test").allowed);
    }
    register_.clock.advance(1s);
    EXPECT_TRUE(begin("ama@landlord.test").allowed);
    succeed(" AMA@landlord.test");
    for (int i = 0; i < 4; ++i) {
        EXPECT_TRUE(begin("ama@landlord.test").allowed);
    }
    EXPECT_FALSE(begin("ama@landlord.test").allowed);
}

TEST_F(Throttle, an_address_is_delayed_after_ten_times_as_many_failures_whoever_is_guessed) {
    for (int i = 0; i < 40; ++i) {
        EXPECT_TRUE(begin("user" + std::to_string(i)).allowed) << i;
    }
    const Attempt next = begin("another");
    EXPECT_FALSE(next.allowed);
    EXPECT_EQ(next.retry_after, 1s);
    EXPECT_TRUE(begin("another", "198.51.100.1").allowed);
    register_.clock.advance(1s);
    EXPECT_TRUE(begin("yet another").allowed);
    EXPECT_FALSE(begin("one more").allowed);
}

TEST_F(Throttle, an_office_that_logs_in_all_day_is_never_delayed) {
    for (int i = 0; i < 1'000; ++i) {
        const auto login = "user" + std::to_string(i % 50);
        ASSERT_TRUE(begin(login).allowed) << i;
        succeed(login);
    }
}

TEST_F(Throttle, success_takes_only_itself_off_the_address) {
    for (int i = 0; i < 39; ++i) {
        EXPECT_TRUE(begin("user" + std::to_string(i)).allowed);
    }
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(begin("mine").allowed);
        succeed("mine");
        EXPECT_TRUE(begin("victim" + std::to_string(i)).allowed);
        register_.clock.advance(delay_after((40 + i) / 10));
    }
    EXPECT_FALSE(begin("victim").allowed && begin("victim2").allowed);
}

TEST_F(Throttle, failures_are_forgotten_after_a_day_without_attempts) {
    for (int i = 0; i < 4; ++i) {
        EXPECT_TRUE(begin("ama@landlord.test").allowed);
    }
    register_.clock.advance(24h - 1ms);
    EXPECT_TRUE(begin("ama@landlord.test").allowed);
    EXPECT_EQ(begin("ama@landlord.test").retry_after, 2s);
    register_.clock.advance(24h);
    for (int i = 0; i < 4; ++i) {
        EXPECT_TRUE(begin("ama@landlord.test").allowed) << i;
    }
}

TEST_F(Throttle, what_is_forgotten_is_removed_and_nothing_names_anybody) {
    EXPECT_TRUE(begin("ama@landlord.test", "192.0.2.7").allowed);
    static constexpr db::Sql kRows{"test/rows", "SELECT count(*) FROM login_throttle", ""};
    static constexpr db::Sql kNamed{
        "test/named",
        "SELECT count(*) FROM login_throttle WHERE instr(key, 'ama') > 0 OR instr(key, '192.0') > 0", ""};
    EXPECT_EQ(register_.ask<int>(kRows), 2);
    EXPECT_EQ(register_.ask<int>(kNamed), 0);
    ASSERT_TRUE(remove_expired(tx(), now() + 24h).ok());
    EXPECT_EQ(register_.ask<int>(kRows), 2);
    ASSERT_TRUE(remove_expired(tx(), now() + 24h + 1ms).ok());
    EXPECT_EQ(register_.ask<int>(kRows), 0);
}

}  // namespace
}  // namespace tenantry::access
