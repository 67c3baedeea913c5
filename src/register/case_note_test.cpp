#include "register/case_note.hpp"

#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

auto stored(const CaseNote& n) {
    return std::tuple{n.id, n.uuid, n.version, n.job, n.text, n.created_by, n.created_at, n.send_email};
}

class CaseNotes : public test::HousingTest {
  protected:
    CaseNote add_note(Id<Job> job, const std::string& text) {
        CaseNote note;
        note.uuid = crypto::new_uuid();
        note.job = job;
        note.text = text;
        note.created_by = "Zoë O’Brien";
        note.created_at = clock_.now();
        auto in = work();
        return create_case_note(in, note).value();
    }
};

TEST_F(CaseNotes, every_field_comes_back_as_it_was_stored) {
    const auto job = add_job("J-1", {}).id;
    auto in = work();
    CaseNote note = add_note(job, "Rang.\n\nNobody in. 🔑 is with the neighbour");
    EXPECT_EQ(stored(*find_case_note(in, note.uuid)), stored(note));
    note.job = add_job("J-2", {}).id;
    note.text = "";
    note.created_by = "";
    note.created_at = from_millis(1);
    note.send_email = true;
    const CaseNote updated = update_case_note(in, note).value();
    EXPECT_EQ(updated.version, 2);
    EXPECT_EQ(stored(*find_case_note(in, note.uuid)), stored(updated));
    EXPECT_EQ(update_case_note(in, note).error().code, Code::Conflict);
    EXPECT_EQ(find_case_note(in, crypto::new_uuid()).error().code, Code::NotFound);
}

TEST_F(CaseNotes, a_job_lists_its_notes_in_the_order_they_were_written) {
    const auto job = add_job("J-1", {}).id;
    const auto other = add_job("J-2", {}).id;
    add_note(job, "first");
    add_note(other, "elsewhere");
    add_note(job, "second");
    auto in = work();
    const auto page = list_case_notes(in, job, {});
    ASSERT_TRUE(page.ok());
    ASSERT_EQ(page->notes.size(), 2U);
    EXPECT_EQ(page->notes[0].text, "first");
    EXPECT_EQ(page->notes[1].text, "second");
    EXPECT_EQ(page->total, 2);
    const auto second = list_case_notes(in, job, {.limit = 5, .offset = 1});
    ASSERT_EQ(second->notes.size(), 1U);
    EXPECT_EQ(second->notes[0].text, "second");
    EXPECT_EQ(second->total, 2);
}

TEST_F(CaseNotes, a_note_needs_its_job) {
    CaseNote note;
    note.uuid = crypto::new_uuid();
    note.job = Id<Job>{404};
    auto in = work();
    EXPECT_EQ(create_case_note(in, note).error().code, Code::Conflict);
}

TEST_F(CaseNotes, each_change_and_each_list_is_one_event_about_whom_the_job_is_for) {
    const auto person = add_person("Priya Nair").id;
    const auto job = add_job("J-1", {person}).id;
    const auto nobodys = add_job("J-2", {}).id;
    take_events();
    const CaseNote note = add_note(job, "first");
    auto in = work();
    ASSERT_TRUE(update_case_note(in, note).ok());
    ASSERT_TRUE(list_case_notes(in, job, {}).ok());
    add_note(nobodys, "second");
    ASSERT_TRUE(list_case_notes(in, nobodys, {}).ok());
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"case_note.created 1/1 1 0", "case_note.updated 1/2 1 0",
                                        "case_note.listed 1/- 1 0", "case_note.created 2/1 - 0",
                                        "case_note.listed 2/- - 0"}));
}

TEST_F(CaseNotes, a_note_sealed_before_one_could_be_sent_on_still_opens) {
    const CaseNote old = add_note(add_job("J-1", {}).id, "first");
    const std::string facts = fmt::format("{}|{}|{}|{}|{}", old.id.value, old.uuid.text(), old.version,
                                          old.job.value, to_millis(old.created_at));
    const auto text = keys().seal({"case_note", "text", old.uuid, old.version}, old.text);
    const auto author = keys().seal({"case_note", "created_by", old.uuid, old.version}, old.created_by);
    run("UPDATE case_note SET text = $1, created_by = $2, row_seal = $3", text, author,
        keys().row_seal("case_note", {bytes_of(facts), crypto::KeyRing::blob_tag(text),
                                      crypto::KeyRing::blob_tag(author)}));
    auto in = work();
    EXPECT_EQ(stored(find_case_note(in, old.uuid).value()), stored(old));
    run("UPDATE case_note SET send_email = 1");
    EXPECT_EQ(find_case_note(in, old.uuid).error().code, Code::Corrupt);
}

}  // namespace
}  // namespace tenantry::housing
