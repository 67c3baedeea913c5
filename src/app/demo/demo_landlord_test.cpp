#include "app/demo/demo_landlord.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "base/text.hpp"
#include "intake/columns.hpp"
#include "intake/import_folder.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::app {
namespace {

/// FNV-1a over every value of every record, in order.
class Digest {
  public:
    intake::RecordSink sink() {
        return [this](intake::AnyRecord record) -> Result<void> {
            std::visit(
                [this]<class Record>(const Record* one) {
                    for (const auto& column : intake::ImportFile<Record>::kColumns) {
                        add(column.write(*one) + '\x1f');
                    }
                },
                record);
            return {};
        };
    }
    [[nodiscard]] std::uint64_t value() const { return hash_; }

  private:
    void add(std::string_view text) {
        for (const char c : text) {
            hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x100000001b3;
        }
    }
    std::uint64_t hash_ = 0xcbf29ce484222325;
};

std::uint64_t digest_of(const DemoOptions& options) {
    Digest digest;
    EXPECT_TRUE(make_demo(options, digest.sink()).ok());
    return digest.value();
}

template <class Record>
std::vector<Record> all_of(const DemoOptions& options) {
    std::vector<Record> all;
    EXPECT_TRUE(make_demo(options, [&](intake::AnyRecord record) -> Result<void> {
                    if (const auto* const* one = std::get_if<const Record*>(&record)) {
                        all.push_back(**one);
                    }
                    return {};
                }).ok());
    return all;
}

constexpr DemoOptions kDemo{.homes = 2'000, .seed = 1};

TEST(DemoLandlord, the_same_seed_gives_the_same_records_on_every_machine) {
    EXPECT_EQ(digest_of({.homes = 300, .seed = 1}), 3441930680019222553U);
    EXPECT_EQ(digest_of({.homes = 300, .seed = 0xffff'ffff'ffff'ffff}), 18122857006784204133U);
}

TEST(DemoLandlord, another_seed_gives_other_records) {
    EXPECT_NE(digest_of({.homes = 300, .seed = 1}), digest_of({.homes = 300, .seed = 2}));
}

TEST(DemoLandlord, a_larger_landlord_begins_with_the_smaller_one) {
    const auto small = all_of<housing::PersonRecord>({.homes = 50});
    const auto large = all_of<housing::PersonRecord>({.homes = 60});
    ASSERT_LT(small.size(), large.size());
    for (std::size_t i = 0; i < small.size(); ++i) {
        EXPECT_EQ(small[i].uuid, large[i].uuid);
        EXPECT_EQ(small[i].last_name, large[i].last_name);
    }
}

TEST(DemoLandlord, uuids_uprns_addresses_and_references_are_unique) {
    std::set<std::string> uuids;
    std::set<std::int64_t> uprns;
    std::set<std::string> addresses;
    std::set<std::string> references;
    std::size_t records = 0;
    const auto take = [&](const auto& record) {
        uuids.insert(record.uuid.text());
        ++records;
    };
    for (const auto& property : all_of<housing::PropertyRecord>(kDemo)) {
        take(property);
        uprns.insert(property.uprn.value());
        EXPECT_EQ(std::to_string(*property.uprn).size(), 12U);
        addresses.insert(property.address_line_1 + property.address_line_2 + property.postcode);
    }
    for (const auto& person : all_of<housing::PersonRecord>(kDemo)) {
        take(person);
    }
    for (const auto& job : all_of<housing::JobRecord>(kDemo)) {
        take(job);
        references.insert(job.reference);
    }
    const auto jobs = references.size();
    for (const auto& note : all_of<housing::CaseNoteRecord>(kDemo)) {
        take(note);
    }
    EXPECT_EQ(uuids.size(), records);
    EXPECT_EQ(uprns.size(), kDemo.homes);
    EXPECT_EQ(addresses.size(), kDemo.homes);
    EXPECT_EQ(jobs, count_demo(kDemo).jobs);
}

TEST(DemoLandlord, every_record_passes_the_checks_of_the_import_and_comes_back_the_same) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(write_demo_folder(kDemo, folder.path()).ok());
    intake::RowErrors errors;
    Digest digest;
    const auto counts = intake::read_folder(folder.path(), digest.sink(), errors);
    EXPECT_TRUE(errors.empty()) << errors.all().front().text();
    ASSERT_TRUE(counts.ok());
    EXPECT_EQ(*counts, count_demo(kDemo));
    EXPECT_EQ(digest.value(), digest_of(kDemo));
    EXPECT_EQ(write_demo_folder(kDemo, folder.path()).error().code, Code::Conflict);
}

TEST(DemoLandlord, has_the_size_that_it_promises) {
    const auto counts = count_demo(kDemo);
    EXPECT_EQ(counts.properties, kDemo.homes);
    EXPECT_NEAR(static_cast<double>(counts.people) / 2000, 2.0, 0.15);
    EXPECT_NEAR(static_cast<double>(counts.jobs) / 2000, 0.35, 0.04);
    EXPECT_NEAR(static_cast<double>(counts.case_notes) / static_cast<double>(counts.jobs), 1.2, 0.15);
    std::size_t former = 0;
    for (const auto& person : all_of<housing::PersonRecord>(kDemo)) {
        former += person.uprn ? 0U : 1U;
        EXPECT_EQ(person.uprn.has_value(), person.relationship != "Former tenant");
    }
    EXPECT_NEAR(static_cast<double>(former) / static_cast<double>(counts.people), 0.10, 0.02);
}

TEST(DemoLandlord, jobs_say_how_urgent_they_are_and_some_how_to_get_in) {
    std::map<std::int64_t, int> priorities;
    std::size_t with_access = 0;
    std::size_t void_works = 0;
    const auto jobs = all_of<housing::JobRecord>(kDemo);
    for (const auto& job : jobs) {
        ++priorities[job.priority.value()];
        with_access += job.access_details.empty() ? 0U : 1U;
        void_works += job.type == 2 ? 1U : 0U;
        EXPECT_TRUE(job.type != 2 || job.access_details.empty());
    }
    EXPECT_EQ(priorities.size(), 4U);
    EXPECT_GT(priorities[3], priorities[1]);
    EXPECT_NEAR(static_cast<double>(with_access) / static_cast<double>(jobs.size()), 0.4, 0.08);
    EXPECT_GT(void_works, 0U);
}

TEST(DemoLandlord, references_lead_to_records_that_came_before) {
    std::set<std::int64_t> uprns;
    std::set<Uuid> people;
    std::set<Uuid> jobs;
    std::map<std::string, std::int64_t> places_of_households;
    ASSERT_TRUE(
        make_demo(kDemo, [&](intake::AnyRecord record) -> Result<void> {
            if (const auto* const* property = std::get_if<const housing::PropertyRecord*>(&record)) {
                uprns.insert((*property)->uprn.value());
            } else if (const auto* const* person = std::get_if<const housing::PersonRecord*>(&record)) {
                people.insert((*person)->uuid);
                const auto uprn = (*person)->uprn.value_or(0);
                EXPECT_TRUE(uprn == 0 || uprns.contains(uprn));
                const auto [place, fresh] = places_of_households.emplace((*person)->tag_reference, uprn);
                EXPECT_EQ(place->second, uprn);
            } else if (const auto* const* job = std::get_if<const housing::JobRecord*>(&record)) {
                jobs.insert((*job)->uuid);
                EXPECT_TRUE(uprns.contains((*job)->uprn.value()));
                for (const auto& one : (*job)->people) {
                    EXPECT_TRUE(people.contains(one));
                }
            } else if (const auto* const* note = std::get_if<const housing::CaseNoteRecord*>(&record)) {
                EXPECT_TRUE(jobs.contains((*note)->job));
            }
            return {};
        }).ok());
}

TEST(DemoLandlord, nobody_can_be_reached_by_what_it_made_up) {
    for (const auto& person : all_of<housing::PersonRecord>(kDemo)) {
        const auto domain = person.email.substr(std::min(person.email.find('@'), person.email.size()));
        EXPECT_TRUE(domain.empty() || domain == "@example.com" || domain == "@example.org" ||
                    domain == "@example.net" || domain.ends_with(".test"))
            << person.email;
        for (const auto& telephone : {person.telephone_1, person.telephone_2, person.telephone_3}) {
            const auto digits = fold_telephone(telephone);
            const bool drama = digits.starts_with("07700900") || digits.starts_with("02079460") ||
                               (digits.starts_with("01") && digits.substr(4, 4) == "4960");
            EXPECT_TRUE(digits.empty() || (drama && digits.size() == 11)) << telephone;
        }
    }
}

TEST(DemoLandlord, ages_and_times_are_those_of_the_first_of_november_2026) {
    const auto parse = [](const char* text) { return std::chrono::sys_days{parse_date(text).value()}; };
    const auto grown_up_since = parse("2008-11-01");
    std::size_t children = 0;
    for (const auto& person : all_of<housing::PersonRecord>(kDemo)) {
        if (person.date_of_birth) {
            const std::chrono::sys_days born{*person.date_of_birth};
            EXPECT_LE(born, parse("2026-11-01"));
            EXPECT_GT(born, parse("1926-11-01"));
            if (born > grown_up_since) {
                ++children;
                EXPECT_TRUE(person.email.empty() && person.telephone_1.empty() && !person.responsible);
            }
        }
    }
    EXPECT_GT(children, 400U);
    std::map<Uuid, std::pair<Instant, Instant>> times;
    for (const auto& job : all_of<housing::JobRecord>(kDemo)) {
        EXPECT_GE(job.created_at, parse("2024-11-01"));
        EXPECT_GE(job.updated_at, job.created_at);
        EXPECT_LT(job.updated_at, parse("2026-11-01"));
        times[job.uuid] = {job.created_at, job.updated_at};
    }
    for (const auto& note : all_of<housing::CaseNoteRecord>(kDemo)) {
        EXPECT_GE(note.created_at, times.at(note.job).first);
        EXPECT_LE(note.created_at, times.at(note.job).second);
    }
}

TEST(DemoLandlord, the_names_of_a_home_are_told_apart) {
    std::map<std::string, std::set<std::string>> homes;
    std::size_t namesakes = 0;
    for (const auto& person : all_of<housing::PersonRecord>(kDemo)) {
        namesakes +=
            homes[person.tag_reference].insert(person.first_name + " " + person.last_name).second ? 0U : 1U;
    }
    EXPECT_LE(namesakes, 2U);  // languages with few names
}

TEST(DemoLandlord, refuses_a_number_of_homes_that_it_cannot_make) {
    const auto ignore = [](intake::AnyRecord /*any*/) { return Result<void>{}; };
    EXPECT_EQ(make_demo({.homes = 0}, ignore).error().code, Code::Invalid);
    EXPECT_EQ(make_demo({.homes = DemoOptions::kHomesMax + 1}, ignore).error().code, Code::Invalid);
}

TEST(DemoLandlord, ends_with_the_error_of_its_sink) {
    int calls = 0;
    const auto outcome = make_demo(kDemo, [&](intake::AnyRecord /*any*/) -> Result<void> {
        return ++calls < 3 ? Result<void>{} : Error{Code::Unavailable, "shutting down"};
    });
    EXPECT_EQ(outcome.error().code, Code::Unavailable);
    EXPECT_EQ(calls, 3);
}

}  // namespace
}  // namespace tenantry::app
