#include "register/meeting.hpp"

#include "register/association.hpp"
#include "register/meeting_letter.hpp"
#include "register/signature.hpp"
#include "tests/support/casework_records.hpp"

namespace tenantry::housing {
namespace {

using Texts = std::vector<std::string>;

auto facts(const Meeting& m) {
    return std::tuple{m.interaction.uuid,     m.incident,       m.ticket_number,  m.version,         m.name,
                      m.attendance.councillors, m.attendance.other_staff, m.attendance.attendees, m.signing.name, m.signing.role,
                      m.signing.signature,    m.pdf,            m.confirmed_at};
}

class Meetings : public test::CaseworkTest {
  protected:
    void SetUp() override {
        CaseworkTest::SetUp();
        auto in = work();
        Association wanted;
        wanted.name = "Sample TRA";
        wanted.email = "tra@mail.test";
        association_ = create_association(in, wanted, {}).value();
        take_events();
    }

    NewMeeting wanted(std::string name = "March meeting") {
        NewMeeting meeting;
        meeting.links.patch = kPatch;
        meeting.links.area = kArea;
        meeting.links.created_by = kOfficer;
        meeting.links.association = association_.id;
        meeting.name = std::move(name);
        meeting.note = "In the hall";
        meeting.attendance = {"Cllr Abara", "Sam Okafor", 7};
        return meeting;
    }
    Casework hold(NewMeeting meeting) {
        auto in = work();
        return hold_meeting(in, std::move(meeting)).value();
    }
    Result<Meeting> find(const Uuid& uuid) {
        auto in = work();
        return find_meeting(in, uuid);
    }
    Texts names_of_association() {
        auto in = work();
        Texts names;
        for (const auto& meeting : list_meetings(in, association_.id).value()) {
            names.push_back(meeting.name);
        }
        return names;
    }

