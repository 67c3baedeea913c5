#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "base/text.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

using Ids = std::vector<std::int64_t>;

Ids ids_of(const PersonPage& page) {
    Ids ids;
    for (const Person& person : page.people) {
        ids.push_back(person.id.value);
    }
    return ids;
}

class PersonList : public test::HousingTest {
  protected:
    Person add_contact(std::string_view name, std::optional<std::string> email,
                       std::optional<std::string> telephone) {
        Person person;
        person.name = split_name(name);
        person.email = std::move(email);
        person.telephone_1 = std::move(telephone);
        return add(person);
    }
};

/// 300 people and what a list of them should show, found by looking at each.
class PersonListModel : public PersonList {
  protected:
    void SetUp() override {
        for (const char* line : {"1 Weir Lane", "2 Weir Lane", "3 Weir Lane"}) {
            homes_.push_back(add_property(line).id);
        }
        constexpr std::array<std::string_view, 12> kFirst{"Anna",    "ANNA", "Zoë",      "Jean-Luc",
                                                          "Siobhán", "Bo",   "Priya R.", "Łukasz",
                                                          "محمد",    "Xi",   "O'Shea",   "100%"};
        constexpr std::array<std::string_view, 12> kLast{"Nair",        "O’Brien",    "Annand",  "Ng",
                                                         "Łuczak-Nair", "de la Cruz", "McAnnan", "Ó Néill",
                                                         "سلمان",       "Li_",        "Smith 👪", "AND"};
        for (int i = 0; i < 300; ++i) {
            Person person;
            person.name = {std::nullopt, std::string{kFirst[random_() % kFirst.size()]},
                           std::string{kLast[random_() % kLast.size()]}};
            person.active = random_() % 3 != 0;
            if (const auto at = random_() % 4; at < 3) {
                person.property = homes_[at];
            }
            people_.push_back(add(person));
        }
    }

    [[nodiscard]] static bool matches_search(const Person& person, const std::string& search) {
        const std::string folded_name = fold(person.name.full());
        const std::string folded = fold(search);
        auto words = words_of(folded);
        words.resize(std::min<std::size_t>(words.size(), 5));
        return search.empty() || (!words.empty() && std::ranges::all_of(words, [&](std::string_view word) {
                   return folded_name.find(word) != std::string::npos;
               }));
    }

    [[nodiscard]] static bool matches(const Person& person, const PersonFilter& filter) {
        if (filter.active && person.active != *filter.active) {
            return false;
        }
        if (filter.only_unassigned) {
            if (person.property) {
                return false;
            }
        } else if (filter.property && person.property != filter.property &&
                   !(filter.or_unassigned && !person.property)) {
            return false;
        }
        return matches_search(person, filter.search);
    }

    void compare(const PersonFilter& filter) {
        Ids expected;
        for (const Person& person : people_) {
            if (matches(person, filter)) {
                expected.push_back(person.id.value);
            }
        }
        const auto total = static_cast<std::int64_t>(expected.size());
        const auto from = std::min(filter.paging.offset, total);
        const auto to = std::min(from + filter.paging.limit, total);
        const PersonPage page = list(filter);
        EXPECT_EQ(ids_of(page), Ids(expected.begin() + from, expected.begin() + to));
        const auto counted = filter.paging.offset + filter.paging.limit + kCountAhead;
        EXPECT_EQ(page.total, std::min(total, counted));
        EXPECT_EQ(page.total_is_exact, total < counted);
    }

    std::mt19937 random_{20'250'301};
    std::vector<Id<Property>> homes_;
    std::vector<Person> people_;
};

