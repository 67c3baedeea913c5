#include "register/resident.hpp"

#include <algorithm>

#include "register/alert.hpp"
#include "register/citizen.hpp"
#include "register/contact_address.hpp"
#include "register/tenancy.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

constexpr std::int64_t kUprn = 100'023'000'001;
const Address kHome{"9 Weir Lane", {}, {}, "Otley", "LS21 3AB"};
const Address kElsewhere{"1 Far Street", {}, {}, "York", "YO1 1AA"};

class Residents : public test::HousingTest {
  protected:
    void SetUp() override {
        home_ = add_property("9 Weir Lane");
        home_.uprn = kUprn;
        home_.house_reference = "00015498";
        auto in = work();
        home_ = update_property(in, home_).value();
        take_events();
    }

    Result<Resident> add_new(NewResident resident) {
        if (resident.person.name.last.empty()) {
            resident.person.name = {std::nullopt, "Ada", "O'Sample"};
        }
        auto in = work();
        return add_resident(in, std::move(resident));
    }
    Resident find_one(const Uuid& uuid) {
        auto in = work();
        return find_resident(in, uuid).value();
    }
    Resident change(const Resident& before, const Address& parts) {
        Resident after = before;
        after.address = before.address.with(parts);
        auto in = work();
        return update_resident(in, before, after).value();
    }

    Property home_;
};

TEST_F(Residents, a_known_uprn_is_their_home_and_its_address_theirs) {
    NewResident wanted;
    wanted.person = test::full_person();
    wanted.uprn = kUprn;
    const Resident added = add_new(wanted).value();
    EXPECT_EQ(take_events(), std::vector<std::string>{"tenant.created 1/1 1 0"});
    for (const Resident& r : {added, find_one(added.person.uuid)}) {
        EXPECT_EQ(r.person.property, home_.id);
        EXPECT_EQ(r.property, home_.uuid);
        EXPECT_EQ(r.uprn, kUprn);
        EXPECT_EQ(r.house_reference, "00015498");
        EXPECT_EQ(r.address, kHome);
        EXPECT_FALSE(r.has_own_address);
        EXPECT_EQ(r.person.telephone_3, wanted.person.telephone_3);
        EXPECT_EQ(r.person.date_of_birth, wanted.person.date_of_birth);
        EXPECT_EQ(r.household, std::nullopt);
        EXPECT_EQ(r.tenancy, std::nullopt);
    }
    EXPECT_EQ(take_events(), std::vector<std::string>{"tenant.viewed 1/1 1 0"});
    EXPECT_EQ(count("citizen"), 0);
}

TEST_F(Residents, an_unknown_uprn_makes_a_property_of_the_address) {
    NewResident wanted;
    wanted.uprn = 7;
    wanted.address = kElsewhere;
    const Resident added = add_new(wanted).value();
    EXPECT_EQ(added.address, kElsewhere);
    EXPECT_FALSE(added.has_own_address);
    const auto made = find_property_by_uprn(tx_, 7).value();
    ASSERT_EQ(made, added.person.property);
    EXPECT_EQ(find_property(tx_, keys(), *made)->full_address(), "1 Far Street, York, YO1 1AA");
    EXPECT_EQ(take_events(), (std::vector<std::string>{"address.created 2/1 - 0", "tenant.created 1/1 1 0"}));

    NewResident bare;
    bare.uprn = 8;
    const Resident nowhere = add_new(bare).value();
    EXPECT_TRUE(nowhere.address.empty());
    EXPECT_TRUE(find_one(nowhere.person.uuid).address.empty());
}

TEST_F(Residents, without_a_uprn_the_address_is_their_own) {
    NewResident wanted;
    wanted.address.postcode = "E8 9ZZ";
    const Resident added = add_new(wanted).value();
    EXPECT_EQ(added.person.property, std::nullopt);
    EXPECT_TRUE(added.has_own_address);
    EXPECT_EQ(find_one(added.person.uuid).address, wanted.address);
    EXPECT_EQ(select<std::int64_t>("SELECT count(*) FROM contact_address WHERE line_1 IS NULL AND "
                                   "instr(postcode, 'E8') = 0"),
              1);
    const Resident no_address = add_new({}).value();
    EXPECT_FALSE(no_address.has_own_address);
    EXPECT_TRUE(find_one(no_address.person.uuid).address.empty());
}

