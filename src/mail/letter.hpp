// A letter, and the message (RFC 5322) that it is sent as.
#pragma once

#include <string>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace tenantry::mail {

struct Letter {
    Uuid id;  ///< the same at each attempt: who gets it twice can tell
    std::string from;
    std::string to;
    std::string subject;
    std::string body;
    Instant written_at;
};

/// Whether the text can stand as an address in a header and in SMTP: ASCII, one "@", nothing that would end
/// or quote it.
[[nodiscard]] bool is_mailable(std::string_view address);

/// The whole message, lines ended by CR LF: plain text in UTF-8, as base64. Line breaks in the subject become
/// spaces, so that no header can be added through it. Invalid: an address is not mailable.
[[nodiscard]] Result<std::string> compose(const Letter& letter);

}  // namespace tenantry::mail
