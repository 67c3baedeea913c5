// The disk under the engine: who opens the file how, and what happens when it is full or fails.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/vfs.h>

#include <cerrno>
#include <cstdarg>

#include "db/sqlite/test_register.hpp"

/// Stands before the C library's: SQLite makes each commit durable by it.
extern "C" int fdatasync(int descriptor) {
    if (tenantry::db::test::disk::sync_fails) {
        errno = EIO;
        return -1;
    }
    ++tenantry::db::test::disk::syncs;
    return static_cast<int>(::syscall(SYS_fdatasync, descriptor));
}

/// Says how much room there is, to whoever asks.
extern "C" int statvfs(const char* path, struct statvfs* facts) {
    struct statfs real {};
    if (::statfs(path, &real) != 0) {
        return -1;
    }
    *facts = {};
    facts->f_frsize = 4096;
    facts->f_bavail = tenantry::db::test::disk::is_nearly_full ? 1000 : 1'000'000;
    return 0;
}

namespace tenantry::db {

namespace test::disk {
namespace {

std::filesystem::path& watched() {
    static std::filesystem::path file;
    return file;
}

int open_counted(const char* path, int flags, int mode) {
    if (path == watched()) {
        ++((flags & O_ACCMODE) == O_RDONLY ? opened_to_read : opened_to_write);
    }
    if (std::string_view{path}.starts_with((watched().parent_path() / "etilqs_").native())) {
        ++temporary_beside;
    }
    return ::open(path, flags, mode);
}

ssize_t write_unless_full(int descriptor, const void* data, std::size_t size, off_t offset) {
    if (is_full) {
        errno = write_error;
        return -1;
    }
    return ::pwrite(descriptor, data, size, offset);
}

template <class Function>
void replace(const char* name, Function* function) {
    sqlite3_vfs* vfs = sqlite3_vfs_find("unix");
    VERIFY(vfs->xSetSystemCall(vfs, name, reinterpret_cast<sqlite3_syscall_ptr>(function)) == SQLITE_OK);
}

}  // namespace

void watch_opens(const std::filesystem::path& file) {
    watched() = file;
    opened_to_write = 0;
    opened_to_read = 0;
    temporary_beside = 0;
    replace("open", open_counted);
}

}  // namespace test::disk

namespace {

using test::count;
using test::Job;
using test::put;

class Disk : public test::OpenRegister {
  protected:
    void TearDown() override {
        test::disk::is_full = false;
        test::disk::write_error = ENOSPC;
        test::disk::is_nearly_full = false;
        test::disk::sync_fails = false;
    }
};

TEST_F(Disk, exactly_one_connection_can_write) {
    reader_.reset();
    database_.reset();
    test::disk::watch_opens(folder_.file());
    open();
    std::vector<std::unique_ptr<Reader>> readers;
    for (int i = 0; i < 5; ++i) {
        auto opened = database_->open_reader();
        ASSERT_TRUE(opened.ok());
        readers.push_back(std::move(*opened));
        ASSERT_TRUE(readers.back()->begin().ok());
        EXPECT_EQ(count(*readers.back()), 0);
        EXPECT_EQ(readers.back()->execute(test::kPut, "a", "b").error().code, Code::Internal);
        readers.back()->end();
    }
    EXPECT_TRUE(database_->check_integrity().ok());
    EXPECT_EQ(test::disk::opened_to_write, 1);
    EXPECT_EQ(test::disk::opened_to_read, 7);
}

TEST_F(Disk, what_the_writer_sorts_beyond_its_memory_lies_beside_the_register) {
    test::disk::watch_opens(folder_.file());
    const auto sort = [](std::int64_t rows) -> Job::Work {
        return [rows](Transaction& tx) -> Result<void> {
            constexpr Sql kSort{
                "test/sort",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) "
                "SELECT hex(randomblob(64)) FROM n ORDER BY 1",
                ""};
            TRY(tx.execute(kSort, rows));
            return {};
        };
    };
    ASSERT_TRUE(Job::write(*database_, sort(1'000)).get().ok());
    EXPECT_EQ(test::disk::temporary_beside, 0);
    ASSERT_TRUE(Job::write(*database_, sort(250'000)).get().ok());
    EXPECT_GT(test::disk::temporary_beside, 0);
    for (const auto& entry : std::filesystem::directory_iterator{folder_.file().parent_path()}) {
        EXPECT_FALSE(entry.path().filename().native().starts_with("etilqs_"));
    }
}

TEST_F(Disk, a_brief_write_goes_back_in_memory_and_the_next_large_one_in_a_file) {
    constexpr Sql kFill{"test/fill_some",
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) "
                        "INSERT INTO code (list, code, label) SELECT 'test', i, hex(randomblob(450)) FROM n",
                        ""};
    constexpr Sql kClear{"test/clear_some", "UPDATE code SET label = '' WHERE list = 'test'", ""};
    constexpr Sql kCleared{"test/cleared", "SELECT count(*) FROM code WHERE label = '' AND list = 'test'",
                           ""};
    const auto cleared = [&](Transaction& tx) {
        std::int64_t number = -1;
        EXPECT_TRUE(tx.find(kCleared, std::tie(number)).ok());
        return number;
    };
    const Job::Work clear_and_fail = [&](Transaction& tx) -> Result<void> {
        TRY(tx.execute(kClear));
        EXPECT_EQ(cleared(tx), 1200);
        return Error{Code::Invalid, "a row is wrong"};
    };
    ASSERT_TRUE(database_->write_and_wait([&](Transaction& tx) { return tx.execute(kFill); }).ok());
    for (int round = 0; round < 2; ++round) {
        test::disk::watch_opens(folder_.file());
        EXPECT_FALSE(Job::write_briefly(*database_, clear_and_fail).get().ok());
        EXPECT_EQ(test::disk::temporary_beside, 0);
        EXPECT_EQ(read(cleared), 0);
        EXPECT_FALSE(Job::write(*database_, clear_and_fail).get().ok());
        EXPECT_GT(test::disk::temporary_beside, 0);
        EXPECT_EQ(read(cleared), 0);
    }
    EXPECT_TRUE(database_->check_integrity().ok());
}

TEST_F(Disk, a_write_that_changes_more_than_memory_keeps_can_go_back) {
    constexpr Sql kFill{"test/fill",
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000) "
                        "INSERT INTO code (list, code, label) SELECT 'test', i, hex(randomblob(450)) FROM n",
                        ""};
    constexpr Sql kChange{"test/change", "UPDATE code SET label = lower(label) WHERE list = 'test'", ""};
    constexpr Sql kChanged{"test/changed",
                           "SELECT count(*) FROM code WHERE label = lower(label) AND list = 'test'", ""};
    const auto changed = [&](Transaction& tx) {
        std::int64_t number = -1;
        EXPECT_TRUE(tx.find(kChanged, std::tie(number)).ok());
        return number;
    };
    ASSERT_TRUE(Job::write(*database_,
                           [&](Transaction& tx) -> Result<void> {
                               TRY(tx.execute(kFill));
                               return {};
                           })
                    .get()
                    .ok());
    test::disk::watch_opens(folder_.file());
    const auto outcome = Job::write(*database_, [&](Transaction& tx) -> Result<void> {
                             TRY(tx.execute(kChange));
                             EXPECT_EQ(changed(tx), 12'000);
                             return Error{Code::Invalid, "a row is wrong"};
                         }).get();
    EXPECT_EQ(outcome.error().code, Code::Invalid);
    EXPECT_GT(test::disk::temporary_beside, 0);
    EXPECT_EQ(read(changed), 0);
    EXPECT_EQ(read(count), 12'000);
    EXPECT_TRUE(database_->check_integrity().ok());
}

TEST_F(Disk, an_index_that_is_made_anew_goes_back_with_its_write) {
    constexpr Sql kDrop{"test/drop", "DROP INDEX person_by_property", ""};
    constexpr Sql kIndexes{"test/indexes",
                           "SELECT count(*) FROM sqlite_schema WHERE name = 'person_by_property'", ""};
    const auto indexes = [&](Transaction& tx) {
        std::int64_t number = -1;
        EXPECT_TRUE(tx.find(kIndexes, std::tie(number)).ok());
        return number;
    };
    EXPECT_EQ(Job::write(*database_,
                         [&](Transaction& tx) -> Result<void> {
                             TRY(tx.execute(kDrop));
                             EXPECT_EQ(indexes(tx), 0);
                             return Error{Code::Invalid, "a row is wrong"};
                         })
                  .get()
                  .error()
                  .code,
              Code::Invalid);
    ASSERT_TRUE(Job::write(*database_, put("after")).get().ok());
    EXPECT_EQ(read(indexes), 1);
    EXPECT_TRUE(database_->check_integrity().ok());
}

TEST_F(Disk, no_reader_checkpoints_while_it_works_or_when_it_goes) {
    ASSERT_TRUE(Job::write(*database_, put("a")).get().ok());
    const auto log = folder_.file().native() + "-wal";
    const auto size = std::filesystem::file_size(log);
    ASSERT_GT(size, 0U);
    const auto file_before = std::filesystem::last_write_time(folder_.file());
    constexpr Sql kCheckpoint{"test/checkpoint", "PRAGMA wal_checkpoint(TRUNCATE)", ""};
    auto reader = database_->open_reader();
    ASSERT_TRUE(reader.ok());
    ASSERT_TRUE((*reader)->begin().ok());
    EXPECT_FALSE((*reader)->execute(kCheckpoint).ok());
    (*reader)->end();
    reader->reset();
    EXPECT_EQ(std::filesystem::file_size(log), size);
    EXPECT_EQ(std::filesystem::last_write_time(folder_.file()), file_before);
}

TEST_F(Disk, a_full_disk_is_said_so_reads_go_on_and_it_heals_alone) {
    test::disk::replace("pwrite64", test::disk::write_unless_full);
    ASSERT_TRUE(Job::write(*database_, put("before")).get().ok());
    test::disk::is_full = true;
    for (int i = 0; i < 9; ++i) {
        // Of the disk, of a quota, of what the process may write.
        constexpr std::array kErrors{ENOSPC, EDQUOT, EFBIG};
        test::disk::write_error = kErrors.at(static_cast<std::size_t>(i) % kErrors.size());
        const auto refused = Job::write(*database_, put("while full")).get();
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.error().code, Code::DiskFull);
        EXPECT_EQ(refused.error().text.view(), "the disk is full");
        EXPECT_EQ(read(count), 1);
    }
    test::disk::is_full = false;
    EXPECT_TRUE(Job::write(*database_, put("after")).get().ok());
    EXPECT_EQ(read(count), 2);
    EXPECT_TRUE(database_->check_integrity().ok());
}

TEST_F(Disk, a_disk_that_fills_up_within_a_write_takes_its_whole_group_along) {
    test::disk::replace("pwrite64", test::disk::write_unless_full);
    std::string large;
    large.resize(40'000'000, 'x');
    const auto outcome = Job::write(*database_, [&large](Transaction& tx) -> Result<void> {
                             TRY(put("first")(tx));
                             test::disk::is_full = true;
                             // More than the page cache holds, so that SQLite must write before the commit.
                             TRY(tx.execute(test::kPut, "large", large));
                             ADD_FAILURE() << "the write did not reach the disk";
                             return {};
                         }).get();
    EXPECT_EQ(outcome.error().code, Code::DiskFull);
    test::disk::is_full = false;
    EXPECT_TRUE(Job::write(*database_, put("after")).get().ok());
    EXPECT_EQ(read(count), 1);
}

TEST_F(Disk, a_disk_that_fails_to_write_is_no_full_one_and_acknowledges_nothing) {
    test::disk::replace("pwrite64", test::disk::write_unless_full);
    test::disk::write_error = EIO;
    test::disk::is_full = true;
    EXPECT_EQ(Job::write(*database_, put("lost")).get().error().code, Code::Internal);
    EXPECT_EQ(read(count), 0);
    test::disk::is_full = false;
    EXPECT_TRUE(Job::write(*database_, put("after")).get().ok());
    open();
    EXPECT_EQ(read(count), 1);
}

TEST_F(Disk, on_a_disk_that_is_nearly_full_only_what_reading_needs_is_written) {
    ASSERT_TRUE(Job::write_with_room(*database_, put("before")).get().ok());
    test::disk::is_nearly_full = true;
    EXPECT_EQ(Job::write_with_room(*database_, put("refused")).get().error().code, Code::DiskFull);
    EXPECT_TRUE(Job::write(*database_, put("needed")).get().ok());
    EXPECT_EQ(read(count), 2);
    test::disk::is_nearly_full = false;
    EXPECT_TRUE(Job::write_with_room(*database_, put("after")).get().ok());
    EXPECT_EQ(read(count), 3);
}

TEST_F(Disk, what_a_large_write_left_of_the_log_is_given_back_where_room_is_short) {
    constexpr Sql kFill{"test/fill_log",
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) "
                        "INSERT INTO code (list, code, label) SELECT 'test', i, hex(randomblob(450)) FROM n",
                        ""};
    EXPECT_FALSE(Job::write(*database_,
                            [&](Transaction& tx) -> Result<void> {
                                TRY(tx.execute(kFill));
                                return Error{Code::Invalid, "a row is wrong"};
                            })
                     .get()
                     .ok());
    const auto log = folder_.file().native() + "-wal";
    ASSERT_GT(std::filesystem::file_size(log), 1'000'000U);
    test::disk::is_nearly_full = true;
    ASSERT_TRUE(Job::write(*database_, put("needed")).get().ok());
    EXPECT_LT(std::filesystem::file_size(log), 1'000'000U);
}

TEST_F(Disk, a_sync_that_fails_while_the_log_is_emptied_ends_writing_too) {
    ASSERT_TRUE(Job::write(*database_, put("before")).get().ok());
    test::disk::sync_fails = true;
    EXPECT_FALSE(database_->empty_log().ok());
    test::disk::sync_fails = false;
    EXPECT_TRUE(database_->writer_figures()->disk_failed);
    EXPECT_EQ(Job::write(*database_, put("refused")).get().error().code, Code::Unavailable);
    const int before = test::disk::syncs;
    EXPECT_FALSE(database_->empty_log().ok());
    EXPECT_FALSE(database_->scrub().ok());
    EXPECT_EQ(test::disk::syncs, before)
        << "what a failed sync left may only seem to be made durable by another";
    open();
    EXPECT_EQ(read(count), 1);
}

TEST_F(Disk, after_a_failed_sync_nothing_is_acknowledged_until_the_next_start) {
    ASSERT_TRUE(Job::write(*database_, put("before")).get().ok());
    test::disk::sync_fails = true;
    EXPECT_FALSE(database_->writer_figures()->disk_failed);
    EXPECT_FALSE(Job::write(*database_, put("lost")).get().ok());
    EXPECT_TRUE(database_->writer_figures()->disk_failed);
    EXPECT_EQ(database_->writer_figures()->failed, 1U);
    test::disk::sync_fails = false;
    const int before = test::disk::syncs;
    EXPECT_EQ(Job::write(*database_, put("refused")).get().error().code, Code::Unavailable);
    EXPECT_EQ(read(count), 1);
    reader_.reset();
    database_.reset();
    EXPECT_EQ(test::disk::syncs, before);
    open();
    EXPECT_TRUE(Job::write(*database_, put("after")).get().ok());
    EXPECT_TRUE(read([](Transaction& tx) { return test::has(tx, "before") && test::has(tx, "after"); }));
}

}  // namespace
}  // namespace tenantry::db
