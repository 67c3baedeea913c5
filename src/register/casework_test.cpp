#include "register/casework.hpp"

#include <fmt/format.h>

#include <array>

#include "tests/support/casework_records.hpp"

namespace tenantry::housing {
namespace {

class CaseworkRules : public test::CaseworkTest {};

TEST_F(CaseworkRules, a_case_its_note_and_its_interaction_are_logged_together) {
    const Casework logged = log(process());
    EXPECT_EQ(logged.interaction.incident, logged.incident.id);
    EXPECT_EQ(logged.note->incident, logged.incident.id);
    EXPECT_EQ(logged.interaction.process_stage, 0);
    auto in = work();
    EXPECT_EQ(stored(load_interaction(in, logged.interaction.uuid).value()), stored(logged.interaction));
    EXPECT_EQ(stored(load_incident(in, logged.incident.uuid).value()), stored(logged.incident));
    EXPECT_EQ(load_incident_note(in, logged.note->uuid)->text, "Rang about the form");
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"tenant.created 1/1 1 0", "incident.created 1/1 1 0",
                                        "incident_note.created 1/1 1 0", "interaction.created 1/1 1 0"}));
}

TEST_F(CaseworkRules, a_plain_interaction_has_no_stage) {
    EXPECT_EQ(log().interaction.process_stage, std::nullopt);
}

TEST_F(CaseworkRules, what_an_association_raises_is_about_nobody) {
    run("INSERT INTO association (id, uuid, version, name, area_id, patch_uuid, row_seal, created_at, "
        "updated_at) VALUES (5, x'05', 1, 'Sample TRA', 3, x'00', x'00', 0, 0)");
    Interaction meeting;
    meeting.process_type = ProcessType::Process;
    meeting.association = Id<Association>{5};
    const Casework held = log(meeting);
    Interaction issue;
    issue.process_type = ProcessType::Issue;
    issue.association = meeting.association;
    issue.parent = held.interaction.id;
    const Casework raised = log(issue);
    auto in = work();
    const auto found = load_interaction(in, raised.interaction.uuid).value();
    EXPECT_EQ(found.association, meeting.association);
    EXPECT_EQ(found.parent, held.interaction.id);
    EXPECT_EQ(found.person, std::nullopt);
}

TEST_F(CaseworkRules, every_field_comes_back_as_it_was_stored) {
    Interaction full = process();
    full.household = Id<Household>{9};
    full.manager_area = kManagerArea;
    full.updated_by = kOther;
    full.source = "1";
    full.nature_of_enquiry = "15";
    full.enquiry_subject = "100000156";
    full.reason_for_process = -4;
    full.subject = "c1f72d01-28dc-e711-8115-70106faa6a11";
    full.advice_given = "Téléphone 📞\r\nline two";
    full.estate_office = "Homerton";
    full.transferred = true;
    full.parent = log().interaction.id;
    const Casework logged = log(full);
    auto in = work();
    EXPECT_EQ(stored(load_interaction(in, logged.interaction.uuid).value()), stored(logged.interaction));
    clock_.advance(std::chrono::hours{1});
    Interaction changed = logged.interaction;
    changed.advice_given.reset();
    changed.process_stage = 2;
    changed.patch.reset();
    changed.household.reset();
    changed = update_interaction(in, changed, "interaction.updated").value();
    EXPECT_EQ(changed.version, 2);
    EXPECT_EQ(stored(load_interaction(in, logged.interaction.uuid).value()), stored(changed));
}

TEST_F(CaseworkRules, a_ticket_number_counts_on_and_ends_in_letters_that_nobody_guesses) {
    std::set<std::string> endings;
    for (int n = 1; n <= 50; ++n) {
        const std::string ticket = log().incident.ticket_number;
        ASSERT_EQ(ticket.size(), 16U);
        EXPECT_EQ(ticket.substr(0, 10), fmt::format("CAS-{:05}-", n));
        EXPECT_EQ(ticket.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 10), std::string::npos);
        endings.insert(ticket.substr(10));
    }
    EXPECT_EQ(endings.size(), 50U);
    run("UPDATE sequence SET next = 123456 WHERE name = 'incident'");
    EXPECT_EQ(log().incident.ticket_number.substr(0, 11), "CAS-123456-");
}

