#include "app/head_delivery.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <utility>

#include "app/descriptor.hpp"
#include "app/durable_file.hpp"

namespace tenantry::app {

namespace {

constexpr Error kNotWritten{Code::Internal, "the file cannot be written"};
constexpr Error kNotRun{Code::Internal, "the program cannot be run"};
constexpr std::size_t kLineMost = 4096;
constexpr std::chrono::milliseconds kLookEvery{10};
constexpr std::chrono::seconds kHurriedMayTake{1};

/// Where the last whole line of the file ends; nothing where it holds something else than lines.
Result<off_t> end_of_lines(int file, off_t size) {
    std::array<char, kLineMost> tail{};
    const auto look = std::min<off_t>(size, static_cast<off_t>(tail.size()));
    if (::pread(file, tail.data(), static_cast<std::size_t>(look), size - look) != look) {
        return kNotWritten;
    }
    const auto newline = std::string_view{tail.data(), static_cast<std::size_t>(look)}.rfind('\n');
    if (newline != std::string_view::npos) {
        return size - look + static_cast<off_t>(newline) + 1;
    }
    return look == size ? Result<off_t>{0} : Error{Code::Internal, "the file does not hold lines"};
}

/// What a program gets of this process: the line, and nothing else.
class Spawning {
  public:
    explicit Spawning(int input) {
        posix_spawn_file_actions_init(&files_);
        posix_spawn_file_actions_adddup2(&files_, input, STDIN_FILENO);
        posix_spawn_file_actions_addopen(&files_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
        posix_spawnattr_init(&attributes_);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&attributes_, &none);
        sigset_t all;
        sigfillset(&all);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(&attributes_,
                                 POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    ~Spawning() {
        posix_spawn_file_actions_destroy(&files_);
        posix_spawnattr_destroy(&attributes_);
    }
    Spawning(const Spawning&) = delete;
    Spawning& operator=(const Spawning&) = delete;

    [[nodiscard]] Result<pid_t> start(std::string program) const {
        std::string search = "PATH=/usr/local/bin:/usr/bin:/bin";
        const std::array<char*, 2> arguments{program.data(), nullptr};
        const std::array<char*, 2> environment{search.data(), nullptr};
        pid_t child = 0;
        const int failed = ::posix_spawn(&child, program.c_str(), &files_, &attributes_, arguments.data(),
                                         environment.data());
        return failed == 0 ? Result<pid_t>{child} : kNotRun;
    }

  private:
    posix_spawn_file_actions_t files_{};
    posix_spawnattr_t attributes_{};
};

Result<void> wait_for(pid_t child, std::chrono::milliseconds limit, const std::function<bool()>& is_hurried) {
    auto until = std::chrono::steady_clock::now() + limit;
    bool hurries = false;
    int status = 0;
    pid_t ended = 0;
    while ((ended = ::waitpid(child, &status, WNOHANG)) == 0 && std::chrono::steady_clock::now() < until) {
        if (!hurries && is_hurried()) {
            hurries = true;
            until = std::min(until, std::chrono::steady_clock::now() + kHurriedMayTake);
        }
        std::this_thread::sleep_for(kLookEvery);
    }
    if (ended == 0) {
        ::kill(-child, SIGKILL);
        ::waitpid(child, &status, 0);
        return Error{Code::Timeout, "the program did not end in time"};
    }
    const bool done = ended == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return done ? Result<void>{} : Error{Code::Internal, "the program failed"};
}

}  // namespace

Result<void> append_to_file(const std::string& path, std::string_view line) {
    const Descriptor file{::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0640)};
    struct stat before {};
    if (!file.is_open() || ::fstat(file.get(), &before) != 0 || !S_ISREG(before.st_mode)) {
        return kNotWritten;
    }
    const off_t end = TRY(end_of_lines(file.get(), before.st_size));
    if (end != before.st_size && ::ftruncate(file.get(), end) != 0) {
        return kNotWritten;
    }
    if (!write_all(file.get(), bytes_of(line)).ok() || ::fsync(file.get()) != 0) {
        [[maybe_unused]] const int undone = ::ftruncate(file.get(), end);
        return kNotWritten;
    }
    // A new file is on the disk only when its folder is.
    const bool is_new = end == 0;
    return !is_new || sync_folder(std::filesystem::absolute(path).parent_path()).ok() ? Result<void>{}
                                                                                      : kNotWritten;
}

Result<void> hand_to_program(const std::string& path, std::string_view line, std::chrono::milliseconds limit,
                             const std::function<bool()>& is_hurried) {
    // A file and no pipe: a program that does not read cannot block or signal us.
    const Descriptor input{::memfd_create("line", MFD_CLOEXEC)};
    if (!input.is_open() || !write_all(input.get(), bytes_of(line)).ok() ||
        ::lseek(input.get(), 0, SEEK_SET) != 0) {
        return kNotRun;
    }
    return wait_for(TRY(Spawning{input.get()}.start(path)), limit, is_hurried);
}

}  // namespace tenantry::app
