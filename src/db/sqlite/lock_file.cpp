#include "db/sqlite/lock_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace tenantry::db {

Result<LockFile> LockFile::take(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return Error{Code::Unavailable, "the register's lock file cannot be opened"};
    }
    LockFile lock{descriptor};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return errno == EWOULDBLOCK ? Error{Code::Unavailable, "another process has the register open"}
                                    : Error{Code::Internal, "the register's lock file cannot be locked"};
    }
    return lock;
}

LockFile::~LockFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

}  // namespace tenantry::db
