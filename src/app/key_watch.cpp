#include "app/key_watch.hpp"

#include "base/log.hpp"

namespace tenantry::app {

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
        reader_ = TRY(instance_.database().open_reader(db::ReaderUse::Prompt));
    }
    TRY(reader_->begin());
    const auto changes = count_key_changes(*reader_);
    reader_->end();
    if (TRY(Result<std::int64_t>{changes}) != instance_.key_changes()) {
        TRY(instance_.reload_keys());
        log(LogLevel::Info, "keys were changed by another process");
    }
    return {};
}

}  // namespace tenantry::app
