#include "register/legal_document.hpp"

#include <algorithm>
#include <tuple>

#include "base/text.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

bool is_document_type(std::string_view text) {
    constexpr std::size_t kMost = 64;
    return !text.empty() && text.size() <= kMost &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

Result<void> publish_document(audit::Work& work, std::string_view type, std::string_view version) {
    if (!is_document_type(type)) {
        return Error{Code::Invalid, "is 1 to 64 small letters and underscores", "--type"};
    }
    if (trim(version).empty() || !is_clean_utf8(version) || has_control_character(version) ||
        code_point_count(version) > kDocumentVersionCharacters) {
        return Error{Code::Invalid, "is a text of 1 to 32 characters", "--version"};
    }
    TRY(work.tx().execute(sql::legal_document::publish, type, version, work.now()));
    return work.changed({.action = "legal_document.published"});
}

Result<std::optional<std::string>> current_version(db::Transaction& tx, std::string_view type) {
    std::optional<std::string> version;
    const auto found = tx.find(sql::legal_document::find_current, std::tie(version), type);
    if (!found.ok() && found.error().code != Code::NotFound) {
        return found.error();
    }
    return version;
}

Result<std::vector<LegalDocument>> list_documents(db::Transaction& tx) {
    std::vector<LegalDocument> documents;
    db::Rows rows = TRY(tx.query(sql::legal_document::list));
    while (TRY(rows.next())) {
        LegalDocument& one = documents.emplace_back();
        rows.into(one.type, one.version, one.published_at);
    }
    return documents;
}

}  // namespace tenantry::housing
