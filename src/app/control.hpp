// The control socket: a command that is started while a server has the instance open is carried out by that
// server. One line of JSON goes there, lines come back: {"line":…}, {"error":…}, {"progress":…}, and
// {"exit":N} last.
#pragma once

#include <filesystem>
#include <memory>
#include <thread>

#include "app/command.hpp"

namespace tenantry::app {

/// Listens on DATA/control.sock (0600; the same user or root only), one command at a time, on a thread of its
/// own.
class ControlServer {
  public:
    /// The instance must outlive it.
    [[nodiscard]] static Result<std::unique_ptr<ControlServer>> start(Instance& instance,
                                                                      const std::filesystem::path& data);
    /// Lets a running command finish, then removes the socket.
    ~ControlServer();

  private:
    ControlServer(Instance& instance, std::filesystem::path data, int listener, int stopper);
    void run();

    Instance& instance_;
    std::filesystem::path data_;
    int listener_;
    int stopper_;  // an eventfd that ends run()
    std::thread thread_;
};

/// Has the server that owns the data folder carry the command out. Returns its exit code. Unavailable: no
/// server answers.
[[nodiscard]] Result<int> run_remotely(const std::filesystem::path& data, const Command& command,
                                       Output& output);

}  // namespace tenantry::app
