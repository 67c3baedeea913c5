#include <fmt/format.h>

#include "api/propops/report_record.hpp"
#include "crypto/sha256.hpp"
#include "pack/zip.hpp"

namespace tenantry::api::propops {

namespace {

using rights::Field;
using rights::Record;
using rights::Shown;

/// A value as programs read it.
std::string plain(const Field& field) {
    if (field.shown == Shown::Withheld) {
        return "(withheld)";
    }
    if (field.shown == Shown::Unreadable) {
        return "(unreadable)";
    }
    if (field.shown == Shown::Absent) {
        return "";
    }
    switch (field.column.report) {
        case db::Report::Time:
            return format_instant(from_millis(field.number));
        case db::Report::Date:
            return format_date(from_days(field.number));
        case db::Report::Money: {
            const auto pence = field.number < 0 ? -field.number : field.number;
            return fmt::format("{}{}.{:02}", field.number < 0 ? "-" : "", pence / 100, pence % 100);
        }
        case db::Report::Flag:
            return field.number != 0 ? "true" : "false";
        default:
            return readable(field);
    }
}

bool is_text(const Field& field) {
    return field.column.report == db::Report::Text || field.column.report == db::Report::Name ||
           field.column.report == db::Report::Check;
}

void add_cell(std::string& line, std::string value, bool text) {
    if (text && !value.empty() &&
        std::string_view{"=+-@\t\r"}.find(value.front()) != std::string_view::npos) {
        value.insert(value.begin(), '\'');
    }
    if (!line.empty() && line.back() != '\n') {
        line += ',';
    }
    line += '"';
    for (const char c : value) {
        line += c;
        if (c == '"') {
            line += c;
        }
    }
    line += '"';
}

}  // namespace

std::string report_csv(const rights::ReportTable& table) {
    std::string csv;
    for (const Field& field : table.records.front().fields) {
        if (field.column.report != db::Report::No) {
            add_cell(csv, std::string{field.column.name}, false);
        }
    }
    csv += "\r\n";
    for (const Record& record : table.records) {
        for (const Field& field : record.fields) {
            if (field.column.report != db::Report::No) {
                add_cell(csv, plain(field), is_text(field));
            }
        }
        csv += "\r\n";
    }
    return csv;
}

Result<std::string> report_pack(const ReportHead& head, const rights::SubjectReport& report) {
    std::vector<pack::File> files{{"report.json", report_json(head, report)},
                                  {"report.html", report_page(head, report)}};
    for (const auto& table : report.tables) {
        files.push_back({fmt::format("{}.csv", table.name), report_csv(table)});
    }
    std::string sums;
    for (const auto& file : files) {
        sums += fmt::format("{}  {}\n", hex_encode(crypto::sha256(bytes_of(file.content))), file.name);
    }
    files.push_back({"SHA256SUMS", std::move(sums)});
    return pack::make_zip(files, head.made_at);
}

}  // namespace tenantry::api::propops
