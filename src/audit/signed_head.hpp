// Signed heads: the number and hash of the journal's last event at some time, signed, to be kept where nobody
// who can write the database can. They find what the chain alone cannot: an end cut off together with its
// note, a chain written anew with the keys in hand, an older database put back.
#pragma once

#include <string>

#include "audit/journal.hpp"
#include "crypto/signature.hpp"

namespace tenantry::audit {

struct SignedHead {
    Uuid install;
    Head head;
    std::string at;  ///< "2031-04-02T08:15:00Z"
    crypto::Signature signature{};

    /// The bytes that are signed, five lines in ASCII: "tenantry audit head 1", the installation's uuid, the
    /// event's number, its hash in lower-case hexadecimal and the time, each ended by a newline (0x0a).
    [[nodiscard]] std::string signed_text() const;
};

/// The key that heads are signed with: derived from the journal's own.
[[nodiscard]] crypto::Signer head_signer(const crypto::KeyRing& keys);

[[nodiscard]] SignedHead sign_head(const crypto::Signer& signer, const Uuid& install, const Head& head,
                                   Instant now);

/// How the journal stands to a head that was signed earlier.
enum class HeadCheck : std::uint8_t {
    Holds,
    Unsigned,   ///< its signature is not by this key
    Stranger,   ///< it is another installation's
    Missing,    ///< the journal ends before this event: its end was cut off, or an older database put back
    Different,  ///< the event of this number is another one: the journal was written anew
};
/// For a journal whose chain holds. Missing and Different are found whoever holds the keys.
[[nodiscard]] Result<HeadCheck> check_head(db::Transaction& tx, const crypto::PublicKey& key,
                                           const Uuid& install, const SignedHead& signed_head);

}  // namespace tenantry::audit
