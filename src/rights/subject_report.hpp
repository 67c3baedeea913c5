// Everything that the register holds about a person, as they may ask for it (UK GDPR Article 15): gathered by
// the declarations of the columns, never from a list of its own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/work.hpp"
#include "base/ids.hpp"
#include "db/columns.hpp"
#include "register/person.hpp"

namespace tenantry::rights {

/// What became of a value on its way into a report.
enum class Shown : std::uint8_t {
    Absent,  ///< there is none
    Value,
    Withheld,    ///< it may tell of other people, and nobody has checked it
    Unreadable,  ///< its sealed field does not open: damaged, not empty
};

struct Field {
    db::Column column;
    Shown shown = Shown::Absent;
    std::string text;         ///< of texts, names (with the parts as they are sealed) and uuids
    std::int64_t number = 0;  ///< of numbers, times, dates, money and flags, as the row has it
};

struct Record {
    std::int64_t id = 0;  ///< 0 where the table has no numbers
    /// The plain columns that are not reported are there as well: links, which a reader follows within the
    /// report.
    std::vector<Field> fields;

    /// The field of that column; null where the table has none.
    [[nodiscard]] const Field* find(std::string_view column) const;
    /// Its text; empty where it is not shown.
    [[nodiscard]] std::string text(std::string_view column) const;
    /// Its number; nothing where it is not shown.
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view column) const;
};

struct ReportTable {
    std::string_view name;
    std::vector<Record> records;
};

struct SubjectReport {
    std::vector<ReportTable> tables;  ///< only those with records
    std::int64_t withheld = 0;        ///< values
    std::int64_t unreadable = 0;      ///< values

    /// The records of that table.
    [[nodiscard]] const std::vector<Record>& of(std::string_view table) const;
    /// The address of the home that a record's property_id names. Nothing where the report has no such home.
    [[nodiscard]] std::optional<std::string> address_of(const Record& record) const;
};

/// Whether texts that may tell of other people are shown: only where somebody has read them for that.
enum class Checked : std::uint8_t { No, Yes };

/// What the snapshot holds about the person. Journals nothing: record_disclosure() does, before. NotFound: no
/// such person.
[[nodiscard]] Result<SubjectReport> gather_report(db::Transaction& tx, const crypto::KeyRing& keys,
                                                  Id<housing::Person> person, Checked checked);

/// The statements that gather_report() runs, for the test of their plans.
[[nodiscard]] std::vector<db::Sql> report_statements();

/// A value as a person reads it: "9 June 2031", "£12.50", "yes". Empty where there is none.
[[nodiscard]] std::string readable(const Field& field);
[[nodiscard]] std::string readable(Date date);
[[nodiscard]] std::string readable(Instant at);
/// A name of a table or column as a person reads it: "telephone_1" is "Telephone 1".
[[nodiscard]] std::string readable(std::string_view name);

}  // namespace tenantry::rights
