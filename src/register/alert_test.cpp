#include "register/alert.hpp"

#include "register/code_list.hpp"
#include "register/importer.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

constexpr std::int64_t kUprn = 100'023'000'001;

/// A person's flags as text: "o" for their own, "h" for the home's, "-" for neither.
std::string flags_of(const Person& person) {
    return {person.cautionary_alert ? 'o' : '-', person.property_cautionary_alert ? 'h' : '-'};
}

class Alerts : public test::HousingTest {
  protected:
    void SetUp() override {
        home_ = add_property("Flat 2");
        home_.uprn = kUprn;
        auto in = work();
        home_ = update_property(in, home_).value();
    }

    Person add_flagged(std::string_view name, const std::string& flags, bool at_home = true) {
        Person person;
        person.name = split_name(name);
        person.property = at_home ? std::optional{home_.id} : std::nullopt;
        person.cautionary_alert = flags[0] == 'o';
        person.property_cautionary_alert = flags[1] == 'h';
        return add(person);
    }
    Result<void> raise(const Uuid& person, const std::vector<std::string>& codes, std::int64_t uprn = kUprn) {
        auto in = work();
        return raise_alerts(in, person, uprn, codes);
    }
    Result<void> remove_those(const Uuid& person, const std::vector<Uuid>& alerts, Caution caution,
                              std::optional<std::int64_t> uprn = kUprn) {
        auto in = work();
        return remove_alerts(in, person, uprn, alerts, caution);
    }
    std::vector<AlertAtHome> list_at(std::int64_t uprn = kUprn) {
        auto in = work();
        return list_alerts_at(in, uprn).value();
    }

    Property home_;
};

TEST_F(Alerts, an_alert_says_what_the_code_list_calls_it_of_whom_and_since_when) {
    auto in = work();
    ASSERT_TRUE(put_code(in, "alert_type", "3", "Dangerous dog").ok());
    ASSERT_TRUE(put_code(in, "tenure", "12", "Not this list").ok());
    const Person ada = add_flagged("Ada Sample", "--");
    take_events();
    ASSERT_TRUE(raise(ada.uuid, {"3", "12"}).ok());
    EXPECT_EQ(take_events(), (std::vector<std::string>{"alert.created 1/1 1 0", "alert.created 2/1 1 0",
                                                       "tenant.flagged 1/2 1 0"}));
    const auto alerts = list_at();
    ASSERT_EQ(alerts.size(), 2U);
    EXPECT_EQ(take_events(), std::vector<std::string>{"alert.listed -/- - 0"});
    EXPECT_EQ(alerts[0].label, "Dangerous dog");
    EXPECT_EQ(alerts[1].label, "12");
    for (const auto& alert : alerts) {
        EXPECT_EQ(alert.person, ada.uuid);
        EXPECT_EQ(alert.person_name, "Ada Sample");
        EXPECT_EQ(alert.alert.uprn, kUprn);
        EXPECT_EQ(alert.alert.created_at, clock_.now());
    }
    EXPECT_TRUE(list_at(kUprn + 1).empty());
    EXPECT_TRUE(take_events().empty());
}

/// Who is flagged at a home before and after. The contact is the first; "elsewhere" is not of the home.
struct FlagRow {
    const char* what;
    std::vector<std::string> before;
    std::vector<std::string> after;
    bool contact_is_elsewhere = false;
};

TEST_F(Alerts, raising_flags_the_home_until_several_of_it_are_flagged) {
    const std::vector<FlagRow> rows{
        {"nobody", {"--", "--", "--"}, {"oh", "-h", "-h"}},
        {"the contact alone", {"oh", "-h", "-h"}, {"oh", "-h", "-h"}},
        {"somebody else alone", {"-h", "oh", "-h"}, {"oh", "oh", "-h"}},
        {"somebody else alone, and the home's flag was lost", {"--", "o-", "--"}, {"oh", "oh", "-h"}},
        {"two others", {"-h", "oh", "oh"}, {"oh", "oh", "oh"}},
        {"two others without the home's flag", {"--", "o-", "o-"}, {"o-", "o-", "o-"}},
        {"nobody, of a contact elsewhere", {"--", "--", "--"}, {"--", "-h", "-h"}, true},
        {"two, of a contact elsewhere", {"--", "oh", "oh"}, {"o-", "oh", "oh"}, true},
    };
    for (const auto& row : rows) {
        run("SAVEPOINT row");
        std::vector<Person> people;
        for (const auto& flags : row.before) {
            people.push_back(add_flagged("A B", flags, !(people.empty() && row.contact_is_elsewhere)));
        }
        const Person next_door = add_flagged("C D", "--", false);
        ASSERT_TRUE(raise(people[0].uuid, {"3"}).ok()) << row.what;
        std::vector<std::string> after;
        for (const auto& person : people) {
            const Person now = find(person.id).value();
            after.push_back(flags_of(now));
            EXPECT_EQ(now.version, flags_of(now) == flags_of(person) ? 1 : 2) << row.what;
        }
        EXPECT_EQ(after, row.after) << row.what;
        EXPECT_EQ(flags_of(*find(next_door.id)), "--");
        EXPECT_EQ(count("alert"), 1);
        run("ROLLBACK TO row");
    }
}

