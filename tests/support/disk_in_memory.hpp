// A file system in memory under SQLite, which writes down every write, sync and truncation, so that a test
// can say what a disk would hold had the power gone at any of them (power_cut.hpp).
#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/verify.hpp"

namespace tenantry::test {

/// What lies on a disk, by path.
using Files = std::map<std::string, Bytes>;

/// A database's files.
inline Files read_files(const std::filesystem::path& database) {
    Files all;
    for (const auto* suffix : {"", "-wal"}) {
        std::ifstream file{database.native() + suffix, std::ios::binary};
        all[database.native() + suffix] = Bytes(std::istreambuf_iterator<char>{file}, {});
    }
    return all;
}

/// One thing that was asked of the disk; or a mark that the test put between two of them.
struct DiskEvent {
    enum class Kind : std::uint8_t { Write, Truncate, Sync, FailedSync, Mark };
    Kind kind = Kind::Mark;
    std::string file = {};
    std::size_t at = 0;  ///< where was written, or how much was left
    Bytes bytes = {};
};

inline void write_at(Bytes& content, std::size_t at, ByteView bytes) {
    content.resize(std::max(content.size(), at + bytes.size()));
    std::ranges::copy(bytes, content.begin() + static_cast<std::ptrdiff_t>(at));
}

/// Takes the place of the system's files under SQLite, for what is opened between its making and its end, or
/// the making of another. What lies there before has been there for long. Thread-safe.
class DiskInMemory {
  public:
    explicit DiskInMemory(Files files);
    DiskInMemory(const DiskInMemory&) = delete;
    DiskInMemory& operator=(const DiskInMemory&) = delete;
    ~DiskInMemory();

    /// From here on a mark is found between what was asked before and what is asked after.
    void mark() { note({}); }
    /// An error of SQLite's in the place of what would be done, a write, sync or truncation. After a sync
    /// that failed the system has what was written, and forgets that it is not on the disk. Set while nothing
    /// is open.
    static constexpr int kSaysNothing =
        -1;  ///< in the place of an error: a sync fails and says that it did not
    std::function<int(DiskEvent::Kind)> fails = [](DiskEvent::Kind) { return SQLITE_OK; };
    /// Makes `PRAGMA synchronous = FULL` of the connections opened from here on one of NORMAL.
    void weaken_to_normal() { normal_ = true; }

    /// As it lay there at first, and what was done since. While nothing is open.
    [[nodiscard]] const Files& before() const { return before_; }
    [[nodiscard]] const std::vector<DiskEvent>& events() const { return events_; }
    /// As any program would read it now.
    [[nodiscard]] Files now() const;

  private:
    struct Handle;
    struct File {
        std::string path;  ///< empty: a temporary one, which no power cut leaves
        Bytes content;
        std::vector<std::unique_ptr<std::array<char, 32768>>> shared = {};
        std::vector<Handle*> handles = {};
    };
    /// What SQLite knows as an open file.
    struct Handle {
        sqlite3_file base;
        DiskInMemory* disk;
        std::shared_ptr<File>* file;
        int level;        ///< of its lock
        unsigned shares;  ///< slots of the shared memory that it has locked, one bit each
        unsigned exclusive;
    };
    using Guard = std::lock_guard<std::recursive_mutex>;

    static Handle& handle_of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }
    static DiskInMemory& disk_of(sqlite3_vfs* vfs) { return *static_cast<DiskInMemory*>(vfs->pAppData); }

    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* opened);
    static int remove(sqlite3_vfs* vfs, const char* name, int sync);
    static int access(sqlite3_vfs* vfs, const char* name, int flags, int* answer);
    static int close(sqlite3_file* file);
    static int read(sqlite3_file* file, void* into, int bytes, sqlite3_int64 at);
    static int write(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 at);
    static int truncate(sqlite3_file* file, sqlite3_int64 size);
    static int sync(sqlite3_file* file, int flags);
    static int size_of(sqlite3_file* file, sqlite3_int64* size);
    static int lock(sqlite3_file* file, int level);
    static int unlock(sqlite3_file* file, int level);
    static int is_reserved(sqlite3_file* file, int* answer);
    static int control(sqlite3_file* file, int what, void* argument);
    static int map_shared(sqlite3_file* file, int region, int bytes, int extend, void volatile** memory);
    static int lock_shared(sqlite3_file* file, int from, int count, int flags);
    static const sqlite3_io_methods& methods();

    void note(DiskEvent event) {
        const Guard guard{mutex_};
        events_.push_back(std::move(event));
    }
    /// Does something to the handle's file, unless it fails, and writes it down.
    template <class Do>
    static int change(sqlite3_file* file, DiskEvent event, Do act);

    mutable std::recursive_mutex mutex_;
    Files before_;
    std::map<std::string, std::shared_ptr<File>> files_;
    std::vector<DiskEvent> events_;
    bool normal_ = false;
    sqlite3_vfs vfs_;
};

