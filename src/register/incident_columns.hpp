// How a case's row is sealed and opened. Only incident.cpp and the lists of interactions need it.
#pragma once

#include <optional>
#include <tuple>

#include "register/incident.hpp"
#include "register/sealed_texts.hpp"

namespace tenantry::housing {

/// A row as it is stored. Its views live as long as the row is current.
struct StoredIncident {
    Incident incident;  ///< without title, description and resolution
    TextBlobs<3> texts;
    ByteView row_seal;
};

/// Where the columns of a SELECT * go.
[[nodiscard]] inline auto columns_of(StoredIncident& stored) {
    Incident& i = stored.incident;
    return std::tie(i.id, i.uuid, i.version, i.ticket_number, i.person, i.household, i.subject,
                    stored.texts[0], stored.texts[1], stored.texts[2], i.request_callback, stored.row_seal,
                    i.created_at, i.updated_at, i.closed_at);
}

/// Corrupt where the row does not hold together.
[[nodiscard]] Result<void> check_row(const crypto::KeyRing& keys, const StoredIncident& stored);
/// Corrupt where the row or a field does not hold.
[[nodiscard]] Result<Incident> open_incident(const crypto::KeyRing& keys, StoredIncident stored);

}  // namespace tenantry::housing
