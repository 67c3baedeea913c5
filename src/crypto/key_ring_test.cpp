#include "crypto/key_ring.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <set>

#include "tests/support/test_keys.hpp"

namespace tenantry::crypto {
namespace {

namespace fs = std::filesystem;

class KeyRingTest : public testing::Test {
  protected:
    [[nodiscard]] fs::path root_key() const { return keys_.folder.path() / "root.key"; }
    [[nodiscard]] Code refusal() const { return keys_.reopen().error().code; }
    [[nodiscard]] std::string read_root_key() const {
        std::ifstream file(root_key(), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void write_root_key(std::string_view bytes) const {
        std::ofstream(root_key(), std::ios::binary | std::ios::trunc) << bytes;
    }

    test::TestKeys keys_;
};

mode_t mode_of(const fs::path& path) {
    struct stat facts {};
    EXPECT_EQ(::stat(path.c_str(), &facts), 0);
    return facts.st_mode & 07777U;
}

TEST_F(KeyRingTest, makes_one_active_key_for_each_purpose) {
    std::set<std::uint32_t> ids;
    std::set<KeyPurpose> purposes;
    for (const WrappedKey& key : keys_.wrapped) {
        ids.insert(key.id);
        purposes.insert(key.purpose);
        EXPECT_EQ(key.state, KeyState::Active);
        EXPECT_EQ(key.wrapped.size(), 72U);
    }
    EXPECT_EQ(ids.size(), 5U);
    EXPECT_EQ(purposes.size(), 5U);
}

TEST_F(KeyRingTest, the_root_key_is_the_owners_alone) {
    EXPECT_EQ(mode_of(root_key()), 0600U);
    EXPECT_EQ(mode_of(keys_.folder.path()), 0700U);
    EXPECT_EQ(read_root_key().size(), 32U);
}

TEST_F(KeyRingTest, closes_a_folder_that_was_open_to_others) {
    const test::TemporaryFolder folder;
    fs::create_directory(folder.path() / "keys");
    fs::permissions(folder.path() / "keys", fs::perms{0755});
    ASSERT_TRUE(KeyRing::create(folder.path() / "keys").ok());
    EXPECT_EQ(mode_of(folder.path() / "keys"), 0700U);
}

TEST_F(KeyRingTest, never_replaces_a_root_key) {
    const std::string before = read_root_key();
    EXPECT_EQ(KeyRing::create(keys_.folder.path()).error().code, Code::Conflict);
    EXPECT_EQ(read_root_key(), before);
    fs::resize_file(root_key(), 0);
    EXPECT_EQ(KeyRing::create(keys_.folder.path()).error().code, Code::Conflict);
    EXPECT_EQ(read_root_key(), "");
}

TEST_F(KeyRingTest, a_folder_that_cannot_be_made_is_an_error) {
    EXPECT_EQ(KeyRing::create(root_key() / "keys").error().code, Code::Internal);
}

TEST_F(KeyRingTest, a_missing_root_key_is_an_error_and_none_is_made) {
    fs::remove(root_key());
    EXPECT_EQ(refusal(), Code::NotFound);
    EXPECT_FALSE(fs::exists(root_key()));
    EXPECT_EQ(KeyRing::make_field_key(keys_.folder.path(), 6).error().code, Code::NotFound);
}

TEST_F(KeyRingTest, a_root_key_open_to_others_is_an_error) {
    for (const unsigned mode : {0640U, 0604U, 0644U, 0620U, 0602U, 0610U, 0777U}) {
        fs::permissions(root_key(), fs::perms{mode});
        EXPECT_EQ(refusal(), Code::Forbidden) << std::oct << mode;
    }
    for (const unsigned mode : {0400U, 0600U}) {
        fs::permissions(root_key(), fs::perms{mode});
        EXPECT_TRUE(keys_.reopen().ok()) << std::oct << mode;
    }
}

TEST_F(KeyRingTest, a_wrong_root_key_is_an_error) {
    const std::string right = read_root_key();
    for (std::size_t at = 0; at < right.size(); ++at) {
        std::string wrong = right;
        wrong[at] = static_cast<char>(wrong[at] ^ 1);
        write_root_key(wrong);
        EXPECT_EQ(refusal(), Code::Corrupt) << at;
    }
    write_root_key(right);
    EXPECT_TRUE(keys_.reopen().ok());
}

TEST_F(KeyRingTest, a_root_key_of_another_length_or_kind_is_an_error) {
    const std::string right = read_root_key();
    for (const std::string& wrong : {std::string{}, right.substr(1), right + "\n", right + right}) {
        write_root_key(wrong);
        EXPECT_EQ(refusal(), Code::Corrupt) << wrong.size();
    }
    fs::remove(root_key());
    fs::create_directory(root_key());
    fs::permissions(root_key(), fs::perms::owner_all);
    EXPECT_EQ(refusal(), Code::Corrupt);
}

TEST_F(KeyRingTest, every_byte_of_a_wrapped_key_and_its_length_count) {
    for (WrappedKey& key : keys_.wrapped) {
        for (unsigned char& byte : key.wrapped) {
            byte ^= 16;
            ASSERT_EQ(refusal(), Code::Corrupt);
            byte ^= 16;
        }
        const Bytes right = key.wrapped;
        for (const std::size_t size : {0U, 1U, 24U, 40U, 71U, 73U}) {
            key.wrapped = right;
            key.wrapped.resize(size);
            EXPECT_EQ(refusal(), Code::Corrupt) << size;
        }
        key.wrapped = right;
        EXPECT_TRUE(keys_.reopen().ok());
    }
}

TEST_F(KeyRingTest, a_key_unwraps_for_its_own_id_and_purpose_only) {
    auto swapped = keys_.wrapped;
    std::swap(swapped[2].wrapped, swapped[4].wrapped);
    EXPECT_EQ(KeyRing::open(keys_.folder.path(), keys_.install, swapped).error().code, Code::Corrupt);
    auto renamed = keys_.wrapped;
    renamed[0].id = 9;
    EXPECT_EQ(KeyRing::open(keys_.folder.path(), keys_.install, renamed).error().code, Code::Corrupt);
    auto repurposed = keys_.wrapped;
    std::swap(repurposed[2].purpose, repurposed[4].purpose);
    EXPECT_EQ(KeyRing::open(keys_.folder.path(), keys_.install, repurposed).error().code, Code::Corrupt);
    const test::TestKeys strangers;
    EXPECT_EQ(KeyRing::open(keys_.folder.path(), keys_.install, strangers.wrapped).error().code,
              Code::Corrupt);
}

TEST_F(KeyRingTest, each_purpose_has_exactly_one_active_key) {
    for (std::size_t missing = 0; missing < keys_.wrapped.size(); ++missing) {
        auto keys = keys_.wrapped;
        keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(missing));
        EXPECT_EQ(KeyRing::open(keys_.folder.path(), keys_.install, keys).error().code, Code::Corrupt)
            << missing;
    }
    EXPECT_EQ(KeyRing::open(keys_.folder.path(), keys_.install, {}).error().code, Code::Corrupt);
    auto two = keys_.wrapped;
    two.push_back(KeyRing::make_field_key(keys_.folder.path(), 6).value());
    two.back().state = KeyState::Active;
    EXPECT_EQ(KeyRing::open(keys_.folder.path(), keys_.install, two).error().code, Code::Corrupt);
    auto twice = keys_.wrapped;
    twice.push_back(twice.front());
    twice.back().state = KeyState::DecryptOnly;
    EXPECT_EQ(KeyRing::open(keys_.folder.path(), keys_.install, twice).error().code, Code::Corrupt);
}

TEST_F(KeyRingTest, a_pending_key_opens_but_does_not_seal) {
    const FieldContext place{"person", "email", new_uuid(), 1};
    test::TestKeys rotated;
    rotated.rotate();
    const Bytes sealed_elsewhere = rotated.ring.seal(place, "text");
    rotated.wrapped.front().state = KeyState::Active;
    rotated.wrapped.back().state = KeyState::Pending;
    const auto ring = rotated.reopen().value();
    EXPECT_EQ(ring.active_field_key(), 1U);
    EXPECT_EQ(ring.seal(place, "text")[2], 1);
    EXPECT_EQ(ring.open(place, sealed_elsewhere).value(), "text");
}

TEST_F(KeyRingTest, a_retired_key_is_gone) {
    const FieldContext place{"person", "email", new_uuid(), 1};
    const Bytes old = keys_.ring.seal(place, "text");
    const Bytes old_seal = keys_.ring.row_seal("person", {});
    keys_.rotate();
    EXPECT_TRUE(keys_.ring.open(place, old).ok());
    keys_.wrapped.front().state = KeyState::Retired;
    keys_.wrapped.front().wrapped.clear();
    const auto ring = keys_.reopen().value();
    EXPECT_EQ(ring.open(place, old).error().code, Code::Corrupt);
    EXPECT_EQ(ring.check_row_seal("person", old_seal, {}).error().code, Code::Corrupt);
}

TEST_F(KeyRingTest, a_key_of_another_purpose_opens_no_field) {
    const FieldContext place{"person", "email", new_uuid(), 1};
    Bytes blob = keys_.ring.seal(place, "text");
    for (unsigned char id = 2; id <= 5; ++id) {
        blob[2] = id;
        EXPECT_EQ(keys_.ring.open(place, blob).error().code, Code::Corrupt);
    }
}

TEST_F(KeyRingTest, keyed_hashes_differ_by_purpose_domain_and_parts) {
    std::multiset<Hash> hashes;
    for (const auto purpose :
         {KeyPurpose::Field, KeyPurpose::Index, KeyPurpose::Audit, KeyPurpose::Csrf, KeyPurpose::Token}) {
        for (const auto* domain : {"", "event", "events"}) {
            const auto add = [&](std::initializer_list<ByteView> parts) {
                hashes.insert(keys_.ring.keyed_hash(purpose, domain, parts));
            };
            add({});
            add({bytes_of("")});
            add({bytes_of("ab")});
            add({bytes_of("a"), bytes_of("b")});
            add({bytes_of("b"), bytes_of("a")});
            add({bytes_of("ab"), bytes_of("")});
        }
    }
    EXPECT_EQ(hashes.size(), 5U * 3 * 6);
    EXPECT_EQ(std::set(hashes.begin(), hashes.end()).size(), hashes.size());
    EXPECT_EQ(keys_.ring.keyed_hash(KeyPurpose::Audit, "event", {bytes_of("a")}),
              keys_.reopen().value().keyed_hash(KeyPurpose::Audit, "event", {bytes_of("a")}));
}

TEST_F(KeyRingTest, a_blind_index_is_equal_for_equal_text_in_the_same_column_of_the_same_installation) {
    const auto entry = keys_.ring.blind_index("email", "priya@mail.test");
    EXPECT_EQ(entry, keys_.ring.blind_index("email", "priya@mail.test"));
    EXPECT_NE(entry, keys_.ring.blind_index("email", "priya@mail.tes"));
    EXPECT_NE(entry, keys_.ring.blind_index("telephone", "priya@mail.test"));
    const test::TestKeys strangers;
    EXPECT_NE(entry, strangers.ring.blind_index("email", "priya@mail.test"));
}

TEST_F(KeyRingTest, moves_as_a_value) {
    const FieldContext place{"person", "email", new_uuid(), 1};
    const Bytes blob = keys_.ring.seal(place, "text");
    KeyRing moved = std::move(keys_.ring);
    EXPECT_EQ(moved.open(place, blob).value(), "text");
}

}  // namespace
}  // namespace tenantry::crypto
