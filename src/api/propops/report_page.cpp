#include <fmt/format.h>

#include <algorithm>

#include "api/propops/report_record.hpp"
#include "crypto/sha256.hpp"

namespace tenantry::api::propops {

namespace {

using rights::Field;
using rights::Record;
using rights::ReportTable;
using rights::Shown;

constexpr std::string_view kStyle =
    "body{font:16px/1.4 Arial,Helvetica,sans-serif;color:#0b0c0c;max-width:60em;margin:2em auto;padding:0 "
    "1em}"
    "h1{font-size:2em}h2{margin-top:2em;border-bottom:2px solid #0b0c0c}"
    "table{border-collapse:collapse;width:100%;margin:1em 0}"
    "th,td{text-align:left;vertical-align:top;padding:.3em .6em .3em 0;border-bottom:1px solid #b1b4b6;"
    "overflow-wrap:anywhere}"
    "table.record th{width:14em}thead th{border-bottom:2px solid #0b0c0c}"
    ".note{border-left:.3em solid #b1b4b6;padding-left:1em}"
    "@media print{body{margin:0;max-width:none;font-size:11pt}tr,h2{break-inside:avoid}h2{break-after:avoid}"
    "thead{display:table-header-group}}";

/// More columns than this do not fit beside each other on paper.
constexpr std::size_t kColumnsAcross = 6;

struct Title {
    std::string_view table;
    std::string_view title;
};
/// What a person calls what a table holds, where its own name would not tell.
constexpr Title kTitles[] = {
    {"person", "About you"},
    {"occupancy", "When you lived where"},
    {"property", "Your homes"},
    {"household", "Your household"},
    {"tenancy", "Your tenancy"},
    {"ledger_line", "Your rent account"},
    {"contact_address", "Where your letters go"},
    {"next_of_kin", "Your next of kin"},
    {"alert", "What officers are warned of"},
    {"citizen", "Your entry in the citizen index"},
    {"job", "Jobs"},
    {"case_note", "Notes on jobs"},
    {"incident", "Your cases"},
    {"incident_note", "Notes on your cases"},
    {"interaction", "What was done about your cases"},
    {"consent", "What you agreed to or declined"},
    {"legal_hold", "Why records must be kept"},
    {"disclosure", "Reports like this one"},
    {"erasure", "What was erased at your request"},
    {"audit_event", "Who read or changed your record, and when"},
};

std::string_view title_of(std::string_view table) {
    const auto known = std::ranges::find(kTitles, table, &Title::table);
    return known == std::end(kTitles) ? std::string_view{} : known->title;
}

std::string escape(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            case '\n':
                out += "<br>";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string outcome_word(std::int64_t outcome) {
    return outcome == 0 ? "allowed" : outcome == 1 ? "refused" : "failed";
}

std::string cell(const Field& field) {
    switch (field.shown) {
        case Shown::Absent:
            return "";
        case Shown::Withheld:
            return "<em>not shown: it may tell of other people</em>";
        case Shown::Unreadable:
            return "<em>this was recorded, but cannot be read any more</em>";
        case Shown::Value:
            return field.column.name == "outcome" ? outcome_word(field.number) : escape(readable(field));
    }
    VERIFY(false);
}

/// The places of the columns that say something in at least one record.
std::vector<std::size_t> told_columns(const ReportTable& table) {
    std::vector<std::size_t> told;
    for (std::size_t i = 0; i < table.records.front().fields.size(); ++i) {
        const bool shown = std::ranges::any_of(table.records, [i](const Record& r) {
            return r.fields[i].column.report != db::Report::No && r.fields[i].shown != Shown::Absent;
        });
        if (shown) {
            told.push_back(i);
        }
    }
    return told;
}

void add_across(std::string& page, const ReportTable& table, const std::vector<std::size_t>& columns) {
    page += "<table><thead><tr>";
    for (const auto i : columns) {
        page += fmt::format("<th scope=\"col\">{}</th>",
                            escape(rights::readable(table.records.front().fields[i].column.name)));
    }
    page += "</tr></thead><tbody>\n";
    for (const Record& record : table.records) {
        page += "<tr>";
        for (const auto i : columns) {
            page += fmt::format("<td>{}</td>", cell(record.fields[i]));
        }
        page += "</tr>\n";
    }
    page += "</tbody></table>\n";
}

void add_down(std::string& page, const Record& record, const std::vector<std::size_t>& columns) {
    page += "<table class=\"record\"><tbody>\n";
    for (const auto i : columns) {
        if (record.fields[i].shown != Shown::Absent) {
            page +=
                fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n",
                            escape(rights::readable(record.fields[i].column.name)), cell(record.fields[i]));
        }
    }
    page += "</tbody></table>\n";
}

/// The table with the home's address in each record, which has but its number.
ReportTable with_homes(const rights::SubjectReport& report, ReportTable table) {
    for (Record& record : table.records) {
        Field home;
        home.column.name = "home";
        home.column.report = db::Report::Text;
        if (auto address = report.address_of(record)) {
            home.shown = Shown::Value;
            home.text = *std::move(address);
        }
        record.fields.insert(record.fields.begin(), std::move(home));
    }
    return table;
}

/// The tables as a person reads them: in the order of their titles, then those that have none.
std::vector<const ReportTable*> in_order(const rights::SubjectReport& report) {
    std::vector<const ReportTable*> tables;
    tables.reserve(report.tables.size());
    for (const ReportTable& table : report.tables) {
        tables.push_back(&table);
    }
    std::ranges::stable_sort(tables, {}, [](const ReportTable* table) {
        return std::ranges::find(kTitles, table->name, &Title::table) - std::begin(kTitles);
    });
    return tables;
}

void add_table(std::string& page, const ReportTable& table) {
    const auto title = title_of(table.name);
    page += fmt::format("<h2>{}</h2>\n", escape(title.empty() ? rights::readable(table.name) : title));
    const auto columns = told_columns(table);
    if (table.records.size() > 1 && columns.size() <= kColumnsAcross) {
        add_across(page, table, columns);
        return;
    }
    for (const Record& record : table.records) {
        add_down(page, record, columns);
    }
}

/// What Article 15(1) and (2) have a report say besides the data.
constexpr std::string_view kRights =
    "<h2>Why we hold this, and your rights</h2>\n"
    "<p>Your landlord holds this information to let and manage homes, to keep the rent account, to repair "
    "homes and to keep "
    "people safe, because of your tenancy agreement, the law and its public duties. It comes from you, from "
    "people of your "
    "household, from your landlord&#39;s officers and from its former systems.</p>\n"
    "<p>Officers of your landlord can see it as far as their work needs it; the last table says who did. No "
    "decision "
    "about you is made by a computer alone. How long each kind of record is kept, your landlord&#39;s "
    "privacy notice "
    "says.</p>\n"
    "<p>You may ask your landlord to correct or erase what is here, to restrict what is done with it, or "
    "object to it; "
    "you may complain to your landlord, and to the Information Commissioner (ico.org.uk, 0303 123 "
    "1113).</p>\n";

}  // namespace

std::string report_page(const ReportHead& head, const rights::SubjectReport& report) {
    std::string page = fmt::format(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Subject access "
        "report</title>"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>{}</style></head>\n"
        "<body><main>\n<h1>Subject access report</h1>\n"
        "<p>What your landlord&#39;s register held about you on {} (UK GDPR Article 15).</p>\n",
        kStyle, rights::readable(head.made_at));
    if (head.respond_by) {
        page += fmt::format("<p>To be answered by {}.</p>\n", rights::readable(*head.respond_by));
    }
    if (report.withheld > 0) {
        page += fmt::format(
            "<p class=\"note\">{} texts are not shown, because they may tell of other people and "
            "have not been checked for that.</p>\n",
            report.withheld);
    }
    if (report.unreadable > 0) {
        page += fmt::format(
            "<p class=\"note\">{} fields were recorded but cannot be read any more: they are "
            "damaged, not empty.</p>\n",
            report.unreadable);
    }
    for (const ReportTable* table : in_order(report)) {
        if (table->name == "occupancy") {
            add_table(page, with_homes(report, *table));
        } else {
            add_table(page, *table);
        }
    }
    page += kRights;
    page += "</main></body>\n</html>\n";
    return page;
}

std::string_view report_page_policy() {
    static const std::string kPolicy = fmt::format(
        "Content-Security-Policy: default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action "
        "'none'; "
        "frame-ancestors 'none'\r\n",
        base64_encode(crypto::sha256(bytes_of(kStyle))));
    return kPolicy;
}

}  // namespace tenantry::api::propops
