// Every write, sync and truncation that the register asks of its disk fails once, and then the power goes:
// what was acknowledged is there, and the rest of it is whole.
#include "tests/support/small_register.hpp"

namespace tenantry::app {
namespace {

using test::DiskEvent;
using test::DiskInMemory;
using test::Files;
using test::PowerCut;

constexpr int kWrites = 8;

/// Lets the n-th request to the disk fail from here on; how many there were so far.
std::shared_ptr<int> fail_nth(DiskInMemory& disk, int n) {
    auto count = std::make_shared<int>(0);
    disk.fails = [count, n](DiskEvent::Kind kind) {
        if (++*count != n) {
            return SQLITE_OK;
        }
        switch (kind) {
            case DiskEvent::Kind::Sync:
                return SQLITE_IOERR_FSYNC;
            case DiskEvent::Kind::Truncate:
                return SQLITE_IOERR_TRUNCATE;
            default:
                return n % 2 == 0 ? SQLITE_FULL : SQLITE_IOERR_WRITE;
        }
    };
    return count;
}

/// The disk when the power is gone after all that was asked of it.
Files cut_at_the_end(const DiskInMemory& disk) {
    PowerCut power{disk};
    power.go_to(power.places());
    std::mt19937 random{static_cast<unsigned>(power.places())};
    return power.cut(random);
}

class DiskFault : public test::SmallRegister {
  protected:
    static Result<Uuid> add_person(Instance& instance) {
        return instance.write([](audit::Work& work) -> Result<Uuid> {
            housing::Person person;
            person.name = housing::split_name("Ada Sample");
            return TRY(housing::create_person(work, std::move(person))).uuid;
        });
    }

    /// Adds people with what else the program does to its files; those whose adding was acknowledged.
    std::vector<Uuid> work() {
        std::vector<Uuid> acknowledged;
        for (int part = 0; part < 2; ++part) {
            const auto instance = open();
            for (int i = 0; instance.ok() && i < kWrites / 2; ++i) {
                const auto added = add_person(**instance);
                if (added.ok()) {
                    acknowledged.push_back(*added);
                }
                if (i == 1) {
                    static_cast<void>((*instance)->database().empty_log().ok());
                }
            }
        }
        return acknowledged;
    }

    /// Whether that is a whole register with all of these people.
    bool holds(Files left, const std::vector<Uuid>& acknowledged) {
        const DiskInMemory disk{std::move(left)};
        const auto instance = open();
        if (!instance.ok() || !check(**instance).ok()) {
            return false;
        }
        const auto there = people(**instance);
        return there.ok() &&
               std::ranges::all_of(acknowledged, [&](const Uuid& one) { return there->contains(one); });
    }
};

TEST_F(DiskFault, wherever_it_strikes_what_was_acknowledged_is_there) {
    const Files before = files();
    std::size_t refused = 0;
    int requests = 1;
    for (int n = 1; n <= requests; n += static_cast<int>(test::kSanitizersShare)) {
        DiskInMemory disk{before};
        const auto count = fail_nth(disk, n);
        const auto acknowledged = work();
        requests = std::max(requests, *count);
        refused += static_cast<std::size_t>(kWrites) - acknowledged.size();
        EXPECT_TRUE(holds(cut_at_the_end(disk), acknowledged)) << "request " << n;
    }
    EXPECT_GT(requests, 100);
    EXPECT_GT(refused, 0U);
}

TEST_F(DiskFault, syncs_that_fail_and_do_not_say_so_are_found_to_lose_writes) {
    const Files before = files();
    std::size_t lost = 0;
    for (int n = 1; n <= 20; ++n) {
        DiskInMemory disk{before};
        int syncs = 0;
        disk.fails = [&syncs, n](DiskEvent::Kind kind) {
            return kind == DiskEvent::Kind::Sync && ++syncs == n ? DiskInMemory::kSaysNothing : SQLITE_OK;
        };
        const auto acknowledged = work();
        EXPECT_EQ(acknowledged.size(), static_cast<std::size_t>(kWrites));
        lost += holds(cut_at_the_end(disk), acknowledged) ? 0U : 1U;
    }
    EXPECT_GT(lost, 0U);
}

}  // namespace
}  // namespace tenantry::app
