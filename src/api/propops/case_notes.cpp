// Case notes of a job (contract section 7.4).
#include "register/case_note.hpp"

#include "access/account.hpp"
#include "api/propops/handlers.hpp"
#include "api/propops/inputs.hpp"
#include "api/propops/reply.hpp"
#include "crypto/random.hpp"
#include "register/job.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kNoteCharacters = 10'000;
constexpr std::int64_t kLimit = 200;

void write_note(json::Writer& w, const housing::CaseNote& note) {
    w.begin_object().key("ID").id(note.id).key("uuid").uuid(note.uuid).key("job_id").id(note.job);
    w.key("note_text").text(note.text).key("created_by_name").text(note.created_by);
    w.key("send_email").boolean(note.send_email).key("attachments_count").integer(0);
    write_instant(w.key("created_at"), note.created_at);
    w.end_object();
}

}  // namespace

Result<http::Response> read_case_notes(Call& call) {
    TRY(read_action(call.params, {"list"}));
    const auto uuid = TRY(call.params.required_uuid("job_uuid"));
    housing::Paging paging = TRY(read_paging(call.params, kLimit));
    // The page documents no paging: whoever asks for none gets as many as there may be.
    paging.limit = TRY(call.params.integer("limit", 1, kLimit)).value_or(kLimit);
    const auto job = TRY(housing::load_job(call.work, uuid));
    const auto page = TRY(housing::list_case_notes(call.work, job.id, paging));
    return list_reply(page.notes, page.total, true, write_note);
}

Result<http::Response> post_case_note(Call& call) {
    TRY(read_action(call.params, {"create"}, 0));
    const auto uuid = TRY(call.params.required_uuid("job_uuid"));
    auto text = TRY(call.params.maybe_lines("note_text", kNoteCharacters));
    if (!text.value) {
        return Error{Code::Invalid, "", "note_text"};
    }
    housing::CaseNote note;
    note.send_email = TRY(call.params.boolean("send_email")).value_or(false);
    note.uuid = crypto::new_uuid();
    note.job = TRY(housing::load_job(call.work, uuid)).id;
    note.text = *std::move(text.value);
    note.created_by =
        TRY(access::find_account(call.work.tx(), call.services.keys, call.who().account)).full_name();
    note.created_at = call.work.now();
    const auto written = TRY(housing::create_case_note(call.work, std::move(note)));
    Envelope envelope;
    envelope.writer().key("note_id").id(written.id);
    return std::move(envelope).finish();
}

}  // namespace tenantry::api::propops
