// What was removed is nowhere in the files after scrub(), and everything else is.
#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>

#include "db/sqlite/test_register.hpp"
#include "db/sqlite/unused_bytes.hpp"

namespace tenantry::db {
namespace {

using test::Job;

constexpr int kRows = 3000;
constexpr int kRemovedEach = 5;
constexpr Sql kMake{"test/make", "CREATE TABLE scrubbed (id INTEGER PRIMARY KEY, label TEXT NOT NULL) STRICT",
                    ""};
constexpr Sql kInsert{"test/insert", "INSERT INTO scrubbed (id, label) VALUES ($1, $2)", ""};
constexpr Sql kLengthen{"test/lengthen", "UPDATE scrubbed SET label = label || $2 WHERE id = $1", ""};
constexpr Sql kRemove{"test/remove", "DELETE FROM scrubbed WHERE id = $1", ""};
constexpr Sql kCountRows{"test/count_rows", "SELECT count(*) FROM scrubbed", ""};

std::string label(int row) {
    std::mt19937 random(static_cast<unsigned>(row));
    return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

class Scrub : public test::OpenRegister {
  protected:
    void write(const Job::Work& work) { ASSERT_TRUE(Job::write(*database_, work).get().ok()); }

    /// Rows of which some are made longer, so that others move, and then some removed.
    void fill_and_remove() {
        write([](Transaction& tx) -> Result<void> {
            TRY(tx.execute(kMake));
            for (int row = 0; row < kRows; ++row) {
                TRY(tx.execute(kInsert, row,
                               label(row) + std::string(static_cast<unsigned>(row) * 7 % 40 + 60, 'x')));
            }
            return {};
        });
        write([](Transaction& tx) -> Result<void> {
            for (int row = 0; row < kRows; row += 3) {
                TRY(tx.execute(kLengthen, row, std::string(45, 'x')));
            }
            return {};
        });
        open();
        write([](Transaction& tx) -> Result<void> {
            for (int row = 0; row < kRows; row += kRemovedEach) {
                TRY(tx.execute(kRemove, row));
            }
            return {};
        });
    }
    static std::int64_t count_rows(Transaction& tx) {
        std::int64_t count = 0;
        EXPECT_TRUE(tx.find(kCountRows, std::tie(count)).ok());
        return count;
    }

    /// How many labels of removed and of other rows the files hold.
    struct Found {
        int removed = 0;
        int others = 0;
    };
    [[nodiscard]] Found scan() const {
        std::string content;
        for (const char* suffix : {"", "-wal", "-shm"}) {
            std::ifstream file(folder_.file().native() + suffix, std::ios::binary);
            content.append(std::istreambuf_iterator<char>{file}, {});
        }
        Found found;
        for (int row = 0; row < kRows; ++row) {
            const bool there = content.find(label(row)) != std::string::npos;
            (row % kRemovedEach == 0 ? found.removed : found.others) += there ? 1 : 0;
        }
        return found;
    }
};

TEST_F(Scrub, leaves_nothing_of_removed_rows_and_everything_of_others) {
    fill_and_remove();
    EXPECT_GT(scan().removed, 0) << "the log must still hold what was removed";
    // Emptying the log alone is not enough: rows that were moved stay readable in their old pages.
    open();
    EXPECT_GT(scan().removed, 0) << "SQLite must have left something for scrub() to do";

    ASSERT_TRUE(database_->scrub().ok());
    const Found found = scan();
    EXPECT_EQ(found.removed, 0);
    EXPECT_EQ(found.others, kRows - kRows / kRemovedEach);
    EXPECT_TRUE(database_->check_integrity().ok());
}

TEST_F(Scrub, keeps_nothing_in_the_writers_memory_that_would_come_back) {
    fill_and_remove();
    ASSERT_TRUE(database_->scrub().ok());
    // Every page is changed once more.
    write([](Transaction& tx) -> Result<void> {
        for (int row = 1; row < kRows; row += kRemovedEach) {
            TRY(tx.execute(kLengthen, row, "y"));
        }
        return {};
    });
    EXPECT_EQ(scan().removed, 0);
}

TEST_F(Scrub, waits_for_a_reader_and_lets_others_write_meanwhile) {
    fill_and_remove();
    ASSERT_TRUE(reader_->begin().ok());
    EXPECT_EQ(count_rows(*reader_), kRows - kRows / kRemovedEach);
    std::thread other([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{200});
        EXPECT_TRUE(Job::write(*database_, test::put("written")).get().ok());
        reader_->end();
    });
    EXPECT_TRUE(database_->scrub().ok());
    other.join();
    EXPECT_EQ(scan().removed, 0);
    EXPECT_TRUE(read([](Transaction& tx) { return test::has(tx, "written"); }));
}

TEST_F(Scrub, says_so_where_a_reader_does_not_end) {
    fill_and_remove();
    ASSERT_TRUE(reader_->begin().ok());
    EXPECT_EQ(count_rows(*reader_), kRows - kRows / kRemovedEach);
    EXPECT_EQ(database_->scrub().error().code, Code::Unavailable);
    reader_->end();
}

TEST(UnusedBytes, lie_between_the_cells_and_their_content) {
    std::array<unsigned char, 64> page{};
    struct Case {
        const char* what;
        unsigned char mark;
        unsigned char cells;
        unsigned char content;
        std::size_t begin;
        std::size_t size;
    };
    for (const Case& one :
         {Case{"a table's leaf", 13, 3, 40, 14, 26}, Case{"an index's leaf", 10, 0, 64, 8, 56},
          Case{"a table's inner page", 5, 2, 50, 16, 34}, Case{"an index's inner page", 2, 1, 14, 0, 0},
          Case{"a page of an overflowing value", 0, 3, 40, 0, 0},
          Case{"content that begins beyond the page", 13, 3, 65, 0, 0},
          Case{"content that begins within the cells", 13, 30, 40, 0, 0}}) {
        page.fill(0);
        page[0] = one.mark;
        page[4] = one.cells;
        page[6] = one.content;
        const auto unused = unused_bytes(page, 0);
        EXPECT_EQ(unused.size(), one.size) << one.what;
        if (one.size > 0) {
            EXPECT_EQ(unused.data() - page.data(), static_cast<std::ptrdiff_t>(one.begin)) << one.what;
        }
    }
}

}  // namespace
}  // namespace tenantry::db
