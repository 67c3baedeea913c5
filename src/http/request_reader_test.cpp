#include "http/request_reader.hpp"

#include <gtest/gtest.h>

#include "http/refused_requests.hpp"

namespace tenantry::http {
namespace {

using Step = RequestReader::Step;

struct Outcome {
    std::vector<Request> requests;
    int refusal = 0;
    bool keep_alive = true;  ///< of the last request
    std::size_t left = 0;    ///< bytes not used up
};

/// What a connection would make of the bytes if they came in pieces of that size.
Outcome read_in_pieces(std::string_view bytes, std::size_t piece, const Limits& limits = {}) {
    RequestReader reader{limits};
    Outcome outcome;
    std::string received;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        received += bytes.substr(at, piece);
        for (;;) {
            std::string_view rest = received;
            const Step step = reader.read(rest);
            received.erase(0, received.size() - rest.size());
            outcome.left = received.size();
            if (step == Step::Refused) {
                outcome.refusal = reader.refusal();
                return outcome;
            }
            if (step == Step::Complete) {
                outcome.requests.push_back(reader.request());
                outcome.keep_alive = reader.keep_alive();
                reader.start_next();
            }
            if (step == Step::NeedMore) {
                break;
            }
        }
    }
    return outcome;
}

Outcome read(std::string_view bytes, const Limits& limits = {}) {
    return read_in_pieces(bytes, std::max<std::size_t>(bytes.size(), 1), limits);
}

TEST(RequestReader, what_two_readers_could_take_for_two_things_is_refused) {
    for (const auto& [bytes, status] : refused_requests()) {
        const auto outcome = read(bytes + get_target("/smuggled"));
        EXPECT_EQ(outcome.refusal, status) << bytes.substr(0, 200);
        EXPECT_TRUE(outcome.requests.empty()) << bytes.substr(0, 200);
    }
}

TEST(RequestReader, pieces_make_no_difference_to_a_refusal) {
    for (const auto& [bytes, status] : refused_requests()) {
        if (bytes.size() > 4096) {
            continue;  // one byte at a time, these take long and tell nothing new
        }
        for (const std::size_t piece : {1U, 2U, 3U, 7U}) {
            const auto outcome = read_in_pieces(bytes + get_target("/smuggled"), piece);
            EXPECT_EQ(outcome.refusal, status) << piece << ' ' << bytes.substr(0, 200);
            EXPECT_TRUE(outcome.requests.empty()) << bytes.substr(0, 200);
        }
    }
}

TEST(RequestReader, a_request_arrives_as_it_was_sent) {
    using namespace std::string_literals;
    const std::string bytes =
        "PATCH /v1/a%20b;c=1?q=%2F..%00&x={|}[]^` HTTP/1.1\r\n"
        "hOsT: Example.org:8080\r\nX-Empty:\r\nX-Blanks: \t a \xe9 b\t \r\nCookie: a=b\r\n"
        "Content-Length: 0011\r\n\r\nhello\0world"s;
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        const auto outcome = read_in_pieces(bytes, piece);
        ASSERT_EQ(outcome.requests.size(), 1U);
        const Request& request = outcome.requests[0];
        EXPECT_EQ(request.method, "PATCH");
        EXPECT_EQ(request.path, "/v1/a%20b;c=1");
        EXPECT_EQ(request.query, "q=%2F..%00&x={|}[]^`");
        EXPECT_EQ(request.headers.size(), 5U);
        EXPECT_EQ(request.headers[0].name, "hOsT");
        EXPECT_EQ(request.header("host"), "Example.org:8080");
        EXPECT_EQ(request.header("x-empty"), "");
        EXPECT_EQ(request.header("X-Blanks"), "a \xe9 b");
        EXPECT_EQ(request.body, "hello\0world"s);
        EXPECT_EQ(outcome.left, 0U);
    }
}

