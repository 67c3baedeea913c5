#include "intake/import.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <future>

#include "audit/journal.hpp"
#include "db/sqlite/sqlite.hpp"
#include "tests/support/memory_register.hpp"
#include "tests/support/watched_transaction.hpp"

namespace tenantry::intake {
namespace {

namespace fs = std::filesystem;
using Wish = Import::Wish;
using Stage = Import::Stage;

class ImportTest : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(db::create_sqlite(file(), clock_).ok());
        database_ = db::open_sqlite(file(), clock_).value();
        import_ =
            std::make_unique<Import>(*database_, keys_.ring, clock_, incoming(), crypto::kPasswordFloor);
    }
    void TearDown() override {
        import_.reset();
        database_.reset();
    }

    [[nodiscard]] fs::path file() const { return folder_.path() / "register.db"; }
    [[nodiscard]] fs::path incoming() const { return folder_.path() / "incoming"; }
    void write(const fs::path& name, const std::string& text) const {
        fs::create_directories((incoming() / name).parent_path());
        std::ofstream{incoming() / name, std::ios::binary} << text;
    }
    /// Ten areas, from that number on.
    static std::string areas(int first) {
        std::string text = "area_id,name\n";
        for (int area = first; area < first + 10; ++area) {
            text += std::to_string(area) + ",Area " + std::to_string(area) + "\n";
        }
        return text;
    }
    [[nodiscard]] Import::State ended() const {
        auto state = import_->state();
        while (state.is_running()) {
            std::this_thread::yield();
            state = import_->state();
        }
        return state;
    }
    [[nodiscard]] Import::State carry_out(std::string_view folder, Wish wish) const {
        EXPECT_TRUE(import_->start(folder, wish, {}).ok());
        return ended();
    }
    [[nodiscard]] std::int64_t ask(const char* text) const {
        const auto reader = database_->open_reader().value();
        EXPECT_TRUE(reader->begin().ok());
        std::int64_t answer = -1;
        EXPECT_TRUE(reader->find(test::sql(text), std::tie(answer)).ok());
        reader->end();
        return answer;
    }
    [[nodiscard]] Code refusal(std::string_view name) const {
        const auto found = find_incoming(incoming(), name);
        return found.ok() ? Code::Internal : found.error().code;
    }

    test::TemporaryFolder folder_;
    test::SetClock clock_;
    test::TestKeys keys_;
    std::unique_ptr<db::Database> database_;
    std::unique_ptr<Import> import_;
};

/// Holds the writer until it goes: what is written meanwhile waits.
class BusyWriter {
  public:
    explicit BusyWriter(db::Database& database)
        : thread_([this, &database] {
              EXPECT_TRUE(database
                              .write_and_wait([this](db::Transaction& /*unused*/) -> Result<void> {
                                  holds_.set_value();
                                  free_.get_future().wait();
                                  return {};
                              })
                              .ok());
          }) {
        holds_.get_future().wait();
    }
    ~BusyWriter() {
        free_.set_value();
        thread_.join();
    }
    BusyWriter(const BusyWriter&) = delete;
    BusyWriter& operator=(const BusyWriter&) = delete;

  private:
    std::promise<void> holds_;
    std::promise<void> free_;
    std::thread thread_;
};

TEST_F(ImportTest, a_folder_is_checked_and_nothing_of_it_written) {
    EXPECT_EQ(import_->state().stage, Stage::Idle);
    write("november/areas.csv", areas(100));
    const auto state = carry_out("november", Wish::Check);
    EXPECT_EQ(state.stage, Stage::Done);
    EXPECT_EQ(state.wish, Wish::Check);
    EXPECT_EQ(state.folder, "november");
    EXPECT_EQ(state.counts.areas, 10U);
    EXPECT_EQ(state.done, 10U);
    EXPECT_EQ(ask("SELECT count(*) FROM area WHERE id >= 100"), 0);
}

TEST_F(ImportTest, a_folder_is_imported_in_the_name_of_who_started_it) {
    write("november/areas.csv", areas(100));
    EXPECT_EQ(ask("SELECT count(*) FROM audit_event"), 0);
    ASSERT_TRUE(import_->start("november", Wish::Import, {42, "192.0.2.7"}).ok());
    const auto state = ended();
    EXPECT_EQ(state.stage, Stage::Done);
    EXPECT_EQ(state.counts.areas, 10U);
    EXPECT_EQ(ask("SELECT count(*) FROM area WHERE id >= 100"), 10);
    EXPECT_GT(ask("SELECT count(*) FROM audit_event"), 0);
    EXPECT_EQ(ask("SELECT count(*) FROM audit_event WHERE account_id IS NOT 42"), 0);
}

TEST_F(ImportTest, rows_that_are_wrong_are_told_and_nothing_is_written) {
    write("november/areas.csv", areas(100) + "x,Area\n");
    write("november/diary.csv", "");
    for (const auto wish : {Wish::Check, Wish::Import}) {
        const auto state = carry_out("november", wish);
        EXPECT_EQ(state.stage, Stage::Failed);
        ASSERT_EQ(state.errors.size(), 2U);
        EXPECT_EQ(state.errors[0].text(), "diary.csv: is no file of an import folder");
        EXPECT_EQ(state.errors[1].file, "areas.csv");
        EXPECT_EQ(state.errors[1].line, 12U);
        EXPECT_EQ(state.errors[1].column, "area_id");
        EXPECT_TRUE(state.reason.empty());
    }
    EXPECT_EQ(ask("SELECT count(*) FROM area WHERE id >= 100"), 0);
}

