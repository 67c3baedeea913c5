// A disk that gives back something other than what was written, anywhere in the register: who opens it is
// told, or who reads what was hit, and nobody is shown anything that was not stored or told of a write that
// is not there.
#include "tests/support/small_register.hpp"
#include "tests/support/watched_transaction.hpp"

namespace tenantry::app {
namespace {

using test::DiskInMemory;
using test::Files;
using test::People;

constexpr std::size_t kDamages = 400 / test::kSanitizersShare;
constexpr std::size_t kWrites = 60;
constexpr std::size_t kPage = 4096;

/// Harms a file, not beyond recognition: SQLite looks at the first bytes of each kind itself.
void damage(Bytes& content, std::mt19937& random) {
    const auto anywhere = [&] { return random() % content.size(); };
    const auto something = [&] {  // most of a small register's file is room for more
        std::size_t at = anywhere();
        while (content[at] == 0) {
            at = anywhere();
        }
        return at;
    };
    const auto scribble = [&](std::size_t at, std::size_t count) {
        const std::size_t end = std::min(content.size(), at + count);
        std::generate(content.begin() + static_cast<std::ptrdiff_t>(at),
                      content.begin() + static_cast<std::ptrdiff_t>(end), [&] { return random(); });
    };
    const auto page = [&] { return random() % (content.size() / kPage) * kPage; };
    switch (random() % 6) {
        case 0:
        case 1:
            content[something()] ^= static_cast<unsigned char>(1U << random() % 8);
            break;
        case 2:
            scribble(something(), 1 + random() % 64);
            break;
        case 3:
            scribble(anywhere() / 512 * 512, 512);
            break;
        case 4: {  // a page that was written to another's place
            const Bytes copy = content;
            std::copy_n(copy.begin() + static_cast<std::ptrdiff_t>(page()), kPage,
                        content.begin() + static_cast<std::ptrdiff_t>(page()));
            break;
        }
        default:
            content.resize(anywhere());
            break;
    }
}

/// What came of one damage.
struct Outcome {
    bool opens = false;
    bool is_found = false;           ///< by opening it, by reading everybody, or by the checks
    bool only_seals_say_so = false;  ///< SQLite found nothing
    People people = {};              ///< who could be read
    bool false_success = false;      ///< a write was acknowledged, and is not there afterwards
};

class Damage : public test::SmallRegister {
  protected:
    /// The register's files after so many writes: at rest, or as a killed server leaves them.
    Files written(bool at_rest) {
        DiskInMemory disk{files()};
        auto instance = open().value();
        for (std::size_t number = 0; number < kWrites; ++number) {
            std::promise<void> done;
            queue(*instance, number, [&done](Result<void> outcome) {
                EXPECT_TRUE(outcome.ok());
                done.set_value();
            });
            done.get_future().wait();
        }
        if (at_rest) {
            instance.reset();
        }
        return disk.now();
    }

    /// Everybody who can be read, one by one, as a request reads them. Whether all could.
    static bool read(Instance& instance, People& found) {
        const auto ids = instance.read([](db::Transaction& tx) -> Result<std::vector<Uuid>> {
            std::vector<Uuid> all;
            db::Rows rows = TRY(tx.query(test::sql("SELECT uuid FROM person ORDER BY id")));
            while (TRY(rows.next())) {
                rows.into(all.emplace_back());
            }
            return all;
        });
        bool all = ids.ok();
        for (const Uuid& uuid : ids.ok() ? *ids : std::vector<Uuid>{}) {
            const auto person = instance.write(
                [&](audit::Work& work) { return housing::find_person(work, uuid, housing::Depth::Full); });
            if (person.ok()) {
                found[uuid] = person->email.value_or("");
            }
            all = all && person.ok();
        }
        return all;
    }

    /// Whether a write is acknowledged that is not there when the register is opened again.
    bool acknowledges_falsely() {
        auto instance = open();
        if (!instance.ok()) {
            return false;
        }
        const auto made = (*instance)->write([](audit::Work& work) {
            housing::Person person;
            person.name = housing::split_name("Eve Afterwards");
            return housing::create_person(work, std::move(person));
        });
        instance->reset();
        instance = open();
        if (!made.ok() || !instance.ok()) {
            return false;
        }
        const auto found = (*instance)->write(
            [&](audit::Work& work) { return housing::find_person(work, made->uuid, housing::Depth::Full); });
        return !found.ok() && found.error().code == Code::NotFound;
    }

