// The two ways to move a connection's bytes: as they are, and through TLS.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "http/connection.hpp"
#include "http/event_loop.hpp"

namespace tenantry::http {

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;
using SocketFailure = boost::system::error_code;

class PlainConnection final : public Connection {
  public:
    PlainConnection(std::shared_ptr<const Site> site, const std::shared_ptr<EventLoop>& loop,
                    std::string peer_address, Socket socket)
        : Connection(std::move(site), loop, loop->connections(), std::move(peer_address), Transport::Plain),
          socket_(std::move(socket)) {}

  private:
    void start_securing() override { on_secured(Outcome::Ok); }
    void start_read(std::span<char> space) override {
        socket_.async_read_some(
            boost::asio::buffer(space.data(), space.size()),
            [self = shared_from_this(), this](const SocketFailure& failure, std::size_t bytes) {
                on_read(failure ? Outcome::Failed : Outcome::Ok, bytes);
            });
    }
    void start_write(std::string_view bytes) override {
        socket_.async_write_some(
            boost::asio::buffer(bytes),
            [self = shared_from_this(), this](const SocketFailure& failure, std::size_t written) {
                on_written(failure ? Outcome::Failed : Outcome::Ok, written);
            });
    }
    std::size_t write_now(std::string_view bytes) override {
        SocketFailure failure;  // a lasting one comes again with start_write
        return socket_.write_some(boost::asio::buffer(bytes), failure);
    }
    void finish_sending() override {
        SocketFailure failure;
        socket_.shutdown(Socket::shutdown_send, failure);
    }
    void close_socket() override {
        SocketFailure failure;
        socket_.close(failure);
    }

    Socket socket_;
};

class TlsConnection final : public Connection {
  public:
    TlsConnection(std::shared_ptr<const Site> site, const std::shared_ptr<EventLoop>& loop,
                  std::string peer_address, Socket socket, boost::asio::ssl::context& context)
        : Connection(std::move(site), loop, loop->connections(), std::move(peer_address), Transport::Tls),
          stream_(std::move(socket), context) {}

  private:
    void start_securing() override {
        stream_.async_handshake(boost::asio::ssl::stream_base::server,
                                [self = shared_from_this(), this](const SocketFailure& failure) {
                                    on_secured(failure ? Outcome::Failed : Outcome::Ok);
                                });
    }
    void start_read(std::span<char> space) override {
        stream_.async_read_some(
            boost::asio::buffer(space.data(), space.size()),
            [self = shared_from_this(), this](const SocketFailure& failure, std::size_t bytes) {
                on_read(failure ? Outcome::Failed : Outcome::Ok, bytes);
            });
    }
    void start_write(std::string_view bytes) override {
        stream_.async_write_some(
            boost::asio::buffer(bytes),
            [self = shared_from_this(), this](const SocketFailure& failure, std::size_t written) {
                on_written(failure ? Outcome::Failed : Outcome::Ok, written);
            });
    }
    std::size_t write_now(std::string_view /*bytes*/) override { return 0; }
    void finish_sending() override {
        stream_.async_shutdown(
            [self = shared_from_this(), this](const SocketFailure& /*failure*/) { close(); });
    }
    void close_socket() override {
        SocketFailure failure;
        stream_.lowest_layer().close(failure);
    }

    boost::asio::ssl::stream<Socket> stream_;
};

}  // namespace tenantry::http
