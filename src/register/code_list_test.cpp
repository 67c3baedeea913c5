#include "register/code_list.hpp"

#include "tests/support/register_fixture.hpp"

namespace tenantry::housing {
namespace {

class CodeLists : public test::RegisterTest {};

TEST_F(CodeLists, codes_are_listed_in_order_under_their_latest_label) {
    auto in = work();
    for (const auto& [list, code, label] :
         {std::tuple{"tenure", "SEC", "Secure"}, std::tuple{"tenure", "INT", "Introductory"},
          std::tuple{"source", "SEC", "Another list"},
          std::tuple{"tenure", "SEC", "Secure tenancy – ‘old’"}}) {
        ASSERT_TRUE(put_code(in, list, code, label).ok());
    }
    const auto codes = list_codes(tx_, "tenure");
    ASSERT_TRUE(codes.ok());
    ASSERT_EQ(codes->size(), 2U);
    EXPECT_EQ((*codes)[0].code, "INT");
    EXPECT_EQ((*codes)[1].code, "SEC");
    EXPECT_EQ((*codes)[1].label, "Secure tenancy – ‘old’");
    EXPECT_TRUE(list_codes(tx_, "no such list")->empty());
    EXPECT_EQ(take_events().size(), 4U);
}

}  // namespace
}  // namespace tenantry::housing
