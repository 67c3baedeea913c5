#include <gtest/gtest.h>
#include <sys/socket.h>

#include <atomic>

#include "http/refused_requests.hpp"
#include "http/test_server.hpp"

namespace tenantry::http {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

/// Sweeps come once a second, so this is between one and two.
ServerOptions short_times() {
    ServerOptions options;
    options.limits.request_time = seconds{1};
    options.limits.idle_time = seconds{1};
    options.limits.write_time = seconds{1};
    return options;
}

TEST(ServerLimits, a_request_that_does_not_end_is_answered_408) {
    std::atomic<int> handled = 0;
    TestServer server{[&](Exchange exchange) {
                          ++handled;
                          echo(std::move(exchange));
                      },
                      short_times()};
    std::vector<Client> clients;
    for (const auto& bytes :
         {std::string{"G"}, std::string{"\r\n"}, std::string{"GET / HTTP/1.1\r\nHost: a\r\n"},
          post("Content-Length: 10\r\n", "hello"), chunked_post("5\r\nhello\r\n"),
          post("Content-Length: 10\r\nExpect: 100-continue\r\n")}) {
        clients.push_back(server.connect());
        clients.back().send(bytes);
    }
    for (auto& client : clients) {
        Answer answer = client.read_answer();
        answer = answer.status == 100 ? client.read_answer() : answer;
        EXPECT_EQ(answer.status, 408);
        EXPECT_EQ(answer.body, "error 408");
        EXPECT_TRUE(answer.has("Connection: close"));
        client.send("llo: late\r\n\r\n" + get_target("/late"));
        EXPECT_EQ(client.read_to_end(), "");
    }
    EXPECT_EQ(handled, 0);
}

TEST(ServerLimits, a_byte_now_and_then_does_not_extend_the_time_of_a_request) {
    TestServer server{echo, short_times()};
    Client client = server.connect();
    client.send("GET / HTTP/1.1\r\n");
    const auto begun = steady_clock::now();
    std::atomic<bool> over = false;
    std::thread sender{[&] {
        while (!over) {
            client.send("X");
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
        }
    }};
    EXPECT_EQ(client.read_answer().status, 408);
    EXPECT_LT(steady_clock::now() - begun, seconds{5});
    over = true;
    sender.join();
}

TEST(ServerLimits, an_idle_connection_is_closed_without_a_word) {
    TestServer server{echo, short_times()};
    Client fresh = server.connect();
    Client used = server.connect();
    EXPECT_EQ(used.ask(get_target("/")).status, 200);
    EXPECT_EQ(fresh.read_to_end(), "");
    EXPECT_EQ(used.read_to_end(), "");
}

TEST(ServerLimits, each_request_has_the_whole_time_for_itself) {
    ServerOptions options = short_times();
    options.limits.request_time = seconds{3};
    options.limits.idle_time = seconds{3};
    TestServer server{echo, options};
    Client client = server.connect();
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(client.ask(get_target("/")).status, 200);
        std::this_thread::sleep_for(std::chrono::milliseconds{1200});
    }
    EXPECT_EQ(client.ask(get_target("/")).status, 200);
}

TEST(ServerLimits, a_slow_answer_is_no_fault_of_the_client) {
    std::vector<std::thread> threads;
    TestServer server{[&](Exchange exchange) {
                          threads.emplace_back([held = std::make_shared<Exchange>(std::move(exchange))] {
                              std::this_thread::sleep_for(std::chrono::milliseconds{2500});
                              echo(std::move(*held));
                          });
                      },
                      short_times()};
    EXPECT_EQ(server.connect().ask(get_target("/")).status, 200);
    threads.front().join();
}

TEST(ServerLimits, a_client_that_does_not_read_is_cut_off) {
    std::atomic<int> handled = 0;
    TestServer server{[&](Exchange exchange) {
                          ++handled;
                          exchange.respond(text_response(std::string(32U << 20, 'x')));
                      },
                      short_times()};
    Client client = server.connect();
    client.send(get_target("/") + get_target("/"));
    // Once the connection is gone, what we send is answered with a reset; until then the server reads
    // nothing.
    const auto begun = steady_clock::now();
    while (client.send("x") && steady_clock::now() - begun < seconds{15}) {
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    EXPECT_LT(steady_clock::now() - begun, seconds{15});
    EXPECT_EQ(handled, 1);
}

TEST(ServerLimits, a_slow_reader_gets_everything) {
    TestServer server{[&](Exchange exchange) { exchange.respond(text_response(std::string(8U << 20, 'x'))); },
                      short_times()};
    Client client = server.connect();
    const int small = 64 << 10;
    setsockopt(client.descriptor(), SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    EXPECT_EQ(client.ask(get_target("/")).body.size(), 8U << 20);
    EXPECT_EQ(client.ask(get_target("/")).body.size(), 8U << 20);
}

TEST(ServerLimits, one_connection_too_many_is_answered_503) {
    ServerOptions options;
    options.limits.connections = 3;
    TestServer server{echo, options};
    std::vector<Client> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(server.connect());
        EXPECT_EQ(clients.back().ask(get_target("/")).status, 200);
    }
    for (int i = 0; i < 3; ++i) {
        Client refused = server.connect();
        const Answer answer = refused.read_answer();
        EXPECT_EQ(answer.status, 503);
        EXPECT_EQ(answer.body, "error 503");
        EXPECT_TRUE(answer.has("Connection: close"));
    }
    const auto figures = server.server().figures();
    EXPECT_EQ(figures.connections, 3U);
    EXPECT_EQ(figures.connections_most, 3U);
    EXPECT_EQ(figures.accepted, 6U);
    EXPECT_EQ(figures.turned_away, 3U);
    EXPECT_FALSE(figures.certificate_until.has_value());
    clients.pop_back();
    // The place is free once the server has seen the end of the connection.
    for (int attempt = 0; attempt < 1000; ++attempt) {
        if (server.connect().ask(get_target("/")).status == 200) {
            return;
        }
    }
    ADD_FAILURE() << "the place never came free";
}

TEST(ServerLimits, a_body_over_the_limit_ends_in_413_however_it_comes) {
    ServerOptions options;
    options.limits.body_bytes = 1000;
    TestServer server{echo, options};
    const std::string body(1001, 'x');
    for (const auto& bytes :
         {post("Content-Length: 1001\r\n", body), chunked_post("3e9\r\n" + body + "\r\n0\r\n\r\n")}) {
        Client client = server.connect();
        EXPECT_EQ(client.ask(bytes + get_target("/smuggled")).status, 413);
        EXPECT_EQ(client.read_to_end(), "");
    }
    EXPECT_EQ(server.connect().ask(post("Content-Length: 1000\r\n", body.substr(1))).status, 200);
}

TEST(ServerLimits, the_answer_to_a_refused_upload_reaches_the_client_that_still_sends) {
    TestServer server{echo};
    // The smaller one is all sent by the time that the answer comes; the larger one never is.
    for (const std::size_t size : {100'000U, 4'000'000U}) {
        for (int round = 0; round < 10; ++round) {
            Client client = server.connect();
            EXPECT_TRUE(client.send(post("Content-Length: 4000000\r\n", std::string(size, 'x'))));
            EXPECT_EQ(client.read_answer().status, 413);
            EXPECT_EQ(client.read_to_end(), "");
            EXPECT_TRUE(client.send("a reset would have come by now"));
        }
    }
}

}  // namespace
}  // namespace tenantry::http
