// Which version of a legal document is the current one: what people agree to or decline (consent.hpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "register/record.hpp"

namespace tenantry::housing {

struct LegalDocument {
    std::string type;  ///< privacy_policy, terms …
    std::string version;
    Instant published_at;
};

inline constexpr std::size_t kDocumentVersionCharacters = 32;

/// What a document, and so a consent, may be called: 1 to 64 small letters and underscores.
[[nodiscard]] bool is_document_type(std::string_view text);

/// Makes this version the current one; an earlier version may be made so again. Invalid, naming the option at
/// fault: no type or no version.
[[nodiscard]] Result<void> publish_document(audit::Work& work, std::string_view type,
                                            std::string_view version);
/// The current version; nothing where none was ever published.
[[nodiscard]] Result<std::optional<std::string>> current_version(db::Transaction& tx, std::string_view type);
/// By type, the current version of each first.
[[nodiscard]] Result<std::vector<LegalDocument>> list_documents(db::Transaction& tx);

}  // namespace tenantry::housing
