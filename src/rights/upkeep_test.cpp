// On a register in files: nothing of an erased person is in them afterwards.
#include "rights/upkeep.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "db/sqlite/sqlite.hpp"
#include "register/citizen.hpp"
#include "register/person_columns.hpp"
#include "register/property.hpp"
#include "rights/duty.hpp"
#include "rights/erasure.hpp"
#include "rights/period.hpp"
#include "rights/retention.hpp"
#include "tests/support/register_records.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::rights {
namespace {

// No other name has these trigrams.
constexpr const char* kName = "Qzxjvq Wvkqzx";
constexpr const char* kEmail = "qzxjvq@mail.test";
constexpr const char* kTelephone = "07700900731";

class UpkeepTest : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(db::create_sqlite(file(), clock_).ok());
        database_ = db::open_sqlite(file(), clock_).value();
    }
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "register.db"; }
    [[nodiscard]] Upkeep upkeep() { return {*database_, keys_.ring, clock_}; }

    template <class Do>
    auto write(Do work) {
        return database_->write_and_wait([&](db::Transaction& tx) {
            audit::Work in{tx, keys_.ring, {}, clock_.now(), nullptr};
            return work(in);
        });
    }
    template <class T>
    T select(const char* text) {
        T value{};
        EXPECT_TRUE(write([&](audit::Work& in) -> Result<void> {
                        return in.tx().find(test::sql(text), std::tie(value));
                    }).ok());
        return value;
    }

    housing::Person add(const std::string& name) {
        return write([&](audit::Work& in) -> Result<housing::Person> {
                   auto person = test::full_person();
                   person.name = housing::split_name(name);
                   person.email = name.starts_with('Q') ? kEmail : "somebody@mail.test";
                   person.telephone_1 = name.starts_with('Q') ? kTelephone : "0113 496 0112";
                   return housing::create_person(in, person);
               })
            .value();
    }
    /// Many people around one, who are changed often so that rows move between pages.
    housing::Person add_amid_others() {
        for (int i = 0; i < 150; ++i) {
            add("Person Before");
        }
        auto person = add(kName);
        housing::Citizen citizen;
        citizen.name = person.name;
        citizen.person = person.uuid;
        EXPECT_TRUE(write([&](audit::Work& in) { return housing::create_citizen(in, citizen); }).ok());
        for (int i = 0; i < 150; ++i) {
            add("Person After");
        }
        EXPECT_TRUE(write([&](audit::Work& in) -> Result<void> {
                        for (int i = 100; i < 200; ++i) {
                            const auto before = TRY(housing::load_person(in, Id<housing::Person>{i}));
                            auto after = before;
                            after.extended_relationship =
                                std::string(static_cast<std::size_t>(i) % 37 + 9, 'x');
                            TRY(housing::update_person(in, before, after, "tenant.updated"));
                        }
                        return {};
                    }).ok());
        return person;
    }

    /// Values of the person that a file may hold, by what they are: in clear, hashed and sealed.
    std::map<std::string, std::string> traces_of(const housing::Person& person) {
        std::map<std::string, std::string> all{{"name", kName},
                                               {"folded name", "qzxjvq wvkqzx"},
                                               {"e-mail", kEmail},
                                               {"telephone", kTelephone},
                                               {"trigram", "zxj"}};
        const auto add_bytes = [&](const std::string& what, ByteView bytes) {
            all[what] = std::string{tenantry::text_of(bytes)};
        };
        add_bytes("hashed e-mail", *housing::hash_email(keys_.ring, kEmail));
        add_bytes("hashed telephone", *housing::hash_telephone(keys_.ring, kTelephone));
        EXPECT_TRUE(write([&](audit::Work& in) -> Result<void> {
                        Bytes name;
                        Bytes email;
                        Bytes seal;
                        Bytes citizen;
                        TRY(in.tx().find(test::sql("SELECT name, email, row_seal FROM person WHERE id = $1"),
                                         std::tie(name, email, seal), person.id));
                        TRY(in.tx().find(test::sql("SELECT name FROM citizen WHERE person_uuid = $1"),
                                         std::tie(citizen), person.uuid));
                        add_bytes("sealed name", name);
                        add_bytes("sealed e-mail", email);
                        add_bytes("row seal", seal);
                        add_bytes("sealed name of the citizen index", citizen);
                        return {};
                    }).ok());
        return all;
    }
    /// Which of them the files hold.
    [[nodiscard]] std::vector<std::string> found(const std::map<std::string, std::string>& traces) const {
        std::string content;
        for (const auto& entry : std::filesystem::directory_iterator{folder_.path()}) {
            std::ifstream in(entry.path(), std::ios::binary);
            content.append(std::istreambuf_iterator<char>{in}, {});
        }
        std::vector<std::string> there;
        for (const auto& [what, bytes] : traces) {
            if (content.find(bytes) != std::string::npos) {
                there.push_back(what);
            }
        }
        return there;
    }
    void pass_years() { clock_.advance(std::chrono::days{7 * 366}); }

    test::TemporaryFolder folder_;
    test::SetClock clock_;
    test::TestKeys keys_;
    std::unique_ptr<db::Database> database_;
};

