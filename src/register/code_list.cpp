#include "register/code_list.hpp"

#include <tuple>

#include "register/sql.hpp"

namespace tenantry::housing {

Result<void> put_code(audit::Work& work, std::string_view list, std::string_view code,
                      std::string_view label) {
    TRY(work.tx().execute(sql::code::put, list, code, label));
    return work.changed({.action = "code.put"});
}

Result<std::vector<CodeEntry>> list_codes(db::Transaction& tx, std::string_view list) {
    std::vector<CodeEntry> codes;
    db::Rows rows = TRY(tx.query(sql::code::list, list));
    while (TRY(rows.next())) {
        CodeEntry& entry = codes.emplace_back();
        rows.into(entry.code, entry.label);
    }
    return codes;
}

Result<std::optional<std::string>> find_code(db::Transaction& tx, std::string_view list,
                                             std::string_view code) {
    std::optional<std::string> label;
    const auto found = tx.find(sql::code::find, std::tie(label), list, code);
    if (!found.ok() && found.error().code != Code::NotFound) {
        return found.error();
    }
    return label;
}

}  // namespace tenantry::housing
