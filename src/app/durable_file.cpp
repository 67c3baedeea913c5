#include "app/durable_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <vector>

namespace tenantry::app {

namespace {

constexpr std::size_t kPiece = 1U << 20;

/// Whether the open file is still the one of this name.
bool is_at(int descriptor, const std::filesystem::path& path) {
    struct stat opened {};
    struct stat named {};
    return ::fstat(descriptor, &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
           opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

void remove_beside(const std::filesystem::path& path) {
    std::error_code ignored;
    for (const char* suffix : {"-wal", "-shm", "-journal"}) {
        std::filesystem::remove(path.native() + suffix, ignored);
    }
}

}  // namespace

Result<void> sync_folder(const std::filesystem::path& folder) {
    const Descriptor opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!opened.is_open() || ::fsync(opened.get()) != 0) {
        return Error{Code::Internal, "a folder cannot be made durable"};
    }
    return {};
}

Result<void> place_file(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) {
        return Error{Code::Internal, "a file cannot be put into its place"};
    }
    return sync_folder(to.parent_path());
}

Result<void> write_all(int descriptor, ByteView bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return errno == ENOSPC ? Error{Code::DiskFull, "the disk is full"}
                                   : Error{Code::Internal, "a file cannot be written"};
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<std::string> read_small_file(const std::filesystem::path& file, std::size_t most) {
    std::string text;
    TRY(read_file(file, [&](ByteView bytes, std::size_t /*done*/, std::size_t in_all) -> Result<void> {
        if (in_all > most) {
            return Error{Code::TooLarge, "a file is larger than it should be"};
        }
        text += text_of(bytes);
        return {};
    }));
    return text;
}

PartialFile::PartialFile(std::filesystem::path place, std::filesystem::path path, int descriptor)
    : place_(std::move(place)), path_(std::move(path)), descriptor_(descriptor) {}

PartialFile::~PartialFile() {
    if (descriptor_.is_open() && !is_kept_) {
        // While it is locked: nobody else's goes.
        ::unlink(path_.c_str());
        remove_beside(path_);
    }
}

Result<PartialFile> PartialFile::make(const std::filesystem::path& place) {
    const std::filesystem::path path = place.native() + ".partial";
    Descriptor opened{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)};
    if (!opened.is_open()) {
        return errno == ENOSPC ? Error{Code::DiskFull, "the disk is full"}
                               : Error{Code::Invalid, "the file cannot be made there"};
    }
    // Between opening and locking, its former owner may have put it into its place.
    if (::flock(opened.get(), LOCK_EX | LOCK_NB) != 0 || !is_at(opened.get(), path)) {
        return Error{Code::Unavailable, "another process is writing this file"};
    }
    if (::ftruncate(opened.get(), 0) != 0 || ::fchmod(opened.get(), 0600) != 0) {
        return Error{Code::Internal, "the file cannot be made there"};
    }
    remove_beside(path);
    return PartialFile{place, path, opened.release()};
}

Result<void> PartialFile::append(ByteView bytes) {
    return write_all(descriptor_.get(), bytes);
}

Result<void> PartialFile::sync() const {
    if (::fsync(descriptor_.get()) != 0) {
        return Error{Code::Internal, "the file cannot be made durable"};
    }
    return {};
}

Result<void> PartialFile::place() {
    TRY(place_file(path_, place_));
    is_kept_ = true;
    return {};
}

Result<void> read_file(const std::filesystem::path& file, const OnBytes& on_bytes) {
    const Descriptor opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    struct stat facts {};
    if (!opened.is_open()) {
        return errno == ENOENT ? Error{Code::NotFound, "there is no such file"}
                               : Error{Code::Invalid, "the file cannot be read"};
    }
    if (::fstat(opened.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) {
        return Error{Code::Invalid, "is not a file"};
    }
    // What was just written would else be read from memory, and say nothing of the disk.
    ::posix_fadvise(opened.get(), 0, 0, POSIX_FADV_DONTNEED);
    const auto in_all = static_cast<std::size_t>(facts.st_size);
    Bytes piece(kPiece);
    std::size_t done = 0;
    for (;;) {
        const auto got = ::read(opened.get(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return Error{Code::Internal, "the file cannot be read"};
        }
        if (got == 0) {
            return {};
        }
        done += static_cast<std::size_t>(got);
        TRY(on_bytes(ByteView{piece}.first(static_cast<std::size_t>(got)), done, std::max(done, in_all)));
    }
}

}  // namespace tenantry::app
