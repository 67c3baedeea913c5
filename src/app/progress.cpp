#include "app/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace tenantry::app {

namespace {

/// 1234567 as "1,234,567".
std::string grouped(std::size_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, 1, ',');
    }
    return digits;
}

double seconds_between(Progress::Time from, Progress::Time to) {
    return std::chrono::duration<double>(to - from).count();
}

std::size_t percent(std::size_t done, std::size_t in_all) {
    return in_all == 0 ? 0 : std::min(done, in_all) * 100 / in_all;
}

}  // namespace

Progress::Progress(Literal doing, Look look, Writer writer, std::function<Time()> now)
    : doing_(doing),
      look_(look),
      writer_(std::move(writer)),
      now_(std::move(now)),
      began_(now_()),
      shown_(began_) {}

Progress::~Progress() {
    if (bar_is_open_) {
        writer_("\n");
    }
}

Progress::Look Progress::look_for(std::FILE* file) {
    return ::isatty(::fileno(file)) == 1 ? Look::Bar : Look::Lines;
}

Progress::Writer Progress::write_to(std::FILE* file) {
    return [file](std::string_view text) {
        std::fwrite(text.data(), 1, text.size(), file);
        std::fflush(file);
    };
}

void Progress::update(std::size_t done, std::size_t in_all) {
    done_ = done;
    in_all_ = in_all;
    const Time at = now_();
    if (look_ == Look::Bar && at - shown_ >= kBarEvery) {
        show_bar(at);
    } else if (look_ == Look::Lines && at - shown_ >= kLineEvery) {
        show_line(at);
    }
}

void Progress::finish() {
    const Time at = now_();
    writer_(fmt::format("{}{}: {} in {:.1f} s, {} a second\n", bar_is_open_ ? "\r\x1b[K" : "", doing_.view(),
                        grouped(done_), seconds_between(began_, at), grouped(per_second(at))));
    bar_is_open_ = false;
}

void Progress::show_bar(Time at) {
    constexpr std::size_t kWidth = 30;
    const std::size_t full = percent(done_, in_all_) * kWidth / 100;
    const std::size_t rate = per_second(at);
    const std::size_t left = rate == 0 ? 0 : (std::max(in_all_, done_) - done_) / rate;
    writer_(fmt::format("\r{} [{:#<{}}{:.<{}}] {} % of {}, {} a second, {} s left\x1b[K", doing_.view(), "",
                        full, "", kWidth - full, percent(done_, in_all_), grouped(in_all_), grouped(rate),
                        left));
    bar_is_open_ = true;
    shown_ = at;
}

void Progress::show_line(Time at) {
    writer_(fmt::format("{}: {} of {} ({} %), {} a second\n", doing_.view(), grouped(done_), grouped(in_all_),
                        percent(done_, in_all_), grouped(per_second(at))));
    shown_ = at;
}

std::size_t Progress::per_second(Time at) const {
    const double seconds = seconds_between(began_, at);
    return seconds > 0 ? static_cast<std::size_t>(static_cast<double>(done_) / seconds) : 0;
}

}  // namespace tenantry::app
