// People and homes for tests of the register.
#pragma once

#include <string>
#include <string_view>

#include "access/rights_seal.hpp"
#include "register/job.hpp"
#include "register/ledger_digest.hpp"
#include "register/names_in_memory.hpp"
#include "register/person.hpp"
#include "register/property.hpp"
#include "register/row_seals.hpp"
#include "tests/support/register_fixture.hpp"

namespace tenantry::test {

class HousingTest : public RegisterTest {
  protected:
    housing::Property add_property(const std::string& line_1, const std::string& postcode = "LS21 3AB") {
        housing::Property property;
        property.address_line_1 = line_1;
        property.city = "Otley";
        property.postcode = postcode;
        auto job = work();
        return housing::create_property(job, property).value();
    }

    /// Seals the rows that a test wrote by hand, as if they were from before there were seals.
    void seal_rows() {
        auto in = work();
        std::optional<housing::SealingCursor> cursor{housing::SealingCursor{}};
        while (cursor) {
            cursor = housing::seal_rows(in, *cursor, 100).value();
        }
    }

    /// Seals what is sealed once when an instance is first opened: permissions and the ledger.
    void seal_sets() {
        auto in = work();
        ASSERT_TRUE(access::seal_rights(in).ok());
        ASSERT_TRUE(housing::seal_ledger(in).ok());
        ASSERT_TRUE(housing::rows_are_sealed(in, housing::kSetsRound).ok());
    }

    housing::Person add(housing::Person person) {
        auto job = work();
        return housing::create_person(job, std::move(person)).value();
    }
    housing::Person add_person(std::string_view name) {
        housing::Person person;
        person.name = housing::split_name(name);
        return add(std::move(person));
    }

    housing::Person update(const housing::Person& before, housing::Person after) {
        auto job = work();
        return housing::update_person(job, before, std::move(after), "tenant.updated").value();
    }

    void remove(const housing::Person& person) {
        auto job = work();
        ASSERT_TRUE(housing::remove_person(job, person).ok());
    }

    Result<housing::Person> find(Id<housing::Person> id, housing::Depth depth = housing::Depth::Full) {
        auto job = work();
        return housing::find_person(job, id, depth);
    }

    housing::PersonPage list(const housing::PersonFilter& filter) {
        auto job = work();
        return housing::list_people(job, names_, filter).value();
    }

    /// Numbers of the people whom a search for names finds.
    std::vector<std::int64_t> search(std::string_view text, bool contacts = false) {
        housing::PersonFilter filter;
        filter.search = text;
        filter.search_contacts = contacts;
        std::vector<std::int64_t> ids;
        for (const auto& person : list(filter).people) {
            ids.push_back(person.id.value);
        }
        return ids;
    }

    housing::Job add_job(const std::string& reference, const std::vector<Id<housing::Person>>& people,
                         const std::string& status = "Open") {
        housing::Job job;
        job.uuid = crypto::new_uuid();
        job.reference = reference;
        job.title = "Boiler does not light";
        job.description = "Key is with the neighbour at 11";
        job.status = status;
        job.created_at = job.updated_at = clock_.now();
        auto in = work();
        return housing::create_job(in, job, people).value();
    }

    housing::NamesInMemory names_;
};

/// A person with every field there.
inline housing::Person full_person() {
    housing::Person person;
    person.name = {"Dr", "Zoë Anne", "O’Brien-Łuczak"};
    person.email = "zoe.obrien@mail.test";
    person.telephone_1 = "07700 900461";
    person.telephone_2 = "+44 113 496 0112";
    person.telephone_3 = "0113 496 0113";
    person.date_of_birth = Date{std::chrono::year{1961}, std::chrono::month{2}, std::chrono::day{28}};
    person.disabled = true;
    person.larn = "LARN834210";
    person.hackney_homes_id = "1234567";
    person.member_id = "3";
    person.person_number = "2";
    person.responsible = true;
    person.relationship = "Partner";
    person.extended_relationship = "Civil partner";
    return person;
}

}  // namespace tenantry::test
