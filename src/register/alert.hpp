// A cautionary alert: what officers must know of a person before they knock at a home. What it warns of is
// sealed. Two flags of each person go with the alerts: "of this person" and "of somebody at this home".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "register/check.hpp"
#include "register/person.hpp"

namespace tenantry::housing {

struct Alert {
    Id<Alert> id;
    Uuid uuid;
    std::int64_t version = 0;
    Id<Person> person;
    std::int64_t uprn = 0;
    std::string type_code;  ///< of the code list alert_type
    Instant created_at;
};

/// An alert as officers read it.
struct AlertAtHome {
    Alert alert;
    std::string label;  ///< what the code list calls it; the code where the list has none
    Uuid person;
    std::optional<std::string> person_name;  ///< absent where the person's record is damaged
};

/// Stores an alert for each code and raises the flags: where nobody or one person at the UPRN is flagged, the
/// home's flag of everybody assigned there, and the person's own if they are; where more are, the person's
/// own alone. NotFound: no such person.
[[nodiscard]] Result<void> raise_alerts(audit::Work& work, const Uuid& person, std::int64_t uprn,
                                        const std::vector<std::string>& type_codes);

/// Whether the person stays flagged when alerts of theirs go.
enum class Caution : std::uint8_t { Stays, Ends };

/// Removes the person's alerts. Where caution ends and somebody at the UPRN is flagged: the person's own
/// flag, and, if theirs was the only one, the home's flag of everybody there. NotFound: no such person, or no
/// such alert of theirs.
[[nodiscard]] Result<void> remove_alerts(audit::Work& work, const Uuid& person,
                                         std::optional<std::int64_t> uprn, const std::vector<Uuid>& alerts,
                                         Caution caution);

/// What an alert that does not open is called: whoever is about to knock must know that there is one.
inline constexpr std::string_view kUnreadableAlert = "An alert that cannot be read: ask before you visit";

/// The alerts for a home, the oldest first. What is damaged is reported, and shown as kUnreadableAlert.
[[nodiscard]] Result<std::vector<AlertAtHome>> list_alerts_at(audit::Work& work, std::int64_t uprn);

/// Those of these alerts that there are, in order of number. Damage as above.
[[nodiscard]] Result<std::vector<AlertAtHome>> find_alerts(audit::Work& work, const PageOfIds& ids);

/// Somebody of whom officers are warned though no alert says of what: the alerts are gone and caution stayed.
struct FlaggedPerson {
    Id<Person> id;
    Uuid uuid;
    std::optional<std::string> name;  ///< absent where the person's record is damaged
};
struct Warnings {
    std::vector<AlertAtHome> alerts;     ///< the oldest first
    std::vector<FlaggedPerson> flagged;  ///< in order of number
};
/// What officers must know before they visit the home or the person: the alerts for the home's address, those
/// of everybody who is assigned there, wherever they were raised, and the person's own. Damage as above.
[[nodiscard]] Result<Warnings> list_warnings(audit::Work& work, std::optional<Id<Property>> home,
                                             std::optional<Id<Person>> person);

/// NotFound where there is none; Corrupt where it does not hold together.
[[nodiscard]] Result<Alert> find_alert(audit::Work& work, const Uuid& uuid);
/// Stores an imported alert, new or over the version that it was read as, and raises the flags as
/// raise_alerts() does.
[[nodiscard]] Result<void> put_alert(audit::Work& work, Alert alert, const Uuid& person);

/// Opens every alert and tells the report.
[[nodiscard]] Result<void> check_alerts(db::Transaction& tx, const crypto::KeyRing& keys,
                                        CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_alerts(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
