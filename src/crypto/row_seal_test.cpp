#include <gtest/gtest.h>

#include "tests/support/test_keys.hpp"

namespace tenantry::crypto {
namespace {

class RowSeal : public testing::Test {
  protected:
    [[nodiscard]] bool holds(std::string_view table, ByteView seal,
                             std::initializer_list<ByteView> parts) const {
        const auto checked = keys_.ring.check_row_seal(table, seal, parts);
        EXPECT_TRUE(checked.ok() || checked.error().code == Code::Corrupt);
        return checked.ok();
    }

    test::TestKeys keys_;
    Bytes seal_ = keys_.ring.row_seal("person", {bytes_of("1|active"), bytes_of("tags")});
};

TEST_F(RowSeal, holds_for_its_parts_and_no_others) {
    EXPECT_TRUE(holds("person", seal_, {bytes_of("1|active"), bytes_of("tags")}));
    EXPECT_FALSE(holds("person", seal_, {bytes_of("2|active"), bytes_of("tags")}));
    EXPECT_FALSE(holds("person", seal_, {bytes_of("1|active"), bytes_of("tagz")}));
    EXPECT_FALSE(holds("officer", seal_, {bytes_of("1|active"), bytes_of("tags")}));
}

TEST_F(RowSeal, what_does_not_hold_is_counted_and_what_holds_is_not) {
    EXPECT_TRUE(holds("person", seal_, {bytes_of("1|active"), bytes_of("tags")}));
    EXPECT_EQ(keys_.ring.broken(), 0U);
    EXPECT_FALSE(holds("person", seal_, {}));
    EXPECT_EQ(keys_.ring.broken(), 1U);
    const FieldContext place{"person", "name", keys_.install, 1};
    const Bytes blob = keys_.ring.seal(place, "Priya");
    EXPECT_TRUE(keys_.ring.open(place, blob).ok());
    EXPECT_EQ(keys_.ring.broken(), 1U);
    EXPECT_FALSE(keys_.ring.open({"person", "name", keys_.install, 2}, blob).ok());
    std::string text;
    EXPECT_FALSE(keys_.ring.open_into(place, ByteView{blob}.first(10), text).ok());
    EXPECT_EQ(keys_.ring.broken(), 3U);
}

TEST_F(RowSeal, parts_keep_their_borders_order_and_number) {
    EXPECT_FALSE(holds("person", seal_, {bytes_of("1|activet"), bytes_of("ags")}));
    EXPECT_FALSE(holds("person", seal_, {bytes_of("1|activetags")}));
    EXPECT_FALSE(holds("person", seal_, {bytes_of("tags"), bytes_of("1|active")}));
    EXPECT_FALSE(holds("person", seal_, {bytes_of("1|active"), bytes_of("tags"), {}}));
    EXPECT_FALSE(holds("person", seal_, {{}, bytes_of("1|active"), bytes_of("tags")}));
    EXPECT_FALSE(holds("person", seal_, {}));
}

TEST_F(RowSeal, every_bit_of_the_seal_counts) {
    for (unsigned char& byte : seal_) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            byte = static_cast<unsigned char>(byte ^ 1U << bit);
            EXPECT_FALSE(holds("person", seal_, {bytes_of("1|active"), bytes_of("tags")}));
            byte = static_cast<unsigned char>(byte ^ 1U << bit);
        }
    }
}

TEST_F(RowSeal, a_seal_of_another_length_does_not_hold) {
    for (std::size_t size = 0; size < seal_.size(); ++size) {
        EXPECT_FALSE(holds("person", ByteView(seal_).first(size), {bytes_of("1|active"), bytes_of("tags")}));
    }
    seal_.push_back(0);
    EXPECT_FALSE(holds("person", seal_, {bytes_of("1|active"), bytes_of("tags")}));
}

TEST_F(RowSeal, another_installation_does_not_accept_it) {
    const auto moved = KeyRing::open(keys_.folder.path(), new_uuid(), keys_.wrapped).value();
    EXPECT_FALSE(moved.check_row_seal("person", seal_, {bytes_of("1|active"), bytes_of("tags")}).ok());
}

TEST_F(RowSeal, begins_with_the_active_key_and_outlives_a_rotation) {
    EXPECT_EQ(keys_.ring.active_field_key(), 1U);
    keys_.rotate();
    EXPECT_EQ(keys_.ring.active_field_key(), 6U);
    EXPECT_TRUE(holds("person", seal_, {bytes_of("1|active"), bytes_of("tags")}));
    const Bytes renewed = keys_.ring.row_seal("person", {bytes_of("1|active"), bytes_of("tags")});
    EXPECT_EQ(hex_encode(ByteView(renewed).first(4)), "06000000");
    EXPECT_TRUE(holds("person", renewed, {bytes_of("1|active"), bytes_of("tags")}));
    Bytes claimed = renewed;
    claimed[0] = 1;
    EXPECT_FALSE(holds("person", claimed, {bytes_of("1|active"), bytes_of("tags")}));
}

TEST_F(RowSeal, is_not_a_keyed_hash_of_the_same_key) {
    const Hash hash =
        keys_.ring.keyed_hash(KeyPurpose::Field, "person", {bytes_of("1|active"), bytes_of("tags")});
    EXPECT_NE(hex_encode(hash), hex_encode(ByteView(seal_).subspan(4)));
}

}  // namespace
}  // namespace tenantry::crypto
