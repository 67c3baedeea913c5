// What the first release wrote. All values were computed by another implementation (PyNaCl and hashlib), so a
// change here means that data at rest no longer opens.
#include <gtest/gtest.h>

#include <fstream>

#include "crypto/key_ring.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::crypto {
namespace {

constexpr std::array<std::string_view, 5> kWrapped{
    "c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c15ec8ded14f9c4f85f29400a2673faddee470b8a05e38cc579e1f2ecf"
    "7fd17508"
    "00b511bf444ad616a29db2952da64d64",
    "c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c20af4ced1d16c9fb26e9b64ee4b698aebf43719a3e3f6b7fddcd8805e"
    "45a170b4"
    "2c521d21e5838b76db3f2b78506f13c3",
    "c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c68698a950940b4f7c10ae59f5cc864f6f221f474aa8559a5fe19a23"
    "128f95f8"
    "01d21e06dd63e91d4c371877c88fa1e9",
    "c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c43521599c2eceae613f4d57f0c311a7e8e614dd8726054e58d37d3d1a"
    "a6e1ba18"
    "1b19a5b2e0814f243e4a9bbb51b80d37",
    "c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c59a610016e8652ab3a65594f39ccb1809a4b8ceef34594b4bed6a5b57"
    "02f3ee15"
    "ab5255b621739e589d7f5d9e2eeaa793",
};
constexpr std::string_view kBlob =
    "010101000000404142434445464748494a4b4c4d4e4f50515253545556570dcd2ba5cfc3cb8b005369084909786f3aa4e659a437"
    "08988800"
    "a5d670a364ad91fcc331518bc327fe1a2f59472b600f467c1e75ba291b61f6a1a239d9330c64";
constexpr std::string_view kEmptyBlob =
    "010101000000404142434445464748494a4b4c4d4e4f5051525354555657642d78b0855cf2e3ee2024cbc8c6f40178b2cbac57b1"
    "ac78fbf4"
    "3ede039d69867200fe4c49ad6b96b8b8da15ddd0af540fc1d0978bcd6185e7befbf86f081879";

class FrozenFormat : public testing::Test {
  protected:
    FrozenFormat() {
        std::ofstream file(folder_.path() / "root.key", std::ios::binary);
        for (char byte = 0; byte < 32; ++byte) {
            file.put(byte);
        }
        file.close();
        std::filesystem::permissions(folder_.path() / "root.key", std::filesystem::perms::owner_read |
                                                                      std::filesystem::perms::owner_write);
        std::vector<WrappedKey> keys;
        for (std::uint32_t id = 1; id <= kWrapped.size(); ++id) {
            keys.push_back(
                {id, static_cast<KeyPurpose>(id), KeyState::Active, hex_decode(kWrapped[id - 1]).value()});
        }
        const Uuid install = Uuid::parse("a0a1a2a3-a4a5-a6a7-a8a9-aaabacadaeaf").value();
        ring_.emplace(KeyRing::open(folder_.path(), install, keys).value());
    }

    [[nodiscard]] Result<std::string> open(std::int64_t version, std::string_view blob) const {
        return ring_->open({"person", "first_name", record_, version}, hex_decode(blob).value());
    }

    Uuid record_ = Uuid::parse("01234567-89ab-4def-8123-456789abcdef").value();
    test::TemporaryFolder folder_;
    std::optional<KeyRing> ring_;
};

TEST_F(FrozenFormat, a_sealed_field_still_opens) {
    EXPECT_EQ(open(7, kBlob).value(), "Zo\xc3\xab \xc3\x85ngstr\xc3\xb6m");
    EXPECT_EQ(open(1, kEmptyBlob).value(), "");
}

TEST_F(FrozenFormat, a_box_whose_padding_is_not_ours_does_not_open) {
    // Sealed rightly, for version 1: all zeros, no mark at all, and a mark more than a bucket before the end.
    constexpr std::array<std::string_view, 3> kBadlyPadded{
        "010101000000404142434445464748494a4b4c4d4e4f5051525354555657642d78b0855cf2e3ee2024cbc8c6f4014c75ab8e"
        "e76ef8f3c7"
        "26fd3c6e2a0ba9f200fe4c49ad6b96b8b8da15ddd0af540fc1d0978bcd6185e7befbf86f081879",
        "010101000000404142434445464748494a4b4c4d4e4f5051525354555657642d78b0855cf2e3ee2024cbc8c6f401a71d01dc"
        "425ae746eb"
        "c3971c21df6c6d93619f2d28cc0af7d9d9bb74bcb1ce356ea0b1f6eaac00e486df9a990e697918",
        "010101000000404142434445464748494a4b4c4d4e4f5051525354555657642d78b0855cf2e3ee2024cbc8c6f4016575fee0"
        "c47777a38c"
        "aa0baff61e35e193619f2d28cc0af7d9d9bb74bcb1ce356ea0b1f6eaac00e486df9a990e6979f9ca8730fc83d38169a42571"
        "fb72a12724"
        "0e5cf2a4de3c84874487a7fb30b7a6e3"};
    for (const auto blob : kBadlyPadded) {
        EXPECT_EQ(open(1, blob).error().code, Code::Corrupt) << blob;
    }
}

TEST_F(FrozenFormat, the_row_seal_is_the_same) {
    const std::initializer_list<ByteView> parts{bytes_of("7|active"), {}, bytes_of("tag")};
    const Bytes seal = ring_->row_seal("person", parts);
    EXPECT_EQ(hex_encode(seal), "01000000afa02dd30ea0d4b953a8c553b96b5ca560fb1ca0e9fe7eabe7caab76042565b5");
    EXPECT_TRUE(ring_->check_row_seal("person", seal, parts).ok());
}

TEST_F(FrozenFormat, keyed_hashes_and_blind_indexes_are_the_same) {
    EXPECT_EQ(hex_encode(ring_->keyed_hash(KeyPurpose::Token, "session", {bytes_of("abc"), bytes_of("de")})),
              "521556ac2266ed4f1e2204acc96212c2a3209196a05bdb5030ac24a0a9c60523");
    EXPECT_EQ(hex_encode(ring_->blind_index("person.email", "priya@mail.test")),
              "b0936e6f2dc5348c1073587f1d83e00e");
}

TEST_F(FrozenFormat, a_new_blob_has_the_same_layout) {
    const Bytes blob = ring_->seal({"person", "first_name", record_, 7}, "Zo\xc3\xab");
    EXPECT_EQ(blob.size(), 94U);
    EXPECT_EQ(hex_encode(ByteView(blob).first(6)), "010101000000");
    const ByteView tag = KeyRing::blob_tag(blob);
    EXPECT_EQ(tag.data(), blob.data() + 30);
    EXPECT_EQ(tag.size(), 32U);
}

}  // namespace
}  // namespace tenantry::crypto
