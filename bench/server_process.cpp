#include "bench/server_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <fstream>

namespace tenantry::bench {

namespace {

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

/// The number behind the last colon of "listening on http://127.0.0.1:8080"; 0 for any other line.
std::uint16_t port_in(std::string_view line) {
    std::uint16_t port = 0;
    if (line.starts_with("listening on ")) {
        const auto digits = line.substr(line.rfind(':') + 1);
        std::from_chars(digits.data(), digits.data() + digits.size(), port);
    }
    return port;
}

/// As exec wants them.
std::vector<char*> arguments_of(std::vector<std::string>& command) {
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (auto& argument : command) {
        arguments.push_back(argument.data());
    }
    arguments.push_back(nullptr);
    return arguments;
}

}  // namespace

Result<std::unique_ptr<ServerProcess>> ServerProcess::start(std::vector<std::string> command,
                                                            const std::filesystem::path& log) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return Error{Code::Internal, "no pipe for the server's output"};
    }
    const std::unique_ptr<std::FILE, CloseFile> output{::fdopen(ends[0], "r")};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                     0600);
    const auto arguments = arguments_of(command);
    pid_t process = 0;
    const auto begun = std::chrono::steady_clock::now();
    const int failed = ::posix_spawn(&process, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (failed != 0) {
        return Error{Code::Internal, "the server does not start"};
    }
    std::unique_ptr<ServerProcess> server{new ServerProcess(process)};
    std::array<char, 256> line{};
    while (server->port_ == 0) {
        if (std::fgets(line.data(), line.size(), output.get()) == nullptr) {
            return Error{Code::Internal, "the server ended before it listened; its log says why"};
        }
        server->port_ = port_in(line.data());
    }
    server->start_time_ = std::chrono::steady_clock::now() - begun;
    return server;
}

ServerProcess::~ServerProcess() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
}

Result<double> run_program(std::vector<std::string> command, const std::filesystem::path& log) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (!log.empty()) {
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                         0600);
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    }
    const auto arguments = arguments_of(command);
    pid_t process = 0;
    const int failed = ::posix_spawn(&process, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    rusage used{};
    if (failed != 0 || ::wait4(process, &status, 0, &used) != process || status != 0) {
        return Error{Code::Internal, "a program that the measurement needs failed; its log says why"};
    }
    return static_cast<double>(used.ru_maxrss) / 1024;
}

double memory_mib(pid_t process, std::string_view name) {
    std::ifstream status{"/proc/" + std::to_string(process) + "/status"};
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(name)) {
            return std::stod(line.substr(name.size() + 1)) / 1024;
        }
    }
    return 0;
}

std::chrono::duration<double> processor_time(pid_t process) {
    clockid_t clock{};
    timespec used{};
    if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &used) != 0) {
        return {};
    }
    return std::chrono::seconds{used.tv_sec} + std::chrono::nanoseconds{used.tv_nsec};
}

}  // namespace tenantry::bench