TEST_F(PersonListModel, every_filter_shows_what_looking_at_each_person_shows) {
    std::vector<PersonFilter> places(7);
    places[1].property = homes_[0];
    places[2].property = homes_[1];
    places[2].or_unassigned = true;
    places[3].only_unassigned = true;
    places[4].property = homes_[2];
    places[4].only_unassigned = true;
    places[5].property = Id<Property>{404};
    places[6].or_unassigned = true;
    for (PersonFilter filter : places) {
        for (const auto active : {std::optional<bool>{}, std::optional{true}, std::optional{false}}) {
            for (const char* search : {"",
                                       "  ",
                                       "anna",
                                       "nair",
                                       "an na",
                                       "NAIR łuczak",
                                       "obrien",
                                       "o'brien",
                                       "o brien",
                                       "luc",
                                       "n",
                                       "ng",
                                       "xi li",
                                       "li_",
                                       "%",
                                       "_",
                                       "100%",
                                       "\"",
                                       "*",
                                       "AND",
                                       "and",
                                       "NEAR(anna nair, 5)",
                                       "NOT nair",
                                       "anna OR bo",
                                       "folded:anna",
                                       "^anna",
                                       "{anna}",
                                       "ann*",
                                       "سلمان",
                                       "م",
                                       "👪",
                                       "jean luc",
                                       "a b c d e f",
                                       "anna zz",
                                       "ó néill",
                                       "neill",
                                       "de la cruz",
                                       "cruz la de"}) {
                for (const Paging paging : {Paging{50, 0}, Paging{7, 5}, Paging{200, 100}, Paging{1, 299}}) {
                    filter.active = active;
                    filter.search = search;
                    filter.paging = paging;
                    SCOPED_TRACE(fmt::format(
                        "active {} property {} or_unassigned {} only {} search '{}' limit {}",
                        active ? (*active ? "1" : "0") : "-", filter.property ? filter.property->value : 0,
                        filter.or_unassigned, filter.only_unassigned, search, paging.limit));
                    compare(filter);
                }
            }
        }
    }
}

TEST_F(PersonListModel, what_was_renamed_moved_or_removed_is_listed_as_it_is_now) {
    for (int round = 0; round < 150; ++round) {
        const auto at = random_() % people_.size();
        if (random_() % 4 == 0) {
            remove(people_[at]);
            people_.erase(people_.begin() + static_cast<std::ptrdiff_t>(at));
            continue;
        }
        Person after = people_[at];
        after.name = people_[random_() % people_.size()].name;
        after.active = !after.active;
        after.property = random_() % 2 == 0 ? std::optional{homes_[random_() % 3]} : std::nullopt;
        people_[at] = update(people_[at], after);
    }
    for (const char* search : {"", "anna", "nair", "n", "luczak", "and"}) {
        for (const auto active : {std::optional<bool>{}, std::optional{true}, std::optional{false}}) {
            PersonFilter filter;
            filter.search = search;
            filter.active = active;
            filter.paging.limit = 300;
            compare(filter);
            filter.property = homes_[0];
            filter.or_unassigned = true;
            compare(filter);
        }
    }
    expect_sound_index("person_name");
}

TEST_F(PersonList, case_accents_apostrophes_and_hyphens_do_not_matter) {
    const Ids hit{add_person("Siobhán O’Brien-Łuczak").id.value};
    add_person("Somebody Else");
    for (const char* typed :
         {"siobhan", "SIOBHÁN", "Siobha\u0301n", "o'brien", "OBRIEN", "o’brien", "o`brien", "obrien luczak",
          "Luczak O'Brien", "łuczak-siobhan", "brien-lucz", "  siobhan  "}) {
        EXPECT_EQ(search(typed), hit) << typed;
    }
    for (const char* typed : {"o brien x", "siobhann", "luczakk", "brien siobhan smith"}) {
        EXPECT_EQ(search(typed), Ids{}) << typed;
    }
}

TEST_F(PersonList, a_trigram_hit_that_does_not_hold_the_word_is_no_hit) {
    const Ids hit{add_person("Abcdef").id.value};
    add_person("Def Abc");
    EXPECT_EQ(search("abcdef"), hit);
}

