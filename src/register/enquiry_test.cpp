#include "register/enquiry.hpp"

#include "tests/support/casework_records.hpp"

namespace tenantry::housing {
namespace {

class Enquiries : public test::CaseworkTest {
  protected:
    void SetUp() override {
        CaseworkTest::SetUp();
        // Beside the fixture's: a patch of the other officer, and homes in both.
        run("UPDATE patch SET name = 'HN8', officer_id = 8 WHERE id = 4");
        run("UPDATE manager_area SET active = 0 WHERE id = 5");
        at_home_ = person_at(add_property("1 Field Road"), 1);
        at_other_patch_ = person_at(add_property("2 Field Road"), 4);
        take_events();
    }

    Person person_at(Property home, std::optional<unsigned char> patch) {
        if (patch) {
            home.patch = uuid(*patch);
            auto in = work();
            home = update_property(in, home).value();
        }
        Person person;
        person.name = split_name("Bo Caller");
        person.property = home.id;
        return add(std::move(person));
    }

    ActingOfficer olu() {
        Posting posting;
        posting.officer = kOfficer;
        posting.officer_uuid = uuid(3);
        posting.patch = uuid(1);
        posting.manager_area = uuid(2);
        posting.area = kArea;
        return {posting, "Olu Officer"};
    }
    ActingOfficer mo() {
        Posting posting;
        posting.officer = kOther;
        posting.officer_uuid = uuid(8);
        posting.is_manager = true;
        posting.manager_area = uuid(2);
        posting.area = kArea;
        return {posting, "Mo Manager"};
    }

    Enquiry enquiry(const Person& person, Next next = Next::StaysOpen) {
        return {person.uuid, "2", "17", "100000107", "Rent arrears", "Can pay on Friday", false, next};
    }
    Casework logged(const Enquiry& wanted, const ActingOfficer& officer) {
        auto in = work();
        return log_enquiry(in, wanted, officer).value();
    }
    OpenedInteraction opened(const Uuid& interaction) {
        auto in = work();
        return open_interaction(in, interaction).value();
    }
    std::vector<std::string> takers(const Uuid& interaction) {
        auto in = work();
        std::vector<std::string> all;
        for (const auto& taker : list_takers(in, opened(interaction).item()).value()) {
            all.push_back((taker.is_manager ? "manager " : "patch ") + taker.post + ' ' + taker.officer);
        }
        return all;
    }
    Tray tray(const Person& person, const ActingOfficer& officer) {
        auto in = work();
        return find_tray(in, person.uuid, officer.posting).value();
    }

    Person at_home_;
    Person at_other_patch_;
};

TEST_F(Enquiries, go_to_the_patch_of_the_home_whoever_takes_them) {
    for (const auto& officer : {olu(), mo()}) {
        const Tray found = tray(at_other_patch_, officer);
        EXPECT_EQ(found.patch, Id<Patch>{4});
        EXPECT_EQ(found.patch_name, "HN8");
        EXPECT_EQ(found.name_of(found.patch_officer), "Mo Manager");
        EXPECT_EQ(found.manager_area, kManagerArea);
        EXPECT_EQ(found.manager_area_name, "Homerton 1 manager");
        EXPECT_EQ(found.name_of(found.manager), "Mo Manager");
        EXPECT_EQ(found.area, kArea);
        EXPECT_TRUE(found.has_manager());
    }
}

TEST_F(Enquiries, about_somebody_without_a_home_go_to_whoever_takes_them) {
    EXPECT_EQ(tray(person_, olu()).patch, kPatch);
    const Tray of_manager = tray(person_, mo());
    EXPECT_FALSE(of_manager.patch);
    EXPECT_EQ(of_manager.manager_area, kManagerArea);
    EXPECT_EQ(of_manager.area, kArea);
    EXPECT_FALSE(of_manager.has_manager());
    const auto casework = logged(enquiry(person_), mo());
    EXPECT_EQ(casework.interaction.manager_area, kManagerArea);
    EXPECT_FALSE(casework.interaction.patch);

    ActingOfficer unposted = olu();
    unposted.posting.patch.reset();
    unposted.posting.manager_area.reset();
    EXPECT_FALSE(tray(person_, unposted).is_there());
    auto in = work();
    EXPECT_EQ(log_enquiry(in, enquiry(person_), unposted).error().code, Code::Conflict);
    EXPECT_EQ(find_tray(in, uuid(99), olu().posting).error().code, Code::NotFound);
}

TEST_F(Enquiries, of_a_home_whose_patch_is_no_more_go_to_whoever_takes_them) {
    run("UPDATE patch SET active = 0 WHERE id = 4");
    EXPECT_EQ(tray(at_other_patch_, olu()).patch, kPatch);
    EXPECT_FALSE(tray(at_other_patch_, mo()).patch);
}

TEST_F(Enquiries, are_logged_with_all_that_was_entered) {
    Enquiry wanted = enquiry(at_home_);
    wanted.request_callback = true;
    const auto casework = logged(wanted, olu());
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"incident.created 1/1 2 0", "incident_note.created 1/1 2 0",
                                        "interaction.created 1/1 2 0"}));
    const auto page = opened(casework.interaction.uuid);
    const auto& item = page.item();
    EXPECT_EQ(item.interaction.person, at_home_.id);
    EXPECT_EQ(item.interaction.patch, kPatch);
    EXPECT_FALSE(item.interaction.manager_area);
    EXPECT_EQ(item.interaction.area, kArea);
    EXPECT_EQ(item.interaction.created_by, kOfficer);
    EXPECT_EQ(item.interaction.source, "2");
    EXPECT_EQ(item.interaction.nature_of_enquiry, "17");
    EXPECT_EQ(item.interaction.enquiry_subject, "100000107");
    EXPECT_TRUE(item.request_callback);
    EXPECT_FALSE(item.interaction.transferred);
    EXPECT_EQ(page.incident.title, "Rent arrears");
    EXPECT_EQ(page.incident.description, "Can pay on Friday");
    EXPECT_EQ(page.patch_name, "HN7");
    EXPECT_FALSE(page.manager_area_name);
    EXPECT_TRUE(page.is_workable());
    ASSERT_EQ(item.notes.size(), 1U);
    EXPECT_EQ(read_signature(item.notes[0]).said, "Can pay on Friday");
    EXPECT_EQ(read_signature(item.notes[0]).author, "Olu Officer");
}

