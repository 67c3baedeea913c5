// How a letter leaves: by an SMTP server, or into a folder where none is configured. The only room that sees
// libcurl.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "mail/letter.hpp"

namespace tenantry::mail {

/// One thread, but for the flag that stops it.
class Post {
  public:
    virtual ~Post() = default;
    /// Blocks until the letter is out of our hands, at most about a minute, and ends soon after the flag is
    /// set. Invalid: an address is not mailable. Unavailable: it could not be handed over; it may be tried
    /// again.
    [[nodiscard]] virtual Result<void> send(const Letter& letter, const std::atomic<bool>& stopping) = 0;
};

struct SmtpServer {
    std::string url;  ///< smtp://HOST[:PORT] or smtps://HOST[:PORT]
    std::string user;
    std::string password;
};

/// A server that is not on this machine must speak TLS (STARTTLS, or smtps) with a certificate that holds.
/// Invalid: the URL is no such URL, or carries a name or password. To be called before any thread is started.
[[nodiscard]] Result<std::unique_ptr<Post>> by_smtp(const SmtpServer& server);

/// Writes each letter as a file ID.eml, which only its owner can read, into the folder, made at the first
/// one.
[[nodiscard]] std::unique_ptr<Post> into_folder(std::filesystem::path folder);

}  // namespace tenantry::mail
