#include "http/server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "base/verify.hpp"
#include "http/refused_requests.hpp"
#include "http/test_server.hpp"

namespace tenantry::http {
namespace {

TEST(Server, a_connection_serves_one_request_after_the_other) {
    TestServer server{echo};
    Client client = server.connect();
    for (int i = 0; i < 100; ++i) {
        const Answer answer = client.ask(get_target("/a?" + std::to_string(i)));
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "GET\n/a\n" + std::to_string(i) + "\n");
        EXPECT_NE(answer.head.find("\r\nDate: "), std::string::npos);
        EXPECT_FALSE(answer.has("Connection: close"));
    }
}

TEST(Server, bytes_that_come_one_at_a_time_make_the_same_request) {
    TestServer server{echo};
    Client client = server.connect();
    for (const char byte : chunked_post("5;x\r\nhello\r\n0\r\n\r\n")) {
        client.send({&byte, 1});
    }
    EXPECT_EQ(client.read_answer().body, "POST\n/\n\nhello");
}

TEST(Server, pipelined_requests_are_answered_in_order) {
    std::vector<std::thread> threads;
    std::mutex mutex;
    TestServer server{[&](Exchange exchange) {
        // Every third from another thread: the answers behind it must wait.
        if (exchange.request().query.ends_with('3')) {
            const std::lock_guard lock{mutex};
            threads.emplace_back(
                [held = std::make_shared<Exchange>(std::move(exchange))] { echo(std::move(*held)); });
        } else {
            echo(std::move(exchange));
        }
    }};
    Client client = server.connect();
    std::string bytes;
    for (int i = 0; i < 300; ++i) {
        bytes += i % 2 == 0 ? get_target("/?" + std::to_string(i)) : post("Content-Length: 3\r\n", "abc");
    }
    client.send(bytes);
    for (int i = 0; i < 300; ++i) {
        EXPECT_EQ(client.read_answer().body,
                  i % 2 == 0 ? "GET\n/\n" + std::to_string(i) + "\n" : "POST\n/\n\nabc");
    }
    for (auto& thread : threads) {
        thread.join();
    }
}

TEST(Server, head_is_answered_without_a_body) {
    TestServer server{[](Exchange exchange) { exchange.respond(text_response("hello")); }};
    Client client = server.connect();
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + get_target("/"));
    const Answer answer = client.read_answer(false);
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.has("Content-Length: 5"));
    EXPECT_EQ(client.read_answer().body, "hello");
}

TEST(Server, a_client_that_expects_100_continue_is_told_to) {
    TestServer server{echo};
    Client client = server.connect();
    const std::string head = post("Expect: 100-continue\r\nContent-Length: 5\r\n");
    EXPECT_EQ(client.ask(head).status, 100);
    EXPECT_EQ(client.ask("hello").body, "POST\n/\n\nhello");
    EXPECT_EQ(client.ask(get_target("/2")).status, 200);
    EXPECT_EQ(client.ask(head + "hello").status, 200) << "did not wait, so needs no permission";
}

TEST(Server, an_expected_body_that_is_refused_never_becomes_a_request) {
    TestServer server{echo};
    Client client = server.connect();
    client.send(post("Expect: 100-continue\r\nContent-Length: 2000000\r\n") + get_target("/smuggled"));
    const std::string all = client.read_to_end();
    EXPECT_TRUE(all.starts_with("HTTP/1.1 413 ")) << all;
    EXPECT_TRUE(all.ends_with("error 413")) << all;
}

TEST(Server, it_closes_where_the_client_asks_and_reads_nothing_behind) {
    TestServer server{echo};
    for (const auto* request :
         {"GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET /1 HTTP/1.0\r\nHost: a\r\n\r\n",
          "GET /1 HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"}) {
        Client client = server.connect();
        client.send(request + get_target("/2"));
        const Answer answer = client.read_answer();
        EXPECT_EQ(answer.body, "GET\n/1\n\n");
        EXPECT_TRUE(answer.has("Connection: close"));
        EXPECT_EQ(client.read_to_end(), "");
    }
}

