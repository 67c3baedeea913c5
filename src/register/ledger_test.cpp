#include "register/ledger.hpp"

#include "register/importer.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

class Ledger : public test::HousingTest {
  protected:
    void SetUp() override {
        for (const char* tag : {"0123456/01", "0123456/02"}) {
            Tenancy tenancy;
            tenancy.uuid = crypto::new_uuid();
            tenancy.tag_reference = tag;
            auto in = work();
            ASSERT_TRUE(create_tenancy(in, tenancy).ok());
        }
        indexes_ = index_texts();
        take_events();
    }
    static LedgerRecord line(std::string_view posted_on, std::int64_t amount,
                             const std::string& description = "Total Rent") {
        LedgerRecord record;
        record.uuid = crypto::new_uuid();
        record.tag_reference = "0123456/01";
        record.type = "RTB";
        record.posted_on = parse_date(posted_on).value();
        record.amount = {amount};
        record.description = description;
        return record;
    }
    /// One import of these lines.
    Result<void> import(const std::vector<LedgerRecord>& lines) {
        auto in = work();
        LedgerImport importing{in};
        for (const auto& one : lines) {
            TRY(importing.add(one));
        }
        const auto finished = importing.finish();
        repeated_ = importing.repeated();
        return finished;
    }
    Statement statement(std::string_view tag = "0123456/01") {
        auto in = work();
        return read_statement(in, tag).value();
    }
    std::vector<std::string> descriptions() {
        std::vector<std::string> all;
        for (const auto& one : statement().lines) {
            all.push_back(one.description.value_or("-"));
        }
        return all;
    }
    [[nodiscard]] std::string index_texts() {
        return select<std::string>(
            "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema WHERE tbl_name = "
            "'ledger_line' "
            "AND type = 'index' ORDER BY name) AS x");
    }

    std::string indexes_;  ///< as the migrations make them
    std::vector<std::int64_t> repeated_;
};

TEST_F(Ledger, every_field_is_kept_and_empty_ones_are_none) {
    LedgerRecord full = line("2030-03-17", -5'000, "PayPoint/Post Office");
    full.type = "RPO";
    LedgerRecord bare = line("2030-03-16", 12'345, "");
    bare.type = "";
    ASSERT_TRUE(import({full, bare}).ok());
    EXPECT_EQ(take_events(), std::vector<std::string>{"ledger.imported 1/2 - 0"});
    const Statement found = statement();
    EXPECT_EQ(take_events(), std::vector<std::string>{"ledger.viewed 1/- - 0"});
    EXPECT_EQ(found.tenancy.tag_reference, "0123456/01");
    ASSERT_EQ(found.lines.size(), 2U);
    EXPECT_EQ(found.lines[0].uuid, full.uuid);
    EXPECT_EQ(found.lines[0].type, "RPO");
    EXPECT_EQ(found.lines[0].posted_on, full.posted_on);
    EXPECT_EQ(found.lines[0].amount, -5'000);
    EXPECT_EQ(found.lines[0].description, "PayPoint/Post Office");
    EXPECT_EQ(found.lines[1].type, std::nullopt);
    EXPECT_EQ(found.lines[1].description, std::nullopt);
    EXPECT_TRUE(statement("0123456/02").lines.empty());
    auto in = work();
    EXPECT_EQ(read_statement(in, "0123456/03").error().code, Code::NotFound);
}

TEST_F(Ledger, a_statement_shows_from_april_of_the_year_before_to_tomorrow) {
    struct Case {
        const char* now;
        const char* from;
        const char* until;
    };
    for (const auto& [now, from, until] : {
             Case{"2026-03-31T23:59:59Z", "2025-04-01", "2026-04-01"},
             Case{"2026-04-01T00:00:00Z", "2025-04-01", "2026-04-02"},
             Case{"2025-12-31T23:59:59Z", "2024-04-01", "2026-01-01"},
             Case{"2026-01-01T00:00:00Z", "2025-04-01", "2026-01-02"},
             Case{"2028-02-28T12:00:00Z", "2027-04-01", "2028-02-29"},
             Case{"2026-02-28T12:00:00Z", "2025-04-01", "2026-03-01"},
         }) {
        const auto window = ledger_window(parse_instant(now).value());
        EXPECT_EQ(format_date(window.from), from) << now;
        EXPECT_EQ(format_date(window.until), until) << now;
    }
}

TEST_F(Ledger, the_windows_edges_are_inside) {
    // The clock stands at 2030-03-17.
    ASSERT_TRUE(import({line("2029-03-31", 1, "too early"), line("2029-04-01", 1, "first"),
                        line("2030-03-18", 1, "tomorrow"), line("2030-03-19", 1, "too late")})
                    .ok());
    EXPECT_EQ(descriptions(), (std::vector<std::string>{"tomorrow", "first"}));
}

TEST_F(Ledger, lines_are_by_day_backwards_then_by_amount_then_by_description) {
    ASSERT_TRUE(import({line("2030-03-01", 5, "f"), line("2030-03-02", 7, "d"), line("2030-03-02", -7, "b"),
                        line("2030-03-02", 7, "c"), line("2030-03-02", 7, ""), line("2030-03-03", 9, "a")})
                    .ok());
    EXPECT_EQ(descriptions(), (std::vector<std::string>{"a", "b", "-", "c", "d", "f"}));
}

TEST_F(Ledger, the_indexes_are_the_same_after_the_first_import) {
    ASSERT_TRUE(import({line("2030-03-01", 5)}).ok());
    EXPECT_EQ(index_texts(), indexes_);
    ASSERT_TRUE(import({line("2030-03-01", 5)}).ok());
    EXPECT_EQ(index_texts(), indexes_);
}

TEST_F(Ledger, a_second_import_updates_known_lines_and_adds_new_ones) {
    LedgerRecord first = line("2030-03-01", 5, "as it was");
    ASSERT_TRUE(import({first, line("2030-03-02", 6, "stays")}).ok());
    take_events();
    first.description = "as it is";
    first.amount = {-9};
    first.type = "";
    first.posted_on = parse_date("2030-03-03").value();
    ASSERT_TRUE(import({first, line("2030-03-01", 5, "new")}).ok());
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"ledger.imported 10001/1 - 0", "ledger.updated -/1 - 0"}));
    EXPECT_EQ(descriptions(), (std::vector<std::string>{"as it is", "stays", "new"}));
    const LedgerLine changed = statement().lines[0];
    EXPECT_EQ(changed.uuid, first.uuid);
    EXPECT_EQ(changed.amount, -9);
    EXPECT_EQ(changed.type, std::nullopt);
    first.tag_reference = "0123456/02";
    ASSERT_TRUE(import({first}).ok());
    EXPECT_EQ(statement("0123456/02").lines.size(), 1U);
    EXPECT_EQ(count("ledger_line"), 3);
}