inline DiskInMemory::DiskInMemory(Files files) : before_(std::move(files)), vfs_(*sqlite3_vfs_find(nullptr)) {
    for (const auto& [path, content] : before_) {
        files_[path] = std::make_shared<File>(File{path, content});
    }
    vfs_.zName = "disk-in-memory";
    vfs_.szOsFile = sizeof(Handle);
    vfs_.pAppData = this;
    vfs_.xOpen = open;
    vfs_.xDelete = remove;
    vfs_.xAccess = access;
    VERIFY(sqlite3_vfs_register(&vfs_, 1) == SQLITE_OK);
}

inline DiskInMemory::~DiskInMemory() {
    VERIFY(sqlite3_vfs_unregister(&vfs_) == SQLITE_OK);
}

inline Files DiskInMemory::now() const {
    const Guard guard{mutex_};
    Files all;
    for (const auto& [path, file] : files_) {
        all[path] = file->content;
    }
    return all;
}

inline int DiskInMemory::open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags,
                              int* opened) {
    auto& disk = disk_of(vfs);
    const Guard guard{disk.mutex_};
    file->pMethods = nullptr;
    auto found = std::make_shared<File>();
    if (name != nullptr) {
        auto& known = disk.files_[name];
        if (known == nullptr && (flags & SQLITE_OPEN_CREATE) == 0) {
            disk.files_.erase(name);
            return SQLITE_CANTOPEN;
        }
        if (known == nullptr) {
            known = std::make_shared<File>(File{name, {}});
        }
        found = known;
    }
    auto& handle = handle_of(file);
    handle = {{&methods()}, &disk, new std::shared_ptr<File>{found}, SQLITE_LOCK_NONE, 0, 0};
    found->handles.push_back(&handle);
    if (opened != nullptr) {
        *opened = flags;
    }
    return SQLITE_OK;
}

/// The engine works with a log and removes no file; whoever needs that has to say when it is durable.
inline int DiskInMemory::remove(sqlite3_vfs* /*vfs*/, const char* /*name*/, int /*sync*/) {
    return SQLITE_IOERR_DELETE;
}

inline int DiskInMemory::access(sqlite3_vfs* vfs, const char* name, int /*flags*/, int* answer) {
    const Guard guard{disk_of(vfs).mutex_};
    *answer = static_cast<int>(disk_of(vfs).files_.contains(name) || std::filesystem::is_directory(name));
    return SQLITE_OK;
}

inline int DiskInMemory::close(sqlite3_file* file) {
    auto& handle = handle_of(file);
    const Guard guard{handle.disk->mutex_};
    std::erase((*handle.file)->handles, &handle);
    delete handle.file;
    return SQLITE_OK;
}

inline int DiskInMemory::read(sqlite3_file* file, void* into, int bytes, sqlite3_int64 at) {
    auto& handle = handle_of(file);
    const Guard guard{handle.disk->mutex_};
    const Bytes& content = (*handle.file)->content;
    const auto from = std::min(content.size(), static_cast<std::size_t>(at));
    const auto count = std::min(content.size() - from, static_cast<std::size_t>(bytes));
    std::memset(into, 0, static_cast<std::size_t>(bytes));
    std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(from), count,
                static_cast<unsigned char*>(into));
    return count == static_cast<std::size_t>(bytes) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

template <class Do>
int DiskInMemory::change(sqlite3_file* file, DiskEvent event, Do act) {
    auto& handle = handle_of(file);
    const Guard guard{handle.disk->mutex_};
    File& changed = **handle.file;
    if (changed.path.empty()) {
        act(changed.content);
        return SQLITE_OK;
    }
    event.file = changed.path;
    const int code = handle.disk->fails(event.kind);
    if (code != SQLITE_OK && event.kind == DiskEvent::Kind::Sync) {
        event.kind = DiskEvent::Kind::FailedSync;
    }
    if (code == SQLITE_OK || event.kind == DiskEvent::Kind::FailedSync) {
        act(changed.content);
        handle.disk->note(std::move(event));
    }
    return code == kSaysNothing ? SQLITE_OK : code;
}

inline int DiskInMemory::write(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 at) {
    const auto* first = static_cast<const unsigned char*>(from);
    const auto place = static_cast<std::size_t>(at);
    const Bytes written{first, first + bytes};
    return change(file, {DiskEvent::Kind::Write, {}, place, written},
                  [&](Bytes& content) { write_at(content, place, written); });
}

inline int DiskInMemory::truncate(sqlite3_file* file, sqlite3_int64 size) {
    const auto left = static_cast<std::size_t>(size);
    return change(file, {DiskEvent::Kind::Truncate, {}, left}, [&](Bytes& content) { content.resize(left); });
}

