// A whole instance in a folder, its register on a disk in memory, and writes to it of which is known at every
// moment what the register must hold.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <future>
#include <random>
#include <set>

#include "app/instance.hpp"
#include "db/sqlite/test_register.hpp"
#include "register/check_all.hpp"
#include "register/person.hpp"
#include "register/replay.hpp"
#include "tests/support/memory_register.hpp"
#include "tests/support/power_cut.hpp"

namespace tenantry::test {

/// Everybody in the register by uuid, with what only the right keys can tell of them.
using People = std::map<Uuid, std::string>;

/// A row of changes, and after each of them who there is.
class PlannedWrites {
  public:
    explicit PlannedWrites(std::size_t count) {
        std::mt19937 random{20261126};
        states_.reserve(count + 1);
        for (std::size_t number = 1; number <= count; ++number) {
            People now = states_.back();
            Uuid whose = crypto::new_uuid();
            const bool is_new = now.size() < 3 || random() % 3 == 0;
            if (!is_new) {
                whose = std::next(now.begin(), static_cast<std::ptrdiff_t>(random() % now.size()))->first;
            }
            if (!is_new && random() % 3 == 0) {
                now.erase(whose);
            } else {
                now[whose] = fmt::format("write{}@mail.test", number);
            }
            who_.push_back(whose);
            states_.push_back(std::move(now));
        }
    }

    [[nodiscard]] std::size_t count() const { return who_.size(); }
    /// Who there is after so many of them.
    [[nodiscard]] const People& after(std::size_t writes) const { return states_.at(writes); }
    /// Carries one out, from 0.
    [[nodiscard]] Result<void> run(audit::Work& work, std::size_t number) const {
        const Uuid& whose = who_.at(number);
        const People& wanted = states_.at(number + 1);
        if (!states_.at(number).contains(whose)) {
            housing::Person person;
            person.uuid = whose;
            person.name = housing::split_name(fmt::format("Ada Number{}", number));
            person.email = wanted.at(whose);
            TRY(housing::create_person(work, std::move(person)));
            return {};
        }
        const auto before = TRY(housing::load_person(work, whose));
        if (!wanted.contains(whose)) {
            return housing::remove_person(work, before);
        }
        auto after = before;
        after.email = wanted.at(whose);
        TRY(housing::update_person(work, before, std::move(after), "tenant.updated"));
        return {};
    }

  private:
    std::vector<Uuid> who_ = {};
    std::vector<People> states_{People{}};
};

class SmallRegister : public testing::Test {
  protected:
    void SetUp() override { ASSERT_TRUE(app::init_instance(data_, clock_).ok()); }

    /// The register's files as they are in the folder. SQLite looks there whether there is one, and nowhere
    /// else.
    [[nodiscard]] Files files() const { return read_files(app::database_file(data_)); }
    [[nodiscard]] Result<std::unique_ptr<app::Instance>> open() const {
        return app::Instance::open(data_, clock_);
    }

    /// Queues a planned write. finished(outcome) is called on the writer's thread.
    void queue(app::Instance& instance, std::size_t number, std::function<void(Result<void>)> finished) {
        instance.database().write(std::make_unique<db::test::Job>(
                                      [this, &instance, number](db::Transaction& tx) {
                                          audit::Work work{tx, instance.keys(), {}, clock_.now(), nullptr};
                                          return plan_.run(work, number);
                                      },
                                      std::move(finished)),
                                  db::Urgency::Now);
    }

    /// Everybody, read as a rule reads them; Corrupt where somebody does not open.
    [[nodiscard]] static Result<People> people(app::Instance& instance) {
        return instance.write([&](audit::Work& work) -> Result<People> {
            housing::PersonFilter all;
            all.paging = {1000, 0};
            People found;
            for (const auto& person : TRY(housing::list_people(work, instance.names(), all)).people) {
                if (!person.unreadable.empty()) {
                    return housing::kDamaged;
                }
                found[person.uuid] = person.email.value_or("");
            }
            return found;
        });
    }

    /// All that the program can check: the database, the journal, every row held to it, every seal. The first
    /// thing that does not hold.
    [[nodiscard]] static Result<void> check(app::Instance& instance) {
        TRY(instance.database().check_integrity());
        return instance.read([&](db::Transaction& tx) -> Result<void> {
            housing::Replay replay;
            const auto verdict = TRY(audit::verify_journal(
                tx, instance.keys(),
                [&](const audit::Recorded& event, std::int64_t /*in_all*/) { replay.take(event); }));
            if (verdict.first_broken || verdict.events == 0) {
                return Error{Code::Corrupt, "the journal does not hold"};
            }
            if (TRY(replay.compare(tx)).departures > 0) {
                return Error{Code::Corrupt, "a record is not as the journal says"};
            }
            housing::CheckReport report;
            TRY(housing::check_all(tx, instance.keys(), report));
            return report.damaged == 0 ? Result<void>{} : Error{Code::Corrupt, "a seal does not hold"};
        });
    }

    TemporaryFolder folder_;
    std::filesystem::path data_ = folder_.path() / "data";
    SetClock clock_;
    PlannedWrites plan_{300};
};

}  // namespace tenantry::test
