#include "register/estate.hpp"

#include "register/association.hpp"
#include "register/importer.hpp"
#include "tests/support/register_fixture.hpp"

namespace tenantry::housing {
namespace {

class Estates : public test::RegisterTest {
  protected:
    void SetUp() override {
        Importer importer{work_};
        ASSERT_TRUE(importer.add(EstateRecord{"2", "Spare Estate"}).ok());
        ASSERT_TRUE(importer.add(EstateRecord{"1", "Sample Estate"}).ok());
        ASSERT_TRUE(importer.add(BlockRecord{"12", "Yew House", "1"}).ok());
        ASSERT_TRUE(importer.add(BlockRecord{"11", "Sample House", "1"}).ok());
    }

    const std::vector<Block> blocks_{{"11", "Sample House", "1"}, {"12", "Yew House", "1"}};
    audit::Work work_ = work();
};

TEST_F(Estates, an_association_has_its_estates_with_their_blocks) {
    Association wanted;
    wanted.name = "Sample TRA";
    const auto association = create_association(work_, wanted, {"2", "1", "unknown"})->id;
    EXPECT_EQ(*list_estates_of_association(tx_, association),
              (std::vector<Estate>{{"1", "Sample Estate", blocks_}, {"2", "Spare Estate", {}}}));
    EXPECT_TRUE(list_estates_of_association(tx_, {404})->empty());
}

TEST_F(Estates, unassigned_are_those_that_no_association_has) {
    EXPECT_EQ(*list_unassigned_estates(tx_),
              (std::vector<Estate>{{"1", "Sample Estate", {}}, {"2", "Spare Estate", {}}}));
    Association wanted;
    wanted.name = "Sample TRA";
    ASSERT_TRUE(create_association(work_, wanted, {"1"}).ok());
    EXPECT_EQ(*list_unassigned_estates(tx_), (std::vector<Estate>{{"2", "Spare Estate", {}}}));
}

TEST_F(Estates, a_second_record_renames_and_moves) {
    EXPECT_EQ(*list_blocks(tx_, "1"), blocks_);
    Importer importer{work_};
    ASSERT_TRUE(importer.add(EstateRecord{"2", "Willow Estate"}).ok());
    ASSERT_TRUE(importer.add(BlockRecord{"12", "Ash House", "2"}).ok());
    EXPECT_EQ(*list_blocks(tx_, "2"), (std::vector<Block>{{"12", "Ash House", "2"}}));
    EXPECT_EQ(list_unassigned_estates(tx_)->at(1).name, "Willow Estate");
    EXPECT_TRUE(list_blocks(tx_, "404")->empty());
}

TEST_F(Estates, a_block_stands_on_an_estate) {
    Importer importer{work_};
    const auto added = importer.add(BlockRecord{"13", "Oak House", "404"});
    EXPECT_EQ(added.error().code, Code::Invalid);
    EXPECT_EQ(added.error().field.view(), "estate_reference");
}

}  // namespace
}  // namespace tenantry::housing
