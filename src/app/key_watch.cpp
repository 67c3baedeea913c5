#include "app/key_watch.hpp"

#include <fmt/format.h>

#include "base/log.hpp"

namespace tenantry::app {

namespace {

constexpr std::chrono::milliseconds kEvery{500};

/// Tells one state of the keys from another: no key comes, goes or changes its state without it.
std::string describe(std::span<const StoredKey> keys) {
    std::string text;
    for (const StoredKey& one : keys) {
        text += fmt::format("{}:{} ", one.key.id, static_cast<int>(one.key.state));
    }
    return text;
}

}  // namespace

KeyWatch::KeyWatch(Instance& instance) : instance_(instance) {
    if (instance_.database().is_shared()) {
        thread_ = std::thread{[this] { work(); }};
    }
}

KeyWatch::~KeyWatch() {
    stop_.set();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void KeyWatch::work() {
    do {
        if (const auto looked = look(); !looked.ok()) {
            log(LogLevel::Warning, "the keys were not looked at", {{"reason", looked.error().text}});
        }
    } while (!stop_.within(kEvery));
}

Result<void> KeyWatch::look() {
    if (reader_ == nullptr) {
        reader_ = TRY(instance_.database().open_reader());
    }
    TRY(reader_->begin());
    const auto stored = read_keys(*reader_);
    reader_->end();
    auto found = describe(TRY(Result<std::vector<StoredKey>>{stored}));
    if (!known_.empty() && found != known_) {
        TRY(instance_.reload_keys());
        log(LogLevel::Info, "keys were changed by another process");
    }
    known_ = std::move(found);
    return {};
}

}  // namespace tenantry::app
