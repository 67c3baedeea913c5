#include "intake/import_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>

#include "base/text.hpp"
#include "intake/columns.hpp"
#include "intake/csv.hpp"

namespace tenantry::intake {

namespace {

namespace fs = std::filesystem;

template <class... Record>
constexpr std::array<std::string_view, sizeof...(Record)> names_of(
    std::variant<const Record*...> /*of these*/) {
    return {ImportFile<Record>::kName.view()...};
}
constexpr auto kFiles = names_of(AnyRecord{});

/// A name that a terminal shows as it is.
std::string printable(const std::string& name) {
    return is_clean_utf8(name) && !has_control_character(name) ? name : "a file";
}

/// The names in the folder, in order, but for what desktops hide in it.
Result<std::vector<std::string>> list_files(const fs::path& folder) {
    std::error_code failure;
    std::vector<std::string> names;
    for (fs::directory_iterator entry{folder, failure}; !failure && entry != fs::directory_iterator{};
         entry.increment(failure)) {
        names.push_back(entry->path().filename().string());
    }
    if (failure) {
        return Error{Code::NotFound, "The import folder does not exist or cannot be read"};
    }
    std::erase_if(names, [](const std::string& name) { return name.starts_with('.'); });
    std::sort(names.begin(), names.end());
    return names;
}

/// So that nothing is silently left out.
void refuse_unknown_files(const std::vector<std::string>& names, RowErrors& errors) {
    for (const auto& name : names) {
        if (std::find(kFiles.begin(), kFiles.end(), name) == kFiles.end()) {
            errors.add({printable(name), 0, "", "is no file of an import folder"});
        }
    }
}

/// One file, from its header to its last row. What is wrong with it goes to the errors.
template <class Record>
class FileReader {
  public:
    FileReader(std::istream& in, const RecordSink& sink, RowErrors& errors)
        : csv_(in), sink_(sink), errors_(errors) {}

    /// False where the sink refused a row. An error is the sink's own.
    Result<bool> read() {
        if (!next_row()) {
            if (!failed_) {
                add_error("", "has no header row");
            }
            return true;
        }
        if (!read_header()) {
            return true;
        }
        while (!failed_ && !errors_.full() && next_row()) {
            if (const auto record = read_record()) {
                TRY(hand_over(*record));
            }
        }
        return !sink_refused_;
    }

  private:
    static constexpr auto& kColumns = ImportFile<Record>::kColumns;

    void add_error(std::string column, Literal reason) {
        errors_.add({std::string{ImportFile<Record>::kName.view()}, csv_.line(), std::move(column), reason});
    }

    std::string column_name(std::size_t field) const {
        return field < order_.size() ? std::string{order_[field]->name.view()}
                                     : fmt::format("column {}", field + 1);
    }

    /// False at the end of the file, and where what follows cannot be told apart into rows.
    bool next_row() {
        const auto more = csv_.next();
        if (!more.ok()) {
            add_error(column_name(csv_.column() - 1), more.error().text);
            failed_ = true;
        }
        return more.ok() && *more;
    }

    bool read_header() {
        bool good = true;
        const auto refuse = [&](std::string column, Literal reason) {
            add_error(std::move(column), reason);
            good = false;
        };
        std::vector<const Column<Record>*> order;
        for (std::size_t field = 0; field < csv_.size(); ++field) {
            const auto* known = std::find_if(kColumns.begin(), kColumns.end(), [&](const auto& column) {
                return column.name.view() == csv_[field];
            });
            if (known == kColumns.end()) {
                refuse(fmt::format("column {}", field + 1), "is no column of this file");
            } else if (std::find(order.begin(), order.end(), known) != order.end()) {
                refuse(std::string{known->name.view()}, "is there twice");
            }
            order.push_back(known);
        }
        for (const auto& column : kColumns) {
            if (column.need == Need::Required &&
                std::find(order.begin(), order.end(), &column) == order.end()) {
                refuse(std::string{column.name.view()}, "is missing");
            }
        }
        if (good) {
            order_ = std::move(order);
        }
        return good;
    }

