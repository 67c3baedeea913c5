// Officers: who works for the landlord. An officer's name, e-mail, username and password are those of an
// account (access/account.hpp). They are staff, so looking one up is no reading of a person.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "access/account.hpp"
#include "base/ids.hpp"
#include "register/record.hpp"
#include "register/row_seals.hpp"

namespace tenantry::housing {

struct Area;

struct Officer {
    Id<Officer> id;
    Uuid uuid;
    bool active = true;  ///< whether they work here; the account may be disabled besides
    access::Account account;
    Instant created_at;
    Instant updated_at;
};

/// How its rows are sealed.
extern const SealedTable kOfficerRows;

/// NotFound where there is none; Corrupt where the officer or the account is damaged.
[[nodiscard]] Result<Officer> find_officer(db::Transaction& tx, const crypto::KeyRing& keys,
                                           const Uuid& uuid);
/// NotFound where there is none.
[[nodiscard]] Result<Id<Officer>> find_officer_id(db::Transaction& tx, const Uuid& uuid);

/// Those of these officers that there are, in one statement. One whose account is damaged is left out, and
/// that is journaled.
[[nodiscard]] Result<std::vector<Officer>> find_officers(audit::Work& work,
                                                         const std::set<Id<Officer>>& officers);
using OfficerNames = std::unordered_map<Id<Officer>, std::string>;
/// "First Last" of each of these officers, in one statement. One whose account is damaged is left out, and
/// that is journaled.
[[nodiscard]] Result<OfficerNames> name_officers(audit::Work& work, const std::set<Id<Officer>>& officers);

/// Active officers who hold neither a patch nor a manager area, in order of number. One whose account is
/// damaged is left out, and that is journaled.
[[nodiscard]] Result<std::vector<Officer>> list_unassigned_officers(audit::Work& work);

/// All active officers, in no order. One whose account is damaged is left out, and that is journaled.
[[nodiscard]] Result<std::vector<Officer>> list_active_officers(audit::Work& work);

/// A patch or a manager area that an officer holds.
struct Holding {
    Id<Officer> officer;
    bool is_manager_area = false;
    Uuid uuid;
    std::string name;
};
/// What these officers hold, active or not, in one statement.
[[nodiscard]] Result<std::vector<Holding>> list_holdings(db::Transaction& tx,
                                                         const std::set<Id<Officer>>& officers);

/// What the officer of an account answers for. Of several patches, or areas, the one that comes first by name
/// and then by number.
struct Posting {
    Id<Officer> officer;
    Uuid officer_uuid;
    std::optional<Uuid> patch;
    bool is_manager = false;           ///< holds a manager area
    std::optional<Uuid> manager_area;  ///< their own, else the one that their patch belongs to
    std::optional<Id<Area>> area;      ///< the patch's, else the manager area's
};
/// NotFound: the account is no officer's, or they do not work here any more.
[[nodiscard]] Result<Posting> find_posting(db::Transaction& tx, std::int64_t account);

/// Stores a new officer and their account, of type Staff and role officer. The uuid is given where it is all
/// zero. An inactive officer's account is disabled; one without a username or password lets nobody in.
/// Conflict: the e-mail or username is taken.
[[nodiscard]] Result<Officer> create_officer(audit::Work& work, Officer officer);
/// Stores officer and account as they are now. The account is disabled when the officer leaves and active
/// when they come back, unless it is blacklisted; one that loses its username lets nobody in. Conflict: taken
/// e-mail or username, or changed meanwhile. Sessions end as access::update_account() says.
[[nodiscard]] Result<Officer> update_officer(audit::Work& work, Officer officer);
/// The officer works here no more: the account is disabled and its sessions end. Patches stay theirs until
/// they are given to somebody else.
[[nodiscard]] Result<Officer> disable_officer(audit::Work& work, Officer officer);

/// Gives the role of manager to officers who hold a manager area, and that of officer to those who do not.
/// Whoever has another role keeps it.
[[nodiscard]] Result<void> settle_officer_roles(audit::Work& work);

}  // namespace tenantry::housing