    Association association_;
};

TEST_F(Meetings, a_meeting_is_a_process_of_its_own_nature_and_subject) {
    NewMeeting meeting = wanted();
    meeting.links.nature_of_enquiry = "3";
    meeting.links.parent = log().interaction.id;
    const auto held = hold(meeting);
    const Interaction& i = held.interaction;
    EXPECT_EQ(i.process_type, ProcessType::Process);
    EXPECT_EQ(i.nature_of_enquiry, "28");
    EXPECT_EQ(i.enquiry_subject, "100000219");
    EXPECT_EQ(i.process_stage, 0);
    EXPECT_EQ(i.parent, std::nullopt);
    EXPECT_EQ(i.association, association_.id);
    EXPECT_EQ(held.note->text, "In the hall");
    EXPECT_EQ(held.incident.title, "March meeting");
}

TEST_F(Meetings, every_field_comes_back_as_it_was_stored) {
    const auto held = hold(wanted());
    Meeting meeting = find(held.interaction.uuid).value();
    EXPECT_EQ(stored(meeting.interaction), stored(held.interaction));
    EXPECT_EQ(meeting.incident, held.incident.uuid);
    EXPECT_EQ(meeting.ticket_number, held.incident.ticket_number);
    EXPECT_EQ(meeting.name, "March meeting");
    EXPECT_EQ(meeting.attendance.councillors, "Cllr Abara");
    EXPECT_EQ(meeting.attendance.other_staff, "Sam Okafor");
    EXPECT_EQ(meeting.attendance.attendees, 7);
    EXPECT_EQ(meeting.confirmed_at, std::nullopt);
    clock_.advance(std::chrono::hours{1});
    auto in = work();
    meeting = record_attendance(in, meeting, {"", std::nullopt, 0}).value();
    EXPECT_EQ(facts(*find(held.interaction.uuid)), facts(meeting));
    meeting = file_papers(in, meeting, uuid(71), uuid(72)).value();
    EXPECT_EQ(facts(*find(held.interaction.uuid)), facts(meeting));
    meeting = file_papers(in, meeting, std::nullopt, uuid(73)).value();
    EXPECT_EQ(meeting.signing.signature, uuid(71));
    EXPECT_EQ(meeting.pdf, uuid(73));
    EXPECT_EQ(find(held.interaction.uuid)->interaction.updated_at, clock_.now());
    EXPECT_EQ(find(uuid(99)).error().code, Code::NotFound);
    EXPECT_EQ(find(log().interaction.uuid).error().code, Code::NotFound);
}

TEST_F(Meetings, signing_confirms_it_and_leaves_it_open) {
    const auto held = hold(wanted());
    auto in = work();
    const auto first = store_signature(in, "first picture").value();
    auto meeting = load_meeting(in, held.interaction.uuid).value();
    meeting = sign_meeting(in, meeting, {"Cy Chair", "chair", first}).value();
    EXPECT_EQ(meeting.confirmed_at, clock_.now());
    EXPECT_EQ(facts(*find(held.interaction.uuid)), facts(meeting));
    EXPECT_EQ(find(held.interaction.uuid)->interaction.closed_at, std::nullopt);
    const auto second = store_signature(in, std::string_view{"second\0picture", 14}).value();
    ASSERT_TRUE(sign_meeting(in, meeting, {"Cy Chair", "chair", second}).ok());
    EXPECT_EQ(find_signature(in, first).error().code, Code::NotFound);
    EXPECT_EQ(*find_signature(in, second), (std::string{"second\0picture", 14}));
}

TEST_F(Meetings, one_that_is_signed_there_and_then_is_ended) {
    NewMeeting meeting = wanted();
    meeting.signing = Signing{"Cy Chair", "chair", std::nullopt};
    const auto held = hold(meeting);
    EXPECT_EQ(held.interaction.process_stage, 8);
    EXPECT_EQ(held.interaction.closed_at, clock_.now());
    EXPECT_EQ(held.incident.closed_at, clock_.now());
    const auto found = find(held.interaction.uuid).value();
    EXPECT_EQ(found.confirmed_at, clock_.now());
    EXPECT_EQ(found.signing.name, "Cy Chair");
    EXPECT_EQ(stored(found.interaction), stored(held.interaction));
}

TEST_F(Meetings, a_stale_change_is_a_conflict) {
    const auto held = hold(wanted());
    auto in = work();
    const auto meeting = load_meeting(in, held.interaction.uuid).value();
    ASSERT_TRUE(record_attendance(in, meeting, {}).ok());
    const std::string before = dump();
    EXPECT_EQ(record_attendance(in, meeting, {}).error().code, Code::Conflict);
    EXPECT_EQ(dump(), before);
    NewMeeting nowhere = wanted();
    nowhere.links.association = Id<Association>{404};
    EXPECT_EQ(hold_meeting(in, nowhere).error().code, Code::Conflict);
}

TEST_F(Meetings, an_association_has_its_meetings_in_order_and_only_those) {
    hold(wanted("A"));
    hold(wanted("B"));
    NewMeeting elsewhere = wanted("C");
    elsewhere.links.association.reset();
    hold(elsewhere);
    Interaction other = process();
    other.association = association_.id;
    log(other);
    EXPECT_EQ(names_of_association(), (Texts{"A", "B"}));
}

TEST_F(Meetings, a_change_of_any_column_is_found_and_left_out_of_the_list) {
    const auto held = hold(wanted());
    hold(wanted("Other"));
    auto in = work();
    const auto id = held.interaction.id.value;
    ASSERT_TRUE(sign_meeting(in, *load_meeting(in, held.interaction.uuid), {"Cy Chair", "chair", uuid(5)}).ok());
    const Texts changes{"version = 9", "attendees = 8", "signatory_role = 'secretary'", "signatory_role = NULL", "signature_uuid = NULL",
                        "pdf_uuid = zeroblob(16)", "confirmed_at = 1", "confirmed_at = NULL", "councillors = NULL", "other_staff = councillors",
                        "signatory_name = name", "name = signatory_name", "row_seal = zeroblob(36)", "attendees = NULL"};
    for (const auto& change : changes) {
        run("SAVEPOINT change");
        run("UPDATE meeting SET " + change + " WHERE interaction_id = $1", id);
        EXPECT_EQ(find(held.interaction.uuid).error().code, Code::Corrupt) << change;
        EXPECT_EQ(names_of_association(), Texts{"Other"}) << change;
        run("ROLLBACK TO change");
    }
    for (const auto* column : {"name", "councillors", "other_staff", "signatory_name", "row_seal"}) {
        const auto sound = select<Bytes>(fmt::format("SELECT {} FROM meeting WHERE interaction_id = $1", column), id);
        for (std::size_t at = 0; at < sound.size(); ++at) {
            Bytes flipped = sound;
            flipped[at] ^= 1U;
            run(fmt::format("UPDATE meeting SET {} = $2 WHERE interaction_id = $1", column), id, flipped);
            ASSERT_EQ(find(held.interaction.uuid).error().code, Code::Corrupt) << column << " byte " << at;
        }
        run(fmt::format("UPDATE meeting SET {} = $2 WHERE interaction_id = $1", column), id, sound);
    }
    for (const auto* row : {"interaction", "incident"}) {
        run("SAVEPOINT change");
        run(fmt::format("UPDATE {} SET created_at = 1", row));
        EXPECT_EQ(find(held.interaction.uuid).error().code, Code::Corrupt) << row;
        run("ROLLBACK TO change");
    }
    EXPECT_TRUE(find(held.interaction.uuid).ok());
}

TEST_F(Meetings, damage_is_reported_and_checked) {
    const auto held = hold(wanted());
    auto in = work();
    const auto signature = store_signature(in, "picture").value();
    store_signature(in, "other").value();
    take_events();
    EXPECT_TRUE(find(held.interaction.uuid).ok());
    names_of_association();
    run("UPDATE meeting SET name = zeroblob(90)");
    EXPECT_FALSE(find(held.interaction.uuid).ok());
    EXPECT_EQ(take_events(), (Texts{"meeting.read 1/1 - 0", "meeting.listed 1/- - 0", "meeting.damaged 1/- - 2"}));
    run("UPDATE signature SET image = (SELECT image FROM signature WHERE id = 2) WHERE id = 1");
    EXPECT_EQ(find_signature(in, signature).error().code, Code::Corrupt);
    CheckReport report;
    ASSERT_TRUE(check_meetings(tx_, keys(), report).ok());
    ASSERT_TRUE(check_signatures(tx_, keys(), report).ok());
    EXPECT_EQ(report.records, 3);
    EXPECT_EQ(report.damaged, 2);
}

TEST_F(Meetings, nothing_sealed_lies_in_the_tables_in_clear) {
    NewMeeting meeting = wanted();
    meeting.signing = Signing{"Cyril Chairman", "chair", std::nullopt};
    hold(meeting);
    auto in = work();
    store_signature(in, "handwriting").value();
    const std::string all = dump();
    for (const auto* clear : {"March meeting", "Abara", "Okafor", "Cyril", "handwriting", "In the hall"}) {
        EXPECT_EQ(all.find(clear), std::string::npos) << clear;
    }
}

TEST_F(Meetings, a_letter_says_what_the_link_is) {
    auto in = work();
    EXPECT_TRUE(*queue_meeting_letter(in, association_, "March", MeetingLetter::AskForSignature, LinkForm::Address, "https://x/?t=abc"));
    EXPECT_TRUE(*queue_meeting_letter(in, association_, "March", MeetingLetter::ConfirmSignature, LinkForm::BareToken, "abc"));
    association_.email.reset();
    EXPECT_FALSE(*queue_meeting_letter(in, association_, "March", MeetingLetter::ConfirmSignature, LinkForm::BareToken, "abc"));
    EXPECT_EQ(count("mail"), 2);
}

}  // namespace
}  // namespace tenantry::housing
