// The power goes at a thousand moments of the register's work: whatever the disk then holds, the register
// opens, is whole, and has every write that was acknowledged.
#include "tests/support/small_register.hpp"

namespace tenantry::app {
namespace {

using test::DiskInMemory;
using test::Files;
using test::PowerCut;

constexpr std::size_t kCuts = 1000 / test::kSanitizersShare;
constexpr std::size_t kControls = 150 / test::kSanitizersShare;
constexpr const char* kLost = "an acknowledged write is lost";

class PowerLoss : public test::SmallRegister {
  protected:
    /// The writes from one to before another, in groups of one to six, each acknowledgement marked on the
    /// disk.
    void write(Instance& instance, DiskInMemory& disk, std::size_t from, std::size_t until) {
        std::mt19937 random{static_cast<unsigned>(from)};
        while (from < until) {
            const std::size_t end = std::min(until, from + 1 + random() % 6);
            std::vector<std::promise<void>> answered(end - from);
            for (std::size_t number = from; number < end; ++number) {
                queue(instance, number, [&, done = &answered[number - from]](Result<void> outcome) {
                    EXPECT_TRUE(outcome.ok());
                    disk.mark();
                    done->set_value();
                });
            }
            for (auto& one : answered) {
                one.get_future().wait();
            }
            from = end;
        }
    }

    /// All planned writes, with all that the program does to its files beside: emptying the log, scrubbing,
    /// closing, opening.
    void work(DiskInMemory& disk) {
        const std::size_t third = plan_.count() / 3;
        auto instance = open().value();
        write(*instance, disk, 0, third / 2);
        ASSERT_TRUE(instance->database().empty_log().ok());
        write(*instance, disk, third / 2, third);
        instance.reset();
        instance = open().value();
        write(*instance, disk, third, 2 * third);
        ASSERT_TRUE(instance->database().scrub().ok());
        write(*instance, disk, 2 * third, plan_.count());
    }

    /// Whether there is everybody after some number of writes, and no fewer than were acknowledged.
    bool holds_acknowledged(const test::People& found, std::size_t acknowledged) {
        for (std::size_t writes = acknowledged; writes <= plan_.count(); ++writes) {
            if (found == plan_.after(writes)) {
                return true;
            }
        }
        return false;
    }

    /// What is wrong with a register that was left so. Nothing: it holds, and what was acknowledged.
    std::string flaw(const Files& left, std::size_t acknowledged) {
        const DiskInMemory disk{left};
        auto instance = open();
        if (!instance.ok()) {
            return fmt::format("does not open: {}", instance.error().text.view());
        }
        if (const auto checked = check(**instance); !checked.ok()) {
            return std::string{checked.error().text.view()};
        }
        const auto found = people(**instance);
        if (!found.ok()) {
            return std::string{found.error().text.view()};
        }
        return holds_acknowledged(*found, acknowledged) ? "" : kLost;
    }

    /// The power goes once more, while the register is opened again.
    template <class Random>
    Files cut_while_opening(const Files& left, Random& random) {
        DiskInMemory disk{left};
        static_cast<void>(open().ok());
        PowerCut second{disk};
        second.go_to(random() % (second.places() + 1));
        return second.cut(random);
    }

    /// Flaws by their number, of so many cuts.
    std::map<std::string, std::size_t> flaws(const DiskInMemory& disk, std::size_t cuts,
                                             test::SyncsAre syncs = test::SyncsAre::Kept) {
        std::mt19937 random{20261126};
        PowerCut power{disk, syncs};
        EXPECT_GT(power.places(), 1000U);
        std::map<std::string, std::size_t> found;
        for (std::size_t cut = 1; cut <= cuts; ++cut) {
            power.go_to(power.places() * cut / cuts);
            Files left = power.cut(random);
            if (cut % 4 == 0) {
                left = cut_while_opening(left, random);
            }
            ++found[flaw(left, power.marks())];
        }
        return found;
    }

    using Flaws = std::map<std::string, std::size_t>;
};

TEST_F(PowerLoss, no_acknowledged_write_is_lost_and_nothing_is_half_done) {
    DiskInMemory disk{files()};
    work(disk);
    EXPECT_EQ(flaws(disk, kCuts), (Flaws{{"", kCuts}}));
}

TEST_F(PowerLoss, with_synchronous_normal_writes_are_lost_and_that_is_found) {
    DiskInMemory disk{files()};
    disk.weaken_to_normal();
    work(disk);
    Flaws found = flaws(disk, kControls);
    EXPECT_GT(found[kLost], kControls / 10);
    EXPECT_EQ(found[kLost] + found[""], kControls) << "it damages nothing";
}

TEST_F(PowerLoss, on_a_disk_that_lies_about_syncs_damage_is_found) {
    DiskInMemory disk{files()};
    work(disk);
    Flaws found = flaws(disk, kControls, test::SyncsAre::Lies);
    EXPECT_LT(found[kLost] + found[""], kControls);
}

}  // namespace
}  // namespace tenantry::app
