#include "app/restore.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

#include "app/instance.hpp"
#include "db/sqlite/copy.hpp"

namespace tenantry::app {

namespace {

constexpr Error kNotCopied{Code::Internal, "the keys cannot be copied"};

/// A key's file; what it holds does not pass through our memory.
Result<void> copy_key(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code failure;
    std::filesystem::copy_file(from, to, failure);
    const Descriptor copied{::open(to.c_str(), O_RDONLY | O_CLOEXEC)};
    const bool is_durable =
        !failure && copied.is_open() && ::fchmod(copied.get(), 0600) == 0 && ::fsync(copied.get()) == 0;
    return is_durable ? Result<void>{} : kNotCopied;
}

Result<void> copy_keys(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code failure;
    std::filesystem::remove_all(to, failure);
    if (::mkdir(to.c_str(), 0700) != 0) {
        return kNotCopied;
    }
    std::filesystem::directory_iterator files{from, failure};
    for (; !failure && files != std::filesystem::directory_iterator{}; files.increment(failure)) {
        if (files->is_regular_file(failure)) {
            TRY(copy_key(files->path(), to / files->path().filename()));
        }
    }
    return failure ? kNotCopied : sync_folder(to);
}

bool has_root_key(const std::filesystem::path& folder) {
    std::error_code failure;
    return std::filesystem::exists(folder / "root.key", failure) ||
           std::filesystem::exists(folder / "root.key.next", failure);
}

}  // namespace

Result<IncomingKeys> IncomingKeys::take(const std::filesystem::path& data,
                                        const std::filesystem::path& from) {
    if (has_root_key(keys_folder(data))) {
        return IncomingKeys{data, keys_folder(data)};
    }
    if (from.empty() || !has_root_key(from)) {
        return Error{Code::NotFound, "there is no root key (root.key); --keys says in which folder it is"};
    }
    IncomingKeys keys{data, data / "keys.partial"};
    TRY(copy_keys(from, keys.folder()));
    return keys;
}

IncomingKeys::IncomingKeys(IncomingKeys&& other) noexcept
    : data_(std::move(other.data_)), folder_(std::exchange(other.folder_, {})) {}

IncomingKeys::~IncomingKeys() {
    if (!folder_.empty() && folder_ != keys_folder(data_)) {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
}

Result<void> IncomingKeys::place() {
    if (folder_ == keys_folder(data_)) {
        return {};
    }
    TRY(place_file(folder_, keys_folder(data_)));
    folder_ = keys_folder(data_);
    return {};
}

Result<void> require_no_register(const std::filesystem::path& data) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
        std::error_code failure;
        if (std::filesystem::exists(database_file(data).native() + suffix, failure)) {
            return Error{Code::Conflict,
                         "there is a register in this folder, or what is left of one; nothing was changed"};
        }
    }
    return {};
}

Result<crypto::KeyRing> check_incoming(const std::filesystem::path& file,
                                       const std::filesystem::path& keys_folder) {
    const auto reader = TRY(db::open_copy(file));
    TRY(reader->begin());
    auto keys = TRY(open_ring(*reader, keys_folder));
    reader->end();
    TRY(db::check_copy(file));
    return keys;
}

Result<BackupManifest> describe_incoming(const std::filesystem::path& file) {
    const auto reader = TRY(db::open_copy(file));
    TRY(reader->begin());
    auto held = describe_register(*reader);
    reader->end();
    return held;
}

}  // namespace tenantry::app
