#include "audit/signed_head.hpp"

#include <gtest/gtest.h>

#include <random>

#include "tests/support/memory_register.hpp"

namespace tenantry::audit {
namespace {

constexpr std::int64_t kEvents = 60;

constexpr db::Sql kFree{"test/free", "DROP TRIGGER audit_event_is_never_removed", ""};
constexpr db::Sql kBegin{"test/begin", "SAVEPOINT trial", ""};
constexpr db::Sql kUndo{"test/undo", "ROLLBACK TO trial", ""};
constexpr db::Sql kCut{"test/cut", "DELETE FROM audit_event WHERE id > $1", ""};
constexpr db::Sql kNote{"test/note", "SELECT seal FROM audit_head", ""};
constexpr db::Sql kPutBack{
    "test/put_back",
    "UPDATE audit_head SET event_id = $1, hash = (SELECT hash FROM audit_event WHERE id = $1), seal = $2",
    ""};

/// A journal whose every state had its head signed, and whoever has the keys and every older state.
class SignedHeads : public testing::Test {
  protected:
    SignedHeads() {
        for (std::int64_t id = 1; id <= kEvents; ++id) {
            write(id);
            heads_.push_back(sign_head(signer_, keys().install,
                                       find_head(*register_.tx, keys().ring).value().value(),
                                       register_.clock.now()));
            notes_.push_back(register_.ask<Bytes>(kNote));
        }
        register_.run(kFree);
        register_.run(kBegin);
    }
    [[nodiscard]] const test::TestKeys& keys() const { return register_.keys; }

    void write(std::int64_t resource) {
        Event event{
            .at = register_.clock.now(), .action = "tenant.viewed", .account = 1, .address = "192.0.2.7"};
        event.resource = event.person = resource;
        register_.clock.advance(std::chrono::seconds{1});
        ASSERT_TRUE(append(*register_.tx, keys().ring, {&event, 1}).ok());
    }
    /// The end goes, and the older note of the then last event is put back: the chain cannot tell.
    void cut_after(std::int64_t last) {
        register_.run(kPutBack, last, notes_[static_cast<std::size_t>(last - 1)]);
        register_.run(kCut, last);
    }
    [[nodiscard]] HeadCheck check(const SignedHead& head) {
        return check_head(*register_.tx, signer_.public_key(), keys().install, head).value();
    }
    /// The first event whose head does not hold, and how.
    [[nodiscard]] std::pair<std::int64_t, HeadCheck> first_found() {
        for (const auto& head : heads_) {
            if (const auto result = check(head); result != HeadCheck::Holds) {
                return {head.head.event, result};
            }
        }
        return {0, HeadCheck::Holds};
    }
    [[nodiscard]] bool chain_holds() { return !verify_journal(*register_.tx, keys().ring)->first_broken; }

    test::MemoryRegister register_;
    crypto::Signer signer_ = head_signer(register_.keys.ring);
    std::vector<SignedHead> heads_;
    std::vector<Bytes> notes_;
};

TEST_F(SignedHeads, of_an_untouched_journal_hold_while_it_grows) {
    EXPECT_EQ(first_found().second, HeadCheck::Holds);
    write(99);
    EXPECT_EQ(first_found().second, HeadCheck::Holds);
}

TEST_F(SignedHeads, find_what_the_chain_cannot_in_a_thousand_trials) {
    std::mt19937 random{20310402};
    const auto pick = [&](std::int64_t from, std::int64_t to) {
        return std::uniform_int_distribution<std::int64_t>{from, to}(random);
    };
    for (int trial = 0; trial < 1'000; ++trial) {
        const std::int64_t last = pick(1, kEvents - 1);
        cut_after(last);
        auto wanted = std::pair{last + 1, HeadCheck::Missing};
        if (trial % 2 == 0) {  // and everything from there on is written anew with the keys in hand
            wanted.second = HeadCheck::Different;
            for (std::int64_t id = last + 1; id <= kEvents + trial % 5; ++id) {
                write(id == last + 1 ? 9'999 : id);
            }
        }
        ASSERT_TRUE(chain_holds()) << "the heads must be needed";
        ASSERT_EQ(first_found(), wanted) << "trial " << trial;
        register_.run(kUndo);
    }
    EXPECT_EQ(first_found().second, HeadCheck::Holds);
}

TEST_F(SignedHeads, hold_only_as_they_were_signed) {
    const SignedHead sound = heads_[20];
    ASSERT_EQ(check(sound), HeadCheck::Holds);
    SignedHead changed = sound;
    changed.head.event = 20;
    EXPECT_EQ(check(changed), HeadCheck::Unsigned);
    changed = sound;
    changed.head.hash[3] ^= 1U;
    EXPECT_EQ(check(changed), HeadCheck::Unsigned);
    changed = sound;
    changed.at = "2031-01-01T00:00:00Z";
    EXPECT_EQ(check(changed), HeadCheck::Unsigned);
    changed = sound;
    changed.signature[63] ^= 1U;
    EXPECT_EQ(check(changed), HeadCheck::Unsigned);
    changed = sound;
    changed.install = crypto::new_uuid();
    EXPECT_EQ(check(changed), HeadCheck::Unsigned);
}

TEST_F(SignedHeads, of_another_installation_are_told_apart) {
    const SignedHead foreign = sign_head(signer_, crypto::new_uuid(), heads_[5].head, register_.clock.now());
    EXPECT_EQ(check(foreign), HeadCheck::Stranger);
    const test::TestKeys strangers;
    const SignedHead by_stranger =
        sign_head(head_signer(strangers.ring), keys().install, heads_[5].head, register_.clock.now());
    EXPECT_EQ(check(by_stranger), HeadCheck::Unsigned);
}

TEST_F(SignedHeads, the_key_is_the_installations_and_not_its_other_keys) {
    const auto again = keys().reopen().value();
    EXPECT_EQ(head_signer(again).public_key(), signer_.public_key());
    const crypto::Signer other{again, crypto::KeyPurpose::Audit, "another domain"};
    EXPECT_NE(other.public_key(), signer_.public_key());
    const crypto::Signer token{again, crypto::KeyPurpose::Token, "signing seed of heads"};
    EXPECT_NE(token.public_key(), signer_.public_key());
}

TEST_F(SignedHeads, say_what_bytes_are_signed) {
    const SignedHead head{
        *Uuid::parse("6b86b273-ff34-4ce1-9d6b-804eff5a3f57"), {1000, Hash{0xab}}, "2031-04-02T08:15:00Z", {}};
    EXPECT_EQ(head.signed_text(),
              "tenantry audit head 1\n6b86b273-ff34-4ce1-9d6b-804eff5a3f57\n1000\n"
              "ab00000000000000000000000000000000000000000000000000000000000000\n2031-04-02T08:15:00Z\n");
}

}  // namespace
}  // namespace tenantry::audit
