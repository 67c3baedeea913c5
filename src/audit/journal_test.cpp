#include "audit/journal.hpp"

#include <gtest/gtest.h>

#include <random>

#include "tests/support/memory_register.hpp"

namespace tenantry::audit {
namespace {

constexpr std::int64_t kEvents = 40;

constexpr db::Sql kCount{"test/count", "SELECT count(*) FROM audit_event", ""};
constexpr db::Sql kFree{"test/free", "DROP TRIGGER audit_event_is_never_changed", ""};
constexpr db::Sql kFreeToo{"test/free_too", "DROP TRIGGER audit_event_is_never_removed", ""};
constexpr db::Sql kBegin{"test/begin", "SAVEPOINT trial", ""};
constexpr db::Sql kUndo{"test/undo", "ROLLBACK TO trial", ""};
constexpr db::Sql kDelete{"test/delete", "DELETE FROM audit_event WHERE id = $1", ""};
constexpr db::Sql kCut{"test/cut", "DELETE FROM audit_event WHERE id >= $1", ""};
constexpr db::Sql kRenumber{"test/renumber", "UPDATE audit_event SET id = $2 WHERE id = $1", ""};
constexpr db::Sql kMakeRoom{"test/make_room", "UPDATE audit_event SET id = -(id + 1) WHERE id >= $1", ""};
constexpr db::Sql kRoomMade{"test/room_made", "UPDATE audit_event SET id = -id WHERE id < 0", ""};
constexpr db::Sql kCloseGap{"test/close_gap", "UPDATE audit_event SET id = -(id - 1) WHERE id > $1", ""};
constexpr db::Sql kShiftUp{"test/shift_up",
                           "UPDATE audit_event SET id = -(id + 1) WHERE id >= $1 AND id < $2", ""};
constexpr db::Sql kCopy{
    "test/copy",
    "INSERT INTO audit_event SELECT $2, at, action, outcome, account_id, origin_id, resource_id, "
    "record_version, person_id, people, hash FROM audit_event WHERE id = $1",
    ""};
constexpr db::Sql kHeadAt{
    "test/head_at",
    "UPDATE audit_head SET event_id = $1, hash = (SELECT hash FROM audit_event WHERE id = $1)", ""};

/// Each changes one thing about event $1.
constexpr std::array kEdits{
    db::Sql{"test/edit", "UPDATE audit_event SET at = at + 1 WHERE id = $1", ""},
    db::Sql{"test/edit", "UPDATE audit_event SET action = action || 's' WHERE id = $1", ""},
    db::Sql{"test/edit", "UPDATE audit_event SET action = '' WHERE id = $1", ""},
    db::Sql{"test/edit", "UPDATE audit_event SET outcome = (outcome + 1) % 3 WHERE id = $1", ""},
    db::Sql{"test/edit", "UPDATE audit_event SET outcome = outcome + 256 WHERE id = $1", ""},
    db::Sql{"test/edit",
            "UPDATE audit_event SET account_id = iif(account_id IS NULL, -1, NULL) WHERE id = $1", ""},
    db::Sql{"test/edit", "UPDATE audit_event SET account_id = coalesce(account_id + 1, 0) WHERE id = $1", ""},
    db::Sql{"test/edit", "UPDATE audit_event SET origin_id = iif(origin_id IS NULL, 1, NULL) WHERE id = $1",
            ""},
    db::Sql{"test/edit", "UPDATE audit_event SET origin_id = iif(origin_id = 1, 2, 1) WHERE id = $1", ""},
    db::Sql{"test/edit",
            "UPDATE audit_event SET resource_id = iif(resource_id IS NULL, -1, NULL) WHERE id = $1", ""},
    db::Sql{"test/edit", "UPDATE audit_event SET resource_id = coalesce(resource_id + 1, 0) WHERE id = $1",
            ""},
    db::Sql{"test/edit",
            "UPDATE audit_event SET record_version = iif(record_version IS NULL, -1, NULL) WHERE id = $1",
            ""},
    db::Sql{"test/edit",
            "UPDATE audit_event SET record_version = coalesce(record_version - 1, 0) WHERE id = $1", ""},
    db::Sql{"test/edit", "UPDATE audit_event SET person_id = iif(person_id IS NULL, -1, NULL) WHERE id = $1",
            ""},
    db::Sql{"test/edit", "UPDATE audit_event SET person_id = coalesce(person_id + 1, 0) WHERE id = $1", ""},
    db::Sql{"test/edit",
            "UPDATE audit_event SET resource_id = person_id, person_id = coalesce(resource_id, 0) + 9 WHERE "
            "id = $1",
            ""},
    db::Sql{"test/edit", "UPDATE audit_event SET people = iif(people IS NULL, x'', NULL) WHERE id = $1", ""},
    db::Sql{"test/edit",
            "UPDATE audit_event SET people = CAST(coalesce(people, x'') || x'01' AS BLOB) WHERE id = $1", ""},
    db::Sql{"test/edit", "UPDATE audit_event SET hash = randomblob(32) WHERE id = $1", ""},
    db::Sql{"test/edit", "UPDATE audit_event SET hash = CAST(hash || x'00' AS BLOB) WHERE id = $1", ""},
    db::Sql{"test/edit", "UPDATE audit_event SET hash = substr(hash, 1, 31) WHERE id = $1", ""},
};

constexpr std::array kHeadEdits{
    db::Sql{"test/head", "UPDATE audit_head SET event_id = event_id + 1", ""},
    db::Sql{"test/head", "UPDATE audit_head SET event_id = event_id - 1", ""},
    db::Sql{"test/head", "UPDATE audit_head SET hash = randomblob(32)", ""},
    db::Sql{"test/head", "UPDATE audit_head SET hash = CAST(hash || x'00' AS BLOB)", ""},
    db::Sql{"test/head", "UPDATE audit_head SET seal = randomblob(32)", ""},
    db::Sql{"test/head", "UPDATE audit_head SET seal = CAST(seal || x'00' AS BLOB)", ""},
    db::Sql{"test/head", "UPDATE audit_head SET seal = x''", ""},
    db::Sql{"test/head", "DELETE FROM audit_head", ""},
};

class Journal : public testing::Test {
  protected:
    [[nodiscard]] Result<void> append(const Event& event) { return audit::append(tx(), keys(), {&event, 1}); }
    [[nodiscard]] Verdict verify() { return verify_journal(tx(), keys()).value(); }
    [[nodiscard]] db::Transaction& tx() { return *register_.tx; }
    [[nodiscard]] const crypto::KeyRing& keys() const { return register_.keys.ring; }
    [[nodiscard]] Event event(Literal action) const {
        return {.at = register_.clock.now(), .action = action};
    }