TEST_F(Residents, an_address_that_differs_from_the_home_is_their_own_until_it_is_the_homes_again) {
    NewResident wanted;
    wanted.uprn = kUprn;
    wanted.address = {{}, "Rear entrance", {}, {}, {}};
    Resident r = add_new(wanted).value();
    const Address own{"9 Weir Lane", "Rear entrance", {}, "Otley", "LS21 3AB"};
    EXPECT_EQ(r.address, own);
    EXPECT_TRUE(find_one(r.person.uuid).has_own_address);

    take_events();
    r = change(r, {});  // nothing said: nothing written but the person
    EXPECT_EQ(take_events(), std::vector<std::string>{"tenant.updated 1/2 1 0"});
    EXPECT_EQ(find_one(r.person.uuid).address, own);

    take_events();
    r = change(r, {{}, "", {}, {}, {}});
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"tenant.updated 1/3 1 0", "contact_address.put 1/3 1 0"}));
    EXPECT_EQ(find_one(r.person.uuid).address.line_2, "");

    take_events();
    Resident back = r;
    back.address = kHome;
    auto in = work();
    r = update_resident(in, r, back).value();
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"tenant.updated 1/4 1 0", "contact_address.removed 1/4 1 0"}));
    EXPECT_FALSE(find_one(r.person.uuid).has_own_address);
    EXPECT_EQ(count("contact_address"), 0);
}

TEST_F(Residents, a_stale_change_is_a_conflict_and_an_unknown_person_not_found) {
    const Resident r = add_new({}).value();
    change(r, kElsewhere);
    auto in = work();
    EXPECT_EQ(update_resident(in, r, r).error().code, Code::Conflict);
    EXPECT_EQ(find_resident(in, crypto::new_uuid()).error().code, Code::NotFound);
    EXPECT_EQ(load_resident(in, crypto::new_uuid()).error().code, Code::NotFound);
    NewResident again;
    again.person.uuid = r.person.uuid;
    EXPECT_EQ(add_new(again).error().code, Code::Conflict);
}

TEST_F(Residents, whom_the_citizen_index_shall_have_it_has) {
    NewResident wanted;
    wanted.person = test::full_person();
    wanted.uprn = kUprn;
    wanted.goes_to_citizen_index = true;
    wanted.usn = "USN1";
    const Resident r = add_new(wanted).value();
    auto in = work();
    const Citizen citizen = find_citizen(in, "USN1").value();
    EXPECT_EQ(citizen.person, r.person.uuid);
    EXPECT_EQ(citizen.name.full(), r.person.name.full());
    EXPECT_EQ(citizen.name.title, "Dr");
    EXPECT_EQ(citizen.date_of_birth, r.person.date_of_birth);
    EXPECT_EQ(citizen.address, kHome);
    EXPECT_EQ(citizen.larn, r.person.larn);
    EXPECT_EQ(citizen.uprn, kUprn);
    EXPECT_EQ(add_new(wanted).error().code, Code::Conflict) << "the usn is taken";
}