    /// The row's record, unless a value of it is wrong.
    std::optional<Record> read_record() {
        if (csv_.size() != order_.size()) {
            add_error("", csv_.size() < order_.size() ? Literal{"has fewer fields than the header"}
                                                      : Literal{"has more fields than the header"});
            return std::nullopt;
        }
        std::optional<Record> record{std::in_place};
        bool good = true;
        for (std::size_t field = 0; field < order_.size(); ++field) {
            const auto& column = *order_[field];
            const auto read = csv_[field].empty() ? read_absent(column) : column.read(csv_[field], *record);
            if (!read.ok()) {
                add_error(std::string{column.name.view()}, read.error().text);
                good = false;
            }
        }
        if (!good) {
            record.reset();
        }
        return record;
    }

    static Result<void> read_absent(const Column<Record>& column) {
        if (column.need == Need::Required) {
            return Error{Code::Invalid, "is required"};
        }
        return {};
    }

    Result<void> hand_over(const Record& record) {
        const auto outcome = sink_(&record);
        if (outcome.ok()) {
            return {};
        }
        const Error& error = outcome.error();
        if (error.code != Code::Invalid && error.code != Code::Conflict) {
            return error;
        }
        add_error(std::string{error.field.view()}, error.text);
        sink_refused_ = true;
        failed_ =
            error.code == Code::Conflict;  // PostgreSQL takes no statement after one that broke a constraint
        return {};
    }

