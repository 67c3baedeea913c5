// A data folder of an earlier version is opened: what stood in clear there is sealed, and in no file any
// more.
#include <gtest/gtest.h>

#include <fstream>

#include "app/instance.hpp"
#include "db/sqlite/connection.hpp"
#include "db/sqlite/migrate.hpp"
#include "register/citizen_search.hpp"
#include "tests/support/memory_register.hpp"
#include "tests/support/old_citizen.hpp"
#include "tests/support/watched_transaction.hpp"

namespace tenantry::app {
namespace {

constexpr int kCitizens = 400;
constexpr const char* kCanary = "Aardvark Meadowsweet";

class Upgrade : public testing::Test {
  protected:
    /// A register at the version before addresses of citizens were sealed, written as that version did.
    void SetUp() override {
        std::filesystem::create_directories(data_);
        const auto keys = crypto::KeyRing::create(keys_folder(data_)).value();
        const auto ring = crypto::KeyRing::open(keys_folder(data_), install_, keys).value();
        std::ofstream{database_file(data_)}.close();
        db::SqliteTransaction tx{db::Connection::open(database_file(data_), db::Access::Write).value()};
        ASSERT_TRUE(db::migrate(tx, db::migrations().subspan(0, 2), clock_).ok());
        const auto run = [&tx](const std::string& text, const auto&... args) {
            ASSERT_TRUE(tx.execute(test::sql(text), args...).ok()) << text;
        };
        run("BEGIN IMMEDIATE");
        run("INSERT INTO instance (id, install_uuid, created_at) VALUES (1, $1, 0)", install_);
        for (const auto& key : keys) {
            run("INSERT INTO data_key (id, purpose, state, wrapped, created_at) VALUES ($1, $2, $3, $4, 0)",
                key.id, static_cast<int>(key.purpose), static_cast<int>(key.state), key.wrapped);
        }
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
        run("COMMIT");
        ASSERT_TRUE(tx.connection().checkpoint(db::Checkpoint::Truncate).value());
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

    test::TemporaryFolder folder_;
    std::filesystem::path data_ = folder_.path() / "data";
    test::SetClock clock_;
    Uuid install_ = crypto::new_uuid();
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

}  // namespace
}  // namespace tenantry::app
