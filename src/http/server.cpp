#include "http/server.hpp"

#include <algorithm>
#include <optional>
#include <thread>

#include "base/log.hpp"
#include "http/certificate.hpp"
#include "http/forwarded.hpp"
#include "http/response_writer.hpp"
#include "http/socket_connection.hpp"

namespace tenantry::http {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;
using Failure = SocketFailure;

/// Out of descriptors: those of closing connections come free meanwhile.
constexpr std::chrono::milliseconds kAcceptPause{50};

/// One acceptor hands each connection to the loop with the fewest. SO_REUSEPORT would choose by a hash of the
/// client's port and leave a few busy keep-alive connections spread unevenly for as long as they last.
class AsioServer final : public Server {
  public:
    AsioServer(std::shared_ptr<const Site> site, unsigned loops) : site_(std::move(site)) {
        for (unsigned i = 0; i < loops; ++i) {
            loops_.push_back(std::make_shared<EventLoop>(i));
        }
        acceptor_.emplace(loops_.front()->context());
        pause_.emplace(loops_.front()->context());
    }

    /// Before run().
    void secure(Certificate certificate);
    Result<void> listen(const std::string& address, std::uint16_t port);

    [[nodiscard]] std::uint16_t port() const override { return port_; }
    void run() override;
    void stop() override;
    [[nodiscard]] ServerFigures figures() const override;
    Result<bool> renew_certificate(Renew when) override;

  private:
    [[nodiscard]] std::shared_ptr<EventLoop> emptiest_loop() const;
    void accept_next();
    void admit(const std::shared_ptr<EventLoop>& loop, Socket socket);
    void turn_away(Socket socket);
    void stop_accepting();
    [[nodiscard]] std::size_t count_connections() const;

    std::shared_ptr<const Site> site_;
    std::vector<std::shared_ptr<EventLoop>> loops_;
    std::optional<Certificate> certificate_;   // of whoever renews it
    std::shared_ptr<asio::ssl::context> tls_;  // of the first loop; null without TLS
    std::atomic<std::chrono::system_clock::time_point> certificate_until_;
    std::atomic<std::uint64_t> accepted_ = 0;
    std::atomic<std::uint64_t> turned_away_ = 0;
    std::optional<Acceptor> acceptor_;  // of the first loop, as what follows
    std::optional<asio::steady_timer> pause_;
    std::uint16_t port_ = 0;
};

Result<asio::ip::address> parse_address(const std::string& text) {
    Failure failure;
    auto address = asio::ip::make_address(text, failure);
    if (failure) {
        return Error{Code::Invalid, "The listen address is not a numeric address"};
    }
    return address;
}

/// Nothing where TLS is not asked for.
Result<std::optional<Certificate>> read_certificate(const ServerOptions& options) {
    if (options.tls_certificate_file.empty() != options.tls_key_file.empty()) {
        return Error{Code::Invalid, "TLS needs both a certificate and a key"};
    }
    if (options.tls_certificate_file.empty()) {
        return std::optional<Certificate>{};
    }
    return std::optional{TRY(Certificate::read(options.tls_certificate_file, options.tls_key_file))};
}

/// The address that is believed, as requests have it; empty: nobody's.
Result<std::vector<std::string>> parse_proxies(std::string_view text) {
    std::vector<std::string> proxies;
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        auto proxy = canonical_address(text.substr(0, end));
        if (!proxy) {
            return Error{Code::Invalid, "The proxy's address is not a numeric address"};
        }
        proxies.push_back(std::move(*proxy));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return proxies;
}

void AsioServer::secure(Certificate certificate) {
    tls_ = certificate.context();
    certificate_until_ = certificate.until();
    certificate_ = std::move(certificate);
}

Result<bool> AsioServer::renew_certificate(Renew when) {
    if (!certificate_ || (when == Renew::IfChanged && !certificate_->has_changed())) {
        return false;
    }
    TRY(certificate_->renew());
    certificate_until_ = certificate_->until();
    // A connection holds on to the context that it was made with.
    loops_.front()->post([this, context = certificate_->context()] { tls_ = context; });
    return true;
}

ServerFigures AsioServer::figures() const {
    ServerFigures figures;
    figures.connections = count_connections();
    figures.connections_most = site_->limits.connections;
    figures.accepted = accepted_.load(std::memory_order_relaxed);
    figures.turned_away = turned_away_.load(std::memory_order_relaxed);
    if (certificate_) {
        figures.certificate_until = certificate_until_.load();
    }
    return figures;
}

std::size_t AsioServer::count_connections() const {
    std::size_t open = 0;
    for (const auto& loop : loops_) {
        open += loop->connections().count();
    }
    return open;
}

Result<void> AsioServer::listen(const std::string& address, std::uint16_t port) {
    Failure failure;
    const tcp::endpoint endpoint{TRY(parse_address(address)), port};
    acceptor_->open(endpoint.protocol(), failure);
    acceptor_->set_option(Acceptor::reuse_address(true), failure);
    acceptor_->bind(endpoint, failure);
    if (!failure) {
        acceptor_->listen(Acceptor::max_listen_connections, failure);
    }
    if (failure == asio::error::address_in_use) {
        return Error{Code::Conflict, "The port is in use"};
    }
    if (failure) {
        return Error{Code::Invalid, "The listen address cannot be listened on"};
    }
    port_ = acceptor_->local_endpoint(failure).port();
    acceptor_->non_blocking(true, failure);
    return {};
}

void AsioServer::run() {
    accept_next();
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < loops_.size(); ++i) {
        threads.emplace_back([loop = loops_[i].get()] { loop->run(); });
    }
    loops_.front()->run();
    for (auto& thread : threads) {
        thread.join();
    }
}

