#include "rights/subject_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "audit/person_index.hpp"
#include "base/text.hpp"
#include "register/property.hpp"
#include "rights/person_tables.hpp"

namespace tenantry::rights {

namespace {

/// A table's statement: its number, the uuid and version that its sealed fields are bound to, then its
/// columns.
struct Source {
    const PersonTable* table;
    std::string text;
    db::Sql sql;
    std::vector<db::Column> columns;
};

constexpr int kFixedColumns = 3;

/// What the report shows, and the numbers that lead from one of its records to another. Nothing else, which
/// would be read as a number though it may be none: PostgreSQL minds.
bool is_read(const db::Column& column) {
    return column.report != db::Report::No ||
           (column.protection == db::Protection::Plain && column.name.ends_with("_id"));
}

Source make_source(const PersonTable& table) {
    Source source{&table, {}, {}, {}};
    const auto place = db::seal_place(table.name);
    const bool sealed = std::ranges::any_of(table.columns, [](const db::Column& c) {
        return c.protection == db::Protection::Sealed && is_read(c);
    });
    const std::string record = !sealed               ? "NULL"
                               : place.owner.empty() ? fmt::format("t.{}", place.record)
                                                     : "o.uuid";
    const std::string version = !sealed || place.version.empty() ? "1" : fmt::format("t.{}", place.version);
    source.text = fmt::format("SELECT {}, {}, {}", table.has_id ? "t.id" : "0", record, version);
    for (const db::Column& column : table.columns) {
        if (is_read(column)) {
            source.text += fmt::format(", t.{}", column.name);
            source.columns.push_back(column);
        }
    }
    source.text += fmt::format(" FROM {} t", table.name);
    if (sealed && !place.owner.empty()) {
        source.text += fmt::format(" JOIN {} o ON o.id = t.{}", place.owner, place.record);
    }
    source.text += fmt::format(" WHERE ({}){}", table.leads_to_person, table.has_id ? " ORDER BY t.id" : "");
    return source;
}

/// Lives as long as the program, as the statements' texts must.
const std::deque<Source>& sources() {
    static const std::deque<Source> kSources = [] {
        std::deque<Source> made;
        for (const PersonTable& table : person_tables()) {
            if (table.is_reported()) {
                Source& source = made.emplace_back(make_source(table));
                source.sql = {table.name, source.text, ""};
            }
        }
        return made;
    }();
    return kSources;
}

/// Reads one column of the current row.
class FieldReader {
  public:
    FieldReader(const db::Rows& rows, const crypto::KeyRing& keys, Checked checked)
        : rows_(rows), keys_(keys), checked_(checked) {
        rows.into_at(1, record_);
        rows.into_at(2, version_);
    }

    Field read(const db::Column& column, int at) const {
        Field field{column, Shown::Absent, {}, 0};
        std::optional<ByteView> stored;
        rows_.into_at(at, stored);
        if (!stored) {
            return field;
        }
        field.shown = Shown::Value;
        if (column.report == db::Report::Check && checked_ == Checked::No) {
            field.shown = Shown::Withheld;
        } else if (column.protection == db::Protection::Sealed) {
            open(field, *stored);
        } else {
            read_plain(field, at);
        }
        return field;
    }

  private:
    void open(Field& field, ByteView blob) const {
        auto text = keys_.open({field.column.table, field.column.name, record_, version_}, blob);
        if (text.ok()) {
            field.text = std::move(text).value();
        } else {
            field.shown = Shown::Unreadable;
        }
    }
    void read_plain(Field& field, int at) const {
        switch (field.column.report) {
            case db::Report::Text:
            case db::Report::Name:
            case db::Report::Check:
                rows_.into_at(at, field.text);
                return;
            case db::Report::Uuid: {
                Uuid uuid;
                rows_.into_at(at, uuid);
                field.text = uuid.text();
                return;
            }
            default:
                rows_.into_at(at, field.number);
        }
    }

