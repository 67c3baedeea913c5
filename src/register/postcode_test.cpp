#include "register/postcode.hpp"

#include <gtest/gtest.h>

namespace tenantry::housing {
namespace {

TEST(Postcode, is_read_in_any_case_and_spacing) {
    const std::pair<std::string_view, std::string_view> written[] = {
        {"NR7 2RE", "NR7 2RE"},
        {"N168QR", "N16 8QR"},
        {"n16 8qr", "N16 8QR"},
        {"N16   8QR", "N16 8QR"},
        {" N168QR ", "N16 8QR"},
        {"n 168re", "N16 8RE"},
        {"n168 re", "N16 8RE"},
        {" n16 8re ", "N16 8RE"},
        {"e70nn", "E7 0NN"},
        {"SW1A 1AA", "SW1A 1AA"},
        {"m1 1ae", "M1 1AE"},
        {"gir0aa", "GIR 0AA"},
        {"W1A\t0AX", ""},
        {"NR", ""},
        {"NR5677", ""},
        {"8QR", ""},
        {"", ""},
        {"   ", ""},
        {"N16", ""},
        {"N16 8Q", ""},
        {"N16 8QR1", ""},
        {"N16 CQR", ""},
        {"N16 8CR", ""},
        {"116 8QR", ""},
        {"N16\xC2\xA0"
         "8QR",
         ""},
        {"ABC1 8QR", ""},
    };
    for (const auto& [text, code] : written) {
        EXPECT_EQ(parse_postcode(text).value_or(""), code) << text;
    }
}

}  // namespace
}  // namespace tenantry::housing
