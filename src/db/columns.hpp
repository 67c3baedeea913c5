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

enum class Report : std::uint8_t { No, Yes };

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
    Report report;
    Retention retention;
    Merge merge;
    std::string_view meaning;  ///< what it is, and why it is not handed out where that is not plain
};

/// One declaration. Invalid where the line is not one. The views are of the line.
[[nodiscard]] Result<Column> parse_column(std::string_view line);

/// The lines of a .columns file that declare something: not the empty ones and comments.
[[nodiscard]] std::vector<std::string_view> declaring_lines(std::string_view text);

/// The declarations of all migrations, in the order of the files. Thread-safe.
[[nodiscard]] std::span<const Column> columns();

/// The data dictionary in Markdown, a table of it for each table of the schema.
[[nodiscard]] std::string data_dictionary(std::span<const Column> all);

}  // namespace tenantry::db
