#include "crypto/key_ring.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <set>
#include <thread>

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
    EXPECT_EQ(KeyRing::make_field_key(keys_.folder.path(), keys_.wrapped, 6).error().code, Code::NotFound);
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
    two.push_back(KeyRing::make_field_key(keys_.folder.path(), keys_.wrapped, 6).value());
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

TEST_F(KeyRingTest, takes_newer_keys_while_others_use_it) {
    const FieldContext place{"person", "email", new_uuid(), 1};
    const KeyRing& used = keys_.ring;
    const Bytes old = used.seal(place, "text");
    std::atomic<bool> stop = false;
    std::atomic<int> failures = 0;
    std::vector<std::thread> users;
    users.reserve(2);
    for (int i = 0; i < 2; ++i) {
        users.emplace_back([&] {
            while (!stop) {
                const Bytes now = used.seal(place, "text");
                failures += used.open(place, old).ok() && used.open(place, now).ok() &&
                                    used.check_row_seal("person", used.row_seal("person", {now}), {now}).ok()
                                ? 0
                                : 1;
            }
        });
    }
    for (int i = 0; i < 20; ++i) {
        keys_.make_next_active();
        keys_.ring.take(keys_.reopen().value());
        EXPECT_EQ(used.active_field_key(), keys_.wrapped.back().id);
        EXPECT_FALSE(used.is_blob_of_active_key(old));
        EXPECT_TRUE(used.is_blob_of_active_key(used.seal(place, "text")));
        EXPECT_TRUE(used.is_row_seal_of_active_key(used.row_seal("person", {})));
    }
    stop = true;
    for (auto& user : users) {
        user.join();
    }
    EXPECT_EQ(failures, 0);
}

TEST_F(KeyRingTest, moves_as_a_value) {
    const FieldContext place{"person", "email", new_uuid(), 1};
    const Bytes blob = keys_.ring.seal(place, "text");
    KeyRing moved = std::move(keys_.ring);
    EXPECT_EQ(moved.open(place, blob).value(), "text");
}

/// The root key is changed by: writing root.key.next, storing the keys under it, renaming it to root.key. A
/// crash in between leaves what each test below finds.
class RootKeyChange : public KeyRingTest {
  protected:
    RootKeyChange() : blob_(keys_.ring.seal(kPlace, "text")), root_before_(read_root_key()) {}

    [[nodiscard]] fs::path next() const { return keys_.folder.path() / "root.key.next"; }
    [[nodiscard]] std::vector<WrappedKey> wrap_anew() const {
        return KeyRing::wrap_anew(keys_.folder.path(), keys_.wrapped).value();
    }
    /// The instance opens with these keys, and what was sealed opens too.
    void expect_opens(std::span<const WrappedKey> stored) const {
        const auto ring = KeyRing::open(keys_.folder.path(), keys_.install, stored);
        ASSERT_TRUE(ring.ok());
        EXPECT_EQ(ring->open(kPlace, blob_).value(), "text");
        EXPECT_FALSE(fs::exists(next()));
        EXPECT_EQ(mode_of(root_key()), 0600U);
    }
    void copy_over(const fs::path& from, const fs::path& to) const {
        fs::copy_file(from, to, fs::copy_options::overwrite_existing);
    }

    static const FieldContext kPlace;
    Bytes blob_;
    std::string root_before_;
};
const FieldContext RootKeyChange::kPlace{"person", "email", Uuid{}, 1};

TEST_F(RootKeyChange, gives_every_key_a_new_wrapping_and_the_same_bytes) {
    const auto anew = wrap_anew();
    EXPECT_EQ(mode_of(next()), 0600U);
    ASSERT_EQ(anew.size(), keys_.wrapped.size());
    for (std::size_t i = 0; i < anew.size(); ++i) {
        EXPECT_NE(anew[i].wrapped, keys_.wrapped[i].wrapped);
        EXPECT_EQ(anew[i].wrapped.size(), keys_.wrapped[i].wrapped.size());
    }
    ASSERT_TRUE(KeyRing::settle_root_key(keys_.folder.path(), anew).ok());
    EXPECT_NE(read_root_key(), root_before_);
    EXPECT_EQ(refusal(), Code::Corrupt) << "the former root key is gone";
    expect_opens(anew);
}

TEST_F(RootKeyChange, ended_while_the_next_key_is_written_keeps_the_present_one) {
    for (const std::size_t size : {0U, 1U, 31U, 32U}) {
        std::ofstream(next(), std::ios::binary) << std::string(size, 'k');
        fs::permissions(next(), fs::perms{0600});
        expect_opens(keys_.wrapped);
        EXPECT_EQ(read_root_key(), root_before_);
    }
}

TEST_F(RootKeyChange, ended_before_the_keys_are_stored_keeps_the_present_one) {
    static_cast<void>(wrap_anew());
    expect_opens(keys_.wrapped);
    EXPECT_EQ(read_root_key(), root_before_);
    // And the next change begins anew.
    const auto anew = wrap_anew();
    expect_opens(anew);
}

TEST_F(RootKeyChange, ended_after_the_keys_are_stored_takes_the_next_one) {
    const auto anew = wrap_anew();
    expect_opens(anew);
    EXPECT_NE(read_root_key(), root_before_);
    expect_opens(anew);
}

TEST_F(RootKeyChange, a_new_field_key_in_between_is_wrapped_by_the_root_key_that_fits) {
    auto stored = wrap_anew();
    stored.push_back(KeyRing::make_field_key(keys_.folder.path(), stored, 6).value());
    expect_opens(stored);
}

TEST_F(RootKeyChange, a_retired_key_has_nothing_to_wrap) {
    keys_.rotate();
    keys_.wrapped.front().state = KeyState::Retired;
    keys_.wrapped.front().wrapped.clear();
    const auto anew = wrap_anew();
    EXPECT_TRUE(anew.front().wrapped.empty());
    EXPECT_TRUE(KeyRing::open(keys_.folder.path(), keys_.install, anew).ok());
}

TEST_F(RootKeyChange, where_neither_fits_both_stay) {
    const auto anew = wrap_anew();
    const test::TestKeys strangers;
    copy_over(next(), keys_.folder.path() / "kept");
    for (const auto& stored : {strangers.wrapped, std::vector<WrappedKey>{}}) {
        EXPECT_EQ(KeyRing::open(keys_.folder.path(), keys_.install, stored).error().code, Code::Corrupt);
        EXPECT_TRUE(fs::exists(next()));
        EXPECT_EQ(read_root_key(), root_before_);
    }
    // One key of another root among them: a change is stored as a whole or not at all.
    auto mixed = anew;
    mixed.front() = keys_.wrapped.front();
    EXPECT_EQ(KeyRing::open(keys_.folder.path(), keys_.install, mixed).error().code, Code::Corrupt);
    EXPECT_TRUE(fs::exists(next()));
    expect_opens(anew);
}

TEST_F(RootKeyChange, a_folder_that_cannot_be_written_to_changes_nothing) {
    if (::geteuid() == 0) {
        GTEST_SKIP() << "the superuser writes everywhere";
    }
    fs::permissions(keys_.folder.path(), fs::perms{0500});
    EXPECT_EQ(KeyRing::wrap_anew(keys_.folder.path(), keys_.wrapped).error().code, Code::Internal);
    fs::permissions(keys_.folder.path(), fs::perms{0700});
    expect_opens(keys_.wrapped);
}

}  // namespace
}  // namespace tenantry::crypto
