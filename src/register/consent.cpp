#include "register/consent.hpp"

#include <tuple>

#include "base/log.hpp"
#include "crypto/random.hpp"
#include "register/job.hpp"
#include "register/person_columns.hpp"
#include "register/sealed_texts.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr TextColumns<1> kColumns{"consent", {"choices"}};
constexpr std::int64_t kVersion = 1;  // a consent has no second one

std::optional<std::string> text_of(const std::optional<ConsentHash>& hash) {
    return hash ? std::optional{std::string{hash->begin(), hash->end()}} : std::nullopt;
}

RowIdentity identity(const Consent& c) {
    return {c.uuid, kVersion,
            RowFacts{}
                .add(c.id.value)
                .add(c.uuid)
                .add(c.subject)
                .add(text_of(c.email_hash))
                .add(text_of(c.fingerprint_hash))
                .add(text_of(c.ip_fingerprint))
                .add(std::optional{c.type})
                .add(std::optional{c.version})
                .add(std::int64_t{c.accepted})
                .add(to_millis(c.created_at))};
}

SealedTexts<1> seal_consent(const crypto::KeyRing& keys, const Consent& c) {
    return seal_texts(keys, kColumns, identity(c), PlainTexts<1>{c.choices});
}

/// A row as it is stored.
struct StoredConsent {
    Consent consent;  ///< without its choices
    TextBlobs<1> texts;
    ByteView row_seal;
};

StoredConsent read_stored(const db::Rows& rows) {
    StoredConsent stored;
    Consent& c = stored.consent;
    rows.into(c.id, c.uuid, c.subject, c.email_hash, c.fingerprint_hash, c.ip_fingerprint, c.type, c.version,
              c.accepted, stored.texts[0], stored.row_seal, c.created_at);
    return stored;
}

Result<Consent> open_consent(StoredConsent stored, const crypto::KeyRing& keys) {
    Consent& c = stored.consent;
    auto texts = TRY(open_texts(keys, kColumns, identity(c), stored.texts, stored.row_seal));
    c.choices = std::move(texts[0]);
    return std::move(c);
}

Result<void> report_damage(audit::Work& work, const Consent& consent) {
    log(LogLevel::Error, "a sealed field did not open",
        {{"table", Literal{"consent"}}, {"id", consent.id.value}});
    return work.read(
        {.action = "consent.damaged", .resource = consent.id.value, .outcome = audit::Outcome::Failed});
}

/// The number of the person of that uuid, if it is a person's.
Result<std::optional<std::int64_t>> person_of(db::Transaction& tx, const Uuid& uuid) {
    const auto person = find_person_id(tx, uuid);
    if (!person.ok() && person.error().code != Code::NotFound) {
        return person.error();
    }
    return person.ok() ? std::optional{person->value} : std::nullopt;
}

/// Whose consent it is, as far as the register knows. NotFound: the subject is nobody's.
Result<std::vector<std::int64_t>> people_of(db::Transaction& tx, const Consent& consent) {
    std::vector<std::int64_t> people;
    if (consent.subject) {
        if (const auto person = TRY(person_of(tx, *consent.subject))) {
            people.push_back(*person);
        } else {
            std::int64_t accounts = 0;
            TRY(tx.find(sql::consent::has_account, std::tie(accounts), *consent.subject));
            if (accounts == 0) {
                return Error{Code::NotFound, "No such user"};
            }
        }
    }
    if (consent.email_hash) {
        db::Rows rows = TRY(tx.query(sql::consent::list_people_of_email, *consent.email_hash));
        while (TRY(rows.next())) {
            std::int64_t person = 0;
            rows.into(person);
            if (people.empty() || people.front() != person) {
                people.push_back(person);
            }
        }
    }
    return people;
}

/// A row that says whose it is, with what of it is sealed.
struct ToForget {
    Consent consent;
    bool is_sound = false;
    std::optional<Bytes> choices;
    Bytes row_seal;
};

Result<std::vector<ToForget>> find_to_forget(audit::Work& work, const Person& person, std::size_t most) {
    std::vector<ToForget> all;
    db::Rows rows = TRY(work.tx().query(sql::consent::list_to_forget, person.id, most));
    while (TRY(rows.next())) {
        const StoredConsent stored = read_stored(rows);
        ToForget& row = all.emplace_back();
        row.row_seal.assign(stored.row_seal.begin(), stored.row_seal.end());
        if (stored.texts[0]) {
            row.choices = Bytes{stored.texts[0]->begin(), stored.texts[0]->end()};
        }
        auto opened = open_consent(stored, work.keys());
        row.is_sound = opened.ok();
        row.consent = opened.ok() ? std::move(opened).value() : stored.consent;
    }
    return all;
}

