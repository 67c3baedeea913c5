// A data folder of an earlier version is opened: what stood in clear there is sealed, and in no file any
// more.
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "app/instance.hpp"
#include "db/sqlite/connection.hpp"
#include "db/sqlite/schema.hpp"
#include "register/check_all.hpp"
#include "register/citizen_search.hpp"
#include "register/job_columns.hpp"
#include "register/replay.hpp"
#include "rights/disclosure.hpp"
#include "tests/support/memory_register.hpp"
#include "tests/support/old_citizen.hpp"
#include "tests/support/power_cut.hpp"
#include "tests/support/watched_transaction.hpp"

namespace tenantry::app {
namespace {

constexpr int kCitizens = 400;
constexpr std::size_t kMoments = 60 / test::kSanitizersShare;
constexpr std::size_t kControls = 20;
constexpr const char* kCanary = "Aardvark Meadowsweet";

/// A register as an earlier version left it.
class OldRegister : public testing::Test {
  protected:
    /// With the tables of so many migrations, and what fill(run, ring, tx) writes into them; run(text,
    /// values...) carries a statement out.
    template <class Fill>
    void write_old(std::size_t migrations, Fill fill) {
        std::filesystem::create_directories(data_);
        const auto keys = crypto::KeyRing::create(keys_folder(data_)).value();
        const auto ring = crypto::KeyRing::open(keys_folder(data_), install_, keys).value();
        std::ofstream{database_file(data_)}.close();
        db::SqliteTransaction tx{db::Connection::open(database_file(data_), db::Access::Write).value()};
        auto schema = db::sqlite_schema(tx);
        ASSERT_TRUE(db::migrate(schema, db::migrations().subspan(0, migrations), clock_).ok());
        const auto run = [&tx](const std::string& text, const auto&... args) {
            ASSERT_TRUE(tx.execute(test::sql(text), args...).ok()) << text;
        };
        run("BEGIN IMMEDIATE");
        run("INSERT INTO instance (id, install_uuid, created_at) VALUES (1, $1, 0)", install_);
        for (const auto& key : keys) {
            run("INSERT INTO data_key (id, purpose, state, wrapped, created_at) VALUES ($1, $2, $3, $4, 0)",
                key.id, static_cast<int>(key.purpose), static_cast<int>(key.state), key.wrapped);
        }
        fill(run, ring, tx);
        run("COMMIT");
        ASSERT_TRUE(tx.connection().checkpoint(db::Checkpoint::Truncate).value());
    }

    /// Opens the old register; then kills that opening, and cuts its power, at so many moments of it, and
    /// opens what was left. At how many was that not whole(instance, disk)?
    template <class IsWhole>
    std::size_t flaws(std::size_t moments, test::SyncsAre syncs, IsWhole is_whole) {
        test::DiskInMemory disk{test::read_files(database_file(data_))};
        EXPECT_TRUE(Instance::open(data_, clock_).ok());
        std::mt19937 random{20261126};
        test::PowerCut power{disk, syncs};
        EXPECT_GT(power.places(), moments);
        std::size_t found = 0;
        for (std::size_t moment = 0; moment <= moments; ++moment) {
            power.go_to(power.places() * moment / moments);
            for (const auto& left : {power.kill(), power.cut(random)}) {
                test::DiskInMemory after{left};
                const auto instance = Instance::open(data_, clock_);
                found += instance.ok() && is_whole(**instance, after) ? 0U : 1U;
            }
        }
        return found;
    }

    test::TemporaryFolder folder_;
    std::filesystem::path data_ = folder_.path() / "data";
    test::SetClock clock_;
    Uuid install_ = crypto::new_uuid();
};

class Upgrade : public OldRegister {
  protected:
    /// A register at the version before addresses of citizens were sealed, written as that version did.
    void SetUp() override {
        write_old(2, [](const auto& run, const crypto::KeyRing& ring, db::SqliteTransaction& /*tx*/) {
            for (std::int64_t id = 1; id <= kCitizens; ++id) {
                const std::string line = std::to_string(id) + ' ' + kCanary;
                const test::OldCitizen c{id,
                                         "U" + std::to_string(id),
                                         {std::nullopt, "Cy", "Citizen"},
                                         {line, std::nullopt, std::nullopt, "Leeds", "ZX9 7QQ"}};
                const auto sealed = c.seal(ring);
                run("INSERT INTO citizen (id, uuid, version, usn, name, address_line_1, city, postcode, "
                    "row_seal, "
                    "created_at, updated_at) VALUES ($1, $2, 1, $3, $4, $5, 'Leeds', 'ZX9 7QQ', $6, 5, 6)",
                    id, c.uuid, c.usn, sealed.blobs[0], line, sealed.row_seal);
                run("INSERT INTO citizen_text (citizen_id, name, address) VALUES ($1, 'cy citizen', $2)", id,
                    std::to_string(id) + " aardvark meadowsweet leeds zx9 7qq zx97qq " + std::to_string(id) +
                        "aardvarkmeadowsweet");
            }
        });
    }

