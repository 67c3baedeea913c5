#include "app/control.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "app/descriptor.hpp"
#include "base/log.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace tenantry::app {

namespace {

constexpr std::size_t kRequestBytes = 64U << 10;
constexpr int kRequestTimeoutMs = 5000;

/// The socket's address. A path longer than sun_path is reached through the open folder.
sockaddr_un address_in(const Descriptor& folder) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = "/proc/self/fd/" + std::to_string(folder.get()) + "/control.sock";
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

Descriptor open_folder(const std::filesystem::path& data) {
    return Descriptor{::open(data.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
}

const sockaddr* generic(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

bool send_all(int socket, std::string_view text) {
    while (!text.empty()) {
        const auto sent = ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

/// Lines from a socket, each waited for so long (-1: for ever).
class Lines {
  public:
    Lines(int socket, int timeout_ms) : socket_(socket), timeout_ms_(timeout_ms) {}

    /// The next line; nothing at the end, on a failure or after the time.
    std::optional<std::string> next() {
        for (;;) {
            const auto end = buffer_.find('\n');
            if (end != std::string::npos) {
                std::string line = buffer_.substr(0, end);
                buffer_.erase(0, end + 1);
                return line;
            }
            if (buffer_.size() > kRequestBytes || !fill()) {
                return std::nullopt;
            }
        }
    }

  private:
    bool fill() {
        pollfd ready{socket_, POLLIN, 0};
        if (::poll(&ready, 1, timeout_ms_) <= 0) {
            return errno == EINTR;
        }
        std::array<char, 4096> chunk{};
        const auto got = ::recv(socket_, chunk.data(), chunk.size(), 0);
        if (got > 0) {
            buffer_.append(chunk.data(), static_cast<std::size_t>(got));
        }
        return got > 0 || (got < 0 && errno == EINTR);
    }

    int socket_;
    int timeout_ms_;
    std::string buffer_;
};

/// Sends what a command writes over the socket. A client that went away misses it; the command goes on.
class RemoteOutput final : public Output {
  public:
    RemoteOutput(int socket, Progress::Look look) : socket_(socket), look_(look) {}
    void line(std::string_view text) override { send("line", text); }
    void error(std::string_view text) override { send("error", text); }
    void progress(std::string_view text) override { send("progress", text); }
    [[nodiscard]] Progress::Look look() const override { return look_; }

  private:
    void send(Literal kind, std::string_view text) {
        std::string message;
        json::Writer{message}.begin_object().key(kind).text(text).end_object();
        connected_ = connected_ && send_all(socket_, message + '\n');
    }

    int socket_;
    Progress::Look look_;
    bool connected_ = true;
};

std::string request_of(const Command& command, Progress::Look look) {
    std::string text;
    json::Writer w{text};
    w.begin_object().key("command").text(command.name);
    w.key("bar").boolean(look == Progress::Look::Bar);
    w.key("options").begin_object();
    for (const auto& [name, value] : command.options) {
        w.key_text(name).text(value);
    }
    w.end_object().end_object();
    return text + '\n';
}

Result<Command> read_request(const json::Value& request) {
    const Error malformed{Code::Invalid, "the request over the control socket is malformed"};
    const auto* name = request.member<std::string>("command");
    const auto* options = request.member<json::Object>("options");
    if (name == nullptr || options == nullptr) {
        return malformed;
    }
    Command command{*name, {}};
    for (const auto& [key, value] : *options) {
        if (value.as<std::string>() == nullptr) {
            return malformed;
        }
        command.options.emplace(key, *value.as<std::string>());
    }
    return command;
}

/// Whether the other end runs as this user or as root.
bool is_trusted(int socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           (peer.uid == ::geteuid() || peer.uid == 0);
}

void serve_one(Instance& instance, int socket) {
    // A command writes on the register's only writing thread: a client that does not read must not hold it
    // up.
    const timeval patience{2, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    const auto line = Lines{socket, kRequestTimeoutMs}.next();
    const auto request = json::parse(line.value_or(""));
    if (!request.ok() || !is_trusted(socket)) {
        return;
    }
    const auto* bar = request->find("bar");
    const bool wants_bar = bar != nullptr && bar->as<bool>() != nullptr && *bar->as<bool>();
    RemoteOutput output{socket, wants_bar ? Progress::Look::Bar : Progress::Look::Lines};
    const auto command = read_request(*request);
    int code = kFailed;
    if (command.ok() && is_for_instance(command->name)) {
        log(LogLevel::Info, "command over the control socket", {{"command", SafeText{command->name}}});
        code = run_command(instance, *command, output);
    } else {
        output.error("the server does not know this command");
    }
    std::string message;
    json::Writer{message}.begin_object().key("exit").integer(code).end_object();
    send_all(socket, message + '\n');
}

}  // namespace

Result<std::unique_ptr<ControlServer>> ControlServer::start(Instance& instance,
                                                            const std::filesystem::path& data) {
    const Error failed{Code::Internal, "the control socket cannot be made"};
    const Descriptor folder = open_folder(data);
    Descriptor listener{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    Descriptor stopper{::eventfd(0, EFD_CLOEXEC)};
    if (!folder.is_open() || !listener.is_open() || !stopper.is_open()) {
        return failed;
    }
    // Whoever opened the register holds its lock, so a socket that is there was left by a process that died.
    ::unlink(control_socket(data).c_str());
    const auto address = address_in(folder);
    const auto mask = ::umask(0177);
    const int bound = ::bind(listener.get(), generic(address), sizeof address);
    ::umask(mask);
    if (bound != 0 || ::listen(listener.get(), 8) != 0) {
        return failed;
    }
    return std::unique_ptr<ControlServer>{
        new ControlServer(instance, data, listener.release(), stopper.release())};
}

ControlServer::ControlServer(Instance& instance, std::filesystem::path data, int listener, int stopper)
    : instance_(instance), data_(std::move(data)), listener_(listener), stopper_(stopper), thread_([this] {
          run();
      }) {}

ControlServer::~ControlServer() {
    const std::uint64_t one = 1;
    VERIFY(::write(stopper_, &one, sizeof one) == sizeof one);
    thread_.join();
    ::unlink(control_socket(data_).c_str());
    ::close(listener_);
    ::close(stopper_);
}

void ControlServer::run() {
    for (;;) {
        std::array<pollfd, 2> waiting{pollfd{listener_, POLLIN, 0}, pollfd{stopper_, POLLIN, 0}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) {
            return;
        }
        if (waiting[1].revents != 0) {
            return;
        }
        if (waiting[0].revents != 0) {
            const Descriptor client{::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)};
            if (client.is_open()) {
                serve_one(instance_, client.get());
            }
        }
    }
}

Result<int> run_remotely(const std::filesystem::path& data, const Command& command, Output& output) {
    const Error nobody{Code::Unavailable,
                       "another process has this register open, and does not take commands"};
    const Descriptor folder = open_folder(data);
    const Descriptor socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const auto address = address_in(folder);
    if (!folder.is_open() || !socket.is_open() ||
        ::connect(socket.get(), generic(address), sizeof address) != 0 ||
        !send_all(socket.get(), request_of(command, output.look()))) {
        return nobody;
    }
    Lines lines{socket.get(), -1};
    while (const auto line = lines.next()) {
        const auto message = json::parse(*line);
        const auto* object = message.ok() ? message->as<json::Object>() : nullptr;
        if (object == nullptr || object->size() != 1) {
            break;
        }
        const auto& [kind, value] = object->front();
        if (const auto* code = value.as<std::int64_t>()) {
            return static_cast<int>(*code);
        }
        const auto* text = value.as<std::string>();
        if (text != nullptr && kind == "line") {
            output.line(*text);
        } else if (text != nullptr && kind == "error") {
            output.error(*text);
        } else if (text != nullptr) {
            output.progress(*text);
        }
    }
    return Error{Code::Unavailable, "the server ended before the command did"};
}

}  // namespace tenantry::app
