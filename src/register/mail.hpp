// Mail that waits to be sent. It is queued in the transaction of what it tells of, sent by somebody else, and
// removed once it was sent: a letter may hold a link that opens a meeting. All of it is sealed.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "register/check.hpp"
#include "register/record.hpp"

namespace tenantry::housing {

struct Mail {
    Id<Mail> id;
    Uuid uuid;
    std::string recipient;
    std::string subject;
    std::string body;
    std::int64_t attempts = 0;  ///< this one included, once it is claimed
    Instant created_at;
};

/// After so many attempts a letter is given up. It stays, for the operator.
inline constexpr std::int64_t kMailAttempts = 8;
/// When a claimed letter is due again if nobody says what became of it.
inline constexpr std::chrono::minutes kMailClaim{10};
/// No pause between attempts is longer.
inline constexpr std::chrono::hours kMailPauseMost{12};

/// Puts a letter into the queue, due at once. False: the recipient's address can't be one; nothing is queued.
[[nodiscard]] Result<bool> queue_mail(audit::Work& work, std::string_view recipient, std::string_view subject,
                                      std::string_view body);

/// Whether a letter is due.
[[nodiscard]] Result<bool> is_mail_due(db::Transaction& tx, Instant now);

/// Takes at most so many letters that are due, the longest waiting first. They are due again after
/// kMailClaim: whoever takes them may end before telling what became of them. A letter that does not open is
/// given up.
[[nodiscard]] Result<std::vector<Mail>> claim_mail(audit::Work& work, std::int64_t most);
/// Removes a letter that was sent.
[[nodiscard]] Result<void> mail_was_sent(audit::Work& work, const Mail& mail);
/// Makes the letter due after a pause, four times as long after each attempt, the first one as given. False:
/// it was the last attempt, and the letter is given up.
[[nodiscard]] Result<bool> mail_was_not_sent(audit::Work& work, const Mail& mail,
                                             std::chrono::seconds first_pause);

/// Opens every letter and tells the report.
[[nodiscard]] Result<void> check_mail(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_mail(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
