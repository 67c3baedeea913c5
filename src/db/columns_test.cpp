#include "db/columns.hpp"

#include <gtest/gtest.h>

#include <set>

namespace tenantry::db {
namespace {

TEST(Columns, a_declaration_is_read_word_by_word) {
    const auto column = parse_column(
        "case_note.text  sealed  person  job_id=job_person.job_id  text  job  fill  what was said");
    ASSERT_TRUE(column.ok());
    EXPECT_EQ(column->table, "case_note");
    EXPECT_EQ(column->name, "text");
    EXPECT_EQ(column->protection, Protection::Sealed);
    EXPECT_EQ(column->subject, Subject::Person);
    EXPECT_EQ(column->link.own, "job_id");
    EXPECT_EQ(column->link.table, "job_person");
    EXPECT_EQ(column->link.column, "job_id");
    EXPECT_EQ(column->report, Report::Text);
    EXPECT_EQ(column->retention, Retention::Job);
    EXPECT_EQ(column->merge, Merge::Fill);
    EXPECT_EQ(column->meaning, "what was said");
}

TEST(Columns, a_direct_link_names_a_column_of_the_row_itself) {
    const auto column = parse_column("occupancy.to_at plain person person_id time person none until when");
    ASSERT_TRUE(column.ok());
    EXPECT_EQ(column->link.own, "person_id");
    EXPECT_TRUE(column->link.table.empty());
}

TEST(Columns, a_line_with_a_wrong_or_missing_word_is_refused) {
    EXPECT_TRUE(parse_column("t.c plain none - no person none why").ok());
    for (const auto* line : {
             "",
             "t.c",
             "t plain none - no person none why",
             "t.c plain none - no person none",
             "t.c naked none - no person none why",
             "t.c plain nobody - no person none why",
             "t.c plain none person_id no person none why",
             "t.c plain person - no person none why",
             "t.c plain person a=b no person none why",
             "t.c plain person =b.c no person none why",
             "t.c plain person a| b no person none why",
             "t.c plain person a yes person none why",
             "t.c plain none - maybe person none why",
             "t.c plain none - no always none why",
             "t.c plain none - no person twice why",
             "t.c plain none - text person none why",
         }) {
        EXPECT_FALSE(parse_column(line).ok()) << line;
    }
}

TEST(Columns, comments_and_empty_lines_declare_nothing) {
    const auto lines = declaring_lines("# head\n\n  a.b one \n#\nseal a uuid 1\nc.d two", Declares::Column);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0], "a.b one");
    EXPECT_EQ(lines[1], "c.d two");
}

TEST(Columns, a_row_may_lead_to_its_subject_in_two_ways) {
    const auto column = parse_column("t.c plain person a=b.c|d=e.f no person none why");
    ASSERT_TRUE(column.ok());
    EXPECT_EQ(column->link.table, "b");
    EXPECT_EQ(column->or_link.own, "d");
    EXPECT_EQ(column->or_link.column, "f");
}

TEST(Columns, sealed_fields_are_bound_to_the_row_unless_the_table_says_otherwise) {
    const auto place = parse_seal_place("seal t a_id=b  version");
    ASSERT_TRUE(place.ok());
    EXPECT_EQ(place->record, "a_id");
    EXPECT_EQ(place->owner, "b");
    EXPECT_EQ(place->version, "version");
    EXPECT_TRUE(parse_seal_place("seal t uuid 1")->version.empty());
    EXPECT_FALSE(parse_seal_place("seal t uuid").ok());
    EXPECT_FALSE(parse_seal_place("seal t uuid 1 more").ok());
    EXPECT_EQ(seal_place("person").record, "uuid");
    EXPECT_EQ(seal_place("meeting").owner, "interaction");
    EXPECT_TRUE(seal_place("mail").version.empty());
}

TEST(Columns, the_fields_that_the_design_seals_are_declared_sealed) {
    std::set<std::string> sealed;
    for (const Column& column : columns()) {
        if (column.protection == Protection::Sealed) {
            sealed.insert(std::string{column.table} + "." + std::string{column.name});
        }
    }
    for (const auto* name :
         {"person.name", "person.email", "person.telephone_1", "person.telephone_2", "person.telephone_3",
          "person.date_of_birth", "job.description", "case_note.text", "account.email", "origin.address"}) {
        EXPECT_TRUE(sealed.contains(name)) << name;
    }
}

TEST(Columns, hashes_and_search_texts_are_not_reported) {
    for (const Column& column : columns()) {
        if (column.protection == Protection::Hashed || column.protection == Protection::Folded) {
            EXPECT_EQ(column.report, Report::No) << column.table << "." << column.name;
        }
    }
}

}  // namespace
}  // namespace tenantry::db
