#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "http/refused_requests.hpp"
#include "http/test_server.hpp"

namespace tenantry::http {
namespace {

TEST(ServerStop, answers_in_flight_leave_before_run_ends) {
    std::promise<Exchange> arrived;
    TestServer server{[&](Exchange exchange) { arrived.set_value(std::move(exchange)); }};
    Client client = server.connect();
    client.send(get_target("/"));
    Exchange exchange = arrived.get_future().get();
    Client idle = server.connect();
    server.stop();
    EXPECT_EQ(idle.read_to_end(), "") << "the drain has begun";
    echo(std::move(exchange));
    const Answer answer = client.read_answer();
    EXPECT_EQ(answer.body, "GET\n/\n\n");
    EXPECT_TRUE(answer.has("Connection: close"));
    EXPECT_EQ(client.read_to_end(), "");
    server.join();
    EXPECT_EQ(Client{server.port()}.read_to_end(), "reset") << "refused";
}

TEST(ServerStop, no_request_that_was_sent_before_is_reset) {
    for (int round = 0; round < 20; ++round) {
        TestServer server{echo};
        std::vector<Client> clients;
        for (int i = 0; i < 20; ++i) {
            clients.push_back(server.connect());
            clients.back().send(get_target("/"));
        }
        server.stop();
        for (auto& client : clients) {
            EXPECT_EQ(client.read_answer().status, 200);
            EXPECT_EQ(client.read_to_end(), "");
        }
    }
}

/// Asks again and again until the server says that it closes; the number of answers that were not whole.
int count_broken_answers(Client client, std::atomic<int>& answered) {
    for (;;) {
        const Answer answer = client.ask(get_target("/"));
        ++answered;
        if (answer.status != 200 || answer.body.size() != 10000) {
            return 1;
        }
        if (answer.has("Connection: close")) {
            return client.read_to_end().empty() ? 0 : 1;
        }
    }
}

TEST(ServerStop, busy_clients_see_whole_answers_to_the_end) {
    for (int round = 0; round < 20; ++round) {
        std::atomic<int> answered = 0;
        TestServer server{
            [](Exchange exchange) { exchange.respond(text_response(std::string(10000, 'x'))); }};
        std::vector<std::future<int>> broken;
        broken.reserve(8);
        for (int i = 0; i < 8; ++i) {
            broken.push_back(std::async(std::launch::async, [&, client = server.connect()]() mutable {
                return count_broken_answers(std::move(client), answered);
            }));
        }
        while (answered < 100) {
            std::this_thread::yield();
        }
        server.stop();
        for (auto& client : broken) {
            EXPECT_EQ(client.get(), 0);
        }
    }
}

TEST(ServerStop, an_answer_that_never_comes_is_waited_for_no_longer_than_the_drain_time) {
    ServerOptions options;
    options.limits.drain_time = std::chrono::seconds{1};
    std::promise<Exchange> arrived;
    std::optional<Exchange> late;
    {
        TestServer server{[&](Exchange exchange) { arrived.set_value(std::move(exchange)); }, options};
        Client client = server.connect();
        client.send(get_target("/"));
        late.emplace(arrived.get_future().get());
        server.stop();
        server.join();
        EXPECT_EQ(client.read_to_end(), "");
    }
    late->loop().post([] { ADD_FAILURE() << "the loop has ended"; });
    late->respond(text_response("after the server is gone"));
}

TEST(ServerStop, clients_that_stall_are_waited_for_no_longer_than_the_drain_time) {
    ServerOptions options;
    options.limits.drain_time = std::chrono::seconds{1};
    constexpr std::size_t kMoreThanBuffers = 32U << 20;
    TestServer server{[](Exchange exchange) {
                          const bool is_large = exchange.request().path == "/large";
                          exchange.respond(text_response(std::string(is_large ? kMoreThanBuffers : 1, 'x')));
                      },
                      options};
    Client half_sent = server.connect();
    half_sent.send("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
    Client half_a_body = server.connect();
    half_a_body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
    Client never_reads = server.connect();
    never_reads.send(get_target("/large"));
    Client kept = server.connect();
    EXPECT_EQ(kept.ask(get_target("/")).status, 200);
    const auto began = std::chrono::steady_clock::now();
    server.stop();
    server.join();
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{3});
    EXPECT_EQ(kept.read_to_end(), "");
}

TEST(ServerStop, a_request_on_a_kept_connection_is_answered_and_told_that_it_is_the_last) {
    ServerOptions options;
    options.loops = 1;  // so that all connections learn of the stop at once
    std::promise<Exchange> arrived;
    TestServer server{[&](Exchange exchange) {
                          if (exchange.request().path == "/slow") {
                              arrived.set_value(std::move(exchange));
                          } else {
                              echo(std::move(exchange));
                          }
                      },
                      options};
    Client slow = server.connect();
    // The second request has come before the stop, and is reached after it.
    slow.send(get_target("/slow") + get_target("/next"));
    Client kept = server.connect();
    EXPECT_EQ(kept.ask(get_target("/")).status, 200);
    Exchange exchange = arrived.get_future().get();
    server.stop();
    Answer last;
    while (!last.has("Connection: close")) {
        last = kept.ask(get_target("/"));
        ASSERT_EQ(last.status, 200);
    }
    EXPECT_EQ(kept.read_to_end(), "");
    echo(std::move(exchange));
    const Answer answer = slow.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.has("Connection: close"));
    EXPECT_EQ(slow.read_to_end(), "") << "what follows the last answer is not begun";
}

TEST(ServerStop, stopping_before_the_start_and_twice_is_fine) {
    ServerOptions options;
    options.port = 0;
    const auto server = Server::create(options, echo, plain_error).value().release();
    const std::unique_ptr<Server> owned{server};
    server->stop();
    server->stop();
    server->run();
    server->stop();
}

TEST(ServerStop, a_server_that_never_ran_goes_quietly) {
    ServerOptions options;
    options.port = 0;
    EXPECT_TRUE(Server::create(options, echo, plain_error).ok());
}

}  // namespace
}  // namespace tenantry::http
