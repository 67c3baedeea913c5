// How far long work is: a bar on a terminal, a plain line every few seconds elsewhere, and a line at the end.
// The text goes wherever the writer takes it. One thread at a time; it need not be the one that made it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace tenantry::app {

class Progress {
  public:
    using Time = std::chrono::steady_clock::time_point;
    using Writer = std::function<void(std::string_view)>;
    enum class Look : std::uint8_t { Bar, Lines };

    static constexpr std::chrono::milliseconds kBarEvery{100};
    static constexpr std::chrono::seconds kLineEvery{3};

    /// What is being done, as in "Importing". The clock is passed in, so tests decide what time it is.
    Progress(Literal doing, Look look, Writer writer,
             std::function<Time()> now = std::chrono::steady_clock::now);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    /// Leaves a bar that was not finished on a line of its own.
    ~Progress();

    /// A bar if the file is a terminal, else lines.
    [[nodiscard]] static Look look_for(std::FILE* file);
    /// Writes to the file, at once.
    [[nodiscard]] static Writer write_to(std::FILE* file);

    /// Shows how far it is, if it is time to. Cheap enough for every row.
    void update(std::size_t done, std::size_t in_all);
    /// Shows what was done and how long it took.
    void finish();

  private:
    void show_bar(Time at);
    void show_line(Time at);
    [[nodiscard]] std::size_t per_second(Time at) const;

    Literal doing_;
    Look look_;
    Writer writer_;
    std::function<Time()> now_;
    Time began_;
    Time shown_;
    std::size_t done_ = 0;
    std::size_t in_all_ = 0;
    bool bar_is_open_ = false;
};

}  // namespace tenantry::app