TEST_F(Enquiries, are_handed_to_the_manager_at_once) {
    const auto casework = logged(enquiry(at_home_, Next::GoesToManager), olu());
    const auto page = opened(casework.interaction.uuid);
    EXPECT_FALSE(page.item().interaction.patch);
    EXPECT_EQ(page.item().interaction.manager_area, kManagerArea);
    EXPECT_EQ(page.manager_area_name, "Homerton 1 manager");
    EXPECT_TRUE(page.item().interaction.transferred);
    ASSERT_EQ(page.item().notes.size(), 2U);
    EXPECT_EQ(read_signature(page.item().notes[1]).said, "Handed over to Mo Manager (Homerton 1 manager).");
    run("UPDATE manager_area SET officer_id = NULL");
    auto in = work();
    EXPECT_EQ(log_enquiry(in, enquiry(at_home_, Next::GoesToManager), olu()).error().code, Code::Conflict);
}

TEST_F(Enquiries, that_are_answered_are_closed_with_what_was_said) {
    Enquiry wanted = enquiry(at_home_, Next::IsAnswered);
    const auto page = opened(logged(wanted, olu()).interaction.uuid);
    EXPECT_EQ(page.item().interaction.closed_at, clock_.now());
    EXPECT_EQ(page.incident.closed_at, clock_.now());
    EXPECT_EQ(page.incident.resolution, "Can pay on Friday");
    EXPECT_EQ(page.item().notes.size(), 1U);
    EXPECT_FALSE(page.is_workable());
    wanted.request_callback = true;
    auto in = work();
    EXPECT_EQ(log_enquiry(in, wanted, olu()).error().code, Code::Invalid);
}

TEST_F(Enquiries, open_only_where_there_is_one_and_whole) {
    auto in = work();
    EXPECT_EQ(open_interaction(in, uuid(99)).error().code, Code::NotFound);
    const auto casework = logged(enquiry(at_home_), olu());
    run("UPDATE incident SET request_callback = 1");
    EXPECT_EQ(open_interaction(in, casework.interaction.uuid).error().code, Code::Corrupt);
}

TEST_F(Enquiries, what_an_association_raised_is_not_worked_on_here) {
    run("INSERT INTO association (id, uuid, version, name, area_id, patch_uuid, row_seal, created_at, "
        "updated_at) VALUES (5, x'05', 1, 'Sample TRA', 3, x'00', x'00', 0, 0)");
    Interaction raised;
    raised.process_type = ProcessType::Issue;
    raised.association = Id<Association>{5};
    const auto page = opened(log(raised).interaction.uuid);
    EXPECT_FALSE(page.is_workable());
    EXPECT_EQ(page.list.contact_of(page.item()), nullptr);
    auto in = work();
    EXPECT_TRUE(list_takers(in, page.item())->empty());
}

