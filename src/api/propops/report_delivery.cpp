#include "api/propops/report_delivery.hpp"

#include <fmt/format.h>

#include "api/propops/reply.hpp"
#include "api/propops/report_record.hpp"
#include "api/services.hpp"

namespace tenantry::api::propops {

namespace {

http::Response reply(std::string_view media_type, std::string body) {
    http::Response response;
    response.headers = fmt::format("Content-Type: {}\r\n", media_type);
    response.body = std::move(body);
    return response;
}

Result<http::Response> hand_out(Literal format, const ReportHead& head, const rights::SubjectReport& report) {
    if (format.view() == "html") {
        auto response = reply("text/html; charset=utf-8", report_page(head, report));
        response.headers += report_page_policy();
        response.headers += "Cache-Control: no-store\r\n";
        return response;
    }
    if (format.view() == "zip") {
        auto response = reply("application/zip", TRY(report_pack(head, report)));
        response.headers += "Content-Disposition: attachment; filename=\"subject-access-report.zip\"\r\n";
        return response;
    }
    return json_response(200, report_json(head, report));
}

}  // namespace

Result<http::Response> give_report(Call& call, const WantedReport& wanted) {
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
    return hand_out(wanted.disclosure.format, head, *report);
}

}  // namespace tenantry::api::propops
