// Direct SQL against what stands beside a person, and against the citizen index: every change must be found.
#include <fmt/format.h>

#include "register/alert.hpp"
#include "register/citizen.hpp"
#include "register/contact_address.hpp"
#include "register/resident.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

class TamperBesidePerson : public test::HousingTest {
  protected:
    void SetUp() override {
        for (Resident* one : {&victim_, &other_}) {
            NewResident wanted;
            wanted.person = test::full_person();
            wanted.address = {"1 Far Street", "Ham", "Leith", "York", "YO1 1AA"};
            wanted.goes_to_citizen_index = true;
            wanted.usn = one == &victim_ ? "U1" : "U2";
            auto in = work();
            *one = add_resident(in, wanted).value();
            ASSERT_TRUE(
                update_next_of_kin(in, one->person.uuid, {"Kim", "Son", "York", "07", "020", "k@k"}).ok());
            ASSERT_TRUE(raise_alerts(in, one->person.uuid, 7, {"3"}).ok());
        }
        alert_ = select<Uuid>("SELECT uuid FROM alert WHERE id = 1");
    }

    [[nodiscard]] static bool is_corrupt(const Error* error) {
        return error != nullptr && error->code == Code::Corrupt;
    }
    /// Whether reading the victim's part of the table says that it is damaged.
    [[nodiscard]] bool finds_damage(std::string_view table) {
        auto in = work();
        const auto fails = [](const auto& result) {
            return is_corrupt(result.ok() ? nullptr : &result.error());
        };
        if (table == "alert") {
            return fails(find_alert(in, alert_));
        }
        if (table == "citizen") {
            return fails(find_citizen(in, "U1"));
        }
        return fails(find_resident(in, victim_.person.uuid));
    }
    [[nodiscard]] std::string where(std::string_view table) const {
        const bool of_person = table == "contact_address" || table == "next_of_kin";
        return fmt::format("{} = 1", of_person ? "person_id" : "id");
    }

    Resident victim_;
    Resident other_;
    Uuid alert_;
};

struct TableWithRows {
    const char* name;
    std::vector<const char*> columns;
};

const std::vector<TableWithRows> kTables{
    {"contact_address", {"line_1", "line_2", "line_3", "city", "postcode", "row_seal"}},
    {"next_of_kin", {"name", "relationship", "address", "mobile", "other_phone", "email", "row_seal"}},
    {"alert", {"type_code", "row_seal"}},
    {"citizen",
     {"name", "date_of_birth", "address_line_1", "address_line_2", "address_line_3", "city", "postcode",
      "row_seal"}},
};

TEST_F(TamperBesidePerson, every_bit_of_every_sealed_column_counts) {
    testing::internal::CaptureStderr();
    for (const auto& [table, columns] : kTables) {
        for (const auto* column : columns) {
            const auto sound =
                select<Bytes>(fmt::format("SELECT {} FROM {} WHERE {}", column, table, where(table)));
            const auto update = fmt::format("UPDATE {} SET {} = $1 WHERE {}", table, column, where(table));
            for (std::size_t bit = 0; bit < sound.size() * 8; ++bit) {
                Bytes flipped = sound;
                flipped[bit / 8] ^= static_cast<unsigned char>(1U << (bit % 8));
                run(update, flipped);
                ASSERT_TRUE(finds_damage(table)) << table << '.' << column << " bit " << bit;
            }
            run(update, sound);
            ASSERT_FALSE(finds_damage(table)) << table;
        }
    }
    testing::internal::GetCapturedStderr();
}

TEST_F(TamperBesidePerson, blobs_taken_away_swapped_or_of_another_row_are_found) {
    testing::internal::CaptureStderr();
    for (const auto& [table, columns] : kTables) {
        const auto other_row = where(table).replace(where(table).size() - 1, 1, "2");
        for (const auto* column : columns) {
            const bool needed = std::string_view{column} == "row_seal" ||
                                std::string_view{table} == "alert" ||
                                (std::string_view{table} == "citizen" && std::string_view{column} == "name");
            std::vector<std::string> values{
                fmt::format("(SELECT {} FROM {} WHERE {})", column, table, other_row), columns[0],
                needed ? "x''" : "NULL"};
            for (const auto& value : values) {
                if (value == column) {
                    continue;
                }
                run("SAVEPOINT change");
                run(fmt::format("UPDATE {} SET {} = {} WHERE {}", table, column, value, where(table)));
                EXPECT_TRUE(finds_damage(table)) << table << '.' << column << " = " << value;
                run("ROLLBACK TO change");
            }
        }
        EXPECT_FALSE(finds_damage(table));
    }
    testing::internal::GetCapturedStderr();
}

