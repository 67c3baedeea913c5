#include "register/meeting.hpp"

#include "register/incident_columns.hpp"
#include "register/interaction_columns.hpp"
#include "register/sealed_texts.hpp"
#include "register/signature.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr TextColumns<4> kColumns{"meeting", {"name", "councillors", "other_staff", "signatory_name"}};

RowIdentity identity(const Meeting& m) {
    return {m.interaction.uuid, m.version,
            RowFacts{}
                .add(m.interaction.id.value)
                .add(m.interaction.uuid)
                .add(m.version)
                .add(m.attendance.attendees)
                .add(m.signing.role)
                .add(m.signing.signature)
                .add(m.pdf)
                .add(m.confirmed_at ? std::optional{to_millis(*m.confirmed_at)} : std::nullopt)};
}

/// A row as it is stored, with its interaction's and its case's.
struct StoredMeeting {
    Meeting meeting;  ///< without what is sealed, and its interaction
    StoredInteraction interaction;
    StoredIncident incident;
    Id<Interaction> id;
    TextBlobs<4> texts;
    ByteView row_seal;
};

auto columns_of(StoredMeeting& stored) {
    Meeting& m = stored.meeting;
    return std::tie(stored.id, m.version, stored.texts[0], stored.texts[1], stored.texts[2],
                    m.attendance.attendees, stored.texts[3], m.signing.role, m.signing.signature, m.pdf,
                    m.confirmed_at, stored.row_seal);
}

StoredMeeting read_stored(const db::Rows& rows) {
    StoredMeeting stored;
    read_row(rows,
             std::tuple_cat(columns_of(stored), columns_of(stored.interaction), columns_of(stored.incident)));
    return stored;
}

Result<Meeting> open_meeting(StoredMeeting stored, const crypto::KeyRing& keys) {
    TRY(check_row(keys, stored.interaction));
    TRY(check_row(keys, stored.incident));
    Meeting& m = stored.meeting;
    m.interaction = std::move(stored.interaction.interaction);
    m.incident = stored.incident.incident.uuid;
    m.ticket_number = std::move(stored.incident.incident.ticket_number);
    auto texts = TRY(open_texts(keys, kColumns, identity(m), stored.texts, stored.row_seal));
    m.name = std::move(texts[0]).value_or("");
    m.attendance.councillors = std::move(texts[1]);
    m.attendance.other_staff = std::move(texts[2]);
    m.signing.name = std::move(texts[3]);
    return std::move(m);
}

Result<std::int64_t> write_row(audit::Work& work, const db::Sql& sql, const Meeting& m) {
    const auto sealed = seal_texts(work.keys(), kColumns, identity(m),
                                   PlainTexts<4>{std::optional{m.name}, m.attendance.councillors,
                                                 m.attendance.other_staff, m.signing.name});
    const auto& b = sealed.blobs;
    return work.tx().execute(sql, m.interaction.id, m.version, b[0], b[1], b[2], m.attendance.attendees, b[3],
                             m.signing.role, m.signing.signature, m.pdf, m.confirmed_at, sealed.row_seal);
}

/// Stores the changed meeting; its interaction tells when that was.
Result<Meeting> store(audit::Work& work, Meeting m, Literal action) {
    ++m.version;
    if (TRY(write_row(work, sql::meeting::update, m)) != 1) {
        return kStaleEdit;
    }
    m.interaction = TRY(update_interaction(work, std::move(m.interaction), action));
    return m;
}

Result<void> report_damage(audit::Work& work, std::int64_t meeting) {
    return work.read({.action = "meeting.damaged", .resource = meeting, .outcome = audit::Outcome::Failed});
}

Result<Meeting> open_row(audit::Work& work, const db::Rows& rows) {
    auto stored = read_stored(rows);
    const auto id = stored.id;
    auto opened = open_meeting(std::move(stored), work.keys());
    if (!opened.ok()) {
        TRY(report_damage(work, id.value));
    }
    return opened;
}

}  // namespace