TEST_F(CaseworkRules, a_stale_change_is_a_conflict_and_changes_nothing) {
    const Casework logged = log();
    auto in = work();
    ASSERT_TRUE(update_interaction(in, logged.interaction, "interaction.updated").ok());
    ASSERT_TRUE(update_incident(in, logged.incident).ok());
    ASSERT_TRUE(update_incident_note(in, *logged.note).ok());
    const std::string before = dump();
    EXPECT_EQ(update_interaction(in, logged.interaction, "interaction.updated").error().code, Code::Conflict);
    EXPECT_EQ(update_incident(in, logged.incident).error().code, Code::Conflict);
    EXPECT_EQ(close_incident(in, logged.incident, "x").error().code, Code::Conflict);
    EXPECT_EQ(update_incident_note(in, *logged.note).error().code, Code::Conflict);
    EXPECT_EQ(dump(), before);
}

TEST_F(CaseworkRules, what_is_not_there_is_not_found) {
    auto in = work();
    const Uuid nobody = crypto::new_uuid();
    EXPECT_EQ(load_interaction(in, nobody).error().code, Code::NotFound);
    EXPECT_EQ(load_incident(in, nobody).error().code, Code::NotFound);
    EXPECT_EQ(load_incident(in, Id<Incident>{404}).error().code, Code::NotFound);
    EXPECT_EQ(load_incident_note(in, nobody).error().code, Code::NotFound);
    EXPECT_EQ(close_case(in, said_on(nobody), {}).error().code, Code::NotFound);
    Interaction stray;
    stray.person = Id<Person>{404};
    EXPECT_EQ(log_interaction(in, {}, stray, "x").error().code, Code::Conflict);
}

TEST_F(CaseworkRules, names_that_are_not_there_are_not_found) {
    const Uuid parent = log().interaction.uuid;
    const LinkNames all{person_.uuid, uuid(9), uuid(1), uuid(2), 3, uuid(3), parent};
    const auto links = find_links(tx_, all).value();
    EXPECT_EQ(links.person, person_.id);
    EXPECT_EQ(links.household, Id<Household>{9});
    EXPECT_EQ(links.patch, kPatch);
    EXPECT_EQ(links.manager_area, kManagerArea);
    EXPECT_EQ(links.area, kArea);
    EXPECT_EQ(links.officer, kOfficer);
    EXPECT_EQ(links.parent, Id<Interaction>{1});
    EXPECT_EQ(find_links(tx_, {}).value().person, std::nullopt);
    const Uuid nobody = crypto::new_uuid();
    const std::vector<std::pair<LinkNames, std::string_view>> unknown{
        {{.person = nobody}, "No such person"},
        {{.household = nobody}, "No such household"},
        {{.patch = nobody}, "No such patch"},
        {{.manager_area = nobody}, "No such manager's area"},
        {{.area = 404}, "No such area"},
        {{.officer = nobody}, "No such officer"},
        {{.parent = nobody}, "No such interaction to come from"}};
    for (const auto& [names, text] : unknown) {
        const auto found = find_links(tx_, names);
        ASSERT_FALSE(found.ok()) << text;
        EXPECT_EQ(found.error().code, Code::NotFound);
        EXPECT_EQ(found.error().text.view(), text);
    }
}

TEST_F(CaseworkRules, a_follow_up_notes_what_was_said_and_sets_the_callback_flag) {
    const Casework logged = log(process());
    take_events();
    clock_.advance(std::chrono::minutes{5});
    auto in = work();
    FollowUp said = said_on(logged.interaction.uuid, "Visited");
    said.incident = logged.incident.uuid;
    const Casework after = follow_up(in, said, true, 2).value();
    EXPECT_EQ(after.interaction.updated_by, kOther);
    EXPECT_EQ(after.interaction.updated_at, clock_.now());
    EXPECT_EQ(after.interaction.process_stage, 2);
    EXPECT_EQ(after.interaction.closed_at, std::nullopt);
    EXPECT_TRUE(after.incident.request_callback);
    EXPECT_EQ(after.note->text, "Visited logged on  17/03/2030 17:51:40 by  Olu Officer");
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"incident_note.created 2/1 1 0", "interaction.updated 1/2 1 0",
                                        "incident.updated 1/2 1 0"}));
}

