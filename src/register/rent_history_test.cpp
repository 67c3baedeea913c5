#include "register/rent_history.hpp"

#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

using Balances = std::vector<std::optional<std::int64_t>>;

class RentHistoryTest : public test::HousingTest {
  protected:
    void SetUp() override {
        tenancy_ = add_tenancy("0123456/01", 12'000);
        add_tenancy("0123456/02", 1);
    }
    Tenancy add_tenancy(const std::string& tag, std::optional<std::int64_t> balance) {
        Tenancy tenancy;
        tenancy.tag_reference = tag;
        tenancy.current_balance = balance;
        auto in = work();
        return create_tenancy(in, tenancy).value();
    }
    void import(const std::vector<std::pair<std::string_view, std::int64_t>>& lines,
                const std::string& tag = "0123456/01") {
        auto in = work();
        LedgerImport importing{in};
        for (const auto& [day, amount] : lines) {
            LedgerRecord record;
            record.uuid = crypto::new_uuid();
            record.tag_reference = tag;
            record.posted_on = parse_date(day).value();
            record.amount = {amount};
            ASSERT_TRUE(importing.add(record).ok());
        }
        ASSERT_TRUE(importing.finish().ok());
        take_events();
    }
    RentHistory read(Paging paging = {}, std::string_view from = "2029-03-17",
                     std::string_view until = "2030-03-17") {
        auto in = work();
        return read_rent_history(in, tenancy_, paging, parse_date(from).value(), parse_date(until).value())
            .value();
    }
    static Balances balances(const RentHistory& history) {
        Balances all;
        for (const auto& entry : history.entries) {
            all.push_back(entry.balance);
        }
        return all;
    }
    static std::string days(const RentHistory& history) {
        std::string all;
        for (const auto& day : history.days) {
            all += fmt::format("{}:{} ", format_date(day.day), day.balance);
        }
        return all;
    }

    Tenancy tenancy_;
};

TEST_F(RentHistoryTest, each_line_has_the_balance_after_it_the_latest_that_of_now) {
    import({{"2030-03-04", 10'000}, {"2030-03-06", -9'000}, {"2030-03-11", 10'000}, {"2030-03-11", 500}, {
                "2030-03-13",
                -2'000
            }});
    import({{ "2030-03-12", 777 }}, "0123456/02");
    const auto history = read();
    EXPECT_EQ(take_events(), std::vector<std::string>{"ledger.viewed 1/- - 0"});
    EXPECT_EQ(balances(history), (Balances{12'000, 14'000, 13'500, 3'500, 12'500}));
    EXPECT_EQ(history.entries[1].line.amount, 500);  // of one day, the one recorded later comes first
    EXPECT_EQ(history.total, 5);
}

TEST_F(RentHistoryTest, a_later_page_goes_on_where_the_one_before_ended) {
    std::vector<std::pair<std::string_view, std::int64_t>> lines(120, {"2030-03-04", 100});
    lines.push_back({"2030-03-05", -3'000});
    import(lines);
    const auto whole = balances(read({.limit = 200, .offset = 0}));
    ASSERT_EQ(whole.size(), 121U);
    EXPECT_EQ(whole.front(), 12'000);
    EXPECT_EQ(whole.back(), 12'000 + 3'000 - 119 * 100);
    Balances paged;
    for (const std::int64_t offset : {0, 50, 100}) {
        const auto page = read({.limit = 50, .offset = offset});
        EXPECT_EQ(page.total, 121);
        const auto some = balances(page);
        paged.insert(paged.end(), some.begin(), some.end());
    }
    EXPECT_EQ(paged, whole);
    EXPECT_TRUE(read({.limit = 50, .offset = 150}).entries.empty());
}

TEST_F(RentHistoryTest, days_begin_with_the_balance_before_the_period) {
    import({{"2029-03-16", 40'000}, {"2029-03-18", 5'000}, {"2029-03-18", -1'000}, { "2030-03-17", -3'000 }});
    // 12,000 now: 15,000 before the last, 11,000 before the two of the 18th.
    EXPECT_EQ(days(read()), "2029-03-17:11000 2029-03-18:15000 2030-03-17:12000 ");
    EXPECT_EQ(days(read({}, "2029-03-18")), "2029-03-18:15000 2030-03-17:12000 ");
    EXPECT_EQ(days(read({}, "2029-03-19")), "2029-03-19:15000 2030-03-17:12000 ");
}

TEST_F(RentHistoryTest, what_is_posted_for_later_is_taken_back_first) {
    import({{"2030-03-10", 1'000}, { "2030-03-18", 7'000 }});
    EXPECT_EQ(days(read()), "2029-03-17:4000 2030-03-10:5000 ");
    EXPECT_EQ(balances(read()), (Balances{12'000, 5'000}));
}

TEST_F(RentHistoryTest, credit_and_arrears_pass_through_zero) {
    tenancy_ = add_tenancy("0123456/03", -500);
    import({{"2030-03-01", 10'000}, {"2030-03-02", -10'000}, { "2030-03-03", -500 }}, "0123456/03");
    EXPECT_EQ(balances(read()), (Balances{-500, 0, 10'000}));
    EXPECT_EQ(days(read()), "2029-03-17:0 2030-03-01:10000 2030-03-02:0 2030-03-03:-500 ");
}

TEST_F(RentHistoryTest, without_a_balance_lines_have_none_and_without_lines_there_are_no_days) {
    EXPECT_TRUE(read().days.empty());
    EXPECT_TRUE(read().entries.empty());
    EXPECT_EQ(read().total, 0);
    tenancy_ = add_tenancy("0123456/03", std::nullopt);
    import({{ "2030-03-01", 10'000 }}, "0123456/03");
    EXPECT_EQ(balances(read()), Balances{std::nullopt});
    EXPECT_TRUE(read().days.empty());
}

}  // namespace
}  // namespace tenantry::housing
