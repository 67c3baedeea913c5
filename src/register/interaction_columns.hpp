// How an interaction's row is sealed and opened. Only interaction.cpp and interaction_list.cpp need it.
#pragma once

#include <optional>
#include <tuple>

#include "register/interaction.hpp"
#include "register/sealed_texts.hpp"

namespace tenantry::housing {

/// A row as it is stored. Its views live as long as the row is current.
struct StoredInteraction {
    Interaction interaction;  ///< without its process type, and the advice given
    std::int64_t process_type = 0;
    TextBlobs<1> advice_given;
    ByteView row_seal;
};

/// Where the columns of a SELECT * go.
[[nodiscard]] inline auto columns_of(StoredInteraction& stored) {
    Interaction& i = stored.interaction;
    return std::tie(i.id, i.uuid, i.version, i.incident, i.person, i.household, i.patch, i.manager_area,
                    i.area, i.created_by, i.updated_by, i.source, i.nature_of_enquiry, i.enquiry_subject,
                    i.reason_for_process, i.subject, stored.advice_given[0], i.estate_office,
                    stored.process_type, i.process_stage, i.transferred, i.parent, i.association,
                    stored.row_seal, i.created_at, i.updated_at, i.closed_at);
}

/// Puts the process type in its place. Corrupt where the row does not hold together.
[[nodiscard]] Result<void> check_row(const crypto::KeyRing& keys, StoredInteraction& stored);

}  // namespace tenantry::housing