TEST_F(Residents, the_people_of_a_home_and_those_of_numbers_are_listed_without_the_damaged) {
    Tenancy tenancy;
    tenancy.uuid = crypto::new_uuid();
    tenancy.tag_reference = "0123456/01";
    tenancy.account_type = "1";
    auto in = work();
    tenancy = create_tenancy(in, tenancy).value();
    NewResident wanted;
    wanted.uprn = kUprn;
    wanted.person.tenancy = tenancy.id;
    const Resident first = add_new(wanted).value();
    const Resident second = add_new(wanted).value();
    wanted.address = kElsewhere;
    const Resident third = add_new(wanted).value();
    add_new({}).value();
    take_events();
    const auto at_home = list_residents_at(in, kUprn).value();
    ASSERT_EQ(at_home.size(), 3U);
    EXPECT_EQ(at_home[0].person.uuid, first.person.uuid);
    EXPECT_EQ(at_home[0].tenancy, tenancy.uuid);
    EXPECT_EQ(at_home[0].account_type, "1");
    EXPECT_EQ(at_home[2].address, kElsewhere);
    EXPECT_EQ(take_events(), std::vector<std::string>{"tenant.listed -/- - 0"});
    EXPECT_TRUE(list_residents_at(in, 5)->empty());
    EXPECT_TRUE(list_residents(in, {})->empty());
    EXPECT_TRUE(take_events().empty());

    testing::internal::CaptureStderr();
    run("UPDATE contact_address SET city = x'00'");
    run("UPDATE person SET telephone_3 = x'00' WHERE id = $1", first.person.id);
    const auto sound =
        list_residents(in, {third.person.id.value, second.person.id.value, first.person.id.value});
    ASSERT_EQ(sound->size(), 1U);
    EXPECT_EQ(sound->front().person.uuid, second.person.uuid);
    EXPECT_EQ(list_residents_at(in, kUprn)->size(), 1U);
    EXPECT_EQ(find_resident(in, third.person.uuid).error().code, Code::Corrupt);
    const auto log = testing::internal::GetCapturedStderr();
    EXPECT_NE(log.find("contact_address"), std::string::npos);
    EXPECT_EQ(log.find("Far Street"), std::string::npos);
}

TEST_F(Residents, numbers_come_in_the_order_asked_for) {
    std::vector<std::int64_t> backwards;
    for (int i = 0; i < 3; ++i) {
        backwards.insert(backwards.begin(), add_new({})->person.id.value);
    }
    auto in = work();
    std::vector<std::int64_t> listed;
    for (const auto& resident : *list_residents(in, backwards)) {
        listed.push_back(resident.person.id.value);
    }
    EXPECT_EQ(listed, backwards);
}

TEST_F(Residents, what_stands_beside_a_person_goes_with_them) {
    NewResident wanted;
    wanted.address = kElsewhere;
    wanted.goes_to_citizen_index = true;
    const Resident r = add_new(wanted).value();
    wanted.usn = "USN1";
    wanted.person.uuid = Uuid{};
    const Resident indexed = add_new(wanted).value();
    auto in = work();
    for (const auto& one : {r, indexed}) {
        ASSERT_TRUE(raise_alerts(in, one.person.uuid, kUprn, {"3"}).ok());
        ASSERT_TRUE(update_next_of_kin(in, one.person.uuid, {.name = "Kim Kin"}).ok());
        remove(find(one.person.id).value());
    }
    for (const auto* table : {"person", "alert", "next_of_kin", "contact_address"}) {
        EXPECT_EQ(count(table), 0) << table;
    }
    EXPECT_EQ(count("citizen"), 1) << "others gave it a usn: it is theirs";
    EXPECT_EQ(count("citizen_text"), 1);
}

TEST_F(Residents, of_whom_interactions_tell_stays) {
    const Resident r = add_new({}).value();
    run("INSERT INTO incident (id, uuid, version, ticket_number, person_id, title, request_callback, "
        "row_seal, "
        "created_at, updated_at) VALUES (1, x'01', 1, 'CAS-1', $1, x'00', 0, x'00', 0, 0)",
        r.person.id);
    auto in = work();
    const auto refused = remove_person(in, r.person);
    EXPECT_EQ(refused.error().code, Code::Conflict);
    EXPECT_EQ(refused.error().text.view(), "This tenant has interactions on record");
}

TEST_F(Residents, the_next_of_kin_is_kept_part_by_part) {
    const Resident r = add_new({}).value();
    EXPECT_EQ(r.next_of_kin, NextOfKin{});
    auto in = work();
    take_events();
    ASSERT_TRUE(update_next_of_kin(in, r.person.uuid,
                                   {.name = "Kim Kin", .address = "1 Far Street\nYork", .mobile = ""})
                    .ok());
    ASSERT_TRUE(update_next_of_kin(in, r.person.uuid,
                                   {.relationship = "Sister", .other_phone = "020", .email = "k@mail.test"})
                    .ok());
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"next_of_kin.put 1/1 1 0", "next_of_kin.put 1/2 1 0"}));
    EXPECT_EQ(find_one(r.person.uuid).next_of_kin,
              (NextOfKin{"Kim Kin", "Sister", "1 Far Street\nYork", "", "020", "k@mail.test"}));
    EXPECT_EQ(update_next_of_kin(in, crypto::new_uuid(), {}).error().code, Code::NotFound);
}

