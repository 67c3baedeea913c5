#include "crypto/sha256.hpp"

#include <gtest/gtest.h>

namespace tenantry::crypto {
namespace {

TEST(Sha256, known_answers_of_fips_180) {
    EXPECT_EQ(hex_encode(sha256(bytes_of("abc"))),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex_encode(sha256(bytes_of(""))),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256, a_sum_taken_in_parts_is_that_of_the_whole) {
    Sha256 sum;
    for (const char* part : {"", "a", "b", "c"}) {
        sum.add(bytes_of(part));
    }
    EXPECT_EQ(sum.finish(), sha256(bytes_of("abc")));
    EXPECT_EQ(Sha256{}.finish(), sha256(bytes_of("")));
}

}  // namespace
}  // namespace tenantry::crypto
