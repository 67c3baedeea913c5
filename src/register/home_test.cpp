#include "register/home.hpp"

#include "register/alert.hpp"
#include "register/code_list.hpp"
#include "register/household.hpp"
#include "register/tenancy.hpp"
#include "tests/support/casework_records.hpp"

namespace tenantry::housing {
namespace {

using Texts = std::vector<std::string>;

constexpr std::int64_t kUprn = 100'023'000'001;
constexpr std::chrono::hours kDay{24};
constexpr std::chrono::milliseconds kInstant{1};

class Home : public test::CaseworkTest {
  protected:
    void SetUp() override {
        CaseworkTest::SetUp();
        home_ = add_property("1 Weir Lane");
        home_.uprn = kUprn;
        auto in = work();
        home_ = update_property(in, home_).value();
        other_ = add_property("2 Weir Lane");
        take_events();
    }
    Person add_at(const char* name, std::optional<Id<Property>> where) {
        Person person;
        person.name = split_name(name);
        person.property = where;
        person.date_of_birth = parse_date("1980-02-29");
        return add(person);
    }
    Person move(const Person& person, std::optional<Id<Property>> where) {
        Person after = person;
        after.property = where;
        return update(person, after);
    }
    Texts names(Instant from, Instant until) {
        auto in = work();
        Texts all;
        for (const auto& stay : list_stays(in, home_.id, from, until, Depth::Contact).value()) {
            all.push_back(stay.person.name.full());
        }
        return all;
    }
    Tenancy add_tenancy(const std::string& tag, std::optional<const char*> start,
                        std::optional<const char*> end, bool present) {
        Tenancy tenancy;
        tenancy.tag_reference = tag;
        tenancy.property = home_.id;
        tenancy.tenure_code = "SEC";
        tenancy.start_on = start ? parse_date(*start) : std::nullopt;
        tenancy.end_on = end ? parse_date(*end) : std::nullopt;
        tenancy.present = present;
        auto in = work();
        return create_tenancy(in, tenancy).value();
    }
    Casework log_for(const Person& person) {
        Interaction interaction = process();
        interaction.person = person.id;
        interaction.enquiry_subject = "100000005";
        return log(interaction);
    }
    HomeTimeline timeline(HomePast past = {}, Paging paging = {}) {
        auto in = work();
        return read_home_timeline(in, home_.id, past, paging).value();
    }
    /// "kind what detail person by" of each event.
    Texts events(HomePast past = {}) {
        Texts all;
        for (const auto& one : timeline(past).events) {
            all.push_back(fmt::format("{} {} {} {} {}", static_cast<int>(one.kind),
                                      one.kind == HomeEvent::Kind::Logged ? "ticket" : one.what,
                                      one.detail.value_or("-"), one.person_name.value_or("-"),
                                      one.by.value_or("-")));
        }
        return all;
    }

