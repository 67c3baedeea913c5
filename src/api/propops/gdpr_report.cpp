#include <fmt/format.h>

#include "api/propops/handlers.hpp"
#include "api/propops/inputs.hpp"
#include "api/propops/reply.hpp"
#include "api/propops/report_record.hpp"
#include "rights/disclosure.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kReasonCharacters = 500;

struct Wanted {
    Uuid tenant;
    rights::Disclosure disclosure;
    std::optional<Date> received;
};

Result<Wanted> read_wanted(const Call& call) {
    const Params& params = call.params;
    Wanted wanted;
    wanted.tenant = TRY(params.required_uuid("tenant_uuid"));
    const auto format = TRY(params.text("format", 8)).value_or("json");
    bool known = false;
    for (const Literal one : {Literal{"json"}, Literal{"html"}, Literal{"zip"}}) {
        if (format == one.view()) {
            wanted.disclosure.format = one;
            known = true;
        }
    }
    if (!known) {
        return Error{Code::Invalid, "", "format"};
    }
    wanted.disclosure.reason = TRY(params.text("reason", kReasonCharacters));
    if (!wanted.disclosure.reason && call.services.settings.report_needs_reason) {
        return Error{Code::Invalid, "", "reason"};
    }
    if (TRY(params.boolean("include_checked")).value_or(false)) {
        wanted.disclosure.checked = rights::Checked::Yes;
    }
    wanted.received = TRY(params.date("received_on"));
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

http::Response reply(std::string_view media_type, std::string body) {
    http::Response response;
    response.headers = fmt::format("Content-Type: {}\r\n", media_type);
    response.body = std::move(body);
    return response;
}

Result<http::Response> hand_out(const Wanted& wanted, const ReportHead& head,
                                const rights::SubjectReport& report) {
    const auto format = wanted.disclosure.format.view();
    if (format == "html") {
        auto response = reply("text/html; charset=utf-8", report_page(head, report));
        response.headers += report_page_policy();
        response.headers += "Cache-Control: no-store\r\n";
        return response;
    }
    if (format == "zip") {
        auto response = reply("application/zip", TRY(report_pack(head, report)));
        response.headers += "Content-Disposition: attachment; filename=\"subject-access-report.zip\"\r\n";
        return response;
    }
    return json_response(200, report_json(head, report));
}

}  // namespace

Result<http::Response> read_gdpr_report(Call& call) {
    Wanted wanted = TRY(read_wanted(call));
    TRY(require_fresh_password(call));
    wanted.disclosure.person = TRY(housing::find_person_id(call.work.tx(), wanted.tenant));
    Services& services = call.services;
    TRY(services.database.write_and_wait([&](db::Transaction& tx) {
        audit::Work work{tx, services.keys, call.work.actor(), call.work.now(), nullptr};
        return rights::record_disclosure(work, wanted.disclosure, services.settings.reports_an_hour);
    }));
    // A snapshot taken now has what was just recorded, and with it this very report.
    const auto reader = TRY(services.database.open_reader());
    TRY(reader->begin());
    const auto report =
        rights::gather_report(*reader, services.keys, wanted.disclosure.person, wanted.disclosure.checked);
    reader->end();
    if (!report.ok()) {
        return report.error();
    }
    const ReportHead head{call.work.now(), call.who().account_if_any(),
                          wanted.received ? std::optional{rights::due_day(*wanted.received)} : std::nullopt};
    return hand_out(wanted, head, *report);
}

}  // namespace tenantry::api::propops
