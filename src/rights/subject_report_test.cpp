#include "rights/subject_report.hpp"

#include <gtest/gtest.h>

#include "tests/support/planted_people.hpp"
#include "tests/support/query_plan.hpp"
#include "tests/support/register_fixture.hpp"

namespace tenantry::rights {
namespace {

using Values = std::map<std::string, test::PlantedValue>;

/// X and Y, planted in every personal column.
class SubjectReportTest : public test::RegisterTest {
  protected:
    void SetUp() override {
        run("PRAGMA defer_foreign_keys = ON");
        x_values_ = x_.plant();
        y_values_ = y_.plant();
    }

    SubjectReport report_of(const test::PlantedPerson& person, Checked checked = Checked::Yes) {
        auto report = gather_report(tx_, keys(), {person.person()}, checked);
        EXPECT_TRUE(report.ok());
        return std::move(report).value();
    }

    /// The planted events are not chained.
    void TearDown() override {}

    test::PlantedPerson x_{tx_, keys(), "Xenia", 4'000'001};
    test::PlantedPerson y_{tx_, keys(), "Yusuf", 7'000'001};
    Values x_values_;
    Values y_values_;
};

/// The names of the columns that say they are reported, but whose planted value the report does not hold.
std::vector<std::string> missing_from(const SubjectReport& report, const Values& planted) {
    std::vector<std::string> missing;
    for (const db::Column& column : db::columns()) {
        if (column.subject != db::Subject::Person || column.report == db::Report::No) {
            continue;
        }
        const std::string name = fmt::format("{}.{}", column.table, column.name);
        const auto& value = planted.at(name);
        const auto& records = report.of(column.table);
        const bool held = std::ranges::any_of(records, [&](const Record& record) {
            const Field* field = record.find(column.name);
            return field != nullptr && field->shown == Shown::Value &&
                   (value.number ? field->number == *value.number : field->text == value.text);
        });
        if (!held) {
            missing.push_back(name);
        }
    }
    return missing;
}

/// The columns in which the report holds something that was planted for the other person. Flags are alike for
/// everybody.
std::vector<std::string> foreign_in(const SubjectReport& report, const test::PlantedPerson& other,
                                    const Values& planted) {
    std::set<std::int64_t> numbers;
    std::set<std::string> texts;
    for (const auto& [name, value] : planted) {
        if (value.number.value_or(0) > 1) {
            numbers.insert(*value.number);
        }
        if (!value.text.empty()) {
            texts.insert(value.text);
        }
    }
    std::vector<std::string> foreign;
    for (const auto& table : report.tables) {
        for (const Record& record : table.records) {
            for (const Field& field : record.fields) {
                if (numbers.contains(field.number) || texts.contains(field.text) ||
                    field.text.find(other.mark()) != std::string::npos) {
                    foreign.push_back(fmt::format("{}.{}", table.name, field.column.name));
                }
            }
        }
    }
    return foreign;
}

TEST_F(SubjectReportTest, it_holds_every_personal_column_of_its_person_and_none_of_another) {
    const auto report = report_of(x_);
    EXPECT_EQ(missing_from(report, x_values_), std::vector<std::string>{});
    EXPECT_EQ(foreign_in(report, y_, y_values_), std::vector<std::string>{});
    EXPECT_EQ(report.withheld, 0);
    EXPECT_EQ(report.unreadable, 0);
}

TEST_F(SubjectReportTest, a_report_that_lacks_a_table_is_noticed) {
    auto report = report_of(x_);
    std::erase_if(report.tables, [](const ReportTable& t) { return t.name == "alert"; });
    EXPECT_FALSE(missing_from(report, x_values_).empty());
}

TEST_F(SubjectReportTest, a_report_that_holds_another_persons_value_is_noticed) {
    auto report = report_of(x_);
    report.tables.back().records.front().fields.front().text = y_values_.at("person.email").text;
    EXPECT_EQ(foreign_in(report, y_, y_values_).size(), 1U);
}

TEST_F(SubjectReportTest, what_may_tell_of_others_is_withheld_until_somebody_checked_it) {
    const auto report = report_of(x_, Checked::No);
    for (const db::Column& column : db::columns()) {
        if (column.report == db::Report::Check) {
            const Field* field = report.of(column.table).front().find(column.name);
            EXPECT_EQ(field->shown, Shown::Withheld) << column.table << "." << column.name;
            EXPECT_EQ(field->text, "");
        }
    }
    EXPECT_GT(report.withheld, 10);
}

TEST_F(SubjectReportTest, a_field_that_does_not_open_is_unreadable_not_empty) {
    run("UPDATE person SET email = zeroblob(100) WHERE id = $1", x_.person());
    const auto report = report_of(x_);
    EXPECT_EQ(report.of("person").front().find("email")->shown, Shown::Unreadable);
    EXPECT_EQ(report.unreadable, 1);
}

TEST_F(SubjectReportTest, nobody_has_no_report) {
    const auto report = gather_report(tx_, keys(), {1}, Checked::Yes);
    EXPECT_EQ(report.error().code, Code::NotFound);
}

TEST_F(SubjectReportTest, no_statement_of_it_reads_a_whole_table) {
    if (test::postgres_server() != nullptr) {
        GTEST_SKIP() << "the plan that is looked at is SQLite's";
    }
    std::vector<const db::Sql*> statements;
    const auto all = report_statements();
    statements.reserve(all.size());
    for (const auto& one : all) {
        statements.push_back(&one);
    }
    // What was found about one person may be put in order.
    auto steps = test::dear_steps(tx_, statements);
    std::erase_if(steps,
                  [](const std::string& step) { return step.find("TEMP B-TREE") != std::string::npos; });
    EXPECT_EQ(steps, std::vector<std::string>{});
}

TEST(PersonTables, a_column_that_names_a_person_leads_to_them) {
    for (const db::Column& column : db::columns()) {
        // A note for the search in memory, which goes within minutes and leads nobody anywhere.
        const bool passing = column.table == "name_change";
        if (!passing && (column.name == "person_id" || column.name == "person_uuid")) {
            EXPECT_EQ(column.subject, db::Subject::Person) << column.table << "." << column.name;
        }
    }
}

TEST(Readable, values_as_a_person_reads_them) {
    const auto shown = [](db::Report report, std::int64_t number, std::string text = "") {
        Field field;
        field.column.report = report;
        field.shown = Shown::Value;
        field.number = number;
        field.text = std::move(text);
        return readable(field);
    };
    EXPECT_EQ(shown(db::Report::Money, 1250), "£12.50");
    EXPECT_EQ(shown(db::Report::Money, -7), "-£0.07");
    EXPECT_EQ(shown(db::Report::Date, 22435), "5 June 2031");
    EXPECT_EQ(shown(db::Report::Time, 1'000 * (86'400LL * 22435 + 3600 * 9 + 60 * 5)),
              "5 June 2031, 09:05 UTC");
    EXPECT_EQ(shown(db::Report::Flag, 0), "no");
    EXPECT_EQ(shown(db::Report::Flag, 1), "yes");
    EXPECT_EQ(shown(db::Report::Number, -3), "-3");
    EXPECT_EQ(shown(db::Report::Name, 0,
                    "Ms\x1f"
                    "Ann\x1fO'Neill"),
              "Ms Ann O'Neill");
    EXPECT_EQ(readable("telephone_1"), "Telephone 1");
    EXPECT_EQ(readable("uprn"), "UPRN");
    EXPECT_EQ(readable(""), "");
}

}  // namespace
}  // namespace tenantry::rights