TEST_F(TamperBesidePerson, every_change_of_a_plain_column_is_found) {
    testing::internal::CaptureStderr();
    const std::vector<std::pair<const char*, const char*>> changes{
        {"contact_address", "version = 9"},
        {"next_of_kin", "version = 9"},
        {"alert", "version = 9"},
        {"alert", "person_id = 2"},
        {"alert", "uprn = 8"},
        {"alert", "created_at = 1"},
        {"citizen", "version = 9"},
        {"citizen", "uprn = 9"},
        {"citizen", "larn = 'x'"},
        {"citizen", "larn = NULL"},
        {"citizen", "larn = ''"},
        {"citizen", "person_uuid = NULL"},
        {"citizen", "person_uuid = uuid"},
        {"citizen", "hackney_homes_id = larn, larn = hackney_homes_id"},
        {"citizen", "created_at = 1"},
        {"citizen", "updated_at = 1"},
    };
    for (const auto& [table, change] : changes) {
        run("SAVEPOINT change");
        run(fmt::format("UPDATE {} SET {} WHERE {}", table, change, where(table)));
        EXPECT_TRUE(finds_damage(table)) << table << ": " << change;
        run("ROLLBACK TO change");
    }
    testing::internal::GetCapturedStderr();
}

TEST_F(TamperBesidePerson, what_was_once_there_does_not_open_when_it_is_put_back) {
    testing::internal::CaptureStderr();
    run("CREATE TEMP TABLE once AS SELECT * FROM contact_address WHERE person_id = 1");
    auto in = work();
    const Resident before = load_resident(in, victim_.person.uuid).value();
    Resident after = before;
    after.address = {};
    after = update_resident(in, before, after).value();
    EXPECT_EQ(count("contact_address"), 1);
    Resident again = after;
    again.address = before.address;
    ASSERT_TRUE(update_resident(in, after, again).ok());
    ASSERT_FALSE(finds_damage("contact_address"));
    run("UPDATE contact_address SET line_1 = (SELECT line_1 FROM once) WHERE person_id = 1");
    EXPECT_TRUE(finds_damage("contact_address"));
    testing::internal::GetCapturedStderr();
}

TEST_F(TamperBesidePerson, check_finds_exactly_the_damaged_records) {
    const auto check_all = [this] {
        CheckReport report;
        EXPECT_TRUE(check_contact_addresses(tx_, keys(), report).ok());
        EXPECT_TRUE(check_next_of_kin(tx_, keys(), report).ok());
        EXPECT_TRUE(check_alerts(tx_, keys(), report).ok());
        EXPECT_TRUE(check_citizens(tx_, keys(), report).ok());
        return report;
    };
    EXPECT_EQ(check_all().records, 8);
    EXPECT_EQ(check_all().damaged, 0);
    run("UPDATE contact_address SET city = x'00' WHERE person_id = 2");
    run("UPDATE next_of_kin SET version = 9 WHERE person_id = 1");
    run("UPDATE alert SET uprn = 9 WHERE id = 2");
    run("UPDATE citizen SET usn = 'U9' WHERE id = 1");
    std::vector<std::string> found;
    for (const Damage& damage : check_all().first_damaged) {
        found.push_back(fmt::format("{} {}", damage.table.view(), damage.id));
    }
    EXPECT_EQ(found,
              (std::vector<std::string>{"contact_address 2", "next_of_kin 1", "alert 2", "citizen 1"}));
}

TEST_F(TamperBesidePerson, nothing_sealed_stands_in_clear) {
    for (const auto* clear : {"Kim", "Far Street", "k@k", "O’Brien", "1961-02-28"}) {
        EXPECT_EQ(select<std::int64_t>(
                      "SELECT (SELECT count(*) FROM contact_address WHERE instr(line_1, $1) > 0) + "
                      "(SELECT count(*) FROM next_of_kin WHERE instr(name || email, $1) > 0) + "
                      "(SELECT count(*) FROM citizen WHERE instr(name || date_of_birth, $1) > 0)",
                      clear),
                  0)
            << clear;
    }
}

}  // namespace
}  // namespace tenantry::housing