    /// Whether a file of the register holds the text.
    [[nodiscard]] bool holds(const std::string& text) const {
        for (const auto* suffix : {"", "-wal", "-shm"}) {
            std::ifstream file{database_file(data_).native() + suffix, std::ios::binary};
            const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
            if (bytes.find(text) != std::string::npos) {
                return true;
            }
        }
        return false;
    }
    static std::vector<housing::Citizen> search(Instance& instance, const std::string& address) {
        return instance
            .write([&](audit::Work& work) {
                return housing::search_citizens(work, instance.names(),
                                                {.address = address, .with_citizen_index = true});
            })
            .value()
            .citizens;
    }
};

TEST_F(Upgrade, addresses_of_the_citizen_index_are_sealed_and_found_as_before) {
    ASSERT_TRUE(holds(kCanary)) << "the earlier version had them in clear";
    ASSERT_TRUE(holds("aardvark meadowsweet"));
    for (int start = 0; start < 2; ++start) {
        const auto instance = Instance::open(data_, clock_).value();
        EXPECT_FALSE(holds(kCanary));
        EXPECT_TRUE(holds("aardvark meadowsweet")) << "folded, in the plaintext index";
        EXPECT_EQ(search(*instance, "aardvark").size(), kCitizens);
        const auto found = search(*instance, "400 aard");
        ASSERT_EQ(found.size(), 1);
        EXPECT_EQ(found[0].address.line_1, std::string{"400 "} + kCanary);
        EXPECT_EQ(found[0].address.postcode, "ZX9 7QQ");
        ASSERT_TRUE(instance->database().check_integrity().ok());
    }
    const auto instance = Instance::open(data_, clock_).value();
    ASSERT_TRUE(instance
                    ->write([&](audit::Work& work) {
                        return housing::rebuild_search(work, instance->names(), housing::SearchMode::Memory);
                    })
                    .ok());
    ASSERT_TRUE(instance->database().empty_log().ok());
    EXPECT_FALSE(holds("meadowsweet"));
    EXPECT_EQ(search(*instance, "aardvark").size(), kCitizens);
}

TEST_F(Upgrade, goes_on_wherever_a_kill_or_a_power_cut_ended_it) {
    const auto is_whole = [](Instance& instance, const test::DiskInMemory& disk) {
        const auto files = disk.now();
        return instance.database().check_integrity().ok() &&
               search(instance, "aardvark").size() == kCitizens &&
               std::ranges::none_of(files, [](const auto& file) {
                   return text_of(file.second).find(kCanary) != std::string_view::npos;
               });
    };
    EXPECT_EQ(flaws(kMoments, test::SyncsAre::Kept, is_whole), 0);
    EXPECT_GT(flaws(kControls, test::SyncsAre::Lies, is_whole), 0);
}

/// A register at the version before the ledger had digests, with what that version journaled.
class LedgerUpgrade : public OldRegister {
  protected:
    void SetUp() override {
        write_old(3, [this](const auto& run, const crypto::KeyRing& ring, db::SqliteTransaction& tx) {
            audit::Work work{tx, ring, {}, clock_.now(), nullptr};
            const auto tell = [&work](Literal action, std::optional<std::int64_t> version = std::nullopt) {
                ASSERT_TRUE(work.changed({.action = action, .resource = 1, .version = version}).ok());
            };
            run("INSERT INTO area (id, name) VALUES (1, 'Homerton')");
            tell("area.put");
            tell("area.put");
            run("INSERT INTO household (id, uuid, tag_reference, created_at) VALUES (1, $1, '000017/01', 0)",
                crypto::new_uuid());
            tell("household.created");
            run("INSERT INTO tenancy (id, uuid, version, tag_reference, household_id, terminated, present, "
                "created_at, updated_at) VALUES (1, $1, 1, '000017/01', 1, 0, 1, 0, 0)",
                crypto::new_uuid());
            tell("tenancy.created", 1);
            for (int line = 1; line <= 3; ++line) {
                run("INSERT INTO ledger_line (id, uuid, tenancy_id, posted_on, amount) VALUES ($1, $2, 1, "
                    "19000, "
                    "5)",
                    line, crypto::new_uuid());
            }
            tell("ledger.imported", 3);
            housing::Job job;
            job.id = {1};
            job.uuid = crypto::new_uuid();
            job.version = 1;
            job.reference = "J-1";
            const auto sealed = housing::seal_job(ring, job);
            run("INSERT INTO job (id, uuid, version, reference, title, description, status, row_seal, "
                "created_at, "
                "updated_at) VALUES (1, $1, 1, 'J-1', '', $2, '', $3, 0, 0)",
                job.uuid, sealed.blobs[0], sealed.row_seal);
            tell("job.created", 1);
            const auto disclosure = crypto::new_uuid();
            const auto shown = housing::seal_texts(ring, housing::TextColumns<1>{"disclosure", {"reason"}},
                                                   {disclosure, 1,
                                                    housing::RowFacts{}
                                                        .add(1)
                                                        .add(disclosure)
                                                        .add(42)
                                                        .add(std::optional<std::int64_t>{})
                                                        .add(std::optional<std::string>{"json"})
                                                        .add(0)
                                                        .add(0)},
                                                   {"asked for"});
            run("INSERT INTO disclosure (id, uuid, person_id, format, with_checked, reason, row_seal, "
                "created_at) "
                "VALUES (1, $1, 42, 'json', 0, $2, $3, 0)",
                disclosure, shown.blobs[0], shown.row_seal);
            tell("tenant.gdpr_export");
        });
    }

