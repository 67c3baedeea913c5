// A server on loopback and plain sockets to talk to it. For tests.
#pragma once

#include <string>
#include <string_view>
#include <thread>

#include "http/server.hpp"

namespace tenantry::http {

struct Answer {
    int status = 0;  ///< 0: the connection ended first
    std::string head;
    std::string body;

    [[nodiscard]] bool has(std::string_view header_line) const {
        return head.find(std::string{"\r\n"}.append(header_line) + "\r\n") != std::string::npos;
    }
};

/// One connection. Every read gives up after 20 seconds, which a test then sees as a failure.
class Client {
  public:
    explicit Client(std::uint16_t port);
    Client(Client&& other) noexcept;
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client();

    /// False if the peer has reset the connection.
    bool send(std::string_view bytes);
    /// The next answer. `body_follows` is false for the answer to HEAD.
    [[nodiscard]] Answer read_answer(bool body_follows = true);
    [[nodiscard]] Answer ask(std::string_view bytes);
    /// What comes until the peer closes; "reset" stands at the end if it was not a clean end.
    [[nodiscard]] std::string read_to_end();
    void finish_sending();
    /// Closes with a reset.
    void abort();
    [[nodiscard]] int descriptor() const { return descriptor_; }

  private:
    [[nodiscard]] bool read_some();

    int descriptor_;
    std::string received_;
    bool reset_ = false;
};

/// Runs while it lives.
class TestServer {
  public:
    explicit TestServer(Handler handler, ServerOptions options = {});
    ~TestServer();
    TestServer(const TestServer&) = delete;
    TestServer& operator=(const TestServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    [[nodiscard]] Client connect() const { return Client{port()}; }
    void stop() { server_->stop(); }
    [[nodiscard]] Server& server() { return *server_; }
    /// Until run() has ended.
    void join();

  private:
    std::unique_ptr<Server> server_;
    std::thread thread_;
};

/// Says "error <status>".
[[nodiscard]] Response plain_error(int status);
/// Answers with method, path, query and body, one a line.
void echo(Exchange exchange);
[[nodiscard]] Response text_response(std::string text);

}  // namespace tenantry::http
