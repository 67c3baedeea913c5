#include "register/meeting_letter.hpp"

#include <fmt/format.h>

#include "register/mail.hpp"

namespace tenantry::housing {

Result<bool> queue_meeting_letter(audit::Work& work, const Association& association,
                                  std::string_view meeting_name, MeetingLetter letter, LinkForm form,
                                  std::string_view link) {
    const bool asks = letter == MeetingLetter::AskForSignature;
    std::string body =
        asks ? fmt::format("Please read the notes of the meeting \"{}\" and sign them off.\n", meeting_name)
             : fmt::format("The notes of the meeting \"{}\" have been signed off.\n", meeting_name);
    body += form == LinkForm::Address
                ? "\nThe meeting is here. Whoever has this address can open it, for 100 days:\n\n"
                : "\nThis code opens the meeting, for 100 days. Keep it to yourself:\n\n";
    body += link;
    body += '\n';
    return queue_mail(
        work, association.email.value_or(""),
        asks ? "Please sign off the notes of your meeting" : "The notes of your meeting are signed off",
        body);
}

}  // namespace tenantry::housing
