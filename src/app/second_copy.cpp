#include "app/second_copy.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>

#include "app/durable_file.hpp"
#include "base/log.hpp"
#include "crypto/sha256.hpp"
#include "db/sqlite/copy.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace tenantry::app {

namespace {

constexpr std::string_view kPrefix = "register-";
constexpr const char* kCurrent = "current.json";
constexpr std::size_t kManifestMost = 4096;
constexpr std::int64_t kFormat = 1;
constexpr Error kNoManifest{Code::Invalid, "the folder holds no whole copy of a register"};

std::size_t bytes_of(const CopiedCommit& commit) {
    return commit.pages.content.size() + commit.pages.numbers.size() * sizeof(std::uint32_t);
}

void log_failure(Literal what, const Error& error) {
    log(LogLevel::Error, "the second copy of the register is behind",
        {{"what", what}, {"reason", error.text}});
}

}  // namespace

void CopyQueue::committed(db::CommittedPages pages) noexcept {
    const Lock lock{mutex_};
    CopiedCommit commit{++last_, clock_.now(), std::move(pages)};
    if (bytes_ + bytes_of(commit) > kBytesMost) {
        waiting_.commits.clear();
        waiting_.has_missed = true;
        bytes_ = 0;
        return;
    }
    bytes_ += bytes_of(commit);
    waiting_.commits.push_back(std::move(commit));
}

void CopyQueue::missed() noexcept {
    const Lock lock{mutex_};
    ++last_;
    waiting_.commits.clear();
    waiting_.has_missed = true;
    bytes_ = 0;
}

void CopyQueue::scrubbed() noexcept {
    const Lock lock{mutex_};
    waiting_.was_scrubbed = true;
}

CopyQueue::Taken CopyQueue::take() {
    const Lock lock{mutex_};
    bytes_ = 0;
    waiting_.last = last_;
    return std::exchange(waiting_, {});
}

std::uint64_t CopyQueue::last() const {
    const Lock lock{mutex_};
    return last_;
}

std::string copy_manifest_json(const CopyManifest& manifest) {
    std::string text;
    json::Writer w{text};
    w.begin_object();
    w.key("format").integer(kFormat);
    w.key("name").text(manifest.name);
    w.key("install").uuid(manifest.install);
    w.key("sha256").text(hex_encode(manifest.sha256));
    w.key("whole_from").integer(static_cast<std::int64_t>(manifest.whole_from));
    w.end_object();
    return text + '\n';
}

Result<CopyManifest> parse_copy_manifest(std::string_view text) {
    const auto object = json::parse(text);
    if (!object.ok()) {
        return kNoManifest;
    }
    const auto text_of_member = [&](std::string_view name) {
        const auto* value = object->member<std::string>(name);
        return value != nullptr ? *value : std::string{};
    };
    const auto number_of_member = [&](std::string_view name) {
        const auto* value = object->member<std::int64_t>(name);
        return value != nullptr ? *value : -1;
    };
    const auto install = Uuid::parse(text_of_member("install"));
    const auto sum = hex_decode_exactly<std::tuple_size_v<Hash>>(text_of_member("sha256"));
    const auto whole_from = number_of_member("whole_from");
    CopyManifest manifest;
    manifest.name = text_of_member("name");
    const bool is_name = manifest.name.starts_with(kPrefix) && manifest.name.find('/') == std::string::npos;
    if (number_of_member("format") != kFormat || !install || !sum || whole_from < 0 || !is_name) {
        return kNoManifest;
    }
    manifest.install = *install;
    manifest.whole_from = static_cast<std::uint64_t>(whole_from);
    manifest.sha256 = *sum;
    return manifest;
}

Result<CopyManifest> read_copy_manifest(const std::filesystem::path& folder) {
    return parse_copy_manifest(TRY(read_small_file(folder / kCurrent, kManifestMost)));
}

Result<std::unique_ptr<SecondCopy>> SecondCopy::start(Instance& instance, const SecondCopyOptions& options) {
    if (options.folder.empty()) {
        return std::unique_ptr<SecondCopy>{};
    }
    auto queue = std::make_shared<CopyQueue>(instance.clock());
    TRY(instance.database().follow(queue));
    return std::unique_ptr<SecondCopy>{new SecondCopy(instance, options.folder, std::move(queue))};
}

SecondCopy::SecondCopy(Instance& instance, std::filesystem::path folder, std::shared_ptr<CopyQueue> queue)
    : instance_(instance), folder_(std::move(folder)), queue_(std::move(queue)), thread_([this] { run(); }) {}

SecondCopy::~SecondCopy() {
    stop_.set();
    thread_.join();
    static_cast<void>(instance_.database().follow(nullptr));
}

void SecondCopy::run() {
    do {
        step();
    } while (!stop_.within(kEvery));
    ship();
    if (base_.valid()) {
        base_.wait();
    }
}

void SecondCopy::step() {
    ship();
    finish_base_if_ready();
    if (!base_.valid() && wants_new() && Steady::now() >= begin_at_) {
        begin();
    }
}

