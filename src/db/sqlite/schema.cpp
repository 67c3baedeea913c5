#include "db/sqlite/schema.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace tenantry::db {

Result<LockFile> lock_register(const std::filesystem::path& file) {
    return LockFile::take(file.native() + ".lock");
}

Result<void> create_empty(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return errno == EEXIST ? Error{Code::Conflict, "there is a register at this place already"}
                               : Error{Code::Unavailable, "the register's file cannot be created"};
    }
    ::close(descriptor);
    return {};
}

Result<std::unique_ptr<SqliteTransaction>> open_writing(const std::filesystem::path& file, Access access,
                                                        const Clock& clock) {
    auto tx = std::make_unique<SqliteTransaction>(TRY(Connection::open(file, access)));
    auto schema = sqlite_schema(*tx);
    TRY(migrate(schema, migrations(), clock));
    return tx;
}

}  // namespace tenantry::db
