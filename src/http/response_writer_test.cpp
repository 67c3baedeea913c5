#include "http/response_writer.hpp"

#include <gtest/gtest.h>

namespace tenantry::http {
namespace {

std::string written(int status, std::string body, Framing framing) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    response.add_header("X-A", "1");
    std::string out = "before;";
    append_response(out, response, framing, "Date: D\r\n");
    return out;
}

TEST(ResponseWriter, a_response_is_complete_and_appended) {
    EXPECT_EQ(written(200, "hello", {false, false}),
              "before;HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 5\r\nDate: D\r\n\r\nhello");
    EXPECT_EQ(written(404, "", {false, true}),
              "before;HTTP/1.1 404 Not Found\r\nX-A: 1\r\nContent-Length: 0\r\nDate: D\r\nConnection: "
              "close\r\n\r\n");
    EXPECT_EQ(written(599, "", {false, false}),
              "before;HTTP/1.1 599 \r\nX-A: 1\r\nContent-Length: 0\r\nDate: D\r\n\r\n");
}

TEST(ResponseWriter, the_answer_to_head_tells_the_length_only) {
    EXPECT_EQ(written(200, "hello", {true, false}),
              "before;HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 5\r\nDate: D\r\n\r\n");
}

TEST(ResponseWriter, what_has_no_body_tells_no_length) {
    EXPECT_EQ(written(204, "lost", {false, false}),
              "before;HTTP/1.1 204 No Content\r\nX-A: 1\r\nDate: D\r\n\r\n");
    EXPECT_EQ(written(304, "lost", {false, false}),
              "before;HTTP/1.1 304 Not Modified\r\nX-A: 1\r\nDate: D\r\n\r\n");
}

TEST(ResponseWriter, dates_are_in_the_form_of_rfc_9110) {
    EXPECT_EQ(date_line(784111777), "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
    EXPECT_EQ(date_line(951782400), "Date: Tue, 29 Feb 2000 00:00:00 GMT\r\n");
    EXPECT_EQ(date_line(4102444799), "Date: Thu, 31 Dec 2099 23:59:59 GMT\r\n");
}

TEST(ResponseWriterDeathTest, a_status_that_is_none_is_a_bug) {
    EXPECT_DEATH(written(0, "", {false, false}), "VERIFY failed");
    EXPECT_DEATH(written(101, "", {false, false}), "VERIFY failed");
    EXPECT_DEATH(written(600, "", {false, false}), "VERIFY failed");
}

}  // namespace
}  // namespace tenantry::http