    /// Runs a statement behind the program's back, while no instance is open.
    void tamper(const std::string& text) {
        db::SqliteTransaction tx{db::Connection::open(database_file(data_), db::Access::Write).value()};
        ASSERT_TRUE(tx.execute(test::sql(text)).ok()) << text;
    }
    /// What `audit verify --against-data` finds.
    std::vector<std::string> findings() { return findings(*Instance::open(data_, clock_).value()); }
    static std::vector<std::string> findings(Instance& instance) {
        return instance
            .read([&](db::Transaction& tx) -> Result<std::vector<std::string>> {
                housing::Replay replay;
                TRY(audit::verify_journal(
                    tx, instance.keys(),
                    [&](const audit::Recorded& event, std::int64_t /*in_all*/) { replay.take(event); }));
                std::vector<std::string> found;
                for (const auto& one : TRY(replay.compare(tx)).first) {
                    found.push_back(std::string{one.table} + ' ' + std::to_string(one.id));
                }
                housing::CheckReport report;
                TRY(housing::check_all(tx, instance.keys(), report));
                TRY(rights::check_disclosures(tx, instance.keys(), report));
                for (const auto& one : report.first_damaged) {
                    found.push_back(std::string{one.table.view()} + ' ' + std::to_string(one.id) + ' ' +
                                    std::string{one.column.view()});
                }
                return found;
            })
            .value();
    }

    using Findings = std::vector<std::string>;
};

TEST_F(LedgerUpgrade, verifies_and_is_covered_from_the_first_opening_on) {
    EXPECT_EQ(findings(), Findings{});
    EXPECT_EQ(findings(), Findings{}) << "and it is done once";
    tamper("UPDATE ledger_line SET amount = 6 WHERE id = 2");
    EXPECT_EQ(findings(), (Findings{"tenancy 1 ledger", "ledger_total 1 sum"}));
    tamper("UPDATE ledger_line SET amount = 5 WHERE id = 2");
    tamper("UPDATE area SET name = 'Hoxton'");
    EXPECT_EQ(findings(), Findings{"area 1 row_seal"});
}

TEST_F(LedgerUpgrade, goes_on_wherever_a_kill_or_a_power_cut_ended_it) {
    const auto is_whole = [](Instance& instance, const test::DiskInMemory& /*disk*/) {
        return instance.database().check_integrity().ok() && findings(instance).empty();
    };
    EXPECT_EQ(flaws(kMoments, test::SyncsAre::Kept, is_whole), 0);
    EXPECT_GT(flaws(kControls, test::SyncsAre::Lies, is_whole), 0);
}

TEST_F(LedgerUpgrade, whoever_wants_it_covered_again_is_found_out) {
    EXPECT_EQ(findings(), Findings{});
    for (const auto* text :
         {"UPDATE ledger_line SET amount = 6 WHERE id = 2", "DELETE FROM ledger_digest",
          "DELETE FROM ledger_total", "UPDATE access_rights SET row_seal = NULL", "DELETE FROM disclosure",
          "UPDATE household SET row_seal = NULL", "UPDATE job_links SET row_seal = NULL",
          "DELETE FROM watermark WHERE name = 'sets_sealed'"}) {
        tamper(text);
    }
    testing::internal::CaptureStderr();
    const auto found = findings();
    EXPECT_NE(testing::internal::GetCapturedStderr().find("rows are not sealed again"), std::string::npos);
    EXPECT_EQ((std::set<std::string>{found.begin(), found.end()}),
              (std::set<std::string>{"disclosure 1", "ledger_total 1", "access_rights 1 row_seal",
                                     "tenancy 1 ledger", "ledger_total 1 sum", "household 1 row_seal",
                                     "job_links 1 row_seal"}));
}

}  // namespace
}  // namespace tenantry::app