TEST(Age, is_whole_years_and_the_29th_of_february_counts_from_the_day_after) {
    struct Row {
        const char* day;
        const char* birth;
        int age;
    };
    for (const auto& row : {Row{"2026-11-25", "1981-11-12", 45}, Row{"2026-11-11", "1981-11-12", 44},
                            Row{"2026-11-12", "1981-11-12", 45}, Row{"2025-02-28", "2004-02-29", 20},
                            Row{"2025-03-01", "2004-02-29", 21}, Row{"2026-01-01", "2026-01-01", 0}}) {
        EXPECT_EQ(age_on(*parse_date(row.day), *parse_date(row.birth)), row.age) << row.day;
    }
}

TEST_F(Residents, what_does_not_open_is_named_and_the_rest_is_shown) {
    NewResident wanted;
    wanted.person = test::full_person();
    wanted.uprn = kUprn;
    const Resident added = add_new(wanted).value();
    auto in = work();
    ASSERT_TRUE(put_next_of_kin(in, added.person.uuid, {.name = "Kim O'Sample"}).ok());
    take_events();
    const Resident sound = find_resident_as_far_as_it_opens(in, added.person.uuid).value();
    EXPECT_TRUE(sound.person.unreadable.empty());
    EXPECT_EQ(sound.next_of_kin.name, "Kim O'Sample");
    EXPECT_EQ(take_events(), std::vector<std::string>{"tenant.viewed 1/1 1 0"});

    run("UPDATE person SET telephone_1 = email");
    run("UPDATE next_of_kin SET mobile = name");
    const Resident harmed = find_resident_as_far_as_it_opens(in, added.person.uuid).value();
    std::vector<std::string> names;
    for (const Literal column : harmed.person.unreadable) {
        names.emplace_back(column.view());
    }
    EXPECT_NE(std::find(names.begin(), names.end(), "telephone_1"), names.end());
    EXPECT_NE(std::find(names.begin(), names.end(), "next_of_kin"), names.end());
    EXPECT_EQ(harmed.person.telephone_1, std::nullopt);
    EXPECT_EQ(harmed.person.email, wanted.person.email);
    EXPECT_EQ(harmed.next_of_kin, NextOfKin{});
    EXPECT_EQ(harmed.property, home_.uuid);
    EXPECT_EQ(take_events(), (std::vector<std::string>{"tenant.damaged 1/1 1 2", "tenant.viewed 1/1 1 0"}));
    EXPECT_EQ(find_resident(in, added.person.uuid).error().code, Code::Corrupt);
    EXPECT_EQ(find_resident_as_far_as_it_opens(in, crypto::new_uuid()).error().code, Code::NotFound);
}

TEST_F(Residents, a_next_of_kin_is_stored_as_a_whole_and_only_where_it_changes) {
    const auto person = add_new({}).value().person;
    auto in = work();
    take_events();
    ASSERT_TRUE(put_next_of_kin(in, person.uuid, {}).ok());
    EXPECT_EQ(take_events(), std::vector<std::string>{});
    ASSERT_TRUE(put_next_of_kin(in, person.uuid, {.name = "Kim", .mobile = "07700 900001"}).ok());
    EXPECT_EQ(take_events(), std::vector<std::string>{"next_of_kin.put 1/1 1 0"});
    ASSERT_TRUE(put_next_of_kin(in, person.uuid, {.name = "Kim", .mobile = "07700 900001"}).ok());
    EXPECT_EQ(take_events(), std::vector<std::string>{});
    ASSERT_TRUE(put_next_of_kin(in, person.uuid, {.name = "Kim"}).ok());
    EXPECT_EQ(load_next_of_kin(in, person)->mobile, std::nullopt);
    EXPECT_EQ(load_next_of_kin(in, person)->name, "Kim");
    EXPECT_EQ(put_next_of_kin(in, crypto::new_uuid(), {}).error().code, Code::NotFound);
}

}  // namespace
}  // namespace tenantry::housing
