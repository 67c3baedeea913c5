// A command as the operator gave it, checked for form; and what every command writes to. A command runs in
// this process or, where a server has the instance open, in that one (control.hpp): it cannot tell.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "app/instance.hpp"
#include "app/progress.hpp"
#include "base/result.hpp"
#include "register/check.hpp"

namespace tenantry::app {

inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kWrongUsage = 2;

struct Command {
    std::string name;                            ///< "user add"
    std::map<std::string, std::string> options;  ///< without the dashes; only those given

    /// Empty where it was not given.
    [[nodiscard]] std::string option(std::string_view name) const;
};

/// Where a command writes: lines of its answer, lines about failures, and how far it is.
class Output {
  public:
    virtual ~Output() = default;
    virtual void line(std::string_view text) = 0;
    virtual void error(std::string_view text) = 0;
    /// What a Progress shows, as it is.
    virtual void progress(std::string_view text) = 0;
    [[nodiscard]] virtual Progress::Look look() const = 0;
};

/// Whether a command works on an open instance, and may be carried out by the server that has it.
[[nodiscard]] bool is_for_instance(std::string_view name);

/// Runs it and returns the exit code; says what failed in one line.
[[nodiscard]] int run_command(Instance& instance, const Command& command, Output& output);

/// Opens every sealed record, and says which do not open.
[[nodiscard]] Result<housing::CheckReport> check_records(db::Transaction& tx, const crypto::KeyRing& keys,
                                                         Output& output);

/// How far a long command is, shown on its output.
[[nodiscard]] Progress progress_to(Output& output, Literal doing);

/// Says what failed, with the place where one is known, and returns kFailed.
int fail(Output& output, const Error& error);

}  // namespace tenantry::app