TEST_F(PersonList, an_over_long_search_finds_nobody_and_does_no_harm) {
    add_person("Priya Nair");
    EXPECT_EQ(search(std::string(100'000, 'a')), Ids{});
    std::string words;
    for (int i = 0; i < 20'000; ++i) {
        words += "priya ";
    }
    EXPECT_EQ(search(words).size(), 1U);
    EXPECT_EQ(search(std::string(2'000, '"')), Ids{});
}

TEST_F(PersonList, a_search_of_nothing_but_space_finds_nobody) {
    add_person("Priya Nair");
    EXPECT_EQ(search("   "), Ids{});
    EXPECT_EQ(search("'"), Ids{});
}

TEST_F(PersonList, invalid_utf8_finds_nobody) {
    add_person("Priya Nair");
    EXPECT_EQ(search("pri\xff"), Ids{});
    EXPECT_EQ(search("\xf0\x9f", true), Ids{});
}

TEST_F(PersonList, an_email_is_found_whole_in_any_case_and_spacing) {
    const Ids hit{add_contact("Priya Nair", "Priya.Nair@Mail.test", std::nullopt).id.value};
    add_contact("Priya Other", "priya.nair@mail.tes", std::nullopt);
    for (const char* typed : {"priya.nair@mail.test", "PRIYA.NAIR@MAIL.TEST", "  priya.nair@mail.test "}) {
        EXPECT_EQ(search(typed, true), hit) << typed;
    }
    for (const char* typed :
         {"priya.nair@mail", "nair@mail.test", "@", "@mail.test", "priya.nair@mail.test.uk"}) {
        EXPECT_EQ(search(typed, true), Ids{}) << typed;
    }
    EXPECT_EQ(search("priya.nair@mail.test"), Ids{});
}

TEST_F(PersonList, a_telephone_is_found_whole_in_every_spelling) {
    for (const char* stored :
         {"07700 900461", "+44 7700 900461", "0044 (0)7700-900-461", "(+44) 7700 900461"}) {
        const Person person = add_contact("Priya Nair", std::nullopt, stored);
        for (const char* typed :
             {"07700900461", "07700 900 461", "+447700900461", "+44 (0)7700 900461", "0044 7700 900461",
              "00447700900461", "(07700) 900461", "07700.900.461", "07700-900461", "(+44) 7700 900461",
              "+44\u00a07700\u00a0900461", "07700\u2011900\u2011461", " 07700900461 "}) {
            EXPECT_EQ(search(typed, true), Ids{person.id.value}) << stored << " as " << typed;
        }
        for (const char* typed : {"0770090046", "7700900461", "900461", "077009004611", "07700900462"}) {
            EXPECT_EQ(search(typed, true), Ids{}) << typed;
        }
        EXPECT_EQ(search("07700900461"), Ids{});
        remove(person);
    }
}

TEST_F(PersonList, a_foreign_telephone_is_found_with_plus_or_with_00) {
    const Ids hit{add_contact("Priya Nair", std::nullopt, "+353 1 496 0112").id.value};
    EXPECT_EQ(search("00353 1 4960112", true), hit);
    EXPECT_EQ(search("+35314960112", true), hit);
}

TEST_F(PersonList, all_three_telephones_are_found) {
    const Person person = add(test::full_person());
    for (const char* typed : {"07700900461", "01134960112", "01134960113"}) {
        EXPECT_EQ(search(typed, true), Ids{person.id.value}) << typed;
    }
}

TEST_F(PersonList, an_email_of_digits_does_not_find_the_telephone_of_these_digits) {
    const Ids by_telephone{add_contact("Priya Nair", std::nullopt, "07700900461").id.value};
    const Ids by_email{add_contact("Sam Okafor", "07700900461@mail.test", std::nullopt).id.value};
    EXPECT_EQ(search("07700900461@mail.test", true), by_email);
    EXPECT_EQ(search("07700900461", true), by_telephone);
}

TEST_F(PersonList, names_are_found_where_contacts_are_searched_too) {
    const Ids hit{add_person("Priya 12345 Nair").id.value};
    EXPECT_EQ(search("nair", true), hit);
    EXPECT_EQ(search("12345", true), hit);
}

TEST_F(PersonList, contacts_are_filtered_and_people_who_share_one_are_each_listed_once) {
    const auto home = add_property("9 Weir Lane").id;
    Person person = test::full_person();
    person.telephone_2 = person.telephone_1;
    const Person nowhere = add(person);
    person.property = home;
    person.active = false;
    const Person there = add(person);
    PersonFilter filter;
    filter.search = "07700900461";
    filter.search_contacts = true;
    EXPECT_EQ(ids_of(list(filter)), (Ids{nowhere.id.value, there.id.value}));
    filter.property = home;
    EXPECT_EQ(ids_of(list(filter)), Ids{there.id.value});
    filter.or_unassigned = true;
    EXPECT_EQ(ids_of(list(filter)), (Ids{nowhere.id.value, there.id.value}));
    filter.active = true;
    EXPECT_EQ(ids_of(list(filter)), Ids{nowhere.id.value});
    filter.only_unassigned = true;
    filter.active = false;
    EXPECT_EQ(ids_of(list(filter)), Ids{});
}

TEST_F(PersonList, new_names_and_contacts_are_found_and_old_ones_are_not) {
    const Person before = add_contact("Priya Nair", "priya@mail.test", "07700900461");
    Person after = before;
    after.name = split_name("Priya Patel");
    after.email = "patel@mail.test";
    after.telephone_1 = "07700900462";
    update(before, after);
    for (const char* now : {"priya", "patel", "patel@mail.test", "07700900462"}) {
        EXPECT_EQ(search(now, true), Ids{before.id.value}) << now;
    }
    for (const char* then : {"nair", "priya@mail.test", "07700900461"}) {
        EXPECT_EQ(search(then, true), Ids{}) << then;
    }
}

TEST_F(PersonList, whoever_was_removed_is_found_by_nothing) {
    const Person person = add(test::full_person());
    remove(person);
    for (const char* then : {"", "zoe", "ob", "zoe.obrien@mail.test", "07700900461"}) {
        EXPECT_EQ(search(then, true), Ids{}) << then;
    }
}

TEST_F(PersonList, a_total_is_exact_up_to_the_pages_end_and_two_hundred_more) {
    const auto home = add_property("9 Weir Lane").id;
    Person person;
    person.property = home;
    for (int i = 0; i < 249; ++i) {
        person.name.last = "Nair";
        add(person);
    }
    const auto total = [this](const PersonFilter& filter) {
        const auto page = list(filter);
        return std::pair{page.total, page.total_is_exact};
    };
    PersonFilter everybody;
    PersonFilter named;
    named.search = "nair";
    PersonFilter there;
    there.property = home;
    for (const auto& filter : {everybody, named, there}) {
        EXPECT_EQ(total(filter), std::pair(std::int64_t{249}, true));
    }
    for (int i = 0; i < 3; ++i) {
        add(person);
    }
    for (auto filter : {everybody, named, there}) {
        EXPECT_EQ(total(filter), std::pair(std::int64_t{250}, false));
        filter.paging.offset = 3;
        EXPECT_EQ(total(filter), std::pair(std::int64_t{252}, true));
    }
}

TEST_F(PersonList, a_page_is_opened_to_contact_depth_with_addresses) {
    Person person = test::full_person();
    person.property = add_property("9 Weir Lane").id;
    add(person);
    const auto page = list({});
    ASSERT_EQ(page.people.size(), 1U);
    EXPECT_EQ(page.people[0].name.full(), person.name.full());
    EXPECT_EQ(page.people[0].email, person.email);
    EXPECT_EQ(page.people[0].telephone_2, person.telephone_2);
    EXPECT_EQ(page.people[0].telephone_3, std::nullopt);
    EXPECT_EQ(page.people[0].full_address, "9 Weir Lane, Otley, LS21 3AB");
}

TEST_F(PersonList, the_journal_names_whom_a_page_shows_and_nobody_else) {
    for (const char* name : {"Priya One", "Priya Two", "Priya Three"}) {
        add_person(name);
    }
    PersonFilter filter;
    filter.search = "priya";
    filter.paging = {1, 1};
    take_events();
    list(filter);
    EXPECT_EQ(take_events(), std::vector<std::string>{"tenant.listed -/- - 0"});
    EXPECT_EQ(select<Bytes>("SELECT people FROM audit_event ORDER BY id DESC LIMIT 1"), Bytes{2});
}

}  // namespace
}  // namespace tenantry::housing