TEST_F(UpkeepTest, nothing_of_an_erased_person_is_left_in_the_files) {
    const auto person = add_amid_others();
    auto traces = traces_of(person);
    const auto before = found(traces);
    for (const char* what : {"folded name", "hashed e-mail", "hashed telephone", "sealed name",
                             "sealed e-mail", "row seal", "sealed name of the citizen index", "trigram"}) {
        EXPECT_NE(std::ranges::find(before, what), before.end()) << what << " must be found before";
    }
    for (const char* what : {"name", "e-mail", "telephone"}) {
        EXPECT_EQ(std::ranges::find(before, what), before.end()) << what << " is never in clear";
    }
    pass_years();
    ASSERT_TRUE(
        write([&](audit::Work& in) { return erase_person(in, person.id, 'a', day_of(clock_.now())); }).ok());
    EXPECT_FALSE(found(traces).empty()) << "the log must hold it still";
    // The files alone are not enough: the text indexes hold what they were told to forget.
    ASSERT_TRUE(database_->scrub().ok());
    EXPECT_EQ(found(traces), (std::vector<std::string>{"trigram"}));

    ASSERT_TRUE(upkeep().do_duties([] { return false; }).ok());
    EXPECT_EQ(found(traces), (std::vector<std::string>{}));
    EXPECT_EQ(select<std::int64_t>("SELECT count(*) FROM watermark"), 0);
    EXPECT_TRUE(database_->check_integrity().ok());
    EXPECT_EQ(select<std::int64_t>(
                  "SELECT count(*) FROM person_name_trigram WHERE person_name_trigram MATCH '\"per\"'"),
              300);
}

TEST_F(UpkeepTest, a_scrub_that_was_not_done_is_still_wanted_after_a_restart) {
    const auto person = add_amid_others();
    const auto traces = traces_of(person);
    pass_years();
    ASSERT_TRUE(
        write([&](audit::Work& in) { return erase_person(in, person.id, 'a', day_of(clock_.now())); }).ok());
    database_.reset();
    database_ = db::open_sqlite(file(), clock_).value();
    EXPECT_FALSE(found(traces).empty());
    ASSERT_TRUE(upkeep().do_duties([] { return false; }).ok());
    EXPECT_EQ(found(traces), (std::vector<std::string>{}));
}

TEST_F(UpkeepTest, retention_leaves_nothing_either) {
    const auto person = add_amid_others();
    const auto traces = traces_of(person);
    pass_years();
    EXPECT_EQ(upkeep().propose().value(), 301);  // the citizen index's entry is of somebody in the register
    EXPECT_EQ(upkeep().propose().value(), 0);
    const auto none = upkeep().run().value();
    EXPECT_EQ(none.erased + none.stayed, 0) << "nobody approved anything";
    ASSERT_TRUE(write([](audit::Work& in) { return approve_all(in, 7); }).ok());
    const auto done = upkeep().run().value();
    EXPECT_EQ(done.erased, 301);
    EXPECT_EQ(done.stayed, 0);
    EXPECT_EQ(select<std::int64_t>("SELECT count(*) FROM person"), 0);
    EXPECT_EQ(found(traces), (std::vector<std::string>{}));
}

TEST_F(UpkeepTest, retention_that_was_stopped_goes_on) {
    for (int i = 0; i < 6; ++i) {
        add("Person Before");
    }
    pass_years();
    ASSERT_EQ(upkeep().propose().value(), 6);
    ASSERT_TRUE(write([](audit::Work& in) { return approve_all(in, 7); }).ok());
    int asked = 0;
    EXPECT_EQ(upkeep().run([&] { return ++asked > 2; }).value().erased, 2);
    EXPECT_EQ(select<std::int64_t>("SELECT count(*) FROM person"), 4);
    EXPECT_EQ(upkeep().run().value().erased, 4);
}

TEST_F(UpkeepTest, runs_once_in_the_time_that_is_set) {
    add("Person Before");
    pass_years();
    const auto never = [] { return false; };
    ASSERT_TRUE(upkeep().run_if_due(std::chrono::hours{0}, never).ok());
    EXPECT_EQ(select<std::int64_t>("SELECT count(*) FROM retention_proposal"), 0);
    ASSERT_TRUE(upkeep().run_if_due(std::chrono::hours{24}, never).ok());
    EXPECT_EQ(select<std::int64_t>("SELECT count(*) FROM retention_proposal"), 0);
    ASSERT_TRUE(upkeep().propose(never).ok());
    EXPECT_EQ(select<std::int64_t>("SELECT count(*) FROM retention_proposal"), 1);
    ASSERT_TRUE(write([](audit::Work& in) { return approve_all(in, 7); }).ok());
    clock_.advance(std::chrono::hours{23});
    ASSERT_TRUE(upkeep().run_if_due(std::chrono::hours{24}, never).ok());
    EXPECT_EQ(select<std::int64_t>("SELECT count(*) FROM person"), 1);
    clock_.advance(std::chrono::hours{1});
    ASSERT_TRUE(upkeep().run_if_due(std::chrono::hours{24}, never).ok());
    EXPECT_EQ(select<std::int64_t>("SELECT count(*) FROM person"), 0);
}

TEST_F(UpkeepTest, does_what_was_asked_for) {
    add("Person Before");
    pass_years();
    ASSERT_TRUE(write([](audit::Work& in) { return want(in, Duty::Propose); }).ok());
    ASSERT_TRUE(upkeep().do_duties([] { return false; }).ok());
    ASSERT_TRUE(write([](audit::Work& in) { return approve_all(in, 7); }).ok());
    ASSERT_TRUE(write([](audit::Work& in) { return want(in, Duty::Run); }).ok());
    ASSERT_TRUE(upkeep().do_duties([] { return true; }).ok());
    EXPECT_EQ(select<std::int64_t>("SELECT count(*) FROM person"), 1);
    EXPECT_EQ(select<std::int64_t>("SELECT count(*) FROM watermark"), 1)
        << "what was stopped is still wanted";
    ASSERT_TRUE(upkeep().do_duties([] { return false; }).ok());
    EXPECT_EQ(select<std::int64_t>("SELECT count(*) FROM person"), 0);
    EXPECT_EQ(select<std::int64_t>("SELECT count(*) FROM watermark"), 0);
}

}  // namespace
}  // namespace tenantry::rights
