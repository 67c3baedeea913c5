#include "rights/erasure.hpp"

#include "api/propops/handlers.hpp"
#include "api/propops/inputs.hpp"
#include "api/propops/reply.hpp"
#include "rights/period.hpp"

namespace tenantry::api::propops {

namespace {

enum Action : std::size_t { Preview, Erase };

void write_date_or_null(json::Writer& w, std::optional<Date> date) {
    w.text_or_null(date ? std::optional{format_date(*date)} : std::nullopt);
}

void write_reason(json::Writer& w, const rights::Reason& reason, const rights::RetentionRules& rules) {
    w.begin_object();
    w.key("reason").text(rights::key_of(reason.because).view());
    w.key("text").text(rights::text_of(reason.because).view());
    write_date_or_null(w.key("until"), reason.until);
    w.key("why").text_or_null(reason.rule ? std::optional{rules.of(*reason.rule).why} : std::nullopt);
    w.end_object();
}

void write_plan(json::Writer& w, const Uuid& tenant, const rights::ErasurePlan& plan,
                const rights::RetentionRules& rules) {
    w.begin_object();
    w.key("tenant_uuid").uuid(tenant);
    w.key("may_erase").boolean(!plan.is_empty());
    w.key("erased").begin_array();
    for (const auto& [table, counts] : plan.goes.tables()) {
        w.begin_object().key("table").text(table);
        w.key("erased").integer(counts.erased).key("pseudonymised").integer(counts.pseudonymised);
        w.end_object();
    }
    w.end_array();
    w.key("kept").begin_array();
    for (const rights::Kept& kept : plan.kept) {
        w.begin_object().key("table").text(kept.table).key("records").integer(kept.rows);
        w.key("reasons").begin_array();
        for (const rights::Reason& reason : kept.reasons) {
            write_reason(w, reason, rules);
        }
        w.end_array().end_object();
    }
    w.end_array().end_object();
}

/// Everything must stay: says why. The text is made of literals.
http::Response refuse_all(const rights::ErasurePlan& plan) {
    std::string text{rights::kNothingToErase.text.view()};
    std::string_view before = ": ";
    for (const rights::Reason& reason : plan.reasons()) {
        if (reason.because != rights::Because::Journal) {
            text += before;
            text += rights::text_of(reason.because).view();
            before = "; ";
        }
    }
    return refuse_with(400, text);
}

struct Request {
    char ground = 'a';
    Date requested_on;
};

Result<Request> read_request(const Call& call) {
    const auto ground = rights::parse_ground(TRY(call.params.required_text("ground", 1)));
    if (!ground) {
        return Error{Code::Invalid, "", "ground"};
    }
    const auto requested_on = TRY(call.params.date("requested_on"));
    if (!requested_on || *requested_on > rights::day_of(call.work.now())) {
        return Error{Code::Invalid, "", "requested_on"};
    }
    return Request{*ground, *requested_on};
}

}  // namespace

Result<http::Response> post_erasure(Call& call) {
    const auto action = TRY(read_action(call.params, {"preview", "erase"}));
    const auto tenant = TRY(call.params.required_uuid("tenant_uuid"));
    const Request request = action == Erase ? TRY(read_request(call)) : Request{};
    const auto person = TRY(housing::find_person_id(call.work.tx(), tenant));
    auto plan = TRY(rights::plan_erasure(call.work, person));
    if (action == Preview) {
        TRY(call.work.read(
            {.action = "tenant.erasure_previewed", .resource = person.value, .person = person.value}));
    } else if (plan.is_empty()) {
        return refuse_all(plan);
    } else {
        plan = TRY(rights::erase_person(call.work, person, request.ground, request.requested_on));
    }
    const auto rules = TRY(rights::RetentionRules::read(call.work.tx()));
    return record_reply([&](json::Writer& w) { write_plan(w, tenant, plan, rules); });
}

}  // namespace tenantry::api::propops