TEST(RequestReader, requests_that_may_pass_pass) {
    for (const auto& bytes : {get_target("/"),
                              get_target("/a/"),
                              get_target("/a/...b/.c"),
                              get_target("/Cy%20Chair/%c3%a9"),
                              get_target("/?//../%00%zz"),
                              get_target("http://a/x"),
                              get_target("HTTPS://A/"),
                              get_target("/:@!$&'()*+,;="),
                              "\r\n" + get_target("/"),
                              get("Host: a:1\r\n"),
                              get("Host: a-b.c_d:65535\r\n"),
                              get("Host: [::1]:80\r\n"),
                              get("Host: [::ffff:1.2.3.4]\r\n"),
                              get("Host:\ta \r\n"),
                              get("Host: a\r\nContent-Length: 0\r\n"),
                              get("Host: a\r\nContent-Length: 000\r\n"),
                              get("Host: a\r\nConnection: keep-alive, Upgrade, HTTP2-Settings\r\n"),
                              get("Host: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n"),
                              get("Host: a\r\nX_Custom: 1\r\n"),
                              get("Host: a\r\nX: 1\r\nX: 2\r\nX-Forwarded-For: a\r\nX-Forwarded-For: b\r\n"),
                              get("Host: a\r\nExpect: 100-continue\r\n"),
                              post(""),
                              post("Content-Length: 5 \r\n", "hello"),
                              post("Content-Length: 010\r\n", "0123456789"),
                              post("Transfer-Encoding: Chunked\r\n", "0\r\n\r\n"),
                              post("Transfer-Encoding:\t chunked \r\n", "0\r\n\r\n"),
                              chunked_post("5\r\nhello\r\n0\r\n\r\n"),
                              chunked_post("0000000000000005;a=\"b c\";d\r\nhello\r\n00;last\r\n\r\n"),
                              chunked_post("a\r\n0123456789\r\n0\r\n\r\n"),
                              chunked_post("A\r\n\r\n\r\n\r\n\r\n\r\n\r\n0\r\n\r\n"),
                              std::string{"DELETE / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}"},
                              std::string{"PROPFIND / HTTP/1.1\r\nHost: a\r\n\r\n"},
                              std::string{"GET / HTTP/1.0\r\nHost: a\r\n\r\n"},
                              get_target("/" + std::string(8191, 'a'))}) {
        for (const std::size_t piece : {std::size_t{1}, std::size_t{5}, bytes.size()}) {
            const auto outcome = read_in_pieces(bytes, piece);
            EXPECT_EQ(outcome.refusal, 0) << bytes.substr(0, 200);
            EXPECT_EQ(outcome.requests.size(), 1U) << bytes.substr(0, 200);
            EXPECT_EQ(outcome.left, 0U) << bytes.substr(0, 200);
        }
    }
}

TEST(RequestReader, the_absolute_form_names_path_and_query) {
    const auto outcome = read("GET http://A:80/x/y?z HTTP/1.1\r\nHost: a:80\r\n\r\n");
    ASSERT_EQ(outcome.requests.size(), 1U);
    EXPECT_EQ(outcome.requests[0].path, "/x/y");
    EXPECT_EQ(outcome.requests[0].query, "z");
}

TEST(RequestReader, a_pipeline_is_read_in_order_up_to_what_is_refused) {
    const std::string bytes = post("Content-Length: 0\r\n") + get_target("/2?x") +
                              chunked_post("3\r\nabc\r\n0\r\n\r\n") + "\r\n" + get_target("/4") +
                              get_target("//5") + get_target("/6");
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        const auto outcome = read_in_pieces(bytes, piece);
        ASSERT_EQ(outcome.requests.size(), 4U);
        EXPECT_EQ(outcome.requests[0].body, "");
        EXPECT_EQ(outcome.requests[1].path, "/2");
        EXPECT_EQ(outcome.requests[1].query, "x");
        EXPECT_EQ(outcome.requests[1].headers.size(), 1U);
        EXPECT_EQ(outcome.requests[2].body, "abc");
        EXPECT_EQ(outcome.requests[3].path, "/4");
        EXPECT_EQ(outcome.requests[3].body, "");
        EXPECT_EQ(outcome.refusal, 400);
    }
}

