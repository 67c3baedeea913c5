#include "app/mail_sender.hpp"

#include "base/log.hpp"

namespace tenantry::app {

namespace {

/// So few that the last of them is on its way before the claim ends, even if each takes its full time.
constexpr std::int64_t kAtATime = 5;
constexpr std::chrono::seconds kLookEvery{1};
constexpr std::string_view kNoSender = "tenantry@localhost";

std::string sender_of(const MailOptions& options) {
    return options.from.empty() ? std::string{kNoSender} : options.from;
}

}  // namespace

Result<std::unique_ptr<mail::Post>> open_post(const MailOptions& options, const std::filesystem::path& data) {
    if (!mail::is_mailable(sender_of(options))) {
        return Error{Code::Invalid, "is no address that letters can be from", "--mail-from"};
    }
    if (options.smtp_url.empty()) {
        return mail::into_folder(outbox_folder(data));
    }
    if (options.from.empty()) {
        return Error{Code::Invalid, "must say whom letters are from where a mail server is named",
                     "--mail-from"};
    }
    return mail::by_smtp({options.smtp_url, options.smtp_user, options.smtp_password});
}

MailSender::MailSender(Instance& instance, std::unique_ptr<mail::Post> post, const MailOptions& options)
    : instance_(instance),
      post_(std::move(post)),
      from_(sender_of(options)),
      first_pause_(options.first_pause),
      thread_([this] { run(); }) {}

MailSender::~MailSender() {
    stop_.set();
    thread_.join();
}

void MailSender::run() {
    while (!stop_.is_set()) {
        const auto sent = send_some();
        if (!sent.ok()) {
            log(LogLevel::Warning, "mail could not be looked after", {{"reason", sent.error().text}});
        }
        if (!sent.ok() || !*sent) {
            stop_.within(kLookEvery);
        }
    }
}

Result<bool> MailSender::send_some() {
    const Instant now = instance_.clock().now();
    const bool is_due =
        TRY(instance_.read([now](db::Transaction& tx) { return housing::is_mail_due(tx, now); }));
    if (!is_due) {
        return false;
    }
    const auto claimed =
        TRY(instance_.write([](audit::Work& work) { return housing::claim_mail(work, kAtATime); }));
    for (const auto& mail : claimed) {
        TRY(send_one(mail));
    }
    return true;
}

Result<void> MailSender::send_one(const housing::Mail& mail) {
    const auto sent = post_->send(
        {mail.uuid, from_, mail.recipient, mail.subject, mail.body, mail.created_at}, stop_.flag());
    if (sent.ok()) {
        return instance_.write([&](audit::Work& work) { return housing::mail_was_sent(work, mail); });
    }
    if (stop_.is_set()) {
        return {};  // its claim ends by itself
    }
    const bool again = TRY(instance_.write(
        [&](audit::Work& work) { return housing::mail_was_not_sent(work, mail, first_pause_); }));
    log(again ? LogLevel::Warning : LogLevel::Error,
        again ? Literal{"mail was not sent"} : Literal{"mail was given up"},
        {{"mail", mail.id.value}, {"attempt", mail.attempts}, {"reason", sent.error().text}});
    return {};
}

}  // namespace tenantry::app
