#include <gtest/gtest.h>

#include <set>

#include "tests/support/test_keys.hpp"

namespace tenantry::crypto {
namespace {

class SealedField : public testing::Test {
  protected:
    [[nodiscard]] bool refuses(const FieldContext& context, ByteView blob) const {
        const auto opened = keys_.ring.open(context, blob);
        return !opened.ok() && opened.error().code == Code::Corrupt;
    }

    test::TestKeys keys_;
    FieldContext place_{"person", "first_name", new_uuid(), 3};
};

std::string random_text(std::size_t size) {
    std::string text(size, '\0');
    fill_random({reinterpret_cast<unsigned char*>(text.data()), size});
    return text;
}

TEST_F(SealedField, text_comes_back) {
    for (const std::string& text :
         {std::string{"Ama"},
          std::string{"Siobh\xc3\xa1n O\xe2\x80\x99"
                      "Brien"},
          std::string{"\xf0\x9f\xa6\x8a"}, std::string{"\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e"},
          std::string(1, '\0'), std::string(32, '\x80'), std::string("\x80\0\0", 3),
          std::string(100'000, 'n')}) {
        EXPECT_EQ(keys_.ring.open(place_, keys_.ring.seal(place_, text)).value(), text);
    }
}

TEST_F(SealedField, the_empty_text_is_a_blob_and_no_blob_is_not_the_empty_text) {
    const Bytes blob = keys_.ring.seal(place_, "");
    EXPECT_EQ(keys_.ring.open(place_, blob).value(), "");
    EXPECT_TRUE(refuses(place_, {}));
}

TEST_F(SealedField, ten_thousand_random_texts_come_back) {
    for (int round = 0; round < 10'000; ++round) {
        std::array<unsigned char, 2> draw;
        fill_random(draw);
        const FieldContext place{"person", "last_name", new_uuid(), round - 5'000};
        const std::string text = random_text((draw[0] * 256U + draw[1]) % (round % 100 == 0 ? 4'097U : 97U));
        const auto opened = keys_.ring.open(place, keys_.ring.seal(place, text));
        ASSERT_TRUE(opened.ok()) << text.size();
        ASSERT_EQ(*opened, text);
    }
}

TEST_F(SealedField, every_length_comes_back_and_lengths_fall_in_buckets_of_32) {
    for (std::size_t size = 0; size <= 600; ++size) {
        const std::string text = random_text(size);
        const Bytes blob = keys_.ring.seal(place_, text);
        EXPECT_EQ(blob.size(), 62 + (size / 32 + 1) * 32);
        EXPECT_EQ(keys_.ring.open(place_, blob).value(), text);
    }
}

TEST_F(SealedField, no_text_stands_in_its_blob_and_two_blobs_of_a_text_differ) {
    const Bytes blob = keys_.ring.seal(place_, "Wilhelmina");
    EXPECT_EQ(text_of(blob).find("Wilh"), std::string_view::npos);
    const Bytes again = keys_.ring.seal(place_, "Wilhelmina");
    EXPECT_NE(Bytes(blob.begin() + 6, blob.begin() + 30), Bytes(again.begin() + 6, again.begin() + 30));
    EXPECT_NE(Bytes(blob.begin() + 30, blob.end()), Bytes(again.begin() + 30, again.end()));
}

TEST_F(SealedField, every_bit_of_every_byte_counts) {
    for (std::size_t size :
         {0U, 1U, 3U, 5U, 8U, 13U, 16U, 21U, 26U, 31U, 32U, 34U, 40U, 47U, 55U, 63U, 64U, 70U, 89U, 600U}) {
        Bytes blob = keys_.ring.seal(place_, random_text(size));
        for (unsigned char& byte : blob) {
            for (unsigned bit = 0; bit < 8; ++bit) {
                byte = static_cast<unsigned char>(byte ^ 1U << bit);
                ASSERT_TRUE(refuses(place_, blob)) << &byte - blob.data() << " bit " << bit;
                byte = static_cast<unsigned char>(byte ^ 1U << bit);
            }
        }
        ASSERT_TRUE(keys_.ring.open(place_, blob).ok());
    }
}

TEST_F(SealedField, truncated_and_extended_blobs_do_not_open) {
    const Bytes blob = keys_.ring.seal(place_, random_text(75));
    for (std::size_t size = 0; size < blob.size(); ++size) {
        EXPECT_TRUE(refuses(place_, ByteView(blob).first(size))) << size;
        EXPECT_TRUE(refuses(place_, ByteView(blob).last(size))) << size;
    }
    Bytes extended = blob;
    for (int i = 0; i < 70; ++i) {
        extended.push_back(0);
        EXPECT_TRUE(refuses(place_, extended)) << i;
    }
}

TEST_F(SealedField, opens_only_in_its_own_place_and_version) {
    const Bytes blob = keys_.ring.seal(place_, "Ama");
    const std::array<FieldContext, 9> elsewhere{{
        {"person", "first_name", new_uuid(), 3},
        {"person", "last_name", place_.record, 3},
        {"officer", "first_name", place_.record, 3},
        {"person", "first_name", place_.record, 2},
        {"person", "first_name", place_.record, 4},
        {"person", "first_name", place_.record, -3},
        {"personf", "irst_name", place_.record, 3},
        {"", "personfirst_name", place_.record, 3},
        {"first_name", "person", place_.record, 3},
    }};
    for (const FieldContext& other : elsewhere) {
        EXPECT_TRUE(refuses(other, blob)) << other.table << other.column << other.version;
        EXPECT_TRUE(refuses(place_, keys_.ring.seal(other, "Ama")));
    }
    EXPECT_TRUE(keys_.ring.open(place_, blob).ok());
}

TEST_F(SealedField, every_pair_of_places_is_told_apart) {
    std::vector<FieldContext> places;
    for (const auto* table : {"person", "job", "case_note"}) {
        for (const auto* column : {"text", "first_name", "email"}) {
            for (const Uuid& record : {place_.record, new_uuid()}) {
                for (const std::int64_t version : {1, 2}) {
                    places.push_back({table, column, record, version});
                }
            }
        }
    }
    std::vector<Bytes> blobs;
    blobs.reserve(places.size());
    for (const auto& place : places) {
        blobs.push_back(keys_.ring.seal(place, "same text"));
    }
    for (std::size_t from = 0; from < places.size(); ++from) {
        for (std::size_t to = 0; to < places.size(); ++to) {
            EXPECT_EQ(keys_.ring.open(places[to], blobs[from]).ok(), from == to) << from << " in " << to;
        }
    }
}

TEST_F(SealedField, another_installation_does_not_open_it_even_with_the_same_keys) {
    const Bytes blob = keys_.ring.seal(place_, "Ama");
    const auto moved = KeyRing::open(keys_.folder.path(), new_uuid(), keys_.wrapped).value();
    EXPECT_EQ(moved.open(place_, blob).error().code, Code::Corrupt);
    const test::TestKeys strangers;
    EXPECT_EQ(strangers.ring.open(place_, blob).error().code, Code::Corrupt);
}

TEST_F(SealedField, parts_of_two_blobs_of_one_place_do_not_mix) {
    const Bytes one = keys_.ring.seal(place_, "Ama");
    const Bytes other = keys_.ring.seal(place_, "Efua");
    struct Part {
        std::ptrdiff_t begin, end;
    };
    for (const auto [begin, end] :
         {Part{6, 30}, Part{30, 46}, Part{46, 62}, Part{62, 94}, Part{6, 46}, Part{30, 62}}) {
        Bytes mixed = one;
        std::copy(other.begin() + begin, other.begin() + end, mixed.begin() + begin);
        EXPECT_TRUE(refuses(place_, mixed)) << begin << "-" << end;
    }
}

TEST_F(SealedField, the_key_id_alone_decides_the_key) {
    const Bytes before = keys_.ring.seal(place_, "Ama");
    keys_.rotate();
    const Bytes after = keys_.ring.seal(place_, "Ama");
    EXPECT_EQ(before[2], 1);
    EXPECT_EQ(after[2], 6);
    EXPECT_EQ(keys_.ring.open(place_, before).value(), "Ama");
    EXPECT_EQ(keys_.ring.open(place_, after).value(), "Ama");
    for (int id = 0; id < 256; ++id) {
        Bytes claimed = before;
        claimed[2] = static_cast<unsigned char>(id);
        EXPECT_EQ(keys_.ring.open(place_, claimed).ok(), id == 1) << id;
    }
}

TEST_F(SealedField, nonces_of_blobs_do_not_repeat) {
    std::set<std::string> nonces;
    for (int i = 0; i < 10'000; ++i) {
        const Bytes blob = keys_.ring.seal(place_, "");
        nonces.emplace(text_of(ByteView(blob).subspan(6, 24)));
    }
    EXPECT_EQ(nonces.size(), 10'000U);
}

TEST_F(SealedField, the_tag_of_an_absent_or_short_blob_is_empty) {
    const Bytes blob = keys_.ring.seal(place_, "Ama");
    EXPECT_EQ(KeyRing::blob_tag(blob).size(), 32U);
    EXPECT_TRUE(KeyRing::blob_tag({}).empty());
    EXPECT_TRUE(KeyRing::blob_tag(ByteView(blob).first(61)).empty());
}

}  // namespace
}  // namespace tenantry::crypto