/// Of a row that is damaged the seal stays as it is, and does not hold afterwards either.
Result<void> forget(audit::Work& work, const Person& person, ToForget& row) {
    Consent& c = row.consent;
    c.email_hash.reset();
    if (!c.subject || *c.subject == person.uuid) {
        c.subject.reset();
        c.fingerprint_hash.reset();
        c.ip_fingerprint.reset();
        c.choices.reset();
        row.choices.reset();
    }
    if (row.is_sound) {
        auto sealed = seal_consent(work.keys(), c);
        row.choices = std::move(sealed.blobs[0]);
        row.row_seal = std::move(sealed.row_seal);
    }
    TRY(work.tx().execute(sql::consent::forget, c.id, c.subject, c.email_hash, c.fingerprint_hash,
                          c.ip_fingerprint, row.choices, row.row_seal));
    return work.changed({.action = "consent.forgotten", .resource = c.id.value, .person = person.id.value});
}

}  // namespace

Result<Consent> record_consent(audit::Work& work, const GivenConsent& given) {
    const auto& keys = work.keys();
    const auto hashed = [&keys](std::string_view domain, std::string_view text) {
        return text.empty() ? std::nullopt : std::optional{keys.blind_index(domain, text)};
    };
    Consent c;
    c.uuid = given.uuid == Uuid{} ? crypto::new_uuid() : given.uuid;
    c.subject = given.subject;
    c.email_hash = given.email ? hash_email(keys, *given.email) : std::nullopt;
    c.fingerprint_hash = hashed("consent.fingerprint", given.fingerprint.value_or(""));
    c.ip_fingerprint = hashed("consent.address", given.address);
    c.type = given.type;
    c.version = given.version;
    c.accepted = given.accepted;
    c.choices = given.choices;
    c.created_at = work.now();
    auto people = TRY(people_of(work.tx(), c));
    c.id.value = TRY(next_id(work.tx(), "consent"));
    const auto sealed = seal_consent(keys, c);
    TRY(work.tx().execute(sql::consent::insert, c.id, c.uuid, c.subject, c.email_hash, c.fingerprint_hash,
                          c.ip_fingerprint, c.type, c.version, c.accepted, sealed.blobs[0], sealed.row_seal,
                          c.created_at));
    TRY(work.changed(about({.action = "consent.recorded", .resource = c.id.value}, std::move(people))));
    return c;
}

namespace {

/// Damaged ones are left out, and reported.
Result<ConsentPage> open_page(audit::Work& work, const PageOfIds& ids) {
    ConsentPage page{{}, ids.total, ids.total_is_exact};
    {
        db::Rows rows = TRY(work.tx().query(sql::consent::find_all, ids.json()));
        while (TRY(rows.next())) {
            const StoredConsent stored = read_stored(rows);
            auto consent = open_consent(stored, work.keys());
            if (consent.ok()) {
                page.consents.push_back(std::move(consent).value());
            } else {
                TRY(report_damage(work, stored.consent));
            }
        }
    }
    return page;
}

}  // namespace

Result<ConsentPage> list_consents(audit::Work& work, const Uuid& subject, Paging paging) {
    const PageOfIds ids = TRY(read_page(
        TRY(work.tx().query(sql::consent::list_of_subject, subject, rows_to_count(paging))), paging));
    auto page = TRY(open_page(work, ids));
    TRY(work.read({.action = "consent.listed", .person = TRY(person_of(work.tx(), subject))}));
    return page;
}

Result<ConsentPage> list_consents_of_email(audit::Work& work, std::string_view email, Paging paging) {
    const auto hash = hash_email(work.keys(), email);
    if (!hash) {
        return ConsentPage{};
    }
    const PageOfIds ids = TRY(
        read_page(TRY(work.tx().query(sql::consent::list_of_email, *hash, rows_to_count(paging))), paging));
    auto page = TRY(open_page(work, ids));
    std::vector<std::int64_t> people;
    {
        db::Rows rows = TRY(work.tx().query(sql::consent::list_people_of_email, *hash));
        while (TRY(rows.next())) {
            rows.into(people.emplace_back());
        }
    }
    TRY(work.read(about({.action = "consent.listed"}, std::move(people))));
    return page;
}

Result<std::int64_t> forget_consents_of(audit::Work& work, const Person& person) {
    // What is forgotten is not found again. Anybody may have sent any number with the person's e-mail.
    constexpr std::size_t kAtOnce = 500;
    std::int64_t forgotten = 0;
    for (;;) {
        auto some = TRY(find_to_forget(work, person, kAtOnce));
        // One by one: each row has a seal of its own.
        for (ToForget& row : some) {
            TRY(forget(work, person, row));
            ++forgotten;
        }
        if (some.size() < kAtOnce) {
            return forgotten;
        }
    }
}

Result<void> check_consents(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::consent::list_after, 0));
    while (TRY(rows.next())) {
        const StoredConsent stored = read_stored(rows);
        report.add("consent", stored.consent.id.value,
                   open_consent(stored, keys).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_consents(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::consent::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        const StoredConsent s = read_stored(rows);
        reseal(some, {s.consent.id.value}, kColumns, identity(s.consent), s.texts, s.row_seal);
    }
    return {};
}

}  // namespace tenantry::housing