    const db::Rows& rows_;
    const crypto::KeyRing& keys_;
    Checked checked_;
    Uuid record_;
    std::int64_t version_ = 0;
};

void count(SubjectReport& report, const Field& field) {
    report.withheld += field.shown == Shown::Withheld ? 1 : 0;
    report.unreadable += field.shown == Shown::Unreadable ? 1 : 0;
}

std::string readable_money(std::int64_t pence) {
    const auto amount = pence < 0 ? -pence : pence;
    return fmt::format("{}\u00a3{}.{:02}", pence < 0 ? "-" : "", amount / 100, amount % 100);
}

}  // namespace

const Field* Record::find(std::string_view column) const {
    const auto found = std::ranges::find(fields, column, [](const Field& f) { return f.column.name; });
    return found == fields.end() ? nullptr : &*found;
}

std::string Record::text(std::string_view column) const {
    const Field* field = find(column);
    return field == nullptr ? "" : field->text;
}

std::optional<std::int64_t> Record::number(std::string_view column) const {
    const Field* field = find(column);
    return field != nullptr && field->shown == Shown::Value ? std::optional{field->number} : std::nullopt;
}

const std::vector<Record>& SubjectReport::of(std::string_view table) const {
    static const std::vector<Record> kNone;
    const auto found = std::ranges::find(tables, table, &ReportTable::name);
    return found == tables.end() ? kNone : found->records;
}

std::optional<std::string> SubjectReport::address_of(const Record& record) const {
    const auto property = record.number("property_id");
    const auto& homes = of("property");
    const auto home = std::ranges::find_if(homes, [&](const Record& r) { return r.id == property; });
    if (home == homes.end()) {
        return std::nullopt;
    }
    const auto part = [&home](std::string_view column) {
        const std::string text = home->text(column);
        return text.empty() ? std::nullopt : std::optional{text};
    };
    return housing::join_address(part("address_line_1"), part("address_line_2"), part("address_line_3"),
                                 part("city"), part("postcode"));
}

std::vector<db::Sql> report_statements() {
    std::vector<db::Sql> statements;
    for (const Source& source : sources()) {
        statements.push_back(source.sql);
    }
    return statements;
}

Result<SubjectReport> gather_report(db::Transaction& tx, const crypto::KeyRing& keys,
                                    Id<housing::Person> person, Checked checked) {
    SubjectReport report;
    const std::string unindexed =
        housing::PageOfIds{TRY(audit::find_unindexed_events(tx, person.value))}.json();
    for (const Source& source : sources()) {
        ReportTable table{source.table->name, {}};
        const bool takes_events = source.text.find("$2") != std::string::npos;
        db::Rows rows =
            takes_events ? TRY(tx.query(source.sql, person, unindexed)) : TRY(tx.query(source.sql, person));
        while (TRY(rows.next())) {
            Record& record = table.records.emplace_back();
            rows.into_at(0, record.id);
            const FieldReader reader{rows, keys, checked};
            for (std::size_t i = 0; i < source.columns.size(); ++i) {
                record.fields.push_back(reader.read(source.columns[i], kFixedColumns + static_cast<int>(i)));
                count(report, record.fields.back());
            }
        }
        if (!table.records.empty()) {
            report.tables.push_back(std::move(table));
        }
    }
    if (report.of("person").empty()) {
        return housing::kNoSuchTenant;
    }
    return report;
}

std::string readable(Date date) {
    static constexpr std::array<std::string_view, 12> kMonths{
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    return fmt::format("{} {} {}", static_cast<unsigned>(date.day()),
                       kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()));
}

std::string readable(Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(at - day).count();
    return fmt::format("{}, {:02}:{:02} UTC", readable(Date{day}), minutes / 60, minutes % 60);
}

std::string readable(const Field& field) {
    if (field.shown != Shown::Value) {
        return "";
    }
    switch (field.column.report) {
        case db::Report::Time:
            return readable(from_millis(field.number));
        case db::Report::Date:
            return readable(from_days(field.number));
        case db::Report::Money:
            return readable_money(field.number);
        case db::Report::Flag:
            return field.number != 0 ? "yes" : "no";
        case db::Report::Number:
            return std::to_string(field.number);
        case db::Report::Name: {
            std::string text = field.text;
            std::ranges::replace(text, '\x1f', ' ');
            return std::string{trim(text)};
        }
        default:
            return field.text;
    }
}

std::string readable(std::string_view name) {
    struct Word {
        std::string_view name;
        std::string_view word;
    };
    static constexpr Word kWords[] = {
        {"at", "When"},   {"id", "Number"}, {"uuid", "Identity"},
        {"uprn", "UPRN"}, {"larn", "LARN"}, {"usn", "USN"},
    };
    if (const auto* known = std::ranges::find(kWords, name, &Word::name); known != std::end(kWords)) {
        return std::string{known->word};
    }
    std::string text{name};
    std::ranges::replace(text, '_', ' ');
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    return text;
}

}  // namespace tenantry::rights
