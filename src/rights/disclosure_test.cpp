#include "rights/disclosure.hpp"

#include "register/replay.hpp"
#include "tests/support/register_fixture.hpp"

namespace tenantry::rights {
namespace {

using housing::Difference;

class DisclosureTest : public test::RegisterTest {
  protected:
    Result<void> record(std::int64_t most, std::optional<std::string> reason = std::nullopt) {
        auto in = work();
        return record_disclosure(in, {{42}, "zip", Checked::Yes, std::move(reason)}, most);
    }
    /// How records differ from the journal, but for what only an instance that was opened has.
    std::vector<Difference> departures() {
        housing::Replay replay;
        EXPECT_TRUE(
            audit::verify_journal(tx_, keys(), [&](const audit::Recorded& event, std::int64_t /*in_all*/) {
                replay.take(event);
            }).ok());
        const auto outcome = replay.compare(tx_).value();
        std::vector<Difference> all;
        for (const auto& one : outcome.first) {
            if (one.table == "disclosure") {
                all.push_back(one.difference);
            }
        }
        return all;
    }
    std::int64_t damaged() {
        housing::CheckReport report;
        EXPECT_TRUE(check_disclosures(tx_, keys(), report).ok());
        return report.damaged;
    }
};

TEST_F(DisclosureTest, it_is_stored_with_its_event_and_its_reason_sealed) {
    ASSERT_TRUE(record(0, "asked for at the desk").ok());
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"disclosure.recorded 1/1 - 0", "tenant.gdpr_export 42/- 42 0"}));
    EXPECT_EQ(
        count("disclosure WHERE person_id = 42 AND account_id = 7 AND format = 'zip' AND with_checked = 1"),
        1);
    EXPECT_EQ(count("disclosure WHERE instr(reason, 'desk') > 0"), 0);
    EXPECT_EQ(damaged(), 0);
}

TEST_F(DisclosureTest, every_change_behind_the_servers_back_is_found) {
    ASSERT_TRUE(record(0, "asked for at the desk").ok());
    ASSERT_TRUE(record(0).ok());
    for (const auto* change : {"person_id = person_id + 1", "account_id = NULL", "format = 'html'",
                               "with_checked = 0", "reason = NULL", "reason = zeroblob(length(reason))",
                               "created_at = created_at + 1", "row_seal = zeroblob(36)"}) {
        run("SAVEPOINT trial");
        run(std::string{"UPDATE disclosure SET "} + change + " WHERE id = 1");
        EXPECT_EQ(damaged(), 1) << change;
        run("ROLLBACK TO trial");
    }
    EXPECT_EQ(damaged(), 0);
}

TEST_F(DisclosureTest, one_that_is_taken_away_put_in_or_put_back_is_found_by_the_journal) {
    ASSERT_TRUE(record(0, "asked for at the desk").ok());
    ASSERT_TRUE(record(0).ok());
    run("CREATE TEMP TABLE old AS SELECT * FROM disclosure");
    auto in = work();
    ASSERT_EQ(forget_disclosure_reasons(in, {42}).value(), 1);
    EXPECT_EQ(damaged(), 0);
    EXPECT_EQ(departures(), (std::vector<Difference>{}));
    run("SAVEPOINT trial");
    for (const auto& [tampering, difference] :
         {std::pair{"DELETE FROM disclosure WHERE id = 2", Difference::Removed},
          std::pair{"INSERT INTO disclosure (id, uuid, version, person_id, account_id, format, with_checked, "
                    "reason, row_seal, created_at) SELECT 3, randomblob(16), version, person_id, account_id, "
                    "format, with_checked, reason, row_seal, created_at FROM disclosure WHERE id = 1",
                    Difference::Inserted},
          std::pair{
              "UPDATE disclosure SET version = old.version, reason = old.reason, row_seal = old.row_seal "
              "FROM old WHERE old.id = disclosure.id",
              Difference::Older}}) {
        run(tampering);
        EXPECT_EQ(departures(), std::vector{difference}) << tampering;
        run("ROLLBACK TO trial");
    }
}

TEST_F(DisclosureTest, those_of_an_earlier_version_get_their_event_once) {
    ASSERT_TRUE(record(0).ok());
    take_events();
    auto in = work();
    ASSERT_TRUE(tell_of_old_disclosures(in).ok());
    EXPECT_EQ(take_events(), std::vector<std::string>{"disclosure.recorded 1/1 - 0"});
}

TEST_F(DisclosureTest, an_account_is_given_so_many_within_an_hour) {
    EXPECT_TRUE(record(2).ok());
    EXPECT_TRUE(record(2).ok());
    EXPECT_EQ(record(2).error().code, Code::Throttled);
    EXPECT_TRUE(record(0).ok());
    clock_.advance(std::chrono::minutes{61});
    EXPECT_TRUE(record(2).ok());
}

TEST(DueDay, a_month_on_and_never_on_a_day_off) {
    struct Case {
        std::string_view received;
        std::string_view due;
    };
    for (const auto& [received, due] : {
             Case{"2025-09-03", "2025-10-03"},  // the ICO's own example, of another year
             Case{"2026-11-25", "2026-12-29"},  // Christmas, a weekend and a substitute day in between
             Case{"2027-01-31", "2027-03-01"},  // 28 February is a Sunday
             Case{"2028-01-31", "2028-02-29"},  // a leap year
             Case{"2026-12-31", "2027-02-01"},  // 31 January is a Sunday
             Case{"2026-08-31", "2026-09-30"}, Case{"2027-02-28", "2027-03-30"},  // Easter Monday is 29 March
         }) {
        EXPECT_EQ(format_date(due_day(*parse_date(received))), due) << received;
    }
}

}  // namespace
}  // namespace tenantry::rights
