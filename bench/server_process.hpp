// A server that the measurements start as a process of its own, and stop. One thread.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace tenantry::bench {

class ServerProcess {
  public:
    /// Starts the program, its log in a file, and waits for its line "listening on http://…:PORT".
    [[nodiscard]] static Result<std::unique_ptr<ServerProcess>> start(std::vector<std::string> command,
                                                                      const std::filesystem::path& log);
    /// Ends it with SIGTERM and waits.
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    [[nodiscard]] pid_t process() const { return process_; }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// From the start of the process to that line.
    [[nodiscard]] std::chrono::nanoseconds start_time() const { return start_time_; }

  private:
    explicit ServerProcess(pid_t process) : process_(process) {}

    pid_t process_;
    std::uint16_t port_ = 0;
    std::chrono::nanoseconds start_time_{};
};

/// Runs a program to its end, its output in a file, or here where none is named. Returns the most memory that
/// it held, in MiB. Internal: it does not start, or fails.
[[nodiscard]] Result<double> run_program(std::vector<std::string> command,
                                         const std::filesystem::path& log = {});

/// "VmRSS", "VmHWM": the memory that a process holds, and the most that it held, in MiB.
[[nodiscard]] double memory_mib(pid_t process, std::string_view name);
/// Processor time that it has used, all threads.
[[nodiscard]] std::chrono::duration<double> processor_time(pid_t process);

}  // namespace tenantry::bench