TEST_F(CaseworkRules, a_follow_up_without_a_stage_keeps_it_and_a_blank_one_leaves_no_note) {
    const Casework logged = log(process());
    auto in = work();
    ASSERT_TRUE(follow_up(in, said_on(logged.interaction.uuid), false, 8).ok());
    for (const char* blank : {"", "  ", "\r\n\t"}) {
        const auto after = follow_up(in, said_on(logged.interaction.uuid, blank), false, {}).value();
        EXPECT_EQ(after.interaction.process_stage, 8);
        EXPECT_EQ(after.note, std::nullopt);
    }
    EXPECT_EQ(count("incident_note"), 1);
}

TEST_F(CaseworkRules, closing_ends_interaction_and_case_and_nobody_is_rung_back) {
    const Casework logged = log();
    auto in = work();
    ASSERT_TRUE(follow_up(in, said_on(logged.interaction.uuid), true, {}).ok());
    take_events();
    clock_.advance(std::chrono::hours{2});
    auto later = work();
    const Casework closed = close_case(later, said_on(logged.interaction.uuid, "All done"), {}).value();
    EXPECT_EQ(closed.interaction.closed_at, clock_.now());
    EXPECT_EQ(closed.incident.closed_at, clock_.now());
    EXPECT_EQ(closed.incident.resolution, "All done");
    EXPECT_FALSE(closed.incident.request_callback);
    EXPECT_TRUE(closed.note.has_value());
    EXPECT_EQ(stored(load_incident(in, logged.incident.uuid).value()), stored(closed.incident));
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"incident_note.created 2/1 1 0", "interaction.closed 1/3 1 0",
                                        "incident.closed 1/3 1 0"}));
}

TEST_F(CaseworkRules, what_is_closed_stays_as_it_was_closed) {
    const Casework logged = log();
    auto in = work();
    const Casework first = close_case(in, said_on(logged.interaction.uuid, "All done"), {}).value();
    clock_.advance(std::chrono::hours{2});
    auto later = work();
    const Casework again = close_case(later, said_on(logged.interaction.uuid, "Done again"), {}).value();
    EXPECT_EQ(again.interaction.closed_at, first.interaction.closed_at);
    EXPECT_EQ(stored(again.incident), stored(first.incident));
    EXPECT_EQ(close_interaction(later, again.interaction).value().version, again.interaction.version);
    EXPECT_EQ(close_interaction(later, log().interaction).value().closed_at, clock_.now());
}

TEST_F(CaseworkRules, a_case_of_another_interaction_is_refused) {
    const Casework one = log();
    const Casework other = log();
    auto in = work();
    FollowUp said = said_on(one.interaction.uuid, "x");
    said.incident = other.incident.uuid;
    EXPECT_EQ(follow_up(in, said, false, {}).error().code, Code::NotFound);
    EXPECT_EQ(close_case(in, said, {}).error().code, Code::NotFound);
    EXPECT_EQ(transfer_interaction(in, said, {.area = kArea}).error().code, Code::NotFound);
}

struct TransferCase {
    bool from_patch;
    bool from_manager;
    bool to_patch;
    bool to_manager;
    LinkChange patch;
    LinkChange manager;
};

constexpr auto kKept = LinkChange::Kept;
constexpr auto kGiven = LinkChange::Given;
constexpr auto kRemoved = LinkChange::Removed;

/// Every combination, in the order of the rule's rows; "any other" keeps both.
constexpr std::array<TransferCase, 16> kTransfers{{
    {false, true, true, false, kGiven, kRemoved},
    {false, true, true, true, kGiven, kRemoved},
    {false, false, true, false, kGiven, kKept},
    {false, false, false, true, kKept, kGiven},
    {false, false, true, true, kGiven, kGiven},
    {true, false, false, true, kRemoved, kGiven},
    {true, false, true, true, kRemoved, kGiven},
    {true, true, false, true, kRemoved, kGiven},
    {true, true, true, true, kRemoved, kGiven},
    {false, true, false, false, kKept, kKept},
    {false, true, false, true, kKept, kKept},
    {false, false, false, false, kKept, kKept},
    {true, false, false, false, kKept, kKept},
    {true, false, true, false, kKept, kKept},
    {true, true, false, false, kKept, kKept},
    {true, true, true, false, kKept, kKept},
}};

