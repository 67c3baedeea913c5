#include "db/data_dictionary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

namespace tenantry::db {

namespace {

constexpr std::string_view kBegin = "<!-- table of personal data: made by the build -->\n";
constexpr std::string_view kEnd = "<!-- end of the table -->\n";

std::string text_of_link(const Link& link) {
    return link.table.empty() ? std::string{link.own}
                              : fmt::format("{}={}.{}", link.own, link.table, link.column);
}

std::string text_of_links(const Column& column) {
    const std::string first = text_of_link(column.link);
    return column.or_link.own.empty() ? first : fmt::format("{} or {}", first, text_of_link(column.or_link));
}

/// A table's columns in one line of the page.
struct Line {
    std::string_view table;
    std::vector<Column> columns;

    /// Something of it is about a person, or is protected, so that it may be.
    [[nodiscard]] bool is_personal() const {
        return std::ranges::any_of(columns, [](const Column& c) {
            return c.subject != Subject::None || c.protection == Protection::Sealed ||
                   c.protection == Protection::Folded;
        });
    }
    /// "name, email", without what only leads to other rows.
    [[nodiscard]] std::string names(Protection protection) const {
        std::string text;
        for (const Column& column : columns) {
            const bool internal = protection == Protection::Plain && column.report == Report::No &&
                                  column.subject != Subject::None;
            if (column.protection == protection && !internal && column.name != "row_seal") {
                text += fmt::format("{}{}", text.empty() ? "" : ", ", column.name);
            }
        }
        return text;
    }
    [[nodiscard]] std::string whose() const {
        const auto about = [this](Subject subject) {
            return std::ranges::any_of(columns, [&](const Column& c) { return c.subject == subject; });
        };
        return about(Subject::Person) ? "person" : about(Subject::Account) ? "staff" : "others";
    }
    [[nodiscard]] std::string_view reported() const {
        const auto as = [this](auto accepts) { return std::ranges::any_of(columns, accepts); };
        if (!as([](const Column& c) { return c.report != Report::No; })) {
            return "no";
        }
        return as([](const Column& c) { return c.report == Report::Check; }) ? "yes, some once checked"
                                                                             : "yes";
    }
};

}  // namespace

std::string data_dictionary(std::span<const Column> all) {
    std::string page =
        "# Data dictionary\n\n"
        "Made from the declarations in `src/db/migrations/*.columns`, which explain the words beside\n"
        "`src/db/columns.hpp`; the build fails where they and the schema differ, and `script/golden` renews "
        "this page.\n"
        "Sealed is encrypted, hashed a keyed hash, folded in clear as it is searched. *Subject* says whose "
        "data it is\n"
        "and by which column the row leads to them; *report* whether a subject access report shows it, and "
        "as what;\n"
        "*keep* the rule that ends its life; *merge* what becomes of it when two records of one person are "
        "merged.\n";
    std::string_view table;
    for (const Column& column : all) {
        if (column.table != table) {
            table = column.table;
            page += fmt::format(
                "\n## {}\n\n| column | protection | subject | report | keep | merge | what it is |\n"
                "|---|---|---|---|---|---|---|\n",
                table);
        }
        const std::string subject =
            column.subject == Subject::None
                ? ""
                : fmt::format("{}: `{}`", word_of(column.subject), text_of_links(column));
        page += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", column.name, word_of(column.protection),
                            subject, word_of(column.report), word_of(column.retention), word_of(column.merge),
                            column.meaning);
    }
    return page;
}

std::string personal_data_table(std::span<const Column> all) {
    std::vector<Line> lines;
    for (const Column& column : all) {
        auto line = std::ranges::find(lines, column.table, &Line::table);
        if (line == lines.end()) {
            line = lines.insert(lines.end(), Line{column.table, {}});
        }
        line->columns.push_back(column);
    }
    std::string page =
        "| record | about | encrypted | in clear | as keyed hash | in clear, for search | kept by the rule | "
        "in a "
        "report |\n|---|---|---|---|---|---|---|---|\n";
    for (const Line& line : lines) {
        if (line.is_personal()) {
            page += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} |\n", line.table, line.whose(),
                                line.names(Protection::Sealed), line.names(Protection::Plain),
                                line.names(Protection::Hashed), line.names(Protection::Folded),
                                word_of(line.columns.front().retention), line.reported());
        }
    }
    return page;
}

Result<std::string> with_personal_data_table(std::string_view page, std::span<const Column> all) {
    const auto begin = page.find(kBegin);
    const auto end = page.find(kEnd);
    if (begin == page.npos || end == page.npos || end < begin) {
        return Error{Code::Invalid, "the page has no place for the table"};
    }
    return fmt::format("{}{}{}", page.substr(0, begin + kBegin.size()), personal_data_table(all),
                       page.substr(end));
}

}  // namespace tenantry::db
