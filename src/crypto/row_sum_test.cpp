#include "crypto/row_sum.hpp"

#include <gtest/gtest.h>

#include "tests/support/test_keys.hpp"

namespace tenantry::crypto {
namespace {

class RowSums : public testing::Test {
  protected:
    [[nodiscard]] Hash hash(std::string_view row) const { return hasher_(bytes_of(row)); }

    test::TestKeys keys_;
    RowHasher hasher_{keys_.ring, "ledger_line"};
};

TEST_F(RowSums, are_of_rows_in_no_order_and_each_as_often_as_it_is_there) {
    RowSum one;
    one.add(hash("a")).add(hash("b")).add(hash("b"));
    RowSum other;
    other.add(hash("b")).add(hash("c")).add(hash("a")).add(hash("b")).remove(hash("c"));
    EXPECT_EQ(one, other);
    EXPECT_EQ(one.rows(), 3);
    EXPECT_NE(one, RowSum{}.add(hash("a")).add(hash("a")).add(hash("b")));
    EXPECT_NE(one, RowSum{}.add(hash("a")).add(hash("b")));
    EXPECT_EQ(RowSum{one}.remove(other), RowSum{});
    EXPECT_EQ(RowSum{}.add(one).add(other).rows(), 6);
}

TEST_F(RowSums, hash_with_a_key_of_the_table_that_a_rotation_leaves) {
    EXPECT_EQ(hash("a"), hash("a"));
    EXPECT_NE(hash("a"), hash("b"));
    EXPECT_NE(hash("a"), (RowHasher{keys_.ring, "other"}(bytes_of("a"))));
    EXPECT_NE(hash("a"), (RowHasher{test::TestKeys{}.ring, "ledger_line"}(bytes_of("a"))));
    const Hash before = hash("a");
    keys_.rotate();
    EXPECT_EQ((RowHasher{keys_.ring, "ledger_line"}(bytes_of("a"))), before);
}

TEST_F(RowSums, come_back_from_their_text_and_from_no_other) {
    RowSum sum;
    for (int i = 0; i < 1'000; ++i) {
        sum.add(hash(std::to_string(i)));
    }
    EXPECT_EQ(RowSum::parse(sum.text()), sum);
    EXPECT_EQ(RowSum::parse(RowSum{}.text()), RowSum{});
    const RowSum less = RowSum{}.remove(sum);
    EXPECT_EQ(less.rows(), -1'000);
    EXPECT_EQ(RowSum::parse(less.text()), less);
    const std::string text = sum.text();
    for (const std::string& wrong : {std::string{}, std::string{"1000"}, std::string{"1000:"}, text.substr(1),
                                     text + "00", text.substr(0, text.size() - 1), "x" + text}) {
        EXPECT_NE(RowSum::parse(wrong), sum) << wrong;
    }
    EXPECT_EQ(RowSum::parse("1000:" + std::string(63, '0')), std::nullopt);
    EXPECT_EQ(RowSum::parse(":" + std::string(64, '0')), std::nullopt);
}

}  // namespace
}  // namespace tenantry::crypto