template <class Noun>
std::optional<Id<Noun>> expected(LinkChange change, std::optional<Id<Noun>> before, Id<Noun> given) {
    return change == kKept ? before : change == kGiven ? std::optional{given} : std::nullopt;
}

TEST_F(CaseworkRules, a_transfer_gives_and_removes_as_the_matrix_says) {
    constexpr Id<Patch> kOtherPatch{4};
    constexpr Id<ManagerArea> kOtherManagerArea{5};
    for (const auto& row : kTransfers) {
        Interaction before;
        before.person = person_.id;
        before.area = kArea;
        before.patch = kPatch;
        before.manager_area = kManagerArea;
        const Casework logged = log(before);
        Transfer transfer{row.from_patch, row.from_manager, {}, {}, Id<Area>{4}, {}};
        if (row.to_patch) {
            transfer.to_patch = kOtherPatch;
        }
        if (row.to_manager) {
            transfer.to_manager = kOtherManagerArea;
        }
        auto in = work();
        ASSERT_TRUE(transfer_interaction(in, said_on(logged.interaction.uuid), transfer).ok());
        const auto after = load_interaction(in, logged.interaction.uuid).value();
        const std::string which =
            fmt::format("from {}{} to {}{}", row.from_patch, row.from_manager, row.to_patch, row.to_manager);
        EXPECT_EQ(after.patch, expected(row.patch, before.patch, kOtherPatch)) << which;
        EXPECT_EQ(after.manager_area, expected(row.manager, before.manager_area, kOtherManagerArea)) << which;
        EXPECT_TRUE(after.transferred) << which;
        EXPECT_EQ(after.area, Id<Area>{4}) << which;
        EXPECT_EQ(after.updated_by, kOther) << which;
    }
}

TEST_F(CaseworkRules, a_transfer_writes_a_stage_that_is_not_0_and_notes_what_was_said) {
    const Casework logged = log(process());
    take_events();
    auto in = work();
    const auto transfer = [&](std::optional<std::int64_t> stage, const std::string& said) {
        return transfer_interaction(in, said_on(logged.interaction.uuid, said),
                                    {.area = kArea, .process_stage = stage})
            .value();
    };
    EXPECT_EQ(transfer(5, "for review").note->text.substr(0, 10), "for review");
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"incident_note.created 2/1 1 0", "interaction.transferred 1/2 1 0"}));
    for (const auto& none : {std::optional<std::int64_t>{}, std::optional<std::int64_t>{0}}) {
        const auto after = transfer(none, " ");
        EXPECT_EQ(after.interaction.process_stage, 5);
        EXPECT_EQ(after.note, std::nullopt);
    }
}

TEST(SignedNote, says_when_as_clocks_in_the_kingdom_show_it) {
    EXPECT_EQ(signed_note("Rang about form", *parse_instant("2026-02-03T10:11:12Z"), "Olu Officer"),
              "Rang about form logged on  03/02/2026 10:11:12 by  Olu Officer");
    EXPECT_EQ(signed_note("Zoë's\nkey", *parse_instant("2026-07-31T23:30:00Z"), ""),
              "Zoë's\nkey logged on  01/08/2026 00:30:00 by  ");
}