TEST(RequestReader, only_http_1_1_stays_open_and_close_is_heard) {
    EXPECT_TRUE(read(get("Host: a\r\n")).keep_alive);
    EXPECT_TRUE(read(get("Host: a\r\nConnection: keep-alive\r\n")).keep_alive);
    EXPECT_FALSE(read(get("Host: a\r\nConnection: close\r\n")).keep_alive);
    EXPECT_FALSE(read(get("Host: a\r\nConnection: x\r\nConnection: y, CLOSE\r\n")).keep_alive);
    EXPECT_FALSE(read("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n").keep_alive);
}

TEST(RequestReader, a_client_is_told_to_continue_only_while_it_waits) {
    const Limits limits;
    const auto steps = [&](std::string_view bytes) {
        RequestReader reader{limits};
        const Step first = reader.read(bytes);
        return std::pair{first, reader.read(bytes)};
    };
    const std::string expecting = post("Expect: 100-Continue\r\nContent-Length: 2\r\n");
    EXPECT_EQ(steps(expecting), (std::pair{Step::SendContinue, Step::NeedMore}));
    EXPECT_EQ(steps(expecting + "{").first, Step::NeedMore);
    EXPECT_EQ(steps(expecting + "{}").first, Step::Complete);
    EXPECT_EQ(steps(post("Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n")).first,
              Step::SendContinue);
    EXPECT_EQ(steps(post("Expect: 100-continue\r\n")).first, Step::Complete);
    EXPECT_EQ(steps("POST / HTTP/1.0\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n").first,
              Step::NeedMore);
}

TEST(RequestReader, limits_count_to_the_byte) {
    Limits limits;
    limits.target_bytes = 10;
    limits.header_bytes = 100;
    limits.header_count = 3;
    limits.body_bytes = 8;
    EXPECT_EQ(read(get_target("/123456789"), limits).refusal, 0);
    EXPECT_EQ(read(get_target("/1234567890"), limits).refusal, 414);
    const auto head_of = [](std::size_t size) {
        const std::string head = get("Host: a\r\nX: \r\n");
        return get("Host: a\r\nX: " + std::string(size - head.size(), 'x') + "\r\n");
    };
    EXPECT_EQ(read(head_of(100), limits).refusal, 0);
    EXPECT_EQ(read(head_of(101), limits).refusal, 431);
    EXPECT_EQ(read(get("Host: a\r\nB: b\r\nC: c\r\n"), limits).refusal, 0);
    EXPECT_EQ(read(get("Host: a\r\nB: b\r\nC: c\r\nD: d\r\n"), limits).refusal, 431);
    EXPECT_EQ(read(post("Content-Length: 8\r\n", "12345678"), limits).requests.size(), 1U);
    EXPECT_EQ(read(post("Content-Length: 9\r\n"), limits).refusal, 413);
    EXPECT_EQ(read(chunked_post("4\r\n1234\r\n4\r\n5678\r\n0\r\n\r\n"), limits).requests.size(), 1U);
    EXPECT_EQ(read(chunked_post("4\r\n1234\r\n5\r\n"), limits).refusal, 413);
}

TEST(RequestReader, an_endless_line_is_refused_while_it_comes) {
    const Limits limits;
    EXPECT_EQ(read_in_pieces("GET /" + std::string(1U << 20, 'a'), 1024).refusal, 414);
    EXPECT_LE(read_in_pieces("GET /" + std::string(1U << 20, 'a'), 1024).left, limits.target_bytes + 2048);
    const auto endless = read_in_pieces("GET / HTTP/1.1\r\nX: " + std::string(1U << 20, 'a'), 1024);
    EXPECT_EQ(endless.refusal, 431);
    EXPECT_LE(endless.left, limits.header_bytes + 1024);
    EXPECT_EQ(read_in_pieces(chunked_post("5;" + std::string(1U << 20, 'a')), 1024).refusal, 400);
}

TEST(RequestReader, an_unfinished_request_is_none) {
    for (const auto& whole :
         {get_target("/"), post("Content-Length: 5\r\n", "hello"), chunked_post("5\r\nhello\r\n0\r\n\r\n")}) {
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const auto outcome = read(whole.substr(0, size));
            EXPECT_TRUE(outcome.requests.empty());
            EXPECT_EQ(outcome.refusal, 0);
        }
    }
}

}  // namespace
}  // namespace tenantry::http
