// For tests: a register in a folder of its own, and the disk under it, which can be made to fail.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <future>

#include "db/sqlite/sqlite.hpp"

namespace tenantry::db::test {

/// What SQLite asks of the system, counted, and refused on demand. The functions are in disk_test.cpp.
namespace disk {
inline std::atomic<int> syncs = 0;
inline std::atomic<bool> sync_fails = false;
inline std::atomic<bool> is_full = false;
inline std::atomic<int> write_error = ENOSPC;  ///< what a write into a full disk says
inline std::atomic<bool> is_nearly_full = false;
/// Between these two, the opens of the file by SQLite are counted by the way they open it.
void watch_opens(const std::filesystem::path& file);
inline std::atomic<int> opened_to_write = 0;
inline std::atomic<int> opened_to_read = 0;
inline std::atomic<int> temporary_beside = 0;  ///< temporary files in the file's folder
}  // namespace disk

class FixedClock final : public Clock {
  public:
    [[nodiscard]] Instant now() const override { return from_millis(1'900'000'000'000); }
};

class Folder {
  public:
    Folder() {
        std::string made = (std::filesystem::temp_directory_path() / "tenantry-db-XXXXXX").native();
        VERIFY(::mkdtemp(made.data()) != nullptr);
        path_ = made;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    [[nodiscard]] std::filesystem::path file() const { return path_ / "register.db"; }

  private:
    std::filesystem::path path_;
};

inline constexpr Sql kPut{"test/put", "INSERT INTO code (list, code, label) VALUES ('test', $1, $2)", ""};
inline constexpr Sql kCount{"test/count", "SELECT count(*) FROM code WHERE list = 'test'", ""};
inline constexpr Sql kHas{"test/has", "SELECT count(*) FROM code WHERE list = 'test' AND code = $1", ""};

inline std::int64_t count(Transaction& tx) {
    std::int64_t number = -1;
    EXPECT_TRUE(tx.find(kCount, std::tie(number)).ok());
    return number;
}

inline bool has(Transaction& tx, std::string_view code) {
    bool found = false;
    EXPECT_TRUE(tx.find(kHas, std::tie(found), code).ok());
    return found;
}

/// A write whose outcome can be waited for.
class Job final : public WriteJob {
  public:
    using Work = std::function<Result<void>(Transaction&)>;
    using Finished = std::function<void(Result<void>)>;

    Job(Work work, Finished then) : work_(std::move(work)), finished_(std::move(then)) {}
    Result<void> run(Transaction& tx) override { return work_(tx); }
    void finished(Result<void> outcome) noexcept override { finished_(outcome); }
    [[nodiscard]] bool is_brief() const override { return is_brief_; }
    [[nodiscard]] bool leaves_reserve() const override { return leaves_reserve_; }

    static std::future<Result<void>> write(Database& database, Work work, Urgency urgency = Urgency::Now) {
        return write_as(nullptr, database, std::move(work), urgency);
    }
    static std::future<Result<void>> write_briefly(Database& database, Work work) {
        return write_as(&Job::is_brief_, database, std::move(work), Urgency::Now);
    }
    /// One that is refused where the disk is nearly full.
    static std::future<Result<void>> write_with_room(Database& database, Work work) {
        return write_as(&Job::leaves_reserve_, database, std::move(work), Urgency::Now);
    }

  private:
    static std::future<Result<void>> write_as(bool Job::*property, Database& database, Work work,
                                              Urgency urgency) {
        auto promise = std::make_shared<std::promise<Result<void>>>();
        auto outcome = promise->get_future();
        auto job = std::make_unique<Job>(std::move(work),
                                         [promise](Result<void> result) { promise->set_value(result); });
        if (property != nullptr) {
            (*job).*property = true;
        }
        database.write(std::move(job), urgency);
        return outcome;
    }

    Work work_;
    Finished finished_;
    bool is_brief_ = false;
    bool leaves_reserve_ = false;
};

inline Job::Work put(const std::string& code) {
    return [code](Transaction& tx) -> Result<void> {
        TRY(tx.execute(kPut, code, "label"));
        return {};
    };
}

/// A register that is open, with one reader.
class OpenRegister : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(create_sqlite(folder_.file(), clock_).ok());
        open();
    }
    void open(WriterOptions options = {}) {
        reader_.reset();
        database_.reset();
        auto opened = open_sqlite(folder_.file(), clock_, options);
        ASSERT_TRUE(opened.ok());
        database_ = std::move(*opened);
        auto reader = database_->open_reader();
        ASSERT_TRUE(reader.ok());
        reader_ = std::move(*reader);
    }
    /// What a new snapshot answers.
    template <class Read>
    auto read(Read how) {
        EXPECT_TRUE(reader_->begin().ok());
        auto answer = how(*reader_);
        reader_->end();
        return answer;
    }

    Folder folder_;
    FixedClock clock_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<Reader> reader_;
};

}  // namespace tenantry::db::test