TEST_F(CaseworkRules, a_damaged_row_is_not_changed_and_check_names_it) {
    const Casework logged = log(process());
    log();
    auto in = work();
    const auto expect_corrupt = [&](const char* change, std::string_view table) {
        run("SAVEPOINT change");
        run(change);
        CheckReport report;
        EXPECT_TRUE(check_incidents(tx_, keys(), report).ok());
        EXPECT_TRUE(check_incident_notes(tx_, keys(), report).ok());
        EXPECT_TRUE(check_interactions(tx_, keys(), report).ok());
        EXPECT_EQ(report.records, 6);
        EXPECT_EQ(report.damaged, 1) << change;
        EXPECT_EQ(report.first_damaged.at(0).table.view(), table) << change;
        if (table == "incident_note") {
            EXPECT_EQ(load_incident_note(in, logged.note->uuid).error().code, Code::Corrupt) << change;
        } else {
            EXPECT_EQ(follow_up(in, said_on(logged.interaction.uuid), false, {}).error().code, Code::Corrupt)
                << change;
        }
        run("ROLLBACK TO change");
    };
    for (const char* change : {"version = 2",
                               "incident_id = 2",
                               "person_id = NULL",
                               "household_id = 9",
                               "patch_id = 4",
                               "manager_area_id = 2",
                               "area_id = 4",
                               "created_by = 8",
                               "updated_by = 8",
                               "source = ''",
                               "nature_of_enquiry = '9'",
                               "enquiry_subject = '9'",
                               "reason_for_process = 0",
                               "subject = ''",
                               "advice_given = NULL",
                               "estate_office = ''",
                               "process_type = 2",
                               "process_stage = NULL",
                               "process_stage = 1",
                               "transferred = 1",
                               "parent_id = 2",
                               "created_at = 1",
                               "updated_at = 1",
                               "closed_at = 1",
                               "row_seal = x'00'",
                               "advice_given = (SELECT title FROM incident WHERE id = 1)"}) {
        static std::vector<std::string> texts;
        expect_corrupt(
            texts.emplace_back("UPDATE interaction SET " + std::string{change} + " WHERE id = 1").c_str(),
            "interaction");
    }
    for (const char* change :
         {"version = 2", "ticket_number = 'CAS-1'", "person_id = NULL", "household_id = 9", "subject = ''",
          "title = description", "description = NULL", "resolution = description", "request_callback = 1",
          "created_at = 1", "updated_at = 1", "closed_at = 1", "row_seal = x'00'",
          "title = (SELECT title FROM incident WHERE id = 2)"}) {
        expect_corrupt(("UPDATE incident SET " + std::string{change} + " WHERE id = 1").c_str(), "incident");
    }
    for (const char* change : {"version = 2", "incident_id = 2", "created_at = 1", "row_seal = x'00'",
                               "text = (SELECT text FROM incident_note WHERE id = 2)", "text = x'00'"}) {
        expect_corrupt(("UPDATE incident_note SET " + std::string{change} + " WHERE id = 1").c_str(),
                       "incident_note");
    }
    EXPECT_TRUE(follow_up(in, said_on(logged.interaction.uuid), false, {}).ok());
}

TEST_F(CaseworkRules, every_byte_of_every_sealed_column_counts) {
    const Casework logged = log(process());
    auto in = work();
    ASSERT_TRUE(close_case(in, said_on(logged.interaction.uuid, "done"), {}).ok());
    const auto is_corrupt = [&](const std::string& table) {
        const Code code = table == "incident_note"
                              ? load_incident_note(in, logged.note->uuid).error().code
                              : follow_up(in, said_on(logged.interaction.uuid), false, {}).error().code;
        return code == Code::Corrupt;
    };
    const std::vector<std::pair<std::string, std::string>> sealed{
        {"incident", "title"},       {"incident", "description"},    {"incident", "resolution"},
        {"incident", "row_seal"},    {"incident_note", "text"},      {"incident_note", "row_seal"},
        {"interaction", "row_seal"}, {"interaction", "advice_given"}};
    for (const auto& [table, column] : sealed) {
        const auto sound = select<Bytes>(fmt::format("SELECT {} FROM {} WHERE id = 1", column, table));
        const std::string update = fmt::format("UPDATE {} SET {} = $1 WHERE id = 1", table, column);
        ASSERT_FALSE(sound.empty());
        for (std::size_t at = 0; at < sound.size(); ++at) {
            Bytes flipped = sound;
            flipped[at] ^= static_cast<unsigned char>(1U << (at % 8));
            run(update, flipped);
            ASSERT_TRUE(is_corrupt(table)) << table << '.' << column << " byte " << at;
        }
        run(update, sound);
    }
}

}  // namespace
}  // namespace tenantry::housing
