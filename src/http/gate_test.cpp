#include <gtest/gtest.h>

#include "http/head.hpp"

namespace tenantry::http {
namespace {

/// The gate alone, without the parser in front, which refuses some of this too.
int refusal_of(std::vector<Header> headers, int version = 11, std::string method = "POST") {
    Request request;
    request.method = std::move(method);
    request.headers = std::move(headers);
    request.headers.push_back({"Host", "a"});
    return judge_head({"/", version, true}, request, Limits{}).refusal;
}

TEST(Gate, the_length_of_a_body_is_beyond_doubt_or_refused) {
    EXPECT_EQ(refusal_of({{"Content-Length", "5"}}), 0);
    EXPECT_EQ(refusal_of({{"Transfer-Encoding", "chunked"}}), 0);
    EXPECT_EQ(refusal_of({{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}), 400);
    EXPECT_EQ(refusal_of({{"Transfer-Encoding", "chunked"}, {"content-length", "0"}}), 400);
    EXPECT_EQ(refusal_of({{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}), 400);
    EXPECT_EQ(refusal_of({{"Transfer-Encoding", "chunked"}}, 10), 400);
    EXPECT_EQ(refusal_of({{"Transfer-Encoding", "chunked"}}, 11, "GET"), 400);
    for (const auto* length :
         {"", "5, 5", "+5", "-5", "-0", "0x5", " 5", "5 ", "5a", "9223372036854775808"}) {
        EXPECT_EQ(refusal_of({{"Content-Length", length}}), 400) << length;
    }
    EXPECT_EQ(refusal_of({{"Content-Length", "5"}, {"Content-Length", "5"}}), 400);
}

TEST(Gate, fields_that_decide_nothing_may_come_as_they_like) {
    EXPECT_EQ(refusal_of({{"X_Any", "1"}, {"X-Any", "2"}, {"X-Any", "3"}, {"Via", "4"}}), 0);
}

}  // namespace
}  // namespace tenantry::http
