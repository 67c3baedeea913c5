#include "register/mail.hpp"

#include <algorithm>
#include <tuple>

#include "audit/resealing.hpp"
#include "base/text.hpp"
#include "crypto/random.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

/// A letter is never edited, so it has one version. Its seals bind what is in it; when it is tried is not
/// sealed, because every attempt changes it.
crypto::FieldContext context(const Uuid& uuid, std::string_view column) {
    return {"mail", column, uuid, 1};
}

/// A row as it is stored.
struct StoredMail {
    Mail mail;  ///< without recipient, subject and body
    ByteView recipient;
    ByteView subject;
    ByteView body;
};

StoredMail read_stored(const db::Rows& rows) {
    StoredMail stored;
    Mail& mail = stored.mail;
    rows.into(mail.id, mail.uuid, stored.recipient, stored.subject, stored.body, mail.attempts,
              mail.created_at);
    return stored;
}

Result<Mail> open_mail(StoredMail stored, const crypto::KeyRing& keys) {
    Mail& mail = stored.mail;
    mail.recipient = TRY(keys.open(context(mail.uuid, "recipient"), stored.recipient));
    mail.subject = TRY(keys.open(context(mail.uuid, "subject"), stored.subject));
    mail.body = TRY(keys.open(context(mail.uuid, "body"), stored.body));
    return std::move(mail);
}

Result<void> give_up(audit::Work& work, Id<Mail> id) {
    TRY(work.tx().execute(sql::mail::give_up, id));
    return work.changed({.action = "mail.given_up", .resource = id.value, .outcome = audit::Outcome::Failed});
}

std::chrono::milliseconds pause_after(std::int64_t attempts, std::chrono::milliseconds first_pause) {
    auto pause = first_pause;
    for (std::int64_t n = 1; n < attempts && pause < kMailPauseMost; ++n) {
        pause *= 4;
    }
    return std::min<std::chrono::milliseconds>(pause, kMailPauseMost);
}

}  // namespace

Result<bool> queue_mail(audit::Work& work, std::string_view recipient, std::string_view subject,
                        std::string_view body) {
    if (!looks_like_email(trim(recipient)) || has_control_character(recipient)) {
        return false;
    }
    const Id<Mail> id{TRY(next_id(work.tx(), "mail"))};
    const Uuid uuid = crypto::new_uuid();
    const auto& keys = work.keys();
    TRY(work.tx().execute(sql::mail::insert, id, uuid, keys.seal(context(uuid, "recipient"), trim(recipient)),
                          keys.seal(context(uuid, "subject"), subject),
                          keys.seal(context(uuid, "body"), body), work.now()));
    TRY(work.changed({.action = "mail.queued", .resource = id.value}));
    return true;
}

Result<bool> is_mail_due(db::Transaction& tx, Instant now) {
    db::Rows rows = TRY(tx.query(sql::mail::find_due, now));
    return rows.next();
}

Result<std::vector<Mail>> claim_mail(audit::Work& work, std::int64_t most) {
    std::vector<Mail> claimed;
    std::vector<Id<Mail>> damaged;
    {
        db::Rows rows = TRY(work.tx().query(sql::mail::claim, work.now(), work.now() + kMailClaim, most));
        while (TRY(rows.next())) {
            const auto stored = read_stored(rows);
            auto opened = open_mail(stored, work.keys());
            if (opened.ok()) {
                claimed.push_back(std::move(opened).value());
            } else {
                damaged.push_back(stored.mail.id);
            }
        }
    }
    for (const auto id : damaged) {
        TRY(give_up(work, id));
    }
    for (const auto& mail : claimed) {
        TRY(work.changed({.action = "mail.claimed", .resource = mail.id.value}));
    }
    return claimed;
}

Result<void> mail_was_sent(audit::Work& work, const Mail& mail) {
    TRY(work.tx().execute(sql::mail::remove, mail.id));
    return work.changed({.action = "mail.sent", .resource = mail.id.value});
}

Result<bool> mail_was_not_sent(audit::Work& work, const Mail& mail, std::chrono::seconds first_pause) {
    if (mail.attempts >= kMailAttempts) {
        TRY(give_up(work, mail.id));
        return false;
    }
    TRY(work.tx().execute(sql::mail::postpone, mail.id,
                          work.now() + pause_after(mail.attempts, first_pause)));
    TRY(work.changed({.action = "mail.postponed", .resource = mail.id.value}));
    return true;
}

Result<void> check_mail(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::mail::list_after, 0));
    while (TRY(rows.next())) {
        const auto stored = read_stored(rows);
        report.add("mail", stored.mail.id.value,
                   open_mail(stored, keys).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_mail(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::mail::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        const StoredMail s = read_stored(rows);
        some.fields(audit::SealedRow{s.mail.id.value}, s.mail.uuid,
                    std::array{std::optional{s.recipient}, std::optional{s.subject}, std::optional{s.body}});
    }
    return {};
}

}  // namespace tenantry::housing
