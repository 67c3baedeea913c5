#include "api/propops/handlers.hpp"
#include "api/propops/inputs.hpp"
#include "api/propops/report_delivery.hpp"
#include "api/services.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kReasonCharacters = 500;

struct Wanted {
    Uuid tenant;
    WantedReport report;
};

Result<Wanted> read_wanted(const Call& call) {
    const Params& params = call.params;
    Wanted wanted;
    wanted.tenant = TRY(params.required_uuid("tenant_uuid"));
    const auto format = TRY(params.text("format", 8)).value_or("json");
    bool known = false;
    for (const Literal one : {Literal{"json"}, Literal{"html"}, Literal{"zip"}}) {
        if (format == one.view()) {
            wanted.report.disclosure.format = one;
            known = true;
        }
    }
    if (!known) {
        return Error{Code::Invalid, "", "format"};
    }
    wanted.report.disclosure.reason = TRY(params.text("reason", kReasonCharacters));
    if (!wanted.report.disclosure.reason && call.services.settings.report_needs_reason) {
        return Error{Code::Invalid, "", "reason"};
    }
    if (TRY(params.boolean("include_checked")).value_or(false)) {
        wanted.report.disclosure.checked = rights::Checked::Yes;
    }
    wanted.report.received = TRY(params.date("received_on"));
    return wanted;
}

/// Forbidden: the settings want the password to have been entered lately, and it was not.
Result<void> require_fresh_password(const Call& call) {
    const auto within = call.services.settings.report_password_within;
    const auto entered = call.who().password_at;
    if (within.count() == 0 || (entered && call.work.now() - *entered <= within)) {
        return {};
    }
    return Error{Code::Forbidden, "Please confirm your password"};
}

}  // namespace

Result<http::Response> read_gdpr_report(Call& call) {
    Wanted wanted = TRY(read_wanted(call));
    TRY(require_fresh_password(call));
    wanted.report.disclosure.person = TRY(housing::find_person_id(call.work.tx(), wanted.tenant));
    return give_report(call, wanted.report);
}

}  // namespace tenantry::api::propops
