#include "register/case_note.hpp"

#include <fmt/format.h>

#include <array>

#include "audit/resealing.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

struct SealedNote {
    std::array<std::optional<Bytes>, 2> blobs;  ///< text and author
    Bytes row_seal;
};

std::string sealed_facts(const CaseNote& note) {
    return fmt::format("{}|{}|{}|{}|{}", note.id.value, note.uuid.text(), note.version, note.job.value,
                       to_millis(note.created_at));
}

SealedNote seal_note(const crypto::KeyRing& keys, const CaseNote& note) {
    const std::string facts = sealed_facts(note);
    Bytes text = keys.seal({"case_note", "text", note.uuid, note.version}, note.text);
    Bytes created_by = keys.seal({"case_note", "created_by", note.uuid, note.version}, note.created_by);
    Bytes row_seal = keys.row_seal("case_note", {bytes_of(facts), crypto::KeyRing::blob_tag(text),
                                                 crypto::KeyRing::blob_tag(created_by)});
    return {{std::move(text), std::move(created_by)}, std::move(row_seal)};
}

/// A row as it is stored.
struct StoredNote {
    CaseNote note;  ///< without its texts
    ByteView text;
    ByteView created_by;
    ByteView row_seal;
};

StoredNote read_stored(const db::Rows& rows) {
    StoredNote stored;
    CaseNote& note = stored.note;
    rows.into(note.id, note.uuid, note.version, note.job, stored.text, stored.created_by, stored.row_seal,
              note.created_at);
    return stored;
}

Result<CaseNote> open_note(StoredNote stored, const crypto::KeyRing& keys) {
    CaseNote& note = stored.note;
    const std::string facts = sealed_facts(note);
    TRY(keys.check_row_seal("case_note", stored.row_seal,
                            {bytes_of(facts), crypto::KeyRing::blob_tag(stored.text),
                             crypto::KeyRing::blob_tag(stored.created_by)}));
    note.text = TRY(keys.open({"case_note", "text", note.uuid, note.version}, stored.text));
    note.created_by = TRY(keys.open({"case_note", "created_by", note.uuid, note.version}, stored.created_by));
    return std::move(note);
}

}  // namespace

Result<CaseNote> create_case_note(audit::Work& work, CaseNote note) {
    note.id.value = TRY(next_id(work.tx(), "case_note"));
    note.version = 1;
    const SealedNote sealed = seal_note(work.keys(), note);
    TRY(work.tx().execute(sql::case_note::insert, note.id, note.uuid, note.version, note.job, sealed.blobs[0],
                          sealed.blobs[1], sealed.row_seal, note.created_at));
    TRY(work.changed({.action = "case_note.created", .resource = note.id.value, .version = note.version}));
    return note;
}

Result<CaseNote> update_case_note(audit::Work& work, CaseNote note) {
    ++note.version;
    const SealedNote sealed = seal_note(work.keys(), note);
    const auto rows =
        TRY(work.tx().execute(sql::case_note::update, note.id, note.version, note.job, sealed.blobs[0],
                              sealed.blobs[1], sealed.row_seal, note.created_at));
    if (rows != 1) {
        return kStaleEdit;
    }
    TRY(work.changed({.action = "case_note.updated", .resource = note.id.value, .version = note.version}));
    return note;
}

Result<CaseNote> find_case_note(audit::Work& work, const Uuid& uuid) {
    db::Rows rows = TRY(work.tx().query(sql::case_note::find_by_uuid, uuid));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such case note"};
    }
    return open_note(read_stored(rows), work.keys());
}

Result<std::vector<CaseNote>> list_case_notes(audit::Work& work, Id<Job> job) {
    std::vector<CaseNote> notes;
    {
        db::Rows rows = TRY(work.tx().query(sql::case_note::list_of_job, job));
        while (TRY(rows.next())) {
            notes.push_back(TRY(open_note(read_stored(rows), work.keys())));
        }
    }
    TRY(work.read({.action = "case_note.listed", .resource = job.value}));
    return notes;
}

Result<void> check_case_notes(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::case_note::list_after, 0));
    while (TRY(rows.next())) {
        const StoredNote stored = read_stored(rows);
        report.add("case_note", stored.note.id.value,
                   open_note(stored, keys).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_case_notes(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::case_note::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        const StoredNote s = read_stored(rows);
        some.row(
            {s.note.id.value, s.note.version}, std::array{std::optional{s.text}, std::optional{s.created_by}},
            s.row_seal,
            [&]() -> Result<SealedNote> { return seal_note(some.keys(), TRY(open_note(s, some.keys()))); });
    }
    return {};
}

}  // namespace tenantry::housing