    Property home_;
    Property other_;
};

TEST_F(Home, who_lived_there_on_a_day_has_been_there_for_any_part_of_it) {
    // The day begins an hour into the test and lasts for 24.
    const Instant day = clock_.now() + std::chrono::hours{1};
    const Instant next = day + kDay;
    const Person before = add_at("Left Before", home_.id);
    const Person leaves = add_at("Leaves Then", home_.id);
    add_at("Stays Throughout", home_.id);
    add_at("Next Door", other_.id);
    clock_.advance(std::chrono::hours{1});
    move(before, std::nullopt);  // as the day begins: not there in it
    clock_.advance(kInstant);
    move(leaves, other_.id);  // the day's first instant was theirs
    clock_.advance(kDay - kInstant - kInstant);
    add_at("Came At The End", home_.id);
    clock_.advance(kInstant);
    add_at("Came The Day After", home_.id);
    EXPECT_EQ(names(day, next), (Texts{"Leaves Then", "Stays Throughout", "Came At The End"}));
    EXPECT_EQ(names(day - kDay, day), (Texts{"Left Before", "Leaves Then", "Stays Throughout"}));
    EXPECT_EQ(names(next, next + kInstant),
              (Texts{"Stays Throughout", "Came At The End", "Came The Day After"}));
    EXPECT_EQ(names(day - kDay - kDay, day - kDay), Texts{});
}

TEST_F(Home, a_stay_says_from_when_to_when_and_who_comes_back_has_two) {
    const Instant start = clock_.now();
    const Person ada = add_at("Ada Sample", home_.id);
    clock_.advance(kDay);
    const Person gone = move(ada, std::nullopt);
    clock_.advance(kDay);
    move(gone, home_.id);
    take_events();
    auto in = work();
    const auto stays = list_stays(in, home_.id, start, clock_.now() + kInstant, Depth::Full).value();
    ASSERT_EQ(stays.size(), 2U);
    EXPECT_EQ(stays[0].from, start);
    EXPECT_EQ(stays[0].to, start + kDay);
    EXPECT_EQ(stays[1].from, start + kDay + kDay);
    EXPECT_EQ(stays[1].to, std::nullopt);
    EXPECT_EQ(stays[1].person.date_of_birth, parse_date("1980-02-29"));
    EXPECT_EQ(take_events(), std::vector<std::string>{"tenant.listed -/- - 0"});
    EXPECT_EQ(find_first_stay(tx_, home_.id).value(), start);
    EXPECT_EQ(find_first_stay(tx_, other_.id).value(), std::nullopt);
}

TEST_F(Home, somebody_whose_record_is_damaged_is_still_listed) {
    const Person ada = add_at("Ada Sample", home_.id);
    run("UPDATE person SET name = x'00' WHERE id = $1", ada.id);
    testing::internal::CaptureStderr();
    auto in = work();
    const auto stays =
        list_stays(in, home_.id, clock_.now(), clock_.now() + kInstant, Depth::Contact).value();
    testing::internal::GetCapturedStderr();
    ASSERT_EQ(stays.size(), 1U);
    EXPECT_EQ(stays[0].person.uuid, ada.uuid);
    EXPECT_FALSE(stays[0].person.unreadable.empty());
}

TEST_F(Home, nobody_there_is_no_reading) {
    take_events();
    EXPECT_EQ(names(clock_.now(), clock_.now() + kInstant), Texts{});
    EXPECT_TRUE(timeline().events.empty());
    auto in = work();
    EXPECT_TRUE(list_open_work_at(in, home_.id)->items.empty());
    EXPECT_EQ(take_events(), Texts{});
}

TEST_F(Home, open_work_is_that_of_its_people_and_their_household) {
    auto in = work();
    const auto household = ensure_household(in, "0123456/01").value();
    Person member;
    member.name = split_name("Ada Sample");
    member.property = home_.id;
    member.household = household;
    const Person ada = add(member);
    const Person neighbour = add_at("Next Door", other_.id);
    const auto open = log_for(ada);
    const auto closed = log_for(ada);
    ASSERT_TRUE(close_case(in, said_on(closed.interaction.uuid, "done"), std::nullopt).ok());
    log_for(neighbour);
    Interaction of_household = process();
    of_household.person.reset();
    of_household.household = household;
    const auto theirs = log(of_household);
    std::vector<Uuid> found;
    for (const auto& item : list_open_work_at(in, home_.id)->items) {
        found.push_back(item.interaction.uuid);
    }
    EXPECT_EQ(found, (std::vector<Uuid>{open.interaction.uuid, theirs.interaction.uuid}));
}

TEST_F(Home, its_past_is_who_moved_what_was_let_what_was_warned_of_and_what_was_logged) {
    auto in = work();
    ASSERT_TRUE(put_code(in, "alert_type", "3", "Dangerous dog").ok());
    ASSERT_TRUE(put_code(in, "enquiry_subject", "100000005", "Joint tenancy application").ok());
    const Person ada = add_at("Ada Sample", home_.id);
    // The clock stands at 2030-03-17.
    add_tenancy("0123456/01", "2001-04-02", "2009-10-04", false);
    add_tenancy("0123456/02", "2009-10-05", "2031-01-01", true);
    clock_.advance(kDay);
    const auto logged = log_for(ada);
    clock_.advance(kDay);
    {
        auto later = work();
        ASSERT_TRUE(raise_alerts(later, ada.uuid, kUprn, {"3"}).ok());
    }
    clock_.advance(kDay);
    move(find(ada.id).value(), std::nullopt);
    const Texts all{"2 - - Ada Sample -",
                    "5 Dangerous dog - Ada Sample -",
                    "6 ticket Joint tenancy application Ada Sample Olu Officer",
                    "1 - - Ada Sample -",
                    "3 0123456/02 Secure - -",
                    "4 0123456/01 Secure - -",
                    "3 0123456/01 Secure - -"};
    Texts found;
    for (auto& text : events()) {
        const auto gap = text.find("  ");
        found.push_back(gap == std::string::npos ? text : text.replace(gap, 2, " - "));
    }
    EXPECT_EQ(found, all);
    EXPECT_EQ(timeline().events[2].record, logged.interaction.uuid);
    EXPECT_EQ(timeline().events[2].what, logged.incident.ticket_number);
    EXPECT_EQ(timeline({.tenancies = false, .interactions = false}).events.size(), 3U);
    EXPECT_EQ(timeline({.tenancies = false}).events.size(), 4U);
}

TEST_F(Home, what_was_logged_elsewhere_is_not_of_this_home) {
    const Person first = add_at("First Stay", home_.id);
    const Person moved_in = add_at("Moved In", other_.id);
    log_for(moved_in);
    // From before an import, which knows no day on which people moved in.
    const auto earlier = log_for(first);
    run("UPDATE interaction SET created_at = created_at - 1000000 WHERE id = $1", earlier.interaction.id);
    clock_.advance(kDay);
    const Person here = move(moved_in, home_.id);
    clock_.advance(kDay);
    log_for(here);
    clock_.advance(kDay);
    const Person gone = move(here, other_.id);
    clock_.advance(kDay);
    log_for(gone);
    testing::internal::CaptureStderr();
    EXPECT_EQ(timeline().events.size(), 5U);  // three moves, two logged
    testing::internal::GetCapturedStderr();
}

TEST_F(Home, its_past_comes_a_page_at_a_time) {
    for (int i = 0; i < 7; ++i) {
        add_at(fmt::format("Person {}", i).c_str(), home_.id);
        clock_.advance(kDay);
    }
    Texts found;
    for (const std::int64_t offset : {0, 3, 6}) {
        const auto page = timeline({}, {.limit = 3, .offset = offset});
        EXPECT_EQ(page.has_older, offset < 6);
        for (const auto& one : page.events) {
            found.push_back(one.person_name.value_or("-"));
        }
    }
    EXPECT_EQ(found,
              (Texts{"Person 6", "Person 5", "Person 4", "Person 3", "Person 2", "Person 1", "Person 0"}));
    EXPECT_FALSE(timeline({}, {.limit = 7, .offset = 0}).has_older);
}

TEST_F(Home, its_tenancies_are_the_present_one_then_the_latest) {
    add_tenancy("0123456/01", "2001-04-02", "2009-10-04", false);
    add_tenancy("0123456/02", "2009-10-05", std::nullopt, true);
    add_tenancy("0123456/03", "2012-01-01", "2013-01-01", false);
    add_tenancy("0123456/04", std::nullopt, std::nullopt, false);
    const auto tags = [this] {
        Texts all;
        for (const auto& tenancy : list_tenancies_of(tx_, keys(), home_.id).value()) {
            all.push_back(tenancy.tag_reference);
        }
        return all;
    };
    EXPECT_EQ(tags(), (Texts{"0123456/02", "0123456/03", "0123456/01", "0123456/04"}));
    run("UPDATE tenancy SET current_balance = 1 WHERE tag_reference = '0123456/03'");
    EXPECT_EQ(tags(), (Texts{"0123456/02", "0123456/01", "0123456/04"}));
    EXPECT_TRUE(list_tenancies_of(tx_, keys(), other_.id)->empty());
}

TEST_F(Home, the_next_of_kin_of_several_people_are_read_at_once) {
    const Person ada = add_at("Ada Sample", home_.id);
    const Person ben = add_at("Ben Sample", home_.id);
    const Person none = add_at("No Kin", home_.id);
    auto in = work();
    ASSERT_TRUE(update_next_of_kin(in, ada.uuid, {.name = "Kim Sample", .mobile = "07700 900001"}).ok());
    ASSERT_TRUE(update_next_of_kin(in, ben.uuid, {.name = "Lee Sample"}).ok());
    run("UPDATE next_of_kin SET name = x'00' WHERE person_id = $1", ben.id);
    take_events();
    testing::internal::CaptureStderr();
    const auto kin = load_all_next_of_kin(in, {{ada.id.value, ben.id.value, none.id.value}}).value();
    testing::internal::GetCapturedStderr();
    EXPECT_EQ(kin.size(), 2U);
    EXPECT_EQ(kin.at(ada.id.value)->name, "Kim Sample");
    EXPECT_EQ(kin.at(ada.id.value)->mobile, "07700 900001");
    EXPECT_EQ(kin.at(ben.id.value), std::nullopt);
    EXPECT_EQ(take_events(), Texts{fmt::format("next_of_kin.damaged {0}/- {0} 2", ben.id.value)});
}

}  // namespace
}  // namespace tenantry::housing
