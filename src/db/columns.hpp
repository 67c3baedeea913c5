// What each column of the schema declares about itself: how it is protected, whose data it is, whether they
// are handed it, how long it stays, what a merge of two people does with it. Subject access report, erasure,
// retention, merge and the data dictionary go by it, so none of them can forget a table. The declarations are
// the lines of db/migrations/*.columns; the build fails where they and the schema differ.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace tenantry::db {

enum class Protection : std::uint8_t {
    Plain,   ///< in clear
    Sealed,  ///< encrypted for its row and column
    Hashed,  ///< a keyed hash or seal; Argon2id for a password
    Folded,  ///< in clear, as it is searched
};

enum class Subject : std::uint8_t {
    None,     ///< about no living person
    Person,   ///< about a person of the register
    Account,  ///< about the holder of an account
};

/// How a row leads to its subject: the column `own` holds the subject's id; or it equals `table.column`, of a
/// table whose own link is of the first kind.
struct Link {
    std::string_view own;
    std::string_view table;
    std::string_view column;
};

/// Whether a subject access report shows the column, and as what.
enum class Report : std::uint8_t {
    No,
    Text,
    Number,
    Time,   ///< milliseconds since 1970 in the row, UTC in the report
    Date,   ///< days since 1970 in the row
    Money,  ///< pence in the row
    Flag,
    Uuid,
    Name,   ///< a name whose parts are kept apart in the sealed text
    Check,  ///< text that may tell of other people: shown only where somebody has checked it
};

/// The rule that ends a row's life; the periods are settings of retention.
enum class Retention : std::uint8_t {
    Instance,     ///< as long as the installation
    Reference,    ///< until an administrator removes it
    Journal,      ///< with the journal
    Account,      ///< with the account
    Session,      ///< until its time is over
    Property,     ///< with the home
    Person,       ///< with the person, a period after their last occupancy ended
    Job,          ///< a period after the job was closed
    Tenancy,      ///< a period after the tenancy ended
    Interaction,  ///< a period after it was closed
    Citizen,      ///< a period after the entry was last changed
    Consent,      ///< for good, as the proof that the law asks for; erasure takes away whose it was
};

/// What merging a person into another, who is kept, does.
enum class Merge : std::uint8_t {
    None,     ///< nothing
    Keep,     ///< the kept person's value stays
    Fill,     ///< the other's value is taken where the kept person has none
    Move,     ///< the row is led to the kept person
    Join,     ///< likewise, unless they have it already
    Rebuild,  ///< made anew from the merged record
};

struct Column {
    std::string_view table;
    std::string_view name;
    Protection protection;
    Subject subject;
    Link link;
    Link or_link;  ///< another way to the subject; empty as a rule
    Report report;
    Retention retention;
    Merge merge;
    std::string_view meaning;  ///< what it is, and why it is not handed out where that is not plain
};

/// One declaration. Invalid where the line is not one. The views are of the line.
[[nodiscard]] Result<Column> parse_column(std::string_view line);

/// Which uuid and version the sealed fields of a table are bound to: those of the row itself as a rule.
struct SealPlace {
    std::string_view table;
    std::string_view record = "uuid";      ///< column with the uuid; or with the id of a row of owner
    std::string_view owner = {};           ///< table whose uuid it is; empty: this one's
    std::string_view version = "version";  ///< column; empty where it is always 1
};

/// A line "seal TABLE RECORD VERSION". Invalid where it is not one.
[[nodiscard]] Result<SealPlace> parse_seal_place(std::string_view line);

/// Where the table's sealed fields are bound to. Thread-safe.
[[nodiscard]] SealPlace seal_place(std::string_view table);

/// The lines of a .columns file that declare a column, or (seals) where a table's fields are bound to: not
/// the empty ones and comments.
enum class Declares : std::uint8_t { Column, SealPlace };
[[nodiscard]] std::vector<std::string_view> declaring_lines(std::string_view text, Declares what);

/// The declarations of all migrations, in the order of the files. Thread-safe.
[[nodiscard]] std::span<const Column> columns();

/// The word of a declaration.
[[nodiscard]] std::string_view word_of(Protection protection);
[[nodiscard]] std::string_view word_of(Subject subject);
[[nodiscard]] std::string_view word_of(Report report);
[[nodiscard]] std::string_view word_of(Retention retention);
[[nodiscard]] std::string_view word_of(Merge merge);

}  // namespace tenantry::db
