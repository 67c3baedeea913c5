// A home of the landlord, or any address that somebody is assigned to. No column of it is sealed: an
// address alone is no personal data. Its row is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "register/record.hpp"
#include "register/row_seals.hpp"

namespace tenantry::housing {

struct Property {
    Id<Property> id;
    Uuid uuid;
    std::int64_t version = 0;
    std::optional<std::int64_t> uprn;
    std::optional<std::string> property_reference;
    std::optional<std::string> house_reference;
    std::string address_line_1;
    std::optional<std::string> address_line_2;
    std::optional<std::string> address_line_3;
    std::optional<std::string> city;
    std::optional<std::string> county;
    std::string postcode;
    std::optional<std::string> ward_id;
    std::optional<std::string> ward_name;
    std::optional<Uuid> patch;
    std::optional<std::string> estate_address;
    std::optional<std::string> neighbourhood_office;
    Instant created_at;
    Instant updated_at;

    /// "9 Weir Lane, Otley, LS21 3AB": the lines, the city and the postcode.
    [[nodiscard]] std::string full_address() const;
};

/// The parts that are there, joined by ", ".
[[nodiscard]] std::string join_address(const std::optional<std::string>& line_1,
                                       const std::optional<std::string>& line_2,
                                       const std::optional<std::string>& line_3,
                                       const std::optional<std::string>& city,
                                       const std::optional<std::string>& postcode);

/// How its rows are sealed.
extern const SealedTable kPropertyRows;

/// NotFound where there is none; Corrupt where it is not as it was sealed.
[[nodiscard]] Result<Property> find_property(db::Transaction& tx, const crypto::KeyRing& keys,
                                             Id<Property> id);
/// Says that the property will be asked for so (db::Transaction::expect).
[[nodiscard]] Result<void> expect_property(db::Transaction& tx, Id<Property> id);
[[nodiscard]] Result<Property> find_property(db::Transaction& tx, const crypto::KeyRing& keys,
                                             const Uuid& uuid);
/// Those of the numbers that there are, each once, in order of number. A list shows them as they stand:
/// whether they are as they were sealed is asked when one is read for itself, and by `tenantry check`.
[[nodiscard]] Result<std::vector<Property>> find_properties(db::Transaction& tx,
                                                            std::vector<std::int64_t> ids);
/// The property of a UPRN; of several (a shared parent UPRN) the one entered first. Nothing where there is
/// none.
[[nodiscard]] Result<std::optional<Id<Property>>> find_property_by_uprn(db::Transaction& tx,
                                                                        std::int64_t uprn);

/// Stores a new property; id, version and times are given, the uuid where it is all zero.
[[nodiscard]] Result<Property> create_property(audit::Work& work, Property property);
/// Stores the property as it is now over the version that it was read as. Conflict: changed meanwhile.
[[nodiscard]] Result<Property> update_property(audit::Work& work, Property property);
/// Conflict: somebody is or was assigned to it, or a job is for it.
[[nodiscard]] Result<void> remove_property(audit::Work& work, const Property& property);

struct PropertyPage {
    std::vector<Property> properties;
    std::int64_t total = 0;
    bool total_is_exact = true;
};
/// In order of number; the search matches the lines, city, county, postcode (with its space or without) and
/// references.
[[nodiscard]] Result<PropertyPage> list_properties(db::Transaction& tx, std::string_view search,
                                                   Paging paging);

}  // namespace tenantry::housing
