#include "register/mail.hpp"

#include "tests/support/register_fixture.hpp"

namespace tenantry::housing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Texts = std::vector<std::string>;

class MailQueue : public test::RegisterTest {
  protected:
    bool queue(std::string_view recipient = "tra@mail.test") {
        auto in = work();
        return queue_mail(in, recipient, "Meeting", "Follow http://x/?token=abc\n").value();
    }
    std::vector<Mail> claim(std::int64_t most = 10) {
        auto in = work();
        return claim_mail(in, most).value();
    }
    bool fail(const Mail& mail) {
        auto in = work();
        return mail_was_not_sent(in, mail, seconds{60}).value();
    }
    [[nodiscard]] bool is_due() { return is_mail_due(tx_, clock_.now()).value(); }
};

TEST_F(MailQueue, a_letter_is_due_at_once_and_gone_when_it_was_sent) {
    EXPECT_FALSE(is_due());
    ASSERT_TRUE(queue(" tra@mail.test "));
    EXPECT_TRUE(is_due());
    const auto mail = claim();
    ASSERT_EQ(mail.size(), 1U);
    EXPECT_EQ(mail[0].recipient, "tra@mail.test");
    EXPECT_EQ(mail[0].subject, "Meeting");
    EXPECT_EQ(mail[0].body, "Follow http://x/?token=abc\n");
    EXPECT_EQ(mail[0].attempts, 1);
    EXPECT_EQ(mail[0].created_at, clock_.now());
    auto in = work();
    ASSERT_TRUE(mail_was_sent(in, mail[0]).ok());
    EXPECT_EQ(count("mail"), 0);
    EXPECT_EQ(take_events(), (Texts{"mail.queued 1/- - 0", "mail.claimed 1/- - 0", "mail.sent 1/- - 0"}));
}

TEST_F(MailQueue, what_is_no_address_is_not_queued) {
    for (const auto* recipient :
         {"", " ", "tra", "a@", "@b", "a b@mail.test", "a@mail.test\r\nBcc: b@mail.test"}) {
        EXPECT_FALSE(queue(recipient)) << recipient;
    }
    EXPECT_EQ(count("mail"), 0);
}

TEST_F(MailQueue, the_longest_waiting_are_claimed_a_few_at_a_time) {
    for (int n = 0; n < 3; ++n) {
        ASSERT_TRUE(queue());
        clock_.advance(seconds{1});
    }
    EXPECT_EQ(claim(2).size(), 2U);
    const auto last = claim(2);
    ASSERT_EQ(last.size(), 1U);
    EXPECT_EQ(last[0].id.value, 3);
    EXPECT_TRUE(claim().empty());
}

TEST_F(MailQueue, a_claim_that_nobody_ends_is_due_again) {
    ASSERT_TRUE(queue());
    ASSERT_EQ(claim().size(), 1U);
    clock_.advance(kMailClaim - seconds{1});
    EXPECT_FALSE(is_due());
    clock_.advance(seconds{1});
    EXPECT_TRUE(is_due());
    EXPECT_EQ(claim().at(0).attempts, 2);
}

TEST_F(MailQueue, pauses_grow_and_the_last_attempt_gives_up) {
    ASSERT_TRUE(queue());
    const std::vector<std::chrono::milliseconds> pauses{minutes{1},   minutes{4}, minutes{16}, minutes{64},
                                                        minutes{256}, hours{12},  hours{12}};
    for (const auto pause : pauses) {
        EXPECT_TRUE(fail(claim().at(0)));
        clock_.advance(pause - seconds{1});
        EXPECT_FALSE(is_due()) << pause.count();
        clock_.advance(seconds{1});
        EXPECT_TRUE(is_due()) << pause.count();
    }
    take_events();
    const auto last = claim();
    EXPECT_EQ(last.at(0).attempts, kMailAttempts);
    EXPECT_FALSE(fail(last[0]));
    clock_.advance(hours{24 * 365});
    EXPECT_FALSE(is_due());
    EXPECT_EQ(count("mail WHERE due_at IS NULL"), 1);
    EXPECT_EQ(take_events(), (Texts{"mail.claimed 1/- - 0", "mail.given_up 1/- - 2"}));
}

TEST_F(MailQueue, nothing_of_a_letter_lies_in_the_table_in_clear) {
    ASSERT_TRUE(queue());
    const std::string all = dump();
    for (const auto* clear : {"tra@mail.test", "Meeting", "token=abc"}) {
        EXPECT_EQ(all.find(clear), std::string::npos) << clear;
    }
}

TEST_F(MailQueue, a_letter_that_does_not_open_is_given_up_and_the_others_go) {
    for (const auto* column : {"recipient", "subject", "body"}) {
        ASSERT_TRUE(queue());
        run(std::string{"UPDATE mail SET "} + column +
            " = zeroblob(94) WHERE id = (SELECT max(id) FROM mail)");
    }
    ASSERT_TRUE(queue());
    CheckReport report;
    ASSERT_TRUE(check_mail(tx_, keys(), report).ok());
    EXPECT_EQ(report.records, 4);
    EXPECT_EQ(report.damaged, 3);
    const auto claimed = claim();
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(claimed[0].id.value, 4);
    EXPECT_EQ(count("mail WHERE due_at IS NULL"), 3);
    run("UPDATE mail SET recipient = (SELECT subject FROM mail WHERE id = 4), due_at = 0 WHERE id = 4");
    EXPECT_TRUE(claim().empty());
}

}  // namespace
}  // namespace tenantry::housing