TEST_F(Ledger, a_uuid_twice_in_the_first_import_is_told_by_its_place) {
    const LedgerRecord one = line("2030-03-01", 5);
    const LedgerRecord two = line("2030-03-02", 6);
    const auto outcome = import({one, two, two, line("2030-03-01", 5), one});
    EXPECT_EQ(outcome.error().code, Code::Invalid);
    EXPECT_EQ(outcome.error().field.view(), "transaction_uuid");
    EXPECT_EQ(repeated_, (std::vector<std::int64_t>{3, 5}));
}

TEST_F(Ledger, a_uuid_twice_in_a_later_import_is_refused_where_it_comes_again) {
    const LedgerRecord known = line("2030-03-01", 5);
    ASSERT_TRUE(import({known}).ok());
    const auto expect_refused = [this](const std::vector<LedgerRecord>& lines) {
        const auto outcome = import(lines);
        ASSERT_FALSE(outcome.ok());
        EXPECT_EQ(outcome.error().code, Code::Invalid);
        EXPECT_EQ(outcome.error().field.view(), "transaction_uuid");
    };
    const LedgerRecord unknown = line("2030-03-01", 5);
    expect_refused({unknown, line("2030-03-01", 5), unknown});
    expect_refused({known, known});
    EXPECT_TRUE(import({known}).ok());
}

TEST_F(Ledger, a_line_of_no_tenancy_names_its_column_and_touches_nothing) {
    LedgerRecord lost = line("2030-03-01", 5);
    lost.tag_reference = "0123456/03";
    const std::string before = dump();
    const auto outcome = import({lost});
    EXPECT_EQ(outcome.error().code, Code::Invalid);
    EXPECT_EQ(outcome.error().field.view(), "tag_reference");
    EXPECT_EQ(dump(), before);
    EXPECT_EQ(index_texts(), indexes_);
}

TEST_F(Ledger, lines_are_journaled_by_the_block) {
    std::vector<LedgerRecord> lines(LedgerImport::kBlock + 2, line("2030-03-01", 5));
    for (auto& one : lines) {
        one.uuid = crypto::new_uuid();
    }
    ASSERT_TRUE(import(lines).ok());
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"ledger.imported 1/10000 - 0", "ledger.imported 10001/2 - 0"}));
    EXPECT_EQ(select<std::int64_t>("SELECT max(id) FROM ledger_line"), LedgerImport::kBlock + 2);
    ASSERT_TRUE(import(lines).ok());
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"ledger.updated -/10000 - 0", "ledger.updated -/2 - 0"}));
    EXPECT_EQ(count("ledger_line"), LedgerImport::kBlock + 2);
    // Numbers go on where the last block ended.
    ASSERT_TRUE(import({line("2030-03-01", 5)}).ok());
    EXPECT_GT(select<std::int64_t>("SELECT max(id) FROM ledger_line"), LedgerImport::kBlock * 2);
}

TEST_F(Ledger, an_import_that_is_rolled_back_leaves_the_ledger_and_its_indexes) {
    const std::string before = dump();
    run("SAVEPOINT import");
    const LedgerRecord one = line("2030-03-01", 5);
    EXPECT_FALSE(import({one, one}).ok());
    EXPECT_NE(index_texts(), indexes_);
    run("ROLLBACK TO import");
    run("RELEASE import");
    EXPECT_EQ(index_texts(), indexes_);
    EXPECT_EQ(dump(), before);
    ASSERT_TRUE(import({one}).ok());
    EXPECT_EQ(statement().lines.size(), 1U);
}

TEST_F(Ledger, an_importer_without_lines_leaves_it_alone) {
    auto in = work();
    Importer importer{in};
    ASSERT_TRUE(importer.finish().ok());
    EXPECT_EQ(take_events(), std::vector<std::string>{});
    ASSERT_TRUE(importer.add(line("2030-03-01", 5)).ok());
    ASSERT_TRUE(importer.finish().ok());
    EXPECT_EQ(statement().lines.size(), 1U);
}

}  // namespace
}  // namespace tenantry::housing