    Outcome outcome_of(Files damaged) {
        Outcome outcome;
        const DiskInMemory disk{std::move(damaged)};
        {
            const auto instance = open();
            outcome.opens = instance.ok();
            if (!instance.ok()) {
                outcome.is_found = true;
                return outcome;
            }
            const bool all_read = read(**instance, outcome.people);
            const bool is_sound_to_sqlite = (*instance)->database().check_integrity().ok();
            const bool is_sound = is_sound_to_sqlite && check(**instance).ok();
            outcome.is_found = !all_read || !is_sound;
            outcome.only_seals_say_so = is_sound_to_sqlite && outcome.is_found;
        }
        outcome.false_success = acknowledges_falsely();
        return outcome;
    }
};

/// Counts of outcomes, and those that must not be.
struct Tally {
    std::size_t found = 0;
    std::size_t only_seals_said_so = 0;
    std::size_t wrong = 0;
    std::size_t false_successes = 0;
};

TEST_F(Damage, of_the_register_is_found_or_hits_nobody_and_nothing_false_is_shown) {
    const Files sound = written(true);
    const People& expected = plan_.after(kWrites);
    const auto is_shown_right = [&](const auto& one) {
        const auto wanted = expected.find(one.first);
        return wanted != expected.end() && wanted->second == one.second;
    };
    std::mt19937 random{20261126};
    Tally tally;
    for (std::size_t trial = 0; trial < kDamages; ++trial) {
        Files damaged = sound;
        damage(damaged.at(database_file(data_).native()), random);
        const Outcome outcome = outcome_of(std::move(damaged));
        tally.found += outcome.is_found ? 1U : 0U;
        tally.only_seals_said_so += outcome.only_seals_say_so ? 1U : 0U;
        tally.false_successes += outcome.false_success ? 1U : 0U;
        const bool is_right = std::ranges::all_of(outcome.people, is_shown_right) &&
                              (outcome.is_found || outcome.people == expected);
        tally.wrong += is_right ? 0U : 1U;
    }
    EXPECT_EQ(tally.wrong, 0U);
    EXPECT_EQ(tally.false_successes, 0U);
    EXPECT_GT(tally.found, kDamages / 3);
    EXPECT_GT(tally.only_seals_said_so, 0U);
    fmt::print("{} damages, {} found, {} of them not by SQLite\n", kDamages, tally.found,
               tally.only_seals_said_so);
}

TEST_F(Damage, of_the_log_leaves_the_register_as_it_was_after_some_write) {
    const Files sound = written(false);
    const auto log = database_file(data_).native() + "-wal";
    ASSERT_GT(sound.at(log).size(), 100'000U);
    std::mt19937 random{20261126};
    Tally tally;
    for (std::size_t trial = 0; trial < kDamages / 4; ++trial) {
        Files damaged = sound;
        damage(damaged.at(log), random);
        const Outcome outcome = outcome_of(std::move(damaged));
        bool is_right = outcome.is_found;
        for (std::size_t writes = 0; writes <= kWrites; ++writes) {
            is_right = is_right || outcome.people == plan_.after(writes);
        }
        tally.wrong += is_right ? 0U : 1U;
        tally.false_successes += outcome.false_success ? 1U : 0U;
        tally.found += outcome.people != plan_.after(kWrites) ? 1U : 0U;
    }
    EXPECT_EQ(tally.wrong, 0U);
    EXPECT_EQ(tally.false_successes, 0U);
    EXPECT_GT(tally.found, kDamages / 8) << "the damages must take writes away";
}

TEST_F(Damage, that_is_none_is_not_found) {
    for (const bool at_rest : {true, false}) {
        const Outcome outcome = outcome_of(written(at_rest));
        EXPECT_TRUE(outcome.opens);
        EXPECT_FALSE(outcome.is_found);
        EXPECT_EQ(outcome.people, plan_.after(kWrites));
    }
}

TEST_F(Damage, of_the_root_key_keeps_the_register_shut) {
    const auto file = keys_folder(data_) / "root.key";
    std::ifstream in{file, std::ios::binary};
    const Bytes sound(std::istreambuf_iterator<char>{in}, {});
    const auto opens_with = [&](const Bytes& key) {
        std::ofstream{file, std::ios::binary}.write(reinterpret_cast<const char*>(key.data()),
                                                    static_cast<std::streamsize>(key.size()));
        return open().ok();
    };
    for (std::size_t bit = 0; bit < 8 * sound.size(); bit += test::kSanitizersShare) {
        Bytes damaged = sound;
        damaged[bit / 8] ^= static_cast<unsigned char>(1U << bit % 8);
        EXPECT_FALSE(opens_with(damaged)) << bit;
    }
    for (std::size_t size = 0; size < sound.size(); ++size) {
        EXPECT_FALSE(opens_with({sound.begin(), sound.begin() + static_cast<std::ptrdiff_t>(size)})) << size;
    }
    EXPECT_TRUE(opens_with(sound));
}

}  // namespace
}  // namespace tenantry::app
