#include "register/tray.hpp"

#include <functional>

#include "register/code_list.hpp"
#include "tests/support/casework_records.hpp"

namespace tenantry::housing {
namespace {

using Numbers = std::vector<std::int64_t>;
using Events = std::vector<std::string>;

class Tray : public test::CaseworkTest {
  protected:
    TrayPage tray(TrayFilter filter = TrayFilter::All, Paging paging = {}, Id<Officer> officer = kOfficer) {
        auto in = work();
        return list_tray_of_officer(in, officer, filter, paging).value();
    }
    static Numbers numbers(const TrayPage& page) {
        Numbers all;
        for (const auto& item : page.items) {
            all.push_back(item.interaction.id.value);
        }
        return all;
    }
    Casework log_with(const std::function<void(Interaction&)>& change) {
        Interaction interaction = process();
        change(interaction);
        const Casework logged = log(interaction);
        clock_.advance(std::chrono::hours{1});
        return logged;
    }
    Casework log_one() {
        return log_with([](Interaction&) {});
    }
    void ask_to_call_back(const Casework& logged) {
        auto in = work();
        ASSERT_TRUE(follow_up(in, said_on(logged.interaction.uuid, "rang"), true, {}).ok());
    }
};

TEST_F(Tray, call_backs_come_first_then_what_was_transferred_each_the_oldest_first) {
    log_one();
    log_with([](Interaction& i) { i.transferred = true; });
    const Casework late = log_one();
    log_with([](Interaction& i) { i.patch = Id<Patch>{4}; });
    const Casework later = log_with([](Interaction& i) { i.transferred = true; });
    ask_to_call_back(late);
    ask_to_call_back(later);
    EXPECT_EQ(numbers(tray()), (Numbers{5, 3, 2, 1, 4}));
    EXPECT_EQ(numbers(tray(TrayFilter::Callbacks)), (Numbers{5, 3}));
    EXPECT_EQ(numbers(tray(TrayFilter::Transferred)), (Numbers{5, 2}));
    const auto page = tray(TrayFilter::Callbacks);
    EXPECT_EQ(std::tuple(page.all, page.callbacks, page.transferred, page.is_whole),
              std::tuple(5, 2, 2, true));
}

TEST_F(Tray, has_what_is_open_in_the_patches_and_areas_that_the_officer_holds) {
    const Casework closed = log_one();
    log_one();
    const Casework handed = log_with([](Interaction& i) {
        i.patch.reset();
        i.manager_area = kManagerArea;
    });
    log_with([](Interaction& i) { i.patch.reset(); });
    {
        auto in = work();
        ASSERT_TRUE(close_case(in, said_on(closed.interaction.uuid, "done"), {}).ok());
    }
    EXPECT_EQ(numbers(tray()), Numbers{2});
    EXPECT_EQ(numbers(tray(TrayFilter::All, {}, kOther)), Numbers{3});
    EXPECT_TRUE(numbers(tray(TrayFilter::All, {}, Id<Officer>{99})).empty());
    run("UPDATE patch SET active = 0");
    EXPECT_TRUE(numbers(tray()).empty());
}

TEST_F(Tray, is_read_a_page_at_a_time) {
    for (int i = 0; i < 5; ++i) {
        log_one();
    }
    EXPECT_EQ(numbers(tray(TrayFilter::All, {2, 0})), (Numbers{1, 2}));
    EXPECT_EQ(numbers(tray(TrayFilter::All, {2, 4})), Numbers{5});
    EXPECT_TRUE(numbers(tray(TrayFilter::All, {2, 6})).empty());
    EXPECT_EQ(tray(TrayFilter::All, {2, 4}).all, 5);
}

TEST_F(Tray, an_item_says_what_it_is_about_who_it_concerns_and_who_has_it) {
    {
        auto in = work();
        ASSERT_TRUE(put_code(in, "nature_of_enquiry", "3", "Estate Managment").ok());
        ASSERT_TRUE(put_code(in, "enquiry_subject", "100000005", "Joint tenancy application").ok());
        ASSERT_TRUE(put_code(in, "reason_for_process", "2", "Programme of checks").ok());
    }
    Person person = test::full_person();
    const Property home = add_property("9 Weir Lane");
    person.property = home.id;
    person.cautionary_alert = true;
    person = add(person);
    const Casework logged = log_with([&](Interaction& i) {
        i.person = person.id;
        i.nature_of_enquiry = "3";
        i.enquiry_subject = "100000005";
        i.reason_for_process = 2;
    });
    log_with([](Interaction& i) { i.person.reset(); });
    const auto items = tray().items;
    ASSERT_EQ(items.size(), 2U);
    const TrayItem& item = items[0];
    EXPECT_EQ(item.ticket_number, logged.incident.ticket_number);
    EXPECT_EQ(item.nature_of_enquiry, "Estate Managment");
    EXPECT_EQ(item.enquiry_subject, "Joint tenancy application");
    EXPECT_EQ(item.reason_for_process, "Programme of checks");
    EXPECT_EQ(item.patch, "HN7");
    EXPECT_EQ(item.manager_area, std::nullopt);
    ASSERT_TRUE(item.who);
    EXPECT_EQ(item.who->person.name.full(), person.name.full());
    EXPECT_EQ(item.who->home, home.uuid);
    EXPECT_TRUE(item.who->person.cautionary_alert);
    EXPECT_EQ(item.who->person.full_address, home.full_address());
    EXPECT_FALSE(items[1].who);
}

TEST_F(Tray, one_reading_of_everybody_in_the_page_is_journaled) {
    log_one();
    log_one();
    take_events();
    tray();
    EXPECT_EQ(take_events(), Events{"interaction.listed -/- - 0"});
    tray(TrayFilter::Callbacks);
    EXPECT_TRUE(take_events().empty()) << "nobody was shown";
}

TEST_F(Tray, damage_takes_no_tray_down_and_is_reported) {
    testing::internal::CaptureStderr();
    log_one();
    const Person other = add_person("Bo Other");
    log_with([&](Interaction& i) { i.person = other.id; });
    run("UPDATE person SET name = x'00' WHERE id = 1");
    run("UPDATE interaction SET process_stage = 2 WHERE id = 2");
    run("UPDATE incident SET request_callback = 1 WHERE id = 2");
    take_events();
    const auto items = tray().items;
    EXPECT_EQ(take_events(), (Events{"interaction.damaged 2/- 2 2", "incident.damaged 2/- 2 2",
                                     "tenant.damaged 1/1 1 2", "interaction.listed -/- - 0"}));
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].who->person.name.full(), "Bo Other");
    EXPECT_EQ(items[1].who->person.name.full(), "");
    EXPECT_EQ(testing::internal::GetCapturedStderr().find("Ada"), std::string::npos);
}

TEST_F(Tray, a_manager_sees_how_much_lies_in_each_patch) {
    log_one();
    const Casework second = log_one();
    ask_to_call_back(second);
    auto in = work();
    const auto patches = list_patches_of_manager(in, kOther).value();
    ASSERT_EQ(patches.size(), 2U);
    EXPECT_EQ(patches[0].name, "HN7");
    EXPECT_EQ(patches[0].officer, "Olu Officer");
    EXPECT_EQ(std::tuple(patches[0].open, patches[0].callbacks), std::tuple(2, 1));
    EXPECT_EQ(patches[0].oldest, from_millis(1'900'000'000'000));
    EXPECT_EQ(patches[1].open, 0);
    EXPECT_EQ(patches[1].oldest, std::nullopt);
    EXPECT_TRUE(list_patches_of_manager(in, kOfficer).value().empty());
}

}  // namespace
}  // namespace tenantry::housing
