// A tenants' and residents' association (TRA): whom it speaks for, how it is reached, its estates. The e-mail
// address and the notes are sealed; the address may be somebody's own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "register/check.hpp"
#include "register/record.hpp"

namespace tenantry::housing {

struct Association {
    Id<Association> id;
    Uuid uuid;
    std::int64_t version = 0;
    std::string name;
    std::int64_t area = 0;
    Uuid patch;
    std::optional<std::string> email;
    std::optional<std::string> notes;
    Instant created_at;
    Instant updated_at;
};

struct AssociationEstate {
    std::string reference;
    std::string name;  ///< empty where the property file does not know the reference
};

struct AssociationRole {
    std::string role;  ///< "vice_chair"
    std::string name;  ///< "Vice chair"
};

inline constexpr Error kAssociationNameTaken{Code::Conflict, "There is an association of this name", "name"};
inline constexpr Error kEstateTaken{Code::Conflict, "Another association speaks for one of these estates",
                                    "estates"};

/// Stores a new association that speaks for these estates; id, uuid, version and times are given.
/// kAssociationNameTaken and kEstateTaken leave nothing behind once the caller rolls back.
[[nodiscard]] Result<Association> create_association(audit::Work& work, Association wanted,
                                                     const std::vector<std::string>& estates);
/// Stores the association as it is now over the version that it was read as, and adds these estates to its
/// own; one that it has already is no error. kEstateTaken; Conflict: changed meanwhile.
[[nodiscard]] Result<Association> update_association(audit::Work& work, Association changed,
                                                     const std::vector<std::string>& estates);
/// Adds one estate. Conflict: an association speaks for it already, or there is no such association.
[[nodiscard]] Result<void> add_estate(audit::Work& work, Id<Association> association,
                                      const std::string& estate);

/// NotFound where there is none; Corrupt where a field or the row's seal does not hold.
[[nodiscard]] Result<Association> find_association(audit::Work& work, Id<Association> id);
/// In order of number. Rows that are damaged are left out.
[[nodiscard]] Result<std::vector<Association>> list_associations(audit::Work& work, const Uuid& patch);
/// In order of reference.
[[nodiscard]] Result<std::vector<AssociationEstate>> list_association_estates(db::Transaction& tx,
                                                                              Id<Association> association);
/// The roles that people can have in an association, the chair first.
[[nodiscard]] Result<std::vector<AssociationRole>> list_association_roles(db::Transaction& tx);

/// Opens every association and tells the report.
[[nodiscard]] Result<void> check_associations(db::Transaction& tx, const crypto::KeyRing& keys,
                                              CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_associations(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