void AsioServer::stop() {
    loops_.front()->post([this] { stop_accepting(); });
}

void AsioServer::stop_accepting() {
    if (!acceptor_->is_open()) {
        return;
    }
    // The kernel has taken in what waits here; closing would reset it.
    for (Failure failure; !failure;) {
        const auto loop = emptiest_loop();
        Socket socket = acceptor_->accept(loop->context(), failure);
        if (!failure) {
            admit(loop, std::move(socket));
        }
    }
    Failure failure;
    acceptor_->close(failure);
    pause_->cancel();
    // Behind the handler of an accept that was done already.
    loops_.front()->post([this] {
        for (const auto& loop : loops_) {
            loop->drain(site_->limits.drain_time);
        }
    });
}

std::shared_ptr<EventLoop> AsioServer::emptiest_loop() const {
    return *std::min_element(loops_.begin(), loops_.end(),
                             [](const std::shared_ptr<EventLoop>& a, const std::shared_ptr<EventLoop>& b) {
                                 return a->connections().count() < b->connections().count();
                             });
}

void AsioServer::accept_next() {
    auto loop = emptiest_loop();
    asio::io_context& context = loop->context();
    acceptor_->async_accept(context, [this, loop = std::move(loop)](const Failure& failure, Socket socket) {
        if (!failure) {
            admit(loop, std::move(socket));
        }
        if (!acceptor_->is_open()) {
            return;
        }
        if (!failure) {
            accept_next();
            return;
        }
        pause_->expires_after(kAcceptPause);
        pause_->async_wait([this](const Failure& cancelled) {
            if (!cancelled) {
                accept_next();
            }
        });
    });
}

void AsioServer::admit(const std::shared_ptr<EventLoop>& loop, Socket socket) {
    Failure failure;
    const auto peer = socket.remote_endpoint(failure);
    if (failure) {
        return;  // gone already
    }
    socket.non_blocking(true, failure);
    socket.set_option(tcp::no_delay(true), failure);
    accepted_.fetch_add(1, std::memory_order_relaxed);
    if (count_connections() >= site_->limits.connections) {
        turned_away_.fetch_add(1, std::memory_order_relaxed);
        turn_away(std::move(socket));
        return;
    }
    auto address = canonical_address(peer.address().to_string()).value_or("");
    std::shared_ptr<Connection> connection;
    if (tls_) {
        connection =
            std::make_shared<TlsConnection>(site_, loop, std::move(address), std::move(socket), *tls_);
    } else {
        connection = std::make_shared<PlainConnection>(site_, loop, std::move(address), std::move(socket));
    }
    loop->connections().reserve();
    loop->post([connection = std::move(connection)] { connection->start(); });
}

void AsioServer::turn_away(Socket socket) {
    if (tls_) {
        return;  // nothing can be said before the handshake
    }
    std::string bytes;
    append_response(bytes, site_->error_response(503), {false, true},
                    loops_.front()->connections().date_line());
    Failure failure;
    socket.write_some(asio::buffer(bytes), failure);
    socket.shutdown(Socket::shutdown_send, failure);
    // A close with unread bytes would be a reset, which may overtake the answer.
    std::array<char, 4096> unread{};
    socket.read_some(asio::buffer(unread), failure);
}

}  // namespace

Result<void> check(const ServerOptions& options) {
    TRY(parse_address(options.address));
    TRY(parse_proxies(options.trusted_proxies));
    try {
        TRY(read_certificate(options));
    } catch (const std::exception&) {
        return Error{Code::Internal, "TLS cannot be set up"};
    }
    return {};
}

Result<std::unique_ptr<Server>> Server::create(const ServerOptions& options, Handler handler,
                                               ErrorResponder errors) {
    Site site{options.limits, std::move(handler), std::move(errors),
              TRY(parse_proxies(options.trusted_proxies))};
    const unsigned loops =
        options.loops > 0 ? options.loops : std::max(std::thread::hardware_concurrency(), 1U);
    try {
        auto server = std::make_unique<AsioServer>(std::make_shared<const Site>(std::move(site)), loops);
        if (auto certificate = TRY(read_certificate(options))) {
            server->secure(std::move(*certificate));
        }
        TRY(server->listen(options.address, options.port));
        return Result<std::unique_ptr<Server>>{std::move(server)};
    } catch (const std::exception&) {
        return Error{Code::Internal, "The server cannot be set up"};
    }
}

}  // namespace tenantry::http