    /// kEvents events of all shapes, whose rows may then be tampered with.
    void fill() {
        for (std::int64_t id = 1; id <= kEvents; ++id) {
            Event next = event(id % 2 == 0 ? Literal{"tenant.viewed"} : Literal{"tenant.updated"});
            next.outcome = static_cast<Outcome>(id % 3);
            next.account = id % 4 == 0 ? std::nullopt : std::optional{id % 5};
            next.address = id % 7 == 0 ? "" : id % 3 == 0 ? "192.0.2.7" : "2001:db8::1";
            next.resource = id % 5 == 0 ? std::nullopt : std::optional{id * 10};
            next.version = id % 6 == 0 ? std::nullopt : std::optional{id};
            next.person = id % 2 == 0 ? std::nullopt : std::optional{id + 100};
            if (id % 8 == 0) {
                next.people = {id, 5, 70'000};
            }
            register_.clock.advance(std::chrono::milliseconds{id});
            ASSERT_TRUE(append(next).ok());
        }
        register_.run(kFree);
        register_.run(kFreeToo);
        register_.run(kBegin);
    }
    /// What is found, after which the journal is as it was.
    [[nodiscard]] std::optional<std::int64_t> found() {
        const Verdict verdict = verify();
        EXPECT_EQ(verdict.events + 1, verdict.first_broken.value_or(kEvents + 1));
        register_.run(kUndo);
        return verdict.first_broken;
    }

    test::MemoryRegister register_;
};

TEST_F(Journal, an_empty_one_holds) {
    const Verdict verdict = verify();
    EXPECT_EQ(verdict.events, 0);
    EXPECT_EQ(verdict.first_broken, std::nullopt);
}

TEST_F(Journal, holds_as_it_was_written) {
    fill();
    const Verdict verdict = verify();
    EXPECT_EQ(verdict.events, kEvents);
    EXPECT_EQ(verdict.first_broken, std::nullopt);
}

TEST_F(Journal, numbers_events_without_a_gap_in_the_order_given) {
    const std::array events{event("one.first"), event("one.second"), event("one.third")};
    ASSERT_TRUE(audit::append(tx(), keys(), events).ok());
    ASSERT_TRUE(audit::append(tx(), keys(), {}).ok());
    ASSERT_TRUE(append(event("one.fourth")).ok());
    const auto entries =
        list_entries(tx(), keys(),
                     {.from = Instant{}, .until = register_.clock.now() + std::chrono::seconds{1}})
            .value();
    ASSERT_EQ(entries.size(), 4U);
    EXPECT_EQ(entries[0].id, 4);
    EXPECT_EQ(entries[0].action, "one.fourth");
    EXPECT_EQ(entries[3].id, 1);
    EXPECT_EQ(entries[3].action, "one.first");
}

TEST_F(Journal, in_a_group_its_end_is_stored_once_and_goes_back_with_a_write_that_is_taken_back) {
    constexpr db::Sql kStored{"test/stored", "SELECT event_id FROM audit_head", ""};
    ASSERT_TRUE(append(event("one.before")).ok());
    tx().begin_group();
    ASSERT_TRUE(append(event("one.kept")).ok());
    const auto left = tx().all_left_to_end();
    register_.run(kBegin);
    ASSERT_TRUE(append(event("one.refused")).ok());
    EXPECT_EQ(find_head(tx(), keys()).value()->event, 3);
    register_.run(kUndo);
    tx().go_back_to(left);
    ASSERT_TRUE(append(event("one.kept_too")).ok());
    EXPECT_EQ(find_head(tx(), keys()).value()->event, 3);
    EXPECT_EQ(register_.ask<std::int64_t>(kStored), 1);
    ASSERT_TRUE(tx().end_group().ok());
    EXPECT_EQ(register_.ask<std::int64_t>(kStored), 3);
    EXPECT_EQ(verify().events, 3);
    EXPECT_EQ(verify().first_broken, std::nullopt);
}

TEST_F(Journal, its_rows_cannot_be_changed_or_removed) {
    ASSERT_TRUE(append(event("tenant.viewed")).ok());
    EXPECT_FALSE(tx().execute(kEdits[0], 1).ok());
    EXPECT_FALSE(tx().execute(kDelete, 1).ok());
    EXPECT_EQ(register_.ask<std::int64_t>(kCount), 1);
}

TEST_F(Journal, every_edit_of_every_event_is_found) {
    fill();
    for (std::size_t edit = 0; edit < kEdits.size(); ++edit) {
        for (std::int64_t id = 1; id <= kEvents; ++id) {
            ASSERT_EQ(register_.run(kEdits[edit], id), 1);
            EXPECT_EQ(found(), id) << kEdits[edit].text;
        }
    }
    EXPECT_EQ(verify().first_broken, std::nullopt);
}

TEST_F(Journal, every_edit_of_the_head_is_found_and_nothing_is_appended_to_it) {
    fill();
    for (const db::Sql& edit : kHeadEdits) {
        ASSERT_EQ(register_.run(edit), 1);
        EXPECT_FALSE(append(event("tenant.viewed")).ok()) << edit.text;
        EXPECT_EQ(verify().what, Break::HeadChanged) << edit.text;
        EXPECT_EQ(found(), kEvents + 1) << edit.text;
    }
}

TEST_F(Journal, a_cut_end_is_not_hidden_by_moving_the_head_back_and_writing_on) {
    fill();
    register_.run(kHeadAt, 30);
    register_.run(kCut, 31);
    EXPECT_EQ(append(event("tenant.viewed")).error().code, Code::Corrupt);
    EXPECT_EQ(found(), 31);
}

/// Where the first broken event is and what happened to it.
struct Found {
    std::int64_t place = 0;
    Break what = Break::Changed;
    bool operator==(const Found&) const = default;
};

class Trials : public Journal {
  protected:
    [[nodiscard]] std::int64_t pick(std::int64_t from, std::int64_t to) {
        return std::uniform_int_distribution<std::int64_t>{from, to}(random_);
    }
    void make_room(std::int64_t at) {
        register_.run(kMakeRoom, at);
        register_.run(kRoomMade);
    }
    /// Tampers in one of kKinds ways with event `at`, and in some with a later one; what should be found.
    Found tamper(std::int64_t kind, std::int64_t at, std::int64_t other) {
        switch (kind) {
            case 0:
                register_.run(kEdits[static_cast<std::size_t>(pick(0, kEdits.size() - 1))], at);
                return {at, Break::Changed};
            case 1:
                register_.run(kDelete, at);
                return {at, Break::Removed};
            case 2:
                register_.run(kCut, at);
                return {at, Break::CutOff};
            case 3:  // another event before it
                make_room(at);
                register_.run(kCopy, other + 1, at);
                return {at, Break::Inserted};
            case 4:  // twice
                make_room(at + 1);
                register_.run(kCopy, at, at + 1);
                return {at + 1, Break::Inserted};
            case 5:  // again at the end
                register_.run(kCopy, at, kEvents + 1);
                return {kEvents + 1, Break::Inserted};
            case 6:  // places changed
                register_.run(kRenumber, at, 0);
                register_.run(kRenumber, other, at);
                register_.run(kRenumber, 0, other);
                return {at, Break::Reordered};
            case 7:  // removed without leaving a gap
                register_.run(kDelete, at);
                register_.run(kCloseGap, at);
                register_.run(kRoomMade);
                return {at, Break::Removed};
            case 8:  // a later one put before it
                register_.run(kRenumber, other, 0);
                register_.run(kShiftUp, at, other);
                register_.run(kRoomMade);
                register_.run(kRenumber, 0, at);
                return {at, Break::Reordered};
            default:  // put behind the end
                register_.run(kRenumber, at, kEvents + 5);
                return {at, Break::Reordered};
        }
    }
    static constexpr std::int64_t kKinds = 10;