inline int DiskInMemory::sync(sqlite3_file* file, int /*flags*/) {
    return change(file, {DiskEvent::Kind::Sync}, [](Bytes&) {});
}

inline int DiskInMemory::size_of(sqlite3_file* file, sqlite3_int64* size) {
    auto& handle = handle_of(file);
    const Guard guard{handle.disk->mutex_};
    *size = static_cast<sqlite3_int64>((*handle.file)->content.size());
    return SQLITE_OK;
}

inline int DiskInMemory::lock(sqlite3_file* file, int level) {
    auto& handle = handle_of(file);
    const Guard guard{handle.disk->mutex_};
    for (const Handle* other : (*handle.file)->handles) {
        const int theirs = other == &handle ? SQLITE_LOCK_NONE : other->level;
        if ((level == SQLITE_LOCK_SHARED && theirs >= SQLITE_LOCK_PENDING) ||
            (level == SQLITE_LOCK_RESERVED && theirs >= SQLITE_LOCK_RESERVED) ||
            (level > SQLITE_LOCK_RESERVED && theirs >= SQLITE_LOCK_SHARED)) {
            return SQLITE_BUSY;
        }
    }
    handle.level = std::max(handle.level, level);
    return SQLITE_OK;
}

inline int DiskInMemory::unlock(sqlite3_file* file, int level) {
    auto& handle = handle_of(file);
    const Guard guard{handle.disk->mutex_};
    handle.level = std::min(handle.level, level);
    return SQLITE_OK;
}

inline int DiskInMemory::is_reserved(sqlite3_file* file, int* answer) {
    auto& handle = handle_of(file);
    const Guard guard{handle.disk->mutex_};
    *answer = static_cast<int>(std::ranges::any_of(
        (*handle.file)->handles, [](const Handle* one) { return one->level >= SQLITE_LOCK_RESERVED; }));
    return SQLITE_OK;
}

/// What SQLite allows a file system for statements of its own, used to say less than was said: the argument
/// becomes the number of NORMAL.
inline int DiskInMemory::control(sqlite3_file* file, int what, void* argument) {
    if (what != SQLITE_FCNTL_PRAGMA || !handle_of(file).disk->normal_) {
        return SQLITE_NOTFOUND;
    }
    auto** words = static_cast<char**>(argument);
    if (std::string_view{words[1]} == "synchronous" && words[2] != nullptr) {
        words[2][0] = '1';
    }
    return SQLITE_NOTFOUND;
}

inline int DiskInMemory::map_shared(sqlite3_file* file, int region, int bytes, int extend,
                                    void volatile** memory) {
    auto& handle = handle_of(file);
    const Guard guard{handle.disk->mutex_};
    auto& shared = (*handle.file)->shared;
    const auto number = static_cast<std::size_t>(region);
    *memory = nullptr;
    while (shared.size() <= number && extend != 0) {
        shared.push_back(std::make_unique<std::array<char, 32768>>());
    }
    if (number < shared.size()) {
        VERIFY(static_cast<std::size_t>(bytes) == shared[number]->size());
        *memory = shared[number]->data();
    }
    return SQLITE_OK;
}

inline int DiskInMemory::lock_shared(sqlite3_file* file, int from, int count, int flags) {
    auto& handle = handle_of(file);
    const Guard guard{handle.disk->mutex_};
    const unsigned slots = ((1U << static_cast<unsigned>(count)) - 1) << static_cast<unsigned>(from);
    const bool is_exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        (is_exclusive ? handle.exclusive : handle.shares) &= ~slots;
        return SQLITE_OK;
    }
    for (const Handle* other : (*handle.file)->handles) {
        const unsigned in_the_way = other->exclusive | (is_exclusive ? other->shares : 0);
        if (other != &handle && (in_the_way & slots) != 0) {
            return SQLITE_BUSY;
        }
    }
    (is_exclusive ? handle.exclusive : handle.shares) |= slots;
    return SQLITE_OK;
}

inline const sqlite3_io_methods& DiskInMemory::methods() {
    // The sectors and promises of the system's own file system.
    static const sqlite3_io_methods kMethods{
        2,
        close,
        read,
        write,
        truncate,
        sync,
        size_of,
        lock,
        unlock,
        is_reserved,
        control,
        [](sqlite3_file*) { return 4096; },
        [](sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; },
        map_shared,
        lock_shared,
        [](sqlite3_file*) { std::atomic_thread_fence(std::memory_order_seq_cst); },
        [](sqlite3_file*, int) { return SQLITE_OK; },
        nullptr,
        nullptr,
    };
    return kMethods;
}

}  // namespace tenantry::test
