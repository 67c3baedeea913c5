#include "register/row_seals.hpp"

#include "register/check_all.hpp"
#include "register/household.hpp"
#include "register/tenancy.hpp"
#include "tests/support/places.hpp"

namespace tenantry::housing {
namespace {

constexpr std::array<std::string_view, 9> kTables{
    "tenancy", "property", "occupancy", "officer", "patch", "manager_area", "household", "area", "job_links"};

class RowSeals : public test::PlacesTest {
  protected:
    void SetUp() override {
        seal_sets();
        PlacesTest::SetUp();
        const Officer officer = add_officer("Olu Officer");
        area_ = add_manager_area("North", officer.id);
        patch_ = add_patch("HN7", area_.id, officer.id);
        officer_ = officer.uuid;
        home_ = add_property("1 Weir Lane");
        other_home_ = add_property("2 Weir Lane");
        Tenancy tenancy;
        tenancy.tag_reference = "004512/01";
        tenancy.property = home_.id;
        auto in = work();
        tenancy_ = create_tenancy(in, tenancy).value();
        Person person;
        person.name.last = "Nair";
        person.property = home_.id;
        person_ = add(person);
        person.property = other_home_.id;
        ASSERT_TRUE(ensure_household(in, "004512/01").ok());
        add_job("J-1", {person_.id});
        person_ = update(person_, [&] {
            Person moved = person_;
            moved.property = other_home_.id;
            return moved;
        }());
    }

    [[nodiscard]] CheckReport check() {
        CheckReport report;
        EXPECT_TRUE(check_all(tx_, keys(), report).ok());
        return report;
    }
    /// Whether the record, read for itself, answers that it is damaged.
    [[nodiscard]] bool is_corrupt(std::string_view table) {
        const auto corrupt = [](const auto& found) {
            return !found.ok() && found.error().code == Code::Corrupt;
        };
        if (table == "tenancy") {
            return corrupt(find_tenancy(tx_, keys(), tenancy_.id)) &&
                   corrupt(find_tenancy(tx_, keys(), tenancy_.uuid)) &&
                   corrupt(find_tenancy_by_tag(tx_, keys(), tenancy_.tag_reference));
        }
        if (table == "property") {
            return corrupt(find_property(tx_, keys(), home_.id)) &&
                   corrupt(find_property(tx_, keys(), home_.uuid));
        }
        if (table == "patch") {
            return corrupt(find_patch(tx_, keys(), patch_.uuid));
        }
        if (table == "manager_area") {
            return corrupt(find_manager_area(tx_, keys(), area_.uuid));
        }
        return table == "officer" && corrupt(find_officer(tx_, keys(), officer_));
    }