    std::mt19937 random_{20310402};
};

TEST_F(Trials, a_thousand_random_tampers_are_found_the_place_is_named_and_what_happened_there) {
    fill();
    for (int trial = 0; trial < 1'000; ++trial) {
        const std::int64_t kind = trial % kKinds;
        const std::int64_t at = pick(1, kEvents - 1);
        const std::int64_t other = pick(at + 1, kEvents);
        const Found wanted = tamper(kind, at, other);
        const Verdict verdict = verify();
        register_.run(kUndo);
        ASSERT_EQ(verdict.first_broken, wanted.place) << "kind " << kind << " at " << at << " and " << other;
        ASSERT_EQ(verdict.what, wanted.what) << "kind " << kind << " at " << at << " and " << other;
        ASSERT_EQ(verdict.events, wanted.place - 1);
    }
    EXPECT_EQ(verify().first_broken, std::nullopt);
}

TEST_F(Trials, every_kind_is_told_at_every_place) {
    fill();
    for (std::int64_t at = 1; at < kEvents; ++at) {
        for (std::int64_t other = at + 1; other <= kEvents; ++other) {
            for (const std::int64_t kind : {1, 2, 3, 4, 6, 7, 8, 9}) {
                const Found wanted = tamper(kind, at, other);
                const Verdict verdict = verify();
                register_.run(kUndo);
                ASSERT_EQ((Found{verdict.first_broken.value_or(0), verdict.what}), wanted)
                    << "kind " << kind << " at " << at << " and " << other;
            }
        }
    }
}

TEST_F(Journal, says_how_many_are_missing_or_were_put_in) {
    fill();
    register_.run(kCut, 31);
    EXPECT_EQ(verify().count, 10);
    register_.run(kUndo);
    for (const std::int64_t id : {7, 8, 9}) {
        register_.run(kDelete, id);
    }
    EXPECT_EQ(verify().count, 3);
    register_.run(kUndo);
    register_.run(kMakeRoom, 4);
    register_.run(kRoomMade);
    register_.run(kCopy, 1, 4);
    EXPECT_EQ(verify().count, 1);
}

constexpr db::Sql kSetOrigin{"test/set_origin", "UPDATE audit_event SET origin_id = 999 WHERE id = 7", ""};
constexpr db::Sql kLater{"test/later", "PRAGMA defer_foreign_keys = ON", ""};

TEST_F(Journal, an_event_led_to_an_origin_that_is_not_there_was_changed) {
    fill();
    register_.run(kLater);
    ASSERT_EQ(register_.run(kSetOrigin), 1);
    EXPECT_EQ(found(), 7);
}

TEST_F(Journal, shows_every_event_that_holds_to_whoever_reads_it_whole) {
    fill();
    std::int64_t shown = 0;
    const auto show = [&shown](const Recorded& event, std::int64_t in_all) {
        EXPECT_EQ(event.id, ++shown);
        EXPECT_EQ(in_all, kEvents);
        EXPECT_EQ(event.action, event.id % 2 == 0 ? "tenant.viewed" : "tenant.updated");
        EXPECT_EQ(event.version, event.id % 6 == 0 ? std::nullopt : std::optional{event.id});
    };
    ASSERT_TRUE(verify_journal(tx(), keys(), show).ok());
    EXPECT_EQ(shown, kEvents);
    shown = 0;
    register_.run(kEdits[0], 11);
    ASSERT_TRUE(verify_journal(tx(), keys(), show).ok());
    EXPECT_EQ(shown, 10);
}

TEST_F(Journal, another_installations_key_finds_it_broken) {
    fill();
    const test::TestKeys strangers;
    EXPECT_EQ(verify_journal(tx(), strangers.ring)->first_broken, 1);
}

constexpr db::Sql kOrigin{"test/origin", "SELECT address FROM origin", ""};
constexpr db::Sql kOrigins{"test/origins", "SELECT count(*) FROM origin", ""};
constexpr db::Sql kTakeAddress{
    "test/take_address", "UPDATE origin SET address = (SELECT address FROM origin WHERE id = 2) WHERE id = 1",
    ""};
constexpr db::Sql kTakeUuid{
    "test/take_uuid", "UPDATE origin SET uuid = (SELECT uuid FROM origin WHERE id = 2) WHERE id = 1", ""};
constexpr db::Sql kFreeHash{"test/free_hash", "UPDATE origin SET address_hash = x'00' WHERE id = 1", ""};
constexpr db::Sql kHash{"test/hash", "SELECT address_hash FROM origin WHERE id = 1", ""};
constexpr db::Sql kGiveHash{"test/give_hash", "UPDATE origin SET address_hash = $1 WHERE id = 2", ""};
constexpr db::Sql kDropOrigin{"test/drop_origin",
                              "UPDATE audit_event SET origin_id = NULL WHERE origin_id = 1", ""};

TEST_F(Journal, an_address_is_kept_once_and_sealed) {
    Event from = event("tenant.viewed");
    from.address = "198.51.100.23";
    ASSERT_TRUE(append(from).ok());
    ASSERT_TRUE(append(from).ok());
    EXPECT_EQ(register_.ask<std::int64_t>(kOrigins), 1);
    EXPECT_EQ(register_.ask<std::string>(kOrigin).find("198.51"), std::string::npos);
    const auto entries =
        list_entries(tx(), keys(), {.from = from.at, .until = from.at + std::chrono::milliseconds{1}})
            .value();
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].address, "198.51.100.23");
    EXPECT_EQ(entries[1].address, "198.51.100.23");
}

TEST_F(Journal, an_event_cannot_be_given_another_address) {
    fill();
    register_.run(kTakeAddress);
    const auto entries =
        list_entries(tx(), keys(), {.from = Instant{}, .until = register_.clock.now()}).value();
    EXPECT_EQ(entries.back().address, std::nullopt);
    register_.run(kUndo);
    register_.run(kTakeAddress);
    register_.run(kTakeUuid);
    EXPECT_EQ(found(), 1);
    register_.run(kDropOrigin);
    EXPECT_EQ(found(), 1);
}

TEST_F(Journal, an_origin_whose_hash_was_exchanged_takes_no_more_events) {
    Event from = event("tenant.viewed");
    from.address = "192.0.2.1";
    ASSERT_TRUE(append(from).ok());
    Event other = from;
    other.address = "192.0.2.2";
    ASSERT_TRUE(append(other).ok());
    const Bytes hash = register_.ask<Bytes>(kHash);
    register_.run(kFreeHash);
    register_.run(kGiveHash, hash);
    EXPECT_EQ(append(from).error().code, Code::Corrupt);
}

constexpr db::Sql kPeople{"test/people", "SELECT hex(people) FROM audit_event WHERE id = $1", ""};
constexpr db::Sql kNoPeople{"test/no_people", "SELECT people IS NULL FROM audit_event WHERE id = $1", ""};

TEST_F(Journal, packs_the_people_of_a_list) {
    Event list = event("tenant.listed");
    list.people = {300, 1, 3};
    ASSERT_TRUE(append(list).ok());
    ASSERT_TRUE(append(event("tenant.listed")).ok());
    EXPECT_EQ(register_.ask<std::string>(kPeople, 1), "0102A902");
    EXPECT_TRUE(register_.ask<bool>(kNoPeople, 2));
}

class Entries : public Journal {
  protected:
    Entries() {
        for (int i = 0; i < 10; ++i) {
            Event next = event(i % 2 == 0 ? Literal{"tenant.viewed"} : Literal{"tenant.updated"});
            next.account = i < 6 ? 1 : 2;
            next.outcome = i == 9 ? Outcome::Denied : Outcome::Ok;
            next.resource = i;
            EXPECT_TRUE(append(next).ok());
            register_.clock.advance(std::chrono::minutes{1});
        }
    }
    [[nodiscard]] std::vector<std::int64_t> list(const EntryFilter& filter) {
        std::vector<std::int64_t> ids;
        const auto entries = list_entries(tx(), keys(), filter).value();
        ids.reserve(entries.size());
        for (const Entry& entry : entries) {
            ids.push_back(entry.id);
        }
        return ids;
    }

