#include "http/test_server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace tenantry::http {

Client::Client(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{20, 0};
    const int on = 1;
    setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        reset_ = true;
    }
}

Client::Client(Client&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      received_(std::move(other.received_)),
      reset_(other.reset_) {}

Client::~Client() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

bool Client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Client::read_some() {
    std::array<char, 65536> bytes;
    const auto count = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
    reset_ = reset_ || count < 0;
    if (count <= 0) {
        return false;
    }
    received_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
}

Answer Client::read_answer(bool body_follows) {
    Answer answer;
    std::size_t end = std::string::npos;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
        if (!read_some()) {
            return answer;
        }
    }
    answer.head = received_.substr(0, end + 4);
    received_.erase(0, end + 4);
    std::size_t length = 0;
    if (const auto at = answer.head.find("\r\nContent-Length: "); body_follows && at != std::string::npos) {
        length = std::stoul(answer.head.substr(at + 18));
    }
    while (received_.size() < length) {
        if (!read_some()) {
            return answer;
        }
    }
    answer.body = received_.substr(0, length);
    received_.erase(0, length);
    answer.status = std::stoi(answer.head.substr(9, 3));
    return answer;
}

Answer Client::ask(std::string_view bytes) {
    send(bytes);
    return read_answer();
}

std::string Client::read_to_end() {
    while (read_some()) {
    }
    return std::exchange(received_, {}) + (reset_ ? "reset" : "");
}

void Client::finish_sending() {
    ::shutdown(descriptor_, SHUT_WR);
}

void Client::abort() {
    const linger hard{1, 0};
    setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    ::close(std::exchange(descriptor_, -1));
}

TestServer::TestServer(Handler handler, ServerOptions options) {
    options.port = 0;
    if (options.loops == 0) {
        options.loops = 2;
    }
    auto server = Server::create(options, std::move(handler), plain_error);
    EXPECT_TRUE(server.ok());
    server_ = std::move(server).value();
    thread_ = std::thread{[this] { server_->run(); }};
}

TestServer::~TestServer() {
    stop();
    join();
}

void TestServer::join() {
    if (thread_.joinable()) {
        thread_.join();
    }
}

Response plain_error(int status) {
    Response response = text_response("error " + std::to_string(status));
    response.status = status;
    return response;
}

void echo(Exchange exchange) {
    const Request& request = exchange.request();
    Response response =
        text_response(request.method + '\n' + request.path + '\n' + request.query + '\n' + request.body);
    exchange.respond(std::move(response));
}

Response text_response(std::string text) {
    Response response;
    response.body = std::move(text);
    return response;
}

}  // namespace tenantry::http
