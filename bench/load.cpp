#include "bench/load.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <bit>
#include <charconv>
#include <memory>
#include <string>
#include <vector>

namespace tenantry::bench {

namespace {

using Steady = std::chrono::steady_clock;
constexpr Error kBroken{Code::Internal, "a connection broke under load"};
constexpr Error kRefused{Code::Internal, "an answer was not a success"};
constexpr std::string_view kHeadEnd = "\r\n\r\n";
constexpr std::size_t kReadBytes = 64U << 10;

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { ::close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }

  private:
    int number_;
};

struct Client {
    explicit Client(int socket) : descriptor(socket) {}
    Descriptor descriptor;
    Steady::time_point sent;
    std::string received;
    bool waits = false;
};

Result<std::unique_ptr<Client>> connect_to(std::uint16_t port) {
    auto client = std::make_unique<Client>(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(client->descriptor.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(client->descriptor.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) !=
        0) {
        return Error{Code::Internal, "the server does not accept connections"};
    }
    return client;
}

/// False: no request was left.
Result<bool> send_next(Client& client, const Load& load) {
    const std::string_view request = load.next();
    if (request.empty()) {
        return false;
    }
    client.sent = Steady::now();
    client.waits = true;
    // A request fits into an empty socket buffer, so it leaves whole.
    const auto sent = ::send(client.descriptor.number(), request.data(), request.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(request.size())) {
        return kBroken;
    }
    return true;
}

/// Where the body of a whole answer begins; 0 while bytes are missing.
Result<std::size_t> find_body(std::string_view received) {
    const auto end = received.find(kHeadEnd);
    if (end == std::string_view::npos) {
        return std::size_t{0};
    }
    if (!received.starts_with("HTTP/1.1 2")) {
        return kRefused;
    }
    constexpr std::string_view kLength = "\r\nContent-Length: ";
    const auto at = received.substr(0, end).find(kLength);
    std::size_t length = 0;
    if (at == std::string_view::npos ||
        std::from_chars(received.data() + at + kLength.size(), received.data() + end, length).ec !=
            std::errc{}) {
        return kBroken;
    }
    const auto body = end + kHeadEnd.size();
    return received.size() < body + length ? 0 : body;
}

class Run {
  public:
    explicit Run(const Load& load) : load_(load) {}

    Result<Outcome> run() {
        for (unsigned i = 0; i < load_.connections; ++i) {
            clients_.push_back(TRY(connect_to(load_.port)));
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.ptr = clients_.back().get();
            ::epoll_ctl(poll_.number(), EPOLL_CTL_ADD, clients_.back()->descriptor.number(), &event);
        }
        const auto begun = Steady::now();
        end_ = begun + load_.time;
        for (const auto& client : clients_) {
            waiting_ += TRY(send_next(*client, load_)) ? 1U : 0U;
        }
        while (waiting_ > 0) {
            TRY(take_answers());
        }
        const std::chrono::duration<double> took = last_ - begun;
        outcome_.done = outcome_.latency.count();
        outcome_.per_second = static_cast<double>(outcome_.latency.count()) / took.count();
        return outcome_;
    }

  private:
    Result<void> take_answers() {
        std::array<epoll_event, 64> events;
        const int ready = ::epoll_wait(poll_.number(), events.data(), static_cast<int>(events.size()), 5000);
        if (ready <= 0) {
            return Error{Code::Timeout, "no answer for five seconds"};
        }
        for (int i = 0; i < ready; ++i) {
            TRY(read_from(*static_cast<Client*>(events[static_cast<std::size_t>(i)].data.ptr)));
        }
        return {};
    }

    Result<void> read_from(Client& client) {
        const auto got = ::recv(client.descriptor.number(), space_.data(), space_.size(), 0);
        if (got <= 0 || !client.waits) {
            return kBroken;
        }
        client.received.append(space_.data(), static_cast<std::size_t>(got));
        const auto body = TRY(find_body(client.received));
        if (body == 0) {
            return {};
        }
        last_ = Steady::now();
        outcome_.latency.add(last_ - client.sent);
        if (load_.answered) {
            load_.answered(std::string_view{client.received}.substr(body));
        }
        client.received.clear();
        client.waits = false;
        if (last_ >= end_ || !TRY(send_next(client, load_))) {
            --waiting_;
        }
        return {};
    }

    const Load& load_;
    Descriptor poll_{::epoll_create1(EPOLL_CLOEXEC)};
    std::vector<std::unique_ptr<Client>> clients_;
    std::vector<char> space_ = std::vector<char>(kReadBytes);
    Steady::time_point end_;
    Steady::time_point last_;
    unsigned waiting_ = 0;
    Outcome outcome_;
};

}  // namespace

void Histogram::add(std::chrono::nanoseconds time) {
    const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(time.count(), 32));
    const auto power = static_cast<unsigned>(std::bit_width(value)) - 1;
    ++buckets_[(power - 5) * 32 + ((value >> (power - 5)) & 31U)];
    ++count_;
}

void Histogram::add(const Histogram& other) {
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        buckets_[i] += other.buckets_[i];
    }
    count_ += other.count_;
}

std::chrono::nanoseconds Histogram::quantile(double share) const {
    const auto wanted = static_cast<std::uint64_t>(share * static_cast<double>(count_));
    std::uint64_t passed = 0;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        passed += buckets_[i];
        if (passed > wanted) {
            return std::chrono::nanoseconds{static_cast<std::int64_t>((33 + i % 32) << (i / 32))};
        }
    }
    return {};
}

Result<Outcome> run_load(const Load& load) {
    return Run{load}.run();
}

}  // namespace tenantry::bench
