#include "db/columns.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/text.hpp"
#include "db/migrations.hpp"

namespace tenantry::db {

namespace {

template <class Enum>
struct Word {
    std::string_view text;
    Enum value;
};

constexpr Word<Protection> kProtections[] = {{"plain", Protection::Plain},
                                             {"sealed", Protection::Sealed},
                                             {"hashed", Protection::Hashed},
                                             {"folded", Protection::Folded}};
constexpr Word<Subject> kSubjects[] = {
    {"none", Subject::None}, {"person", Subject::Person}, {"account", Subject::Account}};
constexpr Word<Report> kReports[] = {
    {"no", Report::No},     {"text", Report::Text},   {"number", Report::Number}, {"time", Report::Time},
    {"date", Report::Date}, {"money", Report::Money}, {"flag", Report::Flag},     {"uuid", Report::Uuid},
    {"name", Report::Name}, {"check", Report::Check}};
constexpr Word<Retention> kRetentions[] = {
    {"instance", Retention::Instance}, {"reference", Retention::Reference},
    {"journal", Retention::Journal},   {"account", Retention::Account},
    {"session", Retention::Session},   {"property", Retention::Property},
    {"person", Retention::Person},     {"job", Retention::Job},
    {"tenancy", Retention::Tenancy},   {"interaction", Retention::Interaction},
    {"citizen", Retention::Citizen},   {"consent", Retention::Consent}};
constexpr Word<Merge> kMerges[] = {{"none", Merge::None}, {"keep", Merge::Keep}, {"fill", Merge::Fill},
                                   {"move", Merge::Move}, {"join", Merge::Join}, {"rebuild", Merge::Rebuild}};

constexpr std::string_view kSealWord = "seal ";
constexpr Error kNotADeclaration{Code::Invalid, "the line does not declare a column"};

template <class Enum, std::size_t N>
Result<Enum> value_of(const Word<Enum> (&words)[N], std::string_view text) {
    for (const auto& word : words) {
        if (word.text == text) {
            return word.value;
        }
    }
    return kNotADeclaration;
}

template <class Enum, std::size_t N>
std::string_view find_word(const Word<Enum> (&words)[N], Enum value) {
    for (const auto& word : words) {
        if (word.value == value) {
            return word.text;
        }
    }
    VERIFY(false);
}

/// What stands before and after the first separator; nothing after where there is none.
std::pair<std::string_view, std::string_view> split(std::string_view text, char separator) {
    const auto at = text.find(separator);
    return at == text.npos ? std::pair{text, std::string_view{}}
                           : std::pair{text.substr(0, at), trim(text.substr(at + 1))};
}

Result<Link> parse_link(std::string_view text) {
    const auto [own, other] = split(text, '=');
    const auto [table, column] = split(other, '.');
    if (own.empty() || table.empty() != column.empty()) {
        return kNotADeclaration;
    }
    return Link{own, table, column};
}

}  // namespace

std::string_view word_of(Protection protection) {
    return find_word(kProtections, protection);
}
std::string_view word_of(Subject subject) {
    return find_word(kSubjects, subject);
}
std::string_view word_of(Report report) {
    return find_word(kReports, report);
}
std::string_view word_of(Retention retention) {
    return find_word(kRetentions, retention);
}
std::string_view word_of(Merge merge) {
    return find_word(kMerges, merge);
}

Result<Column> parse_column(std::string_view line) {
    std::array<std::string_view, 7> words;
    std::string_view rest = line;
    for (auto& word : words) {
        std::tie(word, rest) = split(rest, ' ');
    }
    const auto [table, name] = split(words[0], '.');
    if (table.empty() || name.empty() || rest.empty()) {
        return kNotADeclaration;
    }
    Column column{};
    column.table = table;
    column.name = name;
    column.protection = TRY(value_of(kProtections, words[1]));
    column.subject = TRY(value_of(kSubjects, words[2]));
    if ((column.subject == Subject::None) != (words[3] == "-")) {
        return kNotADeclaration;
    }
    if (column.subject != Subject::None) {
        const auto [link, or_link] = split(words[3], '|');
        column.link = TRY(parse_link(link));
        column.or_link = or_link.empty() ? Link{} : TRY(parse_link(or_link));
    }
    column.report = TRY(value_of(kReports, words[4]));
    column.retention = TRY(value_of(kRetentions, words[5]));
    column.merge = TRY(value_of(kMerges, words[6]));
    column.meaning = rest;
    if (column.subject == Subject::None && column.report != Report::No) {
        return Error{Code::Invalid, "only what is about somebody can be reported to them"};
    }
    return column;
}

Result<SealPlace> parse_seal_place(std::string_view line) {
    std::array<std::string_view, 4> words;
    std::string_view rest = line;
    for (auto& word : words) {
        std::tie(word, rest) = split(rest, ' ');
    }
    const auto [record, owner] = split(words[2], '=');
    if (words[0] != trim(kSealWord) || record.empty() || words[3].empty() || !rest.empty()) {
        return kNotADeclaration;
    }
    return SealPlace{words[1], record, owner, words[3] == "1" ? std::string_view{} : words[3]};
}

SealPlace seal_place(std::string_view table) {
    static const std::vector<SealPlace> kAll = [] {
        std::vector<SealPlace> parsed;
        for (const Migration& migration : migrations()) {
            for (const auto line : declaring_lines(migration.columns, Declares::SealPlace)) {
                parsed.push_back(parse_seal_place(line).value());
            }
        }
        return parsed;
    }();
    const auto found = std::ranges::find(kAll, table, &SealPlace::table);
    return found == kAll.end() ? SealPlace{table} : *found;
}

std::vector<std::string_view> declaring_lines(std::string_view text, Declares what) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = trim(text.substr(0, end));
        const bool seals = line.starts_with(kSealWord);
        if (!line.empty() && line.front() != '#' && seals == (what == Declares::SealPlace)) {
            lines.push_back(line);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::span<const Column> columns() {
    static const std::vector<Column> kAll = [] {
        std::vector<Column> parsed;
        for (const Migration& migration : migrations()) {
            for (const auto line : declaring_lines(migration.columns, Declares::Column)) {
                // The build has checked every line (check_schema_main.cpp).
                parsed.push_back(parse_column(line).value());
            }
        }
        return parsed;
    }();
    return kAll;
}

}  // namespace tenantry::db