    Instant begin_ = register_.clock.now();
    Instant end_ = begin_ + std::chrono::minutes{10};
};

using Ids = std::vector<std::int64_t>;

TEST_F(Entries, come_newest_first_a_page_at_a_time) {
    EXPECT_EQ(list({.from = begin_, .until = end_, .limit = 3}), (Ids{10, 9, 8}));
    EXPECT_EQ(list({.from = begin_, .until = end_, .limit = 3, .offset = 8}), (Ids{2, 1}));
}

TEST_F(Entries, are_filtered_by_account_action_and_time) {
    EXPECT_EQ(list({.account = 2, .from = begin_, .until = end_}), (Ids{10, 9, 8, 7}));
    EXPECT_EQ(list({.action = "tenant.viewed", .from = begin_, .until = end_}), (Ids{9, 7, 5, 3, 1}));
    EXPECT_EQ(list({.account = 2, .action = "tenant.viewed", .from = begin_, .until = end_}), (Ids{9, 7}));
    EXPECT_EQ(list({.account = 1, .from = begin_, .until = end_, .limit = 2, .offset = 1}), (Ids{5, 4}));
    EXPECT_EQ(list({.from = begin_ + std::chrono::minutes{2}, .until = begin_ + std::chrono::minutes{4}}),
              (Ids{4, 3}));
    EXPECT_EQ(list({.from = end_, .until = begin_}), Ids{});
}

TEST_F(Entries, are_filtered_by_noun_record_and_outcome) {
    Event other = event("tenancy.updated");
    other.resource = 3;
    ASSERT_TRUE(append(other).ok());
    const Instant until = register_.clock.now() + std::chrono::minutes{1};
    EXPECT_EQ(list({.noun = "tenancy", .from = begin_, .until = until}), (Ids{11}));
    EXPECT_EQ(list({.noun = "tenan", .from = begin_, .until = until}), Ids{});
    EXPECT_EQ(list({.resource = 3, .from = begin_, .until = until}), (Ids{11, 4}));
    EXPECT_EQ(list({.noun = "tenant", .resource = 3, .from = begin_, .until = until}), (Ids{4}));
    EXPECT_EQ(list({.outcome = Outcome::Denied, .from = begin_, .until = until}), (Ids{10}));
    EXPECT_EQ(list({.account = 1,
                    .noun = "tenant",
                    .resource = 3,
                    .outcome = Outcome::Ok,
                    .from = begin_,
                    .until = until}),
              (Ids{4}));
}

TEST_F(Entries, say_what_the_event_said) {
    const auto newest = list_entries(tx(), keys(), {.from = begin_, .until = end_, .limit = 1}).value().at(0);
    EXPECT_EQ(newest.action, "tenant.updated");
    EXPECT_EQ(newest.outcome, Outcome::Denied);
    EXPECT_EQ(newest.account, 2);
    EXPECT_EQ(newest.resource, 9);
    EXPECT_EQ(newest.address, std::nullopt);
    EXPECT_EQ(newest.at, begin_ + std::chrono::minutes{9});
}

}  // namespace
}  // namespace tenantry::audit