TEST_F(ImportTest, a_reference_that_leads_nowhere_rolls_back_what_was_written_before) {
    write("november/areas.csv", areas(100));
    write("november/blocks.csv", "block_reference,name,estate_reference\nB1,Block,E1\n");
    EXPECT_EQ(carry_out("november", Wish::Check).stage, Stage::Done);
    const auto state = carry_out("november", Wish::Import);
    EXPECT_EQ(state.stage, Stage::Failed);
    ASSERT_EQ(state.errors.size(), 1U);
    EXPECT_EQ(state.errors[0].file, "blocks.csv");
    EXPECT_EQ(ask("SELECT count(*) FROM area WHERE id >= 100"), 0);
}

TEST_F(ImportTest, one_goes_on_at_a_time) {
    write("november/areas.csv", areas(100));
    write("december/areas.csv", areas(200));
    {
        const BusyWriter busy{*database_};
        ASSERT_TRUE(import_->start("november", Wish::Import, {}).ok());
        while (import_->state().stage != Stage::Writing) {
            std::this_thread::yield();
        }
        EXPECT_EQ(import_->state().in_all, 10U);
        EXPECT_EQ(import_->start("december", Wish::Check, {}).error().code, Code::Conflict);
        EXPECT_EQ(import_->check_startable("december").error().code, Code::Conflict);
    }
    EXPECT_EQ(ended().stage, Stage::Done);
    EXPECT_EQ(carry_out("december", Wish::Import).stage, Stage::Done);
    EXPECT_EQ(ask("SELECT count(*) FROM area WHERE id >= 100"), 20);
}

TEST_F(ImportTest, one_that_is_stopped_leaves_nothing_and_no_other_begins) {
    write("november/areas.csv", areas(100));
    std::thread stopping;
    {
        const BusyWriter busy{*database_};
        ASSERT_TRUE(import_->start("november", Wish::Import, {}).ok());
        while (import_->state().stage != Stage::Writing) {
            std::this_thread::yield();
        }
        stopping = std::thread{[this] { import_->stop(); }};
        while (import_->start("november", Wish::Check, {}).error().code != Code::Unavailable) {
            std::this_thread::yield();
        }
    }
    stopping.join();
    const auto state = import_->state();
    EXPECT_EQ(state.stage, Stage::Failed);
    EXPECT_TRUE(state.errors.empty());
    EXPECT_EQ(state.reason.view(), "The server was stopped");
    EXPECT_EQ(ask("SELECT count(*) FROM area WHERE id >= 100"), 0);
}

TEST_F(ImportTest, only_a_plain_folder_of_plain_files_is_found) {
    write("november-2026.v_1/areas.csv", areas(100));
    write("../outside/areas.csv", areas(100));
    EXPECT_TRUE(find_incoming(incoming(), "november-2026.v_1").ok());
    for (const std::string name : {"", ".", "..", "../outside", "november-2026.v_1/", "/etc", ".hidden",
                                   "a b", "a\nb", "caf\xc3\xa9", "<script>", "a\\b"}) {
        EXPECT_EQ(refusal(name), Code::Invalid) << name;
    }
    EXPECT_EQ(refusal(std::string{"a\0b", 3}), Code::Invalid);
    EXPECT_EQ(refusal(std::string(101, 'a')), Code::Invalid);
    EXPECT_EQ(refusal(std::string(100, 'a')), Code::NotFound);
    EXPECT_EQ(refusal("december"), Code::NotFound);
    fs::create_directory_symlink(folder_.path() / "outside", incoming() / "linked");
    EXPECT_EQ(refusal("linked"), Code::NotFound);
    write("file", "");
    EXPECT_EQ(refusal("file"), Code::NotFound);
    write("links/areas.csv", areas(100));
    EXPECT_TRUE(find_incoming(incoming(), "links").ok());
    fs::create_symlink("/etc/passwd", incoming() / "links" / "people.csv");
    EXPECT_EQ(refusal("links"), Code::Invalid);
    write("nested/more/areas.csv", areas(100));
    EXPECT_EQ(refusal("nested"), Code::Invalid);
}

TEST_F(ImportTest, lists_what_can_be_imported_and_says_that_something_else_is_there) {
    EXPECT_TRUE(import_->list().folders.empty());
    write("older/areas.csv", "12345");
    write("older/estates.csv", "123");
    write("older/.DS_Store", "hidden");
    write("younger/areas.csv", "1");
    fs::create_directory(incoming() / "bare");
    const auto set = [&](const char* name, int hours) {
        fs::last_write_time(incoming() / name, fs::file_time_type::clock::now() - std::chrono::hours{hours});
    };
    set("older/areas.csv", 5);
    set("older/estates.csv", 4);
    set("younger/areas.csv", 3);
    set("bare", 6);
    auto found = import_->list();
    ASSERT_EQ(found.folders.size(), 3U);
    EXPECT_EQ(found.folders[0].name, "younger");
    EXPECT_EQ(found.folders[1].name, "older");
    EXPECT_EQ(found.folders[1].files, 2U);
    EXPECT_EQ(found.folders[1].bytes, 8U);
    EXPECT_EQ(found.folders[2].name, "bare");
    EXPECT_EQ(found.passed_over, 0U);
    write("it's mine/areas.csv", "1");
    fs::create_directory_symlink("/etc", incoming() / "linked");
    found = import_->list();
    EXPECT_EQ(found.folders.size(), 3U);
    EXPECT_EQ(found.passed_over, 2U);
    for (std::size_t number = 0; number < Incoming::kMost; ++number) {
        fs::create_directory(incoming() / std::to_string(number));
    }
    found = import_->list();
    EXPECT_EQ(found.folders.size(), Incoming::kMost);
    EXPECT_TRUE(found.has_more);
}

}  // namespace
}  // namespace tenantry::intake