TEST_F(Enquiries, may_be_taken_over_by_whoever_holds_a_post_in_the_area) {
    const auto casework = logged(enquiry(at_home_), olu());
    const Uuid interaction = casework.interaction.uuid;
    EXPECT_EQ(takers(interaction),
              (std::vector<std::string>{"manager Homerton 1 manager Mo Manager", "patch HN8 Mo Manager"}));
    run("UPDATE manager_area SET active = 1, name = 'Another manager' WHERE id = 5");
    run("UPDATE patch SET manager_area_id = 5, name = 'HN1' WHERE id = 4");
    EXPECT_EQ(takers(interaction),
              (std::vector<std::string>{"manager Homerton 1 manager Mo Manager",
                                        "manager Another manager Mo Manager", "patch HN1 Mo Manager"}));
    run("UPDATE manager_area SET officer_id = NULL");
    EXPECT_EQ(takers(interaction), std::vector<std::string>{"patch HN1 Mo Manager"});
}

TEST_F(Enquiries, lie_with_one_alone_after_each_transfer_and_say_so_in_a_note) {
    const Uuid interaction = logged(enquiry(at_home_), olu()).interaction.uuid;
    struct Step {
        unsigned char taker;
        std::optional<Id<Patch>> patch;
        std::optional<Id<ManagerArea>> manager_area;
        std::string_view note;
    };
    const Step steps[] = {
        {4, Id<Patch>{4}, std::nullopt, "Handed over to Mo Manager (HN8). Knows them"},
        {2, std::nullopt, kManagerArea, "Handed over to Mo Manager (Homerton 1 manager). Knows them"},
        {1, kPatch, std::nullopt, "Handed over to Olu Officer (HN7). Knows them"},
    };
    auto in = work();
    for (const auto& step : steps) {
        FollowUp said = said_on(interaction, "Knows them");
        said.version = opened(interaction).item().interaction.version;
        ASSERT_TRUE(hand_over(in, said, uuid(step.taker)).ok());
        const auto page = opened(interaction);
        EXPECT_EQ(page.item().interaction.patch, step.patch);
        EXPECT_EQ(page.item().interaction.manager_area, step.manager_area);
        EXPECT_TRUE(page.item().interaction.transferred);
        EXPECT_EQ(page.item().interaction.updated_by, kOther);
        EXPECT_EQ(read_signature(page.item().notes.back()).said, step.note);
    }
    EXPECT_EQ(hand_over(in, said_on(interaction), uuid(99)).error().code, Code::NotFound);
    EXPECT_EQ(hand_over(in, said_on(uuid(99)), uuid(4)).error().code, Code::NotFound);
}

TEST_F(Enquiries, are_not_written_over_by_whoever_has_not_seen_them_as_they_are) {
    const Uuid interaction = logged(enquiry(at_home_), olu()).interaction.uuid;
    FollowUp said = said_on(interaction, "Rang back");
    said.version = 1;
    auto in = work();
    ASSERT_TRUE(follow_up(in, said, false, std::nullopt).ok());
    EXPECT_EQ(follow_up(in, said, false, std::nullopt).error().code, Code::Conflict);
    EXPECT_EQ(hand_over(in, said, uuid(4)).error().code, Code::Conflict);
    EXPECT_EQ(close_case(in, said, std::nullopt).error().code, Code::Conflict);
    EXPECT_EQ(opened(interaction).item().notes.size(), 2U);
    said.version = 2;
    ASSERT_TRUE(close_case(in, said, std::nullopt).ok());
    said.version = opened(interaction).item().interaction.version;
    EXPECT_EQ(follow_up(in, said, false, std::nullopt).error().code, Code::Conflict) << "it is closed";
    EXPECT_EQ(opened(interaction).item().notes.size(), 3U);
}

TEST(NoteSignature, is_read_only_from_a_text_that_was_signed_when_it_was_written) {
    IncidentNote note;
    note.created_at = *parse_instant("2026-07-31T23:30:00Z");
    const auto read = [&](std::string text) {
        note.text = std::move(text);
        const auto found = read_signature(note);
        return std::string{found.said} + '|' + std::string{found.author.value_or("none")};
    };
    EXPECT_EQ(read(signed_note("Zoë's\nkey", note.created_at, "Olu Officer")), "Zoë's\nkey|Olu Officer");
    EXPECT_EQ(read(signed_note("", note.created_at, "")), "|");
    EXPECT_EQ(read(signed_note(signed_note("Hm", note.created_at, "Ann"), note.created_at, "Bo")),
              "Hm logged on  01/08/2026 00:30:00 by  Ann|Bo");
    EXPECT_EQ(read("Just a text"), "Just a text|none");
    const auto other = note.created_at + std::chrono::seconds{1};
    EXPECT_EQ(read(signed_note("Hm", other, "Ann")), signed_note("Hm", other, "Ann") + "|none");
}

}  // namespace
}  // namespace tenantry::housing
