#include "api/propops/handlers.hpp"
#include "api/propops/inputs.hpp"
#include "api/propops/reply.hpp"
#include "register/legal_hold.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kReasonCharacters = 500;

enum Action : std::size_t { Place, Lift };

void write_number_or_null(json::Writer& w, std::optional<std::int64_t> number) {
    if (number) {
        w.integer(*number);
    } else {
        w.null();
    }
}

void write_hold(json::Writer& w, const housing::LegalHold& hold) {
    w.begin_object();
    w.key("ID").id(hold.id);
    w.key("uuid").uuid(hold.uuid);
    w.key("tenant_id").id(hold.person);
    w.key("reason").text_or_null(hold.reason);
    write_number_or_null(w.key("placed_by"), hold.placed_by);
    write_instant(w.key("placed_at"), hold.placed_at);
    write_number_or_null(w.key("lifted_by"), hold.lifted_by);
    w.key("lifted_at");
    if (hold.lifted_at) {
        write_instant(w, *hold.lifted_at);
    } else {
        w.null();
    }
    w.end_object();
}

}  // namespace

Result<http::Response> read_legal_holds(Call& call) {
    const auto tenant = TRY(call.params.required_uuid("tenant_uuid"));
    const auto person = TRY(housing::find_person_id(call.work.tx(), tenant));
    const auto holds = TRY(housing::list_legal_holds(call.work, person));
    return list_reply(holds, static_cast<std::int64_t>(holds.size()), true, write_hold);
}

Result<http::Response> post_legal_hold(Call& call) {
    housing::LegalHold hold;
    if (TRY(read_action(call.params, {"place", "lift"})) == Place) {
        const auto tenant = TRY(call.params.required_uuid("tenant_uuid"));
        auto reason = TRY(call.params.required_text("reason", kReasonCharacters));
        const auto person = TRY(housing::find_person_id(call.work.tx(), tenant));
        hold = TRY(housing::place_legal_hold(call.work, person, std::move(reason)));
    } else {
        hold = TRY(housing::lift_legal_hold(call.work, TRY(call.params.required_uuid("uuid"))));
    }
    return record_reply([&](json::Writer& w) { write_hold(w, hold); });
}

}  // namespace tenantry::api::propops
