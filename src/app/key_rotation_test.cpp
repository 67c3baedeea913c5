#include "app/key_rotation.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <optional>

#include "audit/journal.hpp"
#include "db/sqlite/sqlite.hpp"
#include "register/person.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/watched_transaction.hpp"

namespace tenantry::app {
namespace {

namespace fs = std::filesystem;
using test::sql;

constexpr std::string_view kEmail = "ada.sample@mail.test";

class KeyRotation : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(init_instance(data(), clock_).ok());
        open();
    }
    void TearDown() override {
        if (instance_) {
            const auto verdict = instance_->read(
                [&](db::Transaction& tx) { return audit::verify_journal(tx, instance_->keys()); });
            EXPECT_EQ(verdict->first_broken, std::nullopt);
        }
    }

    [[nodiscard]] fs::path data() const { return folder_.path() / "data"; }
    [[nodiscard]] fs::path root_key() const { return keys_folder(data()) / "root.key"; }
    [[nodiscard]] fs::path next_root_key() const { return keys_folder(data()) / "root.key.next"; }
    static std::string bytes_in(const fs::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    void open() { instance_ = Instance::open(data(), clock_).value(); }
    void reopen() {
        instance_.reset();
        open();
    }
    /// Why an instance does not open, and the log of it.
    std::pair<Code, std::string> refusal() {
        instance_.reset();
        testing::internal::CaptureStderr();
        const auto opened = Instance::open(data(), clock_);
        const auto log = testing::internal::GetCapturedStderr();
        return {opened.ok() ? Code::Internal : opened.error().code, log};
    }

    void add_people(int count) {
        const auto added = instance_->write([&](audit::Work& work) -> Result<void> {
            for (int i = 0; i < count; ++i) {
                housing::Person person;
                person.name = {std::nullopt, "Ada", "Sample"};
                person.email = std::string{kEmail};
                TRY(housing::create_person(work, std::move(person)));
            }
            return {};
        });
        ASSERT_TRUE(added.ok());
    }
    void run(const std::string& text) {
        ASSERT_TRUE(instance_
                        ->write([&](audit::Work& work) -> Result<void> {
                            TRY(work.tx().execute(sql(text)));
                            return {};
                        })
                        .ok())
            << text;
    }
    std::int64_t ask(const std::string& text) {
        std::int64_t answer = -1;
        EXPECT_TRUE(
            instance_->read([&](db::Transaction& tx) { return tx.find(sql(text), std::tie(answer)); }).ok())
            << text;
        return answer;
    }
    std::int64_t readable_people() {
        return instance_
            ->write([&](audit::Work& work) -> Result<std::int64_t> {
                std::int64_t readable = 0;
                housing::PersonFilter all;
                all.paging = {1000, 0};
                for (const auto& person : TRY(housing::list_people(work, instance_->names(), all)).people) {
                    readable += person.unreadable.empty() && person.email == kEmail ? 1 : 0;
                }
                return readable;
            })
            .value();
    }

    /// Puts the keys back that were kept, with no instance open.
    void repair() {
        const auto database = db::open_sqlite(database_file(data()), clock_).value();
        ASSERT_TRUE(database
                        ->write_and_wait([&](db::Transaction& tx) -> Result<void> {
                            TRY(tx.execute(sql("INSERT OR REPLACE INTO data_key SELECT * FROM kept")));
                            return {};
                        })
                        .ok());
    }

    Result<void> rotate() {
        TRY(begin_rotation(*instance_));
        return instance_->resealer().wait([](std::size_t) {});
    }
    /// "1 decrypt-only 0". Two rows are every register's own: the ledger's total, and the seal over
    /// permissions.
    std::vector<std::string> field_keys() {
        std::vector<std::string> shown;
        const auto entries = list_keys(*instance_).value();
        for (const auto& entry : entries) {
            if (entry.purpose == crypto::KeyPurpose::Field) {
                shown.push_back(fmt::format("{} {} {}", entry.id, static_cast<int>(entry.state),
                                            entry.rows.value_or(-1)));
            }
        }
        return shown;
    }
    using Texts = std::vector<std::string>;

    test::TemporaryFolder folder_;
    SystemClock clock_;
    std::unique_ptr<Instance> instance_;
};

TEST_F(KeyRotation, seals_everything_with_a_new_key_and_then_the_old_one_can_be_destroyed) {
    add_people(450);
    EXPECT_EQ(field_keys(), Texts{"1 1 452"});
    ASSERT_TRUE(rotate().ok());
    EXPECT_EQ(field_keys(), (Texts{"1 2 0", "6 1 452"}));
    EXPECT_EQ(readable_people(), 450);
    add_people(1);
    EXPECT_EQ(field_keys(), (Texts{"1 2 0", "6 1 453"}));
    EXPECT_EQ(retire_key(*instance_, 1)->rows, 0);
    EXPECT_EQ(field_keys(), (Texts{"1 3 -1", "6 1 453"}));
    EXPECT_EQ(ask("SELECT length(wrapped) FROM data_key WHERE id = 1"), 0);
    EXPECT_EQ(readable_people(), 451);
    reopen();
    EXPECT_EQ(readable_people(), 451);
    EXPECT_EQ(ask("SELECT count(*) FROM audit_event WHERE (action, resource_id) IN (VALUES ('key.made', 6), "
                  "('key.activated', 6), ('key.resealed', 6), ('key.retired', 1))"),
              4);
    ASSERT_TRUE(rotate().ok());
    EXPECT_EQ(field_keys(), (Texts{"1 3 -1", "6 2 0", "7 1 453"})) << "an id is used once";
}

TEST_F(KeyRotation, destroys_no_key_that_is_needed) {
    add_people(3);
    EXPECT_EQ(retire_key(*instance_, 1).error().code, Code::Conflict) << "it is the active one";
    EXPECT_EQ(retire_key(*instance_, 2).error().code, Code::NotFound) << "it is no field key";
    EXPECT_EQ(retire_key(*instance_, 9).error().code, Code::NotFound);
    run("CREATE TABLE once AS SELECT id, email FROM person");
    ASSERT_TRUE(rotate().ok());
    run("UPDATE person SET email = (SELECT email FROM once WHERE once.id = person.id) WHERE id = 2");
    EXPECT_EQ(retire_key(*instance_, 1)->rows, 1);
    EXPECT_EQ(field_keys(), (Texts{"1 2 1", "6 1 5"}));
    run("DELETE FROM person_name WHERE person_id = 2");
    run("DELETE FROM person_contact WHERE person_id = 2");
    run("DELETE FROM person WHERE id = 2");
    EXPECT_EQ(retire_key(*instance_, 1)->rows, 0);
    EXPECT_EQ(retire_key(*instance_, 1).error().code, Code::Conflict) << "once is enough";
}

TEST_F(KeyRotation, goes_on_where_it_was_when_the_next_process_starts) {
    add_people(900);
    ASSERT_TRUE(begin_rotation(*instance_).ok());
    instance_->resealer().stop();
    EXPECT_EQ(instance_->resealer().wait([](std::size_t) {}).error().code, Code::Unavailable);
    reopen();
    EXPECT_NE(field_keys().front(), "1 2 0") << "it was stopped before its end";
    ASSERT_TRUE(begin_rotation(*instance_).ok()) << "which begins no other one";
    EXPECT_EQ(ask("SELECT count(*) FROM data_key"), 6);
    ASSERT_TRUE(instance_->resealer().wait([](std::size_t) {}).ok());
    EXPECT_EQ(field_keys(), (Texts{"1 2 0", "6 1 902"}));
    EXPECT_EQ(ask("SELECT count(*) FROM resealing"), 0);
    EXPECT_EQ(readable_people(), 900);
}

TEST_F(KeyRotation, uses_the_key_that_an_earlier_one_made_before_it_was_ended) {
    run("CREATE TRIGGER ended BEFORE UPDATE OF state ON data_key BEGIN SELECT RAISE(ABORT, 'here'); END");
    EXPECT_FALSE(begin_rotation(*instance_).ok());
    run("DROP TRIGGER ended");
    EXPECT_EQ(field_keys(), (Texts{"1 1 2", "6 0 0"}));
    reopen();
    EXPECT_EQ(retire_key(*instance_, 6).error().code, Code::Conflict) << "it is still to be used";
    ASSERT_TRUE(rotate().ok());
    EXPECT_EQ(field_keys(), (Texts{"1 2 0", "6 1 2"}));
}

TEST_F(KeyRotation, a_failure_leaves_the_rest_for_the_next_try) {
    add_people(10);
    run("CREATE TRIGGER full BEFORE UPDATE ON person BEGIN SELECT RAISE(ABORT, 'full'); END");
    ASSERT_TRUE(begin_rotation(*instance_).ok());
    testing::internal::CaptureStderr();
    EXPECT_FALSE(instance_->resealer().wait([](std::size_t) {}).ok());
    testing::internal::GetCapturedStderr();
    run("DROP TRIGGER full");
    EXPECT_TRUE(instance_->resealer().wait([](std::size_t) {}).ok());
    EXPECT_EQ(field_keys(), (Texts{"1 2 0", "6 1 12"}));
}

TEST_F(KeyRotation, a_batch_that_is_not_stored_keeps_those_behind_it_from_being_stored) {
    add_people(1100);
    run("CREATE TRIGGER full BEFORE UPDATE ON person WHEN old.id = 450 BEGIN SELECT RAISE(ABORT, 'full'); "
        "END");
    ASSERT_TRUE(begin_rotation(*instance_).ok());
    testing::internal::CaptureStderr();
    EXPECT_FALSE(instance_->resealer().wait([](std::size_t) {}).ok());
    testing::internal::GetCapturedStderr();
    EXPECT_EQ(ask("SELECT after_id FROM resealing WHERE table_name = 'person'"), 400);
    EXPECT_EQ(field_keys(), (Texts{"1 2 700", "6 1 402"}));
    run("DROP TRIGGER full");
    EXPECT_TRUE(instance_->resealer().wait([](std::size_t) {}).ok());
    EXPECT_EQ(field_keys(), (Texts{"1 2 0", "6 1 1102"}));
    EXPECT_EQ(ask("SELECT count(*) FROM audit_event WHERE action = 'key.resealed'"), 1);
}

TEST_F(KeyRotation, a_new_root_key_changes_the_wrapping_and_nothing_else) {
    add_people(2);
    const std::string before = bytes_in(root_key());
    ASSERT_TRUE(rotate_root_key(*instance_).ok());
    EXPECT_NE(bytes_in(root_key()), before);
    EXPECT_FALSE(fs::exists(next_root_key()));
    EXPECT_EQ(readable_people(), 2);
    ASSERT_TRUE(rotate().ok()) << "the new field key is wrapped by the new root key";
    reopen();
    EXPECT_EQ(readable_people(), 2);
    EXPECT_EQ(ask("SELECT count(*) FROM audit_event WHERE action = 'key.wrapped_anew'"), 1);
    std::ofstream(root_key(), std::ios::binary) << before;
    EXPECT_EQ(refusal().first, Code::Corrupt) << "the former root key opens nothing any more";
}

TEST_F(KeyRotation, a_change_of_the_root_key_that_was_not_committed_never_was) {
    add_people(2);
    const std::string before = bytes_in(root_key());
    run("CREATE TRIGGER ended BEFORE UPDATE OF wrapped ON data_key WHEN old.id = 4 BEGIN SELECT RAISE(ABORT, "
        "'here'); END");
    EXPECT_FALSE(rotate_root_key(*instance_).ok());
    EXPECT_TRUE(fs::exists(next_root_key()));
    run("DROP TRIGGER ended");
    reopen();
    EXPECT_EQ(bytes_in(root_key()), before);
    EXPECT_FALSE(fs::exists(next_root_key()));
    EXPECT_EQ(readable_people(), 2);
}

TEST_F(KeyRotation, a_change_of_the_root_key_that_was_committed_is_finished_at_the_next_start) {
    add_people(2);
    fs::copy_file(root_key(), folder_.path() / "before");
    ASSERT_TRUE(rotate_root_key(*instance_).ok());
    instance_.reset();
    fs::rename(root_key(), next_root_key());
    fs::rename(folder_.path() / "before", root_key());
    open();
    EXPECT_FALSE(fs::exists(next_root_key()));
    EXPECT_EQ(readable_people(), 2);
}

TEST_F(KeyRotation, an_instance_with_a_missing_damaged_or_second_active_key_does_not_open_and_names_it) {
    add_people(1);
    ASSERT_TRUE(rotate().ok());
    run("CREATE TABLE kept AS SELECT * FROM data_key");
    for (const auto& [harm, named] : std::vector<std::pair<std::string, std::string>>{
             {"DELETE FROM data_key WHERE id = 1", R"("key_id":1)"},
             {"DELETE FROM data_key WHERE id = 6", R"("key_id":6)"},
             {"DELETE FROM data_key WHERE id = 4", R"("key_id":4)"},
             {"UPDATE data_key SET wrapped = zeroblob(72) WHERE id = 1", R"("key_id":1)"},
             {"UPDATE data_key SET wrapped = x'' WHERE id = 3", R"("key_id":3)"},
             {"UPDATE data_key SET state = 1 WHERE id = 1", R"("key_id":1,"other_key_id":6)"},
             {"UPDATE data_key SET state = 2 WHERE id = 6", R"("purpose":1)"},
         }) {
        run(harm);
        const auto [code, log] = refusal();
        EXPECT_EQ(code, Code::Corrupt) << harm;
        EXPECT_NE(log.find(named), std::string::npos) << harm << ": " << log;
        repair();
        open();
    }
    EXPECT_EQ(readable_people(), 1);
}

}  // namespace
}  // namespace tenantry::app
