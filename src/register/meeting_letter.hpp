// The letters that associations get about their meetings.
#pragma once

#include <string_view>

#include "register/association.hpp"

namespace tenantry::housing {

/// Queues the letter that asks an association to sign its meeting off, or the one that confirms that it did.
/// The link opens the meeting; where it is a bare token, the letter says so. False: the association has no
/// address that can be one.
enum class MeetingLetter : std::uint8_t { AskForSignature, ConfirmSignature };
enum class LinkForm : std::uint8_t { Address, BareToken };
[[nodiscard]] Result<bool> queue_meeting_letter(audit::Work& work, const Association& association,
                                                std::string_view meeting_name, MeetingLetter letter,
                                                LinkForm form, std::string_view link);

}  // namespace tenantry::housing
