// The HTTP/1.1 server: one event loop a core, each on a thread of its own, keep-alive, every input bounded.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "http/limits.hpp"
#include "http/message.hpp"

namespace tenantry::http {

struct ServerOptions {
    std::string address = "127.0.0.1";  ///< numeric; IPv6 without brackets
    std::uint16_t port = 8080;          ///< 0 picks one
    unsigned loops = 0;                 ///< 0: one a core
    std::string tls_certificate_file;   ///< PEM chain; both or none
    std::string tls_key_file;
    /// Numeric addresses, with commas between them, whose X-Forwarded-For and X-Forwarded-Proto are believed.
    std::string trusted_proxies;
    Limits limits;
};

/// Whether a server could be made of these, were the port free. Invalid: the address, the proxy's address,
/// the certificate or its key.
[[nodiscard]] Result<void> check(const ServerOptions& options);

/// One event loop, as a handler sees it.
class Loop {
  public:
    virtual ~Loop() = default;
    /// Number of the loop, from 0.
    [[nodiscard]] virtual unsigned index() const = 0;
    /// Runs the task on the loop's thread after everything that is ready now. Callable from any thread.
    virtual void post(std::function<void()> task) = 0;
};

/// One request waiting for its answer. Move-only. respond() once, from any thread; dropped unanswered it
/// becomes a 500.
class Exchange {
  public:
    class State;  // the server's
    explicit Exchange(std::shared_ptr<State> state);
    Exchange(Exchange&&) noexcept = default;
    Exchange& operator=(Exchange&&) noexcept;
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;
    ~Exchange();

    [[nodiscard]] const Request& request() const;
    [[nodiscard]] Loop& loop() const;
    /// Hands the answer over. The server adds Content-Length, Date and, where it closes, Connection.
    void respond(Response response);

  private:
    std::shared_ptr<State> state_;
};

/// Called on a loop's thread for each request; must not block. An exception that leaves it becomes a 500.
using Handler = std::function<void(Exchange)>;
/// Makes the answer to what never reaches the handler (400, 408, 413, 414, 417, 431, 500, 503), so that
/// it looks like every other answer. Thread-safe.
using ErrorResponder = std::function<Response(int status)>;

/// How a server stands, and what it did since the start.
struct ServerFigures {
    std::size_t connections = 0;  ///< open now
    std::size_t connections_most = 0;
    std::uint64_t accepted = 0;
    std::uint64_t turned_away = 0;  ///< because too many were open
    /// When the certificate that new connections get ends. Without TLS there is none.
    std::optional<std::chrono::system_clock::time_point> certificate_until;
};

enum class Renew : std::uint8_t {
    Always,
    IfChanged,  ///< if a file is not the one that was last looked at
};

class Server {
  public:
    /// Binds and starts to listen. Invalid: the address or the certificate; Conflict: the port is taken.
    [[nodiscard]] static Result<std::unique_ptr<Server>> create(const ServerOptions& options, Handler handler,
                                                                ErrorResponder errors);
    virtual ~Server() = default;

    [[nodiscard]] virtual std::uint16_t port() const = 0;
    /// Runs the loops and blocks until stop(). The calling thread is one of them.
    virtual void run() = 0;
    /// Stops accepting, lets answers in flight leave (at most Limits::drain_time), ends run(). Any thread;
    /// safe in a signal thread.
    virtual void stop() = 0;
    [[nodiscard]] virtual ServerFigures figures() const = 0;
    /// Reads the certificate and its key anew; connections from now on get them, those that are open keep
    /// what they have. False: there is none, or nothing has changed. Invalid: the files cannot be used, and
    /// the former ones stay. One thread at a time.
    [[nodiscard]] virtual Result<bool> renew_certificate(Renew when) = 0;
};

}  // namespace tenantry::http