TEST(Server, a_client_that_has_finished_sending_is_answered) {
    TestServer server{echo};
    Client client = server.connect();
    client.send(get_target("/1") + get_target("/2") + "GET /3");
    client.finish_sending();
    EXPECT_EQ(client.read_answer().body, "GET\n/1\n\n");
    EXPECT_EQ(client.read_answer().body, "GET\n/2\n\n");
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(Server, what_may_not_pass_is_answered_and_the_connection_closed) {
    std::atomic<int> handled = 0;
    TestServer server{[&](Exchange exchange) {
        ++handled;
        echo(std::move(exchange));
    }};
    for (const auto& [bytes, status] : refused_requests()) {
        Client client = server.connect();
        client.send(bytes + get_target("/smuggled"));
        const Answer answer = client.read_answer();
        EXPECT_EQ(answer.status, status) << bytes.substr(0, 200);
        EXPECT_EQ(answer.body, "error " + std::to_string(status)) << bytes.substr(0, 200);
        EXPECT_TRUE(answer.has("Connection: close")) << bytes.substr(0, 200);
        EXPECT_EQ(client.read_to_end(), "") << bytes.substr(0, 200);
    }
    EXPECT_EQ(handled, 0);
}

TEST(Server, a_good_request_before_a_bad_one_is_answered_first) {
    TestServer server{echo};
    Client client = server.connect();
    client.send(get_target("/good") + get_target("//bad") + get_target("/never"));
    EXPECT_EQ(client.read_answer().body, "GET\n/good\n\n");
    EXPECT_EQ(client.read_answer().status, 400);
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(Server, large_bodies_pass_both_ways) {
    TestServer server{[](Exchange exchange) {
        std::string body;
        for (int i = 0; i < 8; ++i) {
            body += exchange.request().body;
        }
        exchange.respond(text_response(std::move(body)));
    }};
    Client client = server.connect();
    std::string body(1U << 20, 'x');
    body.back() = 'y';
    for (int i = 0; i < 2; ++i) {
        const Answer answer = client.ask(post("Content-Length: 1048576\r\n", body));
        EXPECT_EQ(answer.body.size(), 8U << 20);
        EXPECT_TRUE(answer.body.ends_with("xy"));
    }
}

TEST(Server, an_exchange_that_is_dropped_becomes_a_500) {
    TestServer server{[](Exchange exchange) {
        if (exchange.request().path == "/replaced") {
            std::shared_ptr<Exchange> none;
            Exchange other = std::move(exchange);
            return;
        }
        const Exchange dropped = std::move(exchange);
    }};
    Client client = server.connect();
    for (const auto* target : {"/dropped", "/replaced"}) {
        const Answer answer = client.ask(get_target(target));
        EXPECT_EQ(answer.status, 500);
        EXPECT_EQ(answer.body, "error 500");
    }
}

TEST(Server, an_exception_of_the_handler_becomes_a_500) {
    TestServer server{[](Exchange exchange) {
        if (exchange.request().path == "/int") {
            throw 1;
        }
        if (exchange.request().path == "/answered") {
            exchange.respond(text_response("answered"));
        }
        throw std::runtime_error("handler");
    }};
    Client client = server.connect();
    EXPECT_EQ(client.ask(get_target("/")).status, 500);
    EXPECT_EQ(client.ask(get_target("/int")).status, 500);
    EXPECT_EQ(client.ask(get_target("/answered")).body, "answered");
}

TEST(Server, answers_come_from_any_thread) {
    std::vector<std::thread> threads;
    TestServer server{[&](Exchange exchange) {
        const auto held = std::make_shared<Exchange>(std::move(exchange));
        threads.emplace_back([held] {
            if (held->request().path != "/dropped") {
                echo(std::move(*held));
            }
        });
    }};
    Client client = server.connect();
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(client.ask(get_target("/?" + std::to_string(i))).body,
                  "GET\n/\n" + std::to_string(i) + "\n");
        EXPECT_EQ(client.ask(get_target("/dropped")).status, 500);
    }
    for (auto& thread : threads) {
        thread.join();
    }
}

TEST(Server, connections_spread_evenly_over_the_loops_and_stay_there) {
    std::array<std::atomic<int>, 2> served{};
    TestServer server{[&](Exchange exchange) {
        ++served.at(exchange.loop().index());
        echo(std::move(exchange));
    }};
    std::vector<std::thread> threads;
    std::atomic<int> failed = 0;
    std::vector<Client> clients;  // connected before the first of them closes
    clients.reserve(8);
    threads.reserve(8);
    for (int i = 0; i < 8; ++i) {
        clients.push_back(server.connect());
    }
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            Client& client = clients[static_cast<std::size_t>(i)];
            for (int j = 0; j < 200; ++j) {
                const std::string number = std::to_string(i * 1000 + j);
                failed += client.ask(get_target("/?" + number)).body == "GET\n/\n" + number + "\n" ? 0 : 1;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(failed, 0);
    EXPECT_EQ(served[0], 800);
    EXPECT_EQ(served[1], 800);
}

TEST(Server, a_task_runs_on_the_thread_of_its_loop_after_the_handler) {
    std::promise<bool> ran;
    TestServer server{[&](Exchange exchange) {
        const auto loop_thread = std::this_thread::get_id();
        auto returned = std::make_shared<bool>(false);
        Loop& loop = exchange.loop();
        loop.post([&ran, loop_thread, returned] {
            ran.set_value(*returned && std::this_thread::get_id() == loop_thread);
        });
        echo(std::move(exchange));
        *returned = true;
    }};
    EXPECT_EQ(server.connect().ask(get_target("/")).status, 200);
    EXPECT_TRUE(ran.get_future().get());
}

TEST(Server, a_client_that_leaves_early_does_no_harm) {
    std::promise<Exchange> arrived;
    TestServer server{[&](Exchange exchange) {
        if (exchange.request().path == "/held") {
            arrived.set_value(std::move(exchange));
        } else {
            exchange.respond(text_response(std::string(1U << 20, 'x')));
        }
    }};
    server.connect().abort();
    Client partial = server.connect();
    partial.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhel");
    partial.abort();
    for (int i = 0; i < 20; ++i) {
        Client unread = server.connect();
        unread.send(get_target("/") + get_target("/"));
        unread.abort();
    }
    Client held = server.connect();
    held.send(get_target("/held"));
    Exchange exchange = arrived.get_future().get();
    held.abort();
    EXPECT_EQ(server.connect().ask(get_target("/")).status, 200);
    exchange.respond(text_response("nobody is there"));
    EXPECT_EQ(server.connect().ask(get_target("/")).status, 200);
}

TEST(Server, a_request_cut_off_in_its_body_is_never_run) {
    std::atomic<int> handled = 0;
    {
        TestServer server{[&](Exchange exchange) {
            ++handled;
            echo(std::move(exchange));
        }};
        for (const auto& bytes : {post("Content-Length: 10\r\n", "hello"), chunked_post("5\r\nhello\r\n"),
                                  chunked_post("5\r\nhello\r\n0\r\n"), post("Content-Length: 1\r\n")}) {
            Client client = server.connect();
            client.send(bytes);
            client.finish_sending();
            EXPECT_EQ(client.read_to_end(), "");
        }
    }
    EXPECT_EQ(handled, 0);
}

TEST(Server, only_trusted_proxies_are_believed) {
    const auto who = [](const std::string& proxies) {
        ServerOptions options;
        options.trusted_proxies = proxies;
        TestServer server{
            [](Exchange exchange) {
                const Request& request = exchange.request();
                exchange.respond(text_response(request.client_address + (request.secure ? " secure" : "")));
            },
            options};
        Client client = server.connect();
        const auto first =
            client.ask(get("Host: a\r\nX-Forwarded-For: 6.6.6.6, 192.0.2.1\r\nX-Forwarded-Proto: https\r\n"));
        return first.body + "; " + client.ask(get_target("/")).body;
    };
    EXPECT_EQ(who("127.0.0.1"), "192.0.2.1 secure; 127.0.0.1");
    EXPECT_EQ(who("::ffff:127.0.0.1"), "192.0.2.1 secure; 127.0.0.1");
    EXPECT_EQ(who("192.0.2.9,127.0.0.1"), "192.0.2.1 secure; 127.0.0.1");
    EXPECT_EQ(who("127.0.0.2,192.0.2.9"), "127.0.0.1; 127.0.0.1");
    EXPECT_EQ(who(""), "127.0.0.1; 127.0.0.1");
}

TEST(Server, what_a_proxy_on_this_machine_passes_on_is_known_as_such_until_it_is_named) {
    const auto passed_on = [](const std::string& proxies, const std::string& header) {
        ServerOptions options;
        options.trusted_proxies = proxies;
        TestServer server{[](Exchange exchange) {
                              const bool unknown = exchange.request().through_unknown_proxy;
                              exchange.respond(text_response(unknown ? "unknown" : "known"));
                          },
                          options};
        return server.connect().ask(get("Host: a\r\n" + header)).body;
    };
    EXPECT_EQ(passed_on("", ""), "known");
    EXPECT_EQ(passed_on("", "X-Forwarded-Proto: https\r\n"), "known");
    EXPECT_EQ(passed_on("", "X-Forwarded-For: 192.0.2.1\r\n"), "unknown");
    EXPECT_EQ(passed_on("", "x-forwarded-for: \r\n"), "unknown");
    EXPECT_EQ(passed_on("", "Forwarded: for=192.0.2.1\r\n"), "unknown");
    EXPECT_EQ(passed_on("192.0.2.9", "X-Forwarded-For: 192.0.2.1\r\n"), "unknown");
    EXPECT_EQ(passed_on("127.0.0.1", "X-Forwarded-For: 192.0.2.1\r\n"), "known");
}

TEST(Server, an_error_responder_that_throws_leaves_a_plain_answer) {
    ServerOptions options;
    options.port = 0;
    auto server =
        Server::create(options, echo, [](int) -> Response { throw std::runtime_error("responder"); });
    std::thread thread{[&] { (*server)->run(); }};
    const Answer answer = Client{(*server)->port()}.ask(get_target("//"));
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.body, "");
    (*server)->stop();
    thread.join();
}

TEST(Server, what_it_cannot_listen_on_is_an_error) {
    const auto code_of = [](const ServerOptions& options) {
        const auto server = Server::create(options, echo, plain_error);
        return server.ok() ? std::nullopt : std::optional{server.error().code};
    };
    TestServer server{echo};
    ServerOptions taken;
    taken.port = server.port();
    EXPECT_EQ(code_of(taken), Code::Conflict);
    for (const auto* address : {"", "localhost", "300.1.1.1", "[::1]", "192.0.2.1"}) {
        ServerOptions options;
        options.port = 0;
        options.address = address;
        EXPECT_EQ(code_of(options), Code::Invalid) << address;
    }
    ServerOptions proxy;
    proxy.port = 0;
    for (const auto* proxies :
         {"proxy.example", "192.0.2.1,proxy.example", ",192.0.2.1", "192.0.2.1 192.0.2.2"}) {
        proxy.trusted_proxies = proxies;
        EXPECT_EQ(code_of(proxy), Code::Invalid) << proxies;
    }
}

}  // namespace
}  // namespace tenantry::http