TEST_F(Alerts, where_caution_ends_the_home_stays_flagged_for_whoever_else_is) {
    const std::vector<FlagRow> rows{
        {"the contact alone", {"oh", "-h", "-h"}, {"--", "--", "--"}},
        {"the contact and another", {"oh", "oh", "-h"}, {"-h", "oh", "-h"}},
        {"three", {"oh", "oh", "oh"}, {"-h", "oh", "oh"}},
        {"somebody else alone", {"-h", "oh", "-h"}, {"-h", "oh", "-h"}},
        {"two others", {"-h", "oh", "oh"}, {"-h", "oh", "oh"}},
        {"nobody", {"--", "-h", "--"}, {"--", "-h", "--"}},
        {"one, of a contact elsewhere", {"o-", "oh", "-h"}, {"--", "oh", "-h"}, true},
        {"nobody, of a contact elsewhere", {"o-", "--", "--"}, {"o-", "--", "--"}, true},
    };
    for (const auto& row : rows) {
        for (const auto caution : {Caution::Ends, Caution::Stays}) {
            run("SAVEPOINT row");
            std::vector<Person> people;
            for (const auto& flags : row.before) {
                people.push_back(add_flagged("A B", flags, !(people.empty() && row.contact_is_elsewhere)));
            }
            const Uuid alert = crypto::new_uuid();
            run("INSERT INTO alert (id, uuid, version, person_id, uprn, type_code, row_seal, created_at) "
                "VALUES (9, $1, 1, $2, $3, x'', x'', 0)",
                alert, people[0].id, kUprn);
            ASSERT_TRUE(remove_those(people[0].uuid, {alert}, caution).ok()) << row.what;
            std::vector<std::string> after;
            after.reserve(people.size());
            for (const auto& person : people) {
                after.push_back(flags_of(*find(person.id)));
            }
            EXPECT_EQ(after, caution == Caution::Ends ? row.after : row.before) << row.what;
            EXPECT_EQ(count("alert"), 0);
            run("ROLLBACK TO row");
        }
    }
}

TEST_F(Alerts, without_a_uprn_no_flag_is_lowered) {
    const Person ada = add_flagged("Ada Sample", "oh");
    ASSERT_TRUE(raise(ada.uuid, {"3"}).ok());
    ASSERT_TRUE(remove_those(ada.uuid, {list_at()[0].alert.uuid}, Caution::Ends, std::nullopt).ok());
    EXPECT_EQ(flags_of(*find(ada.id)), "oh");
}

TEST_F(Alerts, removing_is_one_event_for_each_and_only_of_the_persons_own) {
    const Person ada = add_flagged("Ada Sample", "--");
    const Person ben = add_flagged("Ben Sample", "--");
    ASSERT_TRUE(raise(ada.uuid, {"3", "4"}).ok());
    const auto alerts = list_at();
    EXPECT_EQ(remove_those(ben.uuid, {alerts[0].alert.uuid}, Caution::Stays).error().code, Code::NotFound);
    EXPECT_EQ(remove_those(ada.uuid, {crypto::new_uuid()}, Caution::Stays).error().code, Code::NotFound);
    EXPECT_EQ(remove_those(crypto::new_uuid(), {}, Caution::Ends).error().code, Code::NotFound);
    EXPECT_EQ(raise(crypto::new_uuid(), {"3"}).error().code, Code::NotFound);
    EXPECT_EQ(count("alert"), 2);
    take_events();
    ASSERT_TRUE(remove_those(ada.uuid, {alerts[1].alert.uuid, alerts[0].alert.uuid}, Caution::Ends).ok());
    EXPECT_EQ(take_events(), (std::vector<std::string>{"alert.removed 2/1 1 0", "alert.removed 1/1 1 0",
                                                       "tenant.flagged 1/3 1 0", "tenant.flagged 2/3 2 0"}));
    EXPECT_EQ(count("alert"), 0);
}

TEST_F(Alerts, a_damaged_neighbour_keeps_nobody_from_being_warned_of) {
    testing::internal::CaptureStderr();
    const Person ada = add_flagged("Ada Sample", "--");
    const Person ben = add_flagged("Ben Sample", "--");
    run("UPDATE person SET email = x'00' WHERE id = $1", ben.id);
    ASSERT_TRUE(raise(ada.uuid, {"3"}).ok());
    EXPECT_EQ(flags_of(*find(ada.id)), "oh");
    run("UPDATE person SET email = x'00' WHERE id = $1", ada.id);
    const auto alerts = list_at();
    ASSERT_EQ(alerts.size(), 1U);
    EXPECT_EQ(alerts[0].person_name, std::nullopt);
    EXPECT_EQ(alerts[0].person, ada.uuid);
    testing::internal::GetCapturedStderr();
}