Result<Casework> hold_meeting(audit::Work& work, NewMeeting wanted) {
    Interaction held = std::move(wanted.links);
    held.process_type = ProcessType::Process;
    held.nature_of_enquiry = kMeetingNature;
    held.enquiry_subject = kMeetingSubject;
    held.parent.reset();
    Incident incident;
    incident.title = wanted.name;
    incident.description = wanted.note;
    Casework all = TRY(log_interaction(work, std::move(incident), std::move(held), std::move(wanted.note)));
    Meeting m;
    m.interaction = all.interaction;
    m.version = 1;
    m.name = std::move(wanted.name);
    m.attendance = std::move(wanted.attendance);
    if (wanted.signing) {
        m.signing = std::move(*wanted.signing);
        m.confirmed_at = work.now();
        all.interaction.process_stage = kStageCompleted;
        all.interaction = TRY(close_interaction(work, std::move(all.interaction)));
        all.incident = TRY(close_incident(work, std::move(all.incident), std::nullopt));
    }
    TRY(write_row(work, sql::meeting::insert, m));
    TRY(work.changed({.action = "meeting.held", .resource = m.interaction.id.value, .version = m.version}));
    return all;
}

Result<Meeting> load_meeting(audit::Work& work, const Uuid& interaction) {
    db::Rows rows = TRY(work.tx().query(sql::meeting::find, interaction));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such meeting"};
    }
    return open_row(work, rows);
}

Result<Meeting> find_meeting(audit::Work& work, const Uuid& interaction) {
    auto meeting = TRY(load_meeting(work, interaction));
    TRY(work.read(
        {.action = "meeting.read", .resource = meeting.interaction.id.value, .version = meeting.version}));
    return meeting;
}

Result<std::vector<Meeting>> list_meetings(audit::Work& work, Id<Association> association) {
    std::vector<Meeting> meetings;
    {
        db::Rows rows = TRY(work.tx().query(sql::meeting::list_of_association, association));
        while (TRY(rows.next())) {
            auto opened = open_row(work, rows);
            if (opened.ok()) {
                meetings.push_back(std::move(opened).value());
            } else if (opened.error().code != Code::Corrupt) {
                return opened.error();
            }
        }
    }
    TRY(work.read({.action = "meeting.listed", .resource = association.value}));
    return meetings;
}

Result<Meeting> record_attendance(audit::Work& work, Meeting meeting, Attendance attendance) {
    meeting.attendance = std::move(attendance);
    return store(work, std::move(meeting), "meeting.attendance_recorded");
}

Result<Meeting> sign_meeting(audit::Work& work, Meeting meeting, Signing signing) {
    if (meeting.signing.signature && meeting.signing.signature != signing.signature) {
        TRY(remove_signature(work, *meeting.signing.signature));
    }
    meeting.signing = std::move(signing);
    meeting.confirmed_at = work.now();
    return store(work, std::move(meeting), "meeting.signed");
}

Result<Meeting> file_papers(audit::Work& work, Meeting meeting, std::optional<Uuid> signature,
                            std::optional<Uuid> pdf) {
    if (signature) {
        meeting.signing.signature = signature;
    }
    if (pdf) {
        meeting.pdf = pdf;
    }
    return store(work, std::move(meeting), "meeting.papers_filed");
}

Result<void> check_meetings(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::meeting::list_after, 0));
    while (TRY(rows.next())) {
        auto stored = read_stored(rows);
        const auto id = stored.id.value;
        report.add("meeting", id,
                   open_meeting(std::move(stored), keys).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_meetings(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::meeting::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        StoredMeeting s = read_stored(rows);
        Meeting& m = s.meeting;
        m.interaction = std::move(s.interaction.interaction);
        reseal(some, {s.id.value, m.version}, kColumns, identity(m), s.texts, s.row_seal);
    }
    return {};
}

}  // namespace tenantry::housing
