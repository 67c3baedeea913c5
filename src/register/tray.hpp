// Open work as lists of the officers' pages show it, a line for each interaction: what it is about, since
// when, whom it concerns and where, and who has it. A page of any list takes the same few statements.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "register/interaction.hpp"
#include "register/officer.hpp"
#include "register/person_line.hpp"

namespace tenantry::housing {

struct TrayItem {
    Interaction interaction;  ///< without the advice given
    std::string ticket_number;
    bool request_callback = false;
    std::optional<std::string> nature_of_enquiry;  ///< labels of the code lists; none for an unknown code
    std::optional<std::string> enquiry_subject;
    std::optional<std::string> reason_for_process;
    std::optional<std::string> patch;  ///< names of who has it
    std::optional<std::string> manager_area;
    std::optional<std::string> association;
    std::optional<PersonLine> who;
};

/// The interactions of these numbers, in this order: what any list of them shows once it has chosen them.
/// What does not hold together is shown and reported, for work must not be missed. Journals whose records it
/// shows.
[[nodiscard]] Result<std::vector<TrayItem>> read_tray_items(audit::Work& work,
                                                            const std::vector<std::int64_t>& interactions);

/// The interactions that a tray has, of which more than this many are never looked at.
inline constexpr std::int64_t kTrayMost = 2000;

enum class TrayFilter : std::uint8_t { All, Callbacks, Transferred };

struct TrayPage {
    std::vector<TrayItem> items;
    std::int64_t all = 0;
    std::int64_t callbacks = 0;
    std::int64_t transferred = 0;
    bool is_whole = true;  ///< false: there are more than kTrayMost, and these are counted to there
};

/// What is open in the officer's patches, and in the manager's areas that they hold: call-backs first, then
/// what was transferred, each the oldest first. Journals whose records it shows.
[[nodiscard]] Result<TrayPage> list_tray_of_officer(audit::Work& work, Id<Officer> officer, TrayFilter filter,
                                                    Paging paging);

/// A patch of a manager's, and the work that lies in it.
struct PatchWork {
    Uuid patch;
    std::string name;
    std::optional<std::string> officer;  ///< nothing where nobody has it, or the account is damaged
    std::int64_t open = 0;
    std::int64_t callbacks = 0;
    std::optional<Instant> oldest;
};
/// The active patches of the manager's areas that this officer holds, by name.
[[nodiscard]] Result<std::vector<PatchWork>> list_patches_of_manager(audit::Work& work, Id<Officer> manager);

}  // namespace tenantry::housing