    CsvReader csv_;
    const RecordSink& sink_;
    RowErrors& errors_;
    std::vector<const Column<Record>*> order_;  ///< the columns as the file has them
    bool failed_ = false;                       ///< nothing more can be read of this file
    bool sink_refused_ = false;
};

template <class Record>
Result<bool> read_file(const fs::path& folder, const std::vector<std::string>& names, const RecordSink& sink,
                       RowErrors& errors) {
    const auto name = ImportFile<Record>::kName.view();
    if (std::find(names.begin(), names.end(), name) == names.end()) {
        return true;
    }
    std::ifstream in{folder / name, std::ios::binary};
    if (!in) {
        errors.add({std::string{name}, 0, "", "cannot be read"});
        return true;
    }
    return FileReader<Record>{in, sink, errors}.read();
}

constexpr Error kRowErrors{Code::Invalid, "The import folder has errors; nothing was written"};

/// The sink, with the hash of each officer's password in place.
RecordSink with_hashes(RecordSink sink, const PasswordHashes& hashes) {
    return [sink = std::move(sink), &hashes](AnyRecord record) -> Result<void> {
        const auto* const* officer = std::get_if<const housing::OfficerRecord*>(&record);
        if (officer == nullptr || (*officer)->password.empty()) {
            return sink(record);
        }
        const auto hash = hashes.find((*officer)->uuid);
        if (hash == hashes.end()) {
            return Error{Code::Invalid, "was not there when the folder was checked", "password"};
        }
        housing::OfficerRecord hashed = **officer;
        hashed.password_hash = hash->second;
        return sink(&hashed);
    };
}

/// Adds an error to the ledger's file for each of the rows, which are numbered from 1 and in order. Only then
/// are their lines of interest, so only then the file is read for them.
void add_ledger_errors(const fs::path& folder, const std::vector<std::int64_t>& rows, const Error& error,
                       RowErrors& errors) {
    const std::string name{ImportFile<housing::LedgerRecord>::kName.view()};
    std::ifstream in{folder / name, std::ios::binary};
    CsvReader csv{in};
    std::int64_t row = -1;  // the header's is 0
    for (auto wanted = rows.begin(); wanted != rows.end(); ++wanted) {
        while (row < *wanted && csv.next().ok()) {
            ++row;
        }
        errors.add({name, csv.line(), std::string{error.field.view()}, error.text});
    }
}

}  // namespace

std::string RowError::text() const {
    std::string where = file;
    where += line > 0 ? fmt::format(":{}", line) : "";
    where += column.empty() ? "" : ": " + column;
    return fmt::format("{}: {}", where, reason.view());
}

Result<RecordCounts> read_folder(const fs::path& folder, const RecordSink& sink, RowErrors& errors) {
    const auto names = TRY(list_files(folder));
    refuse_unknown_files(names, errors);
    RecordCounts counts;
    const RecordSink counting = [&](AnyRecord record) -> Result<void> {
        TRY(sink(record));
        counts.add(record);
        return {};
    };
    // Once the sink refused a row, later files would only fail for referring to it.
    [[maybe_unused]] const bool took_all =
        TRY(read_file<housing::AreaRecord>(folder, names, counting, errors)) &&
        TRY(read_file<housing::OfficerRecord>(folder, names, counting, errors)) &&
        TRY(read_file<housing::ManagerAreaRecord>(folder, names, counting, errors)) &&
        TRY(read_file<housing::PatchRecord>(folder, names, counting, errors)) &&
        TRY(read_file<housing::PropertyRecord>(folder, names, counting, errors)) &&
        TRY(read_file<housing::TenancyRecord>(folder, names, counting, errors)) &&
        TRY(read_file<housing::PersonRecord>(folder, names, counting, errors)) &&
        TRY(read_file<housing::LedgerRecord>(folder, names, counting, errors)) &&
        TRY(read_file<housing::AlertRecord>(folder, names, counting, errors)) &&
        TRY(read_file<housing::CitizenRecord>(folder, names, counting, errors)) &&
        TRY(read_file<housing::JobRecord>(folder, names, counting, errors)) &&
        TRY(read_file<housing::CaseNoteRecord>(folder, names, counting, errors)) &&
        TRY(read_file<housing::CodeRecord>(folder, names, counting, errors)) &&
        TRY(read_file<housing::EstateRecord>(folder, names, counting, errors)) &&
        TRY(read_file<housing::BlockRecord>(folder, names, counting, errors));
    if (!errors.empty()) {
        return kRowErrors;
    }
    return counts;
}

Result<RecordCounts> check_folder(const fs::path& folder, RowErrors& errors, RecordProgress progress) {
    const RecordSink ignore = [](AnyRecord /*checked by being read*/) { return Result<void>{}; };
    return read_folder(folder, with_progress(ignore, 0, std::move(progress)), errors);
}

Result<PasswordHashes> hash_passwords(const fs::path& folder, crypto::PasswordCost cost,
                                      const RecordProgress& progress, RowErrors& errors) {
    std::map<Uuid, std::string> passwords;
    const RecordSink collect = [&passwords](AnyRecord record) -> Result<void> {
        const auto& officer = *std::get<const housing::OfficerRecord*>(record);
        if (!officer.password.empty()) {
            passwords[officer.uuid] = officer.password;
        }
        if (passwords.size() > kPasswordsMost) {
            return Error{Code::TooLarge, "officers.csv has more than 10000 passwords"};
        }
        return {};
    };
    TRY(read_file<housing::OfficerRecord>(folder, TRY(list_files(folder)), collect, errors));
    if (!errors.empty()) {
        return kRowErrors;
    }
    PasswordHashes hashes;
    for (const auto& [officer, password] : passwords) {
        hashes.emplace(officer, TRY(crypto::hash_password(password, cost)));
        TRY(progress(hashes.size(), passwords.size()));
    }
    return hashes;
}

Result<void> write_folder(const fs::path& folder, const RecordCounts& checked, housing::Importer& importer,
                          RecordProgress progress, RowErrors& errors, const PasswordHashes& hashes) {
    const auto sink = with_hashes(write_to(importer), hashes);
    TRY(read_folder(folder, with_progress(sink, checked.total(), std::move(progress)), errors));
    const auto finished = importer.finish();
    if (!finished.ok() && !importer.ledger().repeated().empty()) {
        add_ledger_errors(folder, importer.ledger().repeated(), finished.error(), errors);
        return kRowErrors;
    }
    return finished;
}

}  // namespace tenantry::intake
