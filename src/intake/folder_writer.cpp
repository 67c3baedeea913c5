#include "intake/folder_writer.hpp"

#include "intake/columns.hpp"
#include "intake/csv.hpp"

namespace tenantry::intake {

namespace {

constexpr Error kUnwritable{Code::Internal, "The folder cannot be written to"};

/// One line, with what is given for each column of the file.
template <class Record, class Field>
std::string make_line(Field field) {
    std::string line;
    for (const auto& column : ImportFile<Record>::kColumns) {
        line += csv_field(field(column));
        line += ',';
    }
    line.back() = '\n';
    return line;
}

}  // namespace

template <class Record>
Result<void> FolderWriter::begin(const std::filesystem::path& folder) {
    const auto path = folder / ImportFile<Record>::kName.view();
    if (std::filesystem::exists(path)) {
        return Error{Code::Conflict, "The folder already has a file of this name"};
    }
    std::ofstream& file = files_[AnyRecord{static_cast<const Record*>(nullptr)}.index()];
    file.open(path, std::ios::binary);
    file << make_line<Record>([](const auto& column) { return column.name.view(); });
    return {};
}

Result<FolderWriter> FolderWriter::create(const std::filesystem::path& folder) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure) {
        return kUnwritable;
    }
    FolderWriter writer;
    TRY(writer.begin<housing::AreaRecord>(folder));
    TRY(writer.begin<housing::OfficerRecord>(folder));
    TRY(writer.begin<housing::ManagerAreaRecord>(folder));
    TRY(writer.begin<housing::PatchRecord>(folder));
    TRY(writer.begin<housing::PropertyRecord>(folder));
    TRY(writer.begin<housing::TenancyRecord>(folder));
    TRY(writer.begin<housing::PersonRecord>(folder));
    TRY(writer.begin<housing::LedgerRecord>(folder));
    TRY(writer.begin<housing::AlertRecord>(folder));
    TRY(writer.begin<housing::CitizenRecord>(folder));
    TRY(writer.begin<housing::JobRecord>(folder));
    TRY(writer.begin<housing::CaseNoteRecord>(folder));
    TRY(writer.begin<housing::CodeRecord>(folder));
    TRY(writer.begin<housing::EstateRecord>(folder));
    TRY(writer.begin<housing::BlockRecord>(folder));
    return writer;
}

void FolderWriter::add(AnyRecord record) {
    std::ofstream& file = files_[record.index()];
    std::visit(
        [&file]<class Record>(const Record* one) {
            file << make_line<Record>([one](const auto& column) { return column.write(*one); });
        },
        record);
}

Result<void> FolderWriter::finish() {
    for (auto& file : files_) {
        file.close();
        if (!file) {
            return kUnwritable;
        }
    }
    return {};
}

}  // namespace tenantry::intake