bool SecondCopy::wants_new() const {
    return current_ == nullptr || current_->log_bytes > kLogMost ||
           (is_scrubbed_ && Steady::now() >= published_at_ + kScrubEvery);
}

void SecondCopy::ship() {
    const auto taken = queue_->take();
    is_scrubbed_ = is_scrubbed_ || taken.was_scrubbed;
    if (taken.has_missed) {
        log(LogLevel::Warning, "the second copy of the register fell behind; it begins anew");
        current_.reset();
        next_.reset();
    }
    shipped_ = taken.last;
    if (!taken.commits.empty()) {
        append(current_, taken.commits);
        append(next_, taken.commits);
    }
}

void SecondCopy::append(std::unique_ptr<Generation>& generation, const std::deque<CopiedCommit>& commits) {
    if (generation == nullptr) {
        return;
    }
    Result<void> written{};
    for (const auto& commit : commits) {
        const auto record = copy_record(commit);
        written = written.ok() ? write_all(generation->log.get(), record) : written;
        generation->log_bytes += record.size();
    }
    if (written.ok() && ::fdatasync(generation->log.get()) != 0) {
        written = Error{Code::Internal, "its log cannot be made durable"};
    }
    if (!written.ok()) {
        log_failure("log", written.error());
        generation.reset();
    }
}

void SecondCopy::begin() {
    begin_at_ = Steady::now() + kRetryEvery;
    is_scrubbed_ = false;
    const auto opened = open_next();
    if (!opened.ok()) {
        log_failure("folder", opened.error());
        return;
    }
    base_ = std::async(std::launch::async, [this, name = next_->name] { return read_base(name); });
}

Result<void> SecondCopy::open_next() {
    std::error_code failure;
    // Never made here: a disk that is not mounted would be missed.
    if (!std::filesystem::is_directory(folder_, failure)) {
        return Error{Code::NotFound, "the folder for it is not there"};
    }
    const auto former = read_copy_manifest(folder_);
    if (former.ok() && former->install != TRY(instance_.read(find_install))) {
        return Error{Code::Conflict, "the folder holds the copy of another register"};
    }
    const auto name = fmt::format("{}{}", kPrefix, to_millis(instance_.clock().now()));
    Descriptor log{
        ::open(file(name, ".log").c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600)};
    if (!log.is_open()) {
        return Error{Code::Internal, "its log cannot be made"};
    }
    TRY(sync_folder(folder_));
    next_.reset(new Generation{name, Descriptor{log.release()}, shipped_});
    return {};
}

Result<SecondCopy::Base> SecondCopy::read_base(const std::string& name) {
    auto partial = TRY(PartialFile::make(file(name, ".db")));
    TRY(db::copy_register(database_file(instance_.data()), partial.path(),
                          [this](std::size_t, std::size_t) { return !stop_.is_set(); }));
    TRY(partial.sync());
    // Whatever the snapshot holds was told of before this write's group began.
    TRY(instance_.database().write_and_wait([](db::Transaction&) { return Result<void>{}; }));
    Base base;
    base.whole_from = queue_->last();
    crypto::Sha256 sum;
    TRY(read_file(partial.path(), [&](ByteView bytes, std::size_t, std::size_t) -> Result<void> {
        sum.add(bytes);
        return {};
    }));
    base.sha256 = sum.finish();
    TRY(partial.place());
    return base;
}

void SecondCopy::finish_base_if_ready() {
    if (!base_.valid() || base_.wait_for(std::chrono::seconds{0}) != std::future_status::ready) {
        return;
    }
    const auto base = base_.get();
    // All that came while it was read.
    ship();
    if (!base.ok()) {
        log_failure("base", base.error());
        next_.reset();
    }
    if (next_ == nullptr) {
        return;
    }
    if (const auto published = publish(*base); !published.ok()) {
        log_failure("manifest", published.error());
        next_.reset();
        return;
    }
    current_ = std::move(next_);
    published_at_ = Steady::now();
    remove_others(current_->name);
    log(LogLevel::Info, "the second copy of the register has a new base");
}

Result<void> SecondCopy::publish(const Base& base) {
    CopyManifest manifest{next_->name, TRY(instance_.read(find_install)), base.sha256};
    manifest.whole_from = base.whole_from > next_->begun_after ? base.whole_from : 0;
    auto partial = TRY(PartialFile::make(folder_ / kCurrent));
    TRY(partial.append(tenantry::bytes_of(copy_manifest_json(manifest))));
    TRY(partial.sync());
    return partial.place();
}

void SecondCopy::remove_others(const std::string& name) {
    std::error_code failure;
    for (const auto& entry : std::filesystem::directory_iterator{folder_, failure}) {
        const auto found = entry.path().filename().native();
        if (found.starts_with(kPrefix) && !found.starts_with(name + '.')) {
            std::filesystem::remove(entry.path(), failure);
        }
    }
}

std::filesystem::path SecondCopy::file(const std::string& name, const char* suffix) const {
    return folder_ / (name + suffix);
}

}  // namespace tenantry::app
