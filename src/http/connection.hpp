// One client's connection: requests in, handler, answers out, in order, every step with a deadline. Knows no
// sockets; what moves the bytes derives from it. Of its loop's thread, but for what Exchange calls.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/connection_set.hpp"
#include "http/exchange.hpp"
#include "http/request_reader.hpp"

namespace tenantry::http {

/// What all connections of a server have in common.
struct Site {
    Limits limits;
    Handler handler;
    ErrorResponder errors;
    std::vector<std::string> trusted_proxies;

    /// The answer to what never reaches the handler; plain where the responder itself fails.
    [[nodiscard]] Response error_response(int status) const;
};

class Connection : public Exchange::State, public std::enable_shared_from_this<Connection> {
  public:
    enum class Transport : std::uint8_t { Plain, Tls };
    Connection(std::shared_ptr<const Site> site, std::shared_ptr<Loop> loop, ConnectionSet& set,
               std::string peer_address, Transport transport);

    /// Begins to serve.
    void start();
    void check_deadline(SteadyTime now);
    /// The loop drains: what is idle gets a short deadline.
    void hurry();
    void close();

    void set_place(std::size_t place) { place_ = place; }
    [[nodiscard]] std::size_t place() const { return place_; }

    [[nodiscard]] const Request& request() const final { return reader_.request(); }
    [[nodiscard]] Loop& loop() const final { return *loop_; }
    void respond(Response response) final;
    void drop() final;

  protected:
    enum class Outcome : std::uint8_t { Ok, Failed };
    void on_secured(Outcome outcome);
    void on_read(Outcome outcome, std::size_t bytes);
    void on_written(Outcome outcome, std::size_t bytes);

  private:
    enum class Phase : std::uint8_t { Securing, Idle, Receiving, Handling, Writing, Closing, Closed };

    // The transport's; each start_ is followed by one on_.
    virtual void start_securing() = 0;
    virtual void start_read(std::span<char> space) = 0;
    virtual void start_write(std::string_view bytes) = 0;
    /// Writes what can be written at once; the number of bytes.
    [[nodiscard]] virtual std::size_t write_now(std::string_view bytes) = 0;
    /// Tells the peer that nothing more is coming; ends with close() or on its end of the stream.
    virtual void finish_sending() = 0;
    virtual void close_socket() = 0;

    void pump();
    void serve_requests();
    [[nodiscard]] bool call_handler();
    void on_answer();
    void append_answer();
    void append_refusal(int status);
    [[nodiscard]] bool flush();
    void read_on();
    void read_more();
    void begin_close(std::chrono::milliseconds linger);

    std::shared_ptr<const Site> site_;
    std::shared_ptr<Loop> loop_;
    ConnectionSet& set_;  // the loop's
    std::string peer_address_;
    bool secure_;
    bool behind_proxy_;
    std::size_t place_ = 0;

    RequestReader reader_;
    std::size_t capacity_;
    std::unique_ptr<char[]> buffer_;
    std::size_t begin_ = 0;  // of what is received and not used up
    std::size_t end_ = 0;
    std::string out_;
    std::size_t written_ = 0;
    Response response_;

    Phase phase_ = Phase::Securing;
    SteadyTime deadline_ = SteadyTime::max();
    SteadyTime now_;            // when bytes last came
    SteadyTime started_;        // when the first byte of the current request came
    bool calling_ = false;      // the handler is on the stack
    bool answered_ = false;     // it responded before it returned
    bool reading_ = false;      // a read is under way
    bool last_answer_ = false;  // nothing is read as a request any more
};

}  // namespace tenantry::http