TEST_F(Alerts, one_that_does_not_open_is_still_shown_to_whoever_is_about_to_knock) {
    const Person ada = add_flagged("Ada Sample", "--");
    ASSERT_TRUE(raise(ada.uuid, {"3", "12"}).ok());
    run("UPDATE alert SET type_code = (SELECT type_code FROM alert WHERE id = 2) WHERE id = 1");
    take_events();
    const auto alerts = list_at();
    ASSERT_EQ(alerts.size(), 2U);
    EXPECT_EQ(alerts[0].label, kUnreadableAlert);
    EXPECT_EQ(alerts[0].person, ada.uuid);
    EXPECT_EQ(alerts[1].label, "12");
    EXPECT_EQ(take_events().front().substr(0, 13), "alert.damaged");
}

TEST_F(Alerts, a_visit_is_warned_of_everybody_at_the_address_and_of_the_person) {
    const Person ada = add_flagged("Ada Sample", "--");
    const Person ben = add_flagged("Ben Sample", "--");
    const Person gone = add_flagged("Gone Sample", "--", false);
    const Person next_door = add_flagged("Next Door", "--", false);
    // Of Ada at the home she came from, of somebody who has moved away from here, of nobody here.
    ASSERT_TRUE(raise(ada.uuid, {"1"}, kUprn + 1).ok());
    ASSERT_TRUE(raise(gone.uuid, {"2"}).ok());
    ASSERT_TRUE(raise(next_door.uuid, {"3"}, kUprn + 2).ok());
    const auto codes = [this](std::optional<Id<Property>> home, std::optional<Id<Person>> person) {
        auto in = work();
        std::string all;
        for (const auto& one : list_warnings(in, home, person)->alerts) {
            all += one.label;
        }
        return all;
    };
    take_events();
    EXPECT_EQ(codes(home_.id, std::nullopt), "12");
    EXPECT_EQ(take_events(), std::vector<std::string>{"alert.listed -/- - 0"});
    EXPECT_EQ(codes(home_.id, ben.id), "12");
    EXPECT_EQ(codes(home_.id, next_door.id), "123");
    EXPECT_EQ(codes(std::nullopt, next_door.id), "3");
    EXPECT_EQ(codes(std::nullopt, ben.id), "");
    // A second home of the same address, a flat under a parent's number, shares what is known of it.
    Property flat = add_property("Flat 2a");
    EXPECT_EQ(codes(flat.id, std::nullopt), "");
    flat.uprn = kUprn;
    auto in = work();
    flat = update_property(in, flat).value();
    EXPECT_EQ(codes(flat.id, std::nullopt), "12");
}

TEST_F(Alerts, who_stays_flagged_without_an_alert_is_warned_of) {
    const Person ada = add_flagged("Ada Sample", "oh");
    const Person ben = add_flagged("Ben Sample", "-h");
    const auto flagged = [this, &ben] {
        auto in = work();
        return list_warnings(in, home_.id, ben.id)->flagged;
    };
    take_events();
    ASSERT_EQ(flagged().size(), 1U);
    EXPECT_EQ(take_events(), std::vector<std::string>{"alert.listed -/- - 0"});
    EXPECT_EQ(flagged()[0].uuid, ada.uuid);
    EXPECT_EQ(flagged()[0].name, "Ada Sample");
    testing::internal::CaptureStderr();
    run("UPDATE person SET email = x'00' WHERE id = $1", ada.id);
    ASSERT_EQ(flagged().size(), 1U);
    EXPECT_EQ(flagged()[0].name, std::nullopt);
    testing::internal::GetCapturedStderr();
    ASSERT_TRUE(raise(ada.uuid, {"3"}).ok());
    EXPECT_TRUE(flagged().empty());
}

TEST_F(Alerts, an_import_raises_the_flags_and_a_second_one_updates) {
    const Person ada = add_flagged("Ada Sample", "--");
    const Person ben = add_flagged("Ben Sample", "--");
    AlertRecord record{crypto::new_uuid(), ada.uuid, kUprn, "3", from_millis(5'000)};
    auto in = work();
    Importer importer{in};
    ASSERT_TRUE(importer.add(record).ok());
    EXPECT_EQ(flags_of(*find(ada.id)), "oh");
    EXPECT_EQ(flags_of(*find(ben.id)), "-h");
    record.type_code = "12";
    ASSERT_TRUE(importer.add(record).ok());
    const Alert kept = find_alert(in, record.uuid).value();
    EXPECT_EQ(kept.version, 2);
    EXPECT_EQ(kept.type_code, "12");
    EXPECT_EQ(kept.created_at, from_millis(5'000));
    EXPECT_EQ(count("alert"), 1);
    record.person = crypto::new_uuid();
    const auto refused = importer.add(record);
    EXPECT_EQ(refused.error().code, Code::Invalid);
    EXPECT_EQ(refused.error().field.view(), "person_uuid");
    EXPECT_EQ(find_alert(in, crypto::new_uuid()).error().code, Code::NotFound);
}

}  // namespace
}  // namespace tenantry::housing
