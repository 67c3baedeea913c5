#include "crypto/random.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

namespace tenantry::crypto {
namespace {

using Draw = std::array<unsigned char, 24>;

std::vector<Draw> draw(std::size_t count) {
    std::vector<Draw> drawn(count);
    for (Draw& each : drawn) {
        fill_random(each);
    }
    return drawn;
}

TEST(Random, draws_of_a_nonce_never_repeat) {
    const auto drawn = draw(100'000);
    EXPECT_EQ(std::set(drawn.begin(), drawn.end()).size(), drawn.size());
}

TEST(Random, threads_draw_apart) {
    std::vector<Draw> here;
    std::vector<Draw> there;
    std::thread first([&] { here = draw(1'000); });
    std::thread second([&] { there = draw(1'000); });
    first.join();
    second.join();
    std::set<Draw> all(here.begin(), here.end());
    all.insert(there.begin(), there.end());
    EXPECT_EQ(all.size(), 2'000U);
}

TEST(Random, every_size_is_filled_to_its_last_byte_and_no_further) {
    for (std::size_t size = 0; size <= 130; ++size) {
        std::vector<bool> changed(size);
        for (int round = 0; round < 8; ++round) {
            std::vector<unsigned char> bytes(size + 1, 0xa5);
            fill_random(std::span(bytes).first(size));
            for (std::size_t i = 0; i < size; ++i) {
                changed[i] = changed[i] || bytes[i] != 0xa5;
            }
            EXPECT_EQ(bytes[size], 0xa5);
        }
        EXPECT_EQ(std::count(changed.begin(), changed.end(), false), 0) << size;
    }
}

TEST(Random, bits_are_even) {
    std::array<int, 192> ones{};
    constexpr int kDraws = 20'000;
    for (const Draw& each : draw(kDraws)) {
        for (std::size_t bit = 0; bit < ones.size(); ++bit) {
            ones[bit] += each[bit / 8] >> (bit % 8) & 1;
        }
    }
    for (const int count : ones) {
        EXPECT_NEAR(count, kDraws * 0.5, 500);  // seven standard deviations
    }
}

TEST(Random, uuids_are_version_4_and_differ) {
    std::set<Uuid> made;
    for (int i = 0; i < 10'000; ++i) {
        const Uuid uuid = new_uuid();
        EXPECT_EQ(uuid.text()[14], '4');
        EXPECT_NE(std::string_view{"89ab"}.find(uuid.text()[19]), std::string_view::npos);
        made.insert(uuid);
    }
    EXPECT_EQ(made.size(), 10'000U);
}

TEST(Random, hashes_differ) {
    EXPECT_NE(random_hash(), random_hash());
}

}  // namespace
}  // namespace tenantry::crypto