    ManagerArea area_;
    Patch patch_;
    Uuid officer_;
    Property home_;
    Property other_home_;
    Tenancy tenancy_;
    Person person_;
};

TEST_F(RowSeals, hold_over_what_was_stored_and_changed) {
    const CheckReport report = check();
    EXPECT_EQ(report.damaged, 0);
    EXPECT_GE(report.records, 8);
    EXPECT_EQ(count("occupancy WHERE row_seal IS NOT NULL"), 2);
}

TEST_F(RowSeals, a_record_whose_seal_does_not_hold_is_damaged_when_it_is_read) {
    testing::internal::CaptureStderr();
    for (const std::string table : {"tenancy", "property", "patch", "manager_area", "officer"}) {
        run("SAVEPOINT change");
        run("UPDATE " + table + " SET created_at = created_at + 1");
        EXPECT_TRUE(is_corrupt(table)) << table;
        run("ROLLBACK TO change");
        run("UPDATE " + table + " SET row_seal = NULL");
        EXPECT_TRUE(is_corrupt(table)) << table;
        run("ROLLBACK TO change");
        EXPECT_FALSE(is_corrupt(table)) << table;
    }
    EXPECT_NE(testing::internal::GetCapturedStderr().find("a row is not as it was sealed"),
              std::string::npos);
}

TEST_F(RowSeals, a_seal_taken_away_is_damage) {
    for (const auto table : kTables) {
        run("SAVEPOINT change");
        run(fmt::format("UPDATE {0} SET row_seal = NULL WHERE rowid = (SELECT min(rowid) FROM {0})", table));
        EXPECT_EQ(check().damaged, 1) << table;
        run("ROLLBACK TO change");
    }
    EXPECT_EQ(check().damaged, 0);
}

TEST_F(RowSeals, lists_of_accounts_leave_out_what_does_not_hold) {
    testing::internal::CaptureStderr();
    const auto listed = [&] {
        return list_accounts_created(tx_, keys(), Instant{}, clock_.now()).value().size();
    };
    EXPECT_EQ(listed(), 1U);
    run("UPDATE tenancy SET rent = 1");
    EXPECT_EQ(listed(), 0U);
    testing::internal::GetCapturedStderr();
}

TEST_F(RowSeals, a_current_home_that_is_not_the_persons_is_found) {
    run("DELETE FROM occupancy WHERE to_at IS NULL");
    const CheckReport report = check();
    ASSERT_EQ(report.damaged, 1);
    EXPECT_EQ(report.first_damaged[0].table.view(), "person");
    EXPECT_EQ(report.first_damaged[0].id, person_.id.value);
}

TEST_F(RowSeals, an_earlier_home_taken_away_is_found_by_the_later_ones) {
    run("DELETE FROM occupancy WHERE to_at IS NOT NULL");
    const CheckReport report = check();
    ASSERT_EQ(report.damaged, 1);
    EXPECT_EQ(report.first_damaged[0].table.view(), "occupancy");
}

TEST_F(RowSeals, a_changed_occupancy_is_not_sealed_anew_by_moving_out) {
    testing::internal::CaptureStderr();
    run("UPDATE occupancy SET from_at = from_at - 1 WHERE to_at IS NULL");
    Person after = person_;
    after.property = home_.id;
    auto in = work();
    run("SAVEPOINT moving");
    EXPECT_EQ(update_person(in, person_, after, "tenant.updated").error().code, Code::Corrupt);
    run("ROLLBACK TO moving");
    testing::internal::GetCapturedStderr();
}

TEST_F(RowSeals, rows_from_before_are_sealed_once_in_batches) {
    for (const auto table : kTables) {
        run(fmt::format("UPDATE {} SET row_seal = NULL", table));
    }
    EXPECT_GE(check().damaged, 8);
    EXPECT_FALSE(are_rows_sealed(tx_, kRowsRound).value());
    auto in = work();
    int batches = 0;
    std::optional<SealingCursor> cursor{SealingCursor{}};
    while (cursor) {
        cursor = housing::seal_rows(in, *cursor, 1).value();
        ASSERT_LT(++batches, 100);
    }
    EXPECT_GT(batches, 12);
    EXPECT_EQ(check().damaged, 0);
    take_events();
    ASSERT_TRUE(rows_are_sealed(in, kRowsRound).ok());
    EXPECT_EQ(take_events(), std::vector<std::string>{"instance.rows_sealed -/- - 0"});
    EXPECT_TRUE(are_rows_sealed(tx_, kRowsRound).value());
}

TEST_F(RowSeals, sealing_leaves_what_has_a_seal) {
    run("UPDATE property SET uprn = 77 WHERE id = 1");
    seal_rows();
    EXPECT_EQ(check().damaged, 1);
}

TEST_F(RowSeals, whoever_wants_them_made_again_is_found_out_by_the_journal) {
    auto in = work();
    ASSERT_TRUE(rows_are_sealed(in, kRowsRound).ok());
    run("DELETE FROM watermark");
    EXPECT_EQ(are_rows_sealed(tx_, kRowsRound).error().code, Code::Corrupt);
}

}  // namespace
}  // namespace tenantry::housing
