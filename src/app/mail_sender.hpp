// The thread that sends the register's mail while a server runs, and where its settings come from.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "app/instance.hpp"
#include "app/stop_flag.hpp"
#include "mail/post.hpp"
#include "register/mail.hpp"

namespace tenantry::app {

struct MailOptions {
    std::string smtp_url;  ///< empty: letters become files in the data folder's outbox
    std::string smtp_user;
    std::string smtp_password;             ///< has no option, so that it stands in no list of processes
    std::string from;                      ///< whom letters are from; needed with a server
    std::chrono::seconds first_pause{60};  ///< after an attempt that failed; later ones are longer
};

/// What sends letters by these options. Invalid names the option that is wrong. To be called before any
/// thread is started.
[[nodiscard]] Result<std::unique_ptr<mail::Post>> open_post(const MailOptions& options,
                                                            const std::filesystem::path& data);

/// Sends what is due, a few letters at a time, until it is destroyed. No transaction is open while a letter
/// is on its way.
class MailSender {
  public:
    /// The instance must outlive this.
    MailSender(Instance& instance, std::unique_ptr<mail::Post> post, const MailOptions& options);
    ~MailSender();
    MailSender(const MailSender&) = delete;
    MailSender& operator=(const MailSender&) = delete;

  private:
    void run();
    /// Answers whether there was something to send.
    [[nodiscard]] Result<bool> send_some();
    [[nodiscard]] Result<void> send_one(const housing::Mail& mail);

    Instance& instance_;
    const std::unique_ptr<mail::Post> post_;
    const std::string from_;
    const std::chrono::seconds first_pause_;
    StopFlag stop_;
    std::thread thread_;
};

}  // namespace tenantry::app
