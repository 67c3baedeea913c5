#include "register/consent.hpp"

#include "access/account.hpp"
#include "register/legal_document.hpp"
#include "register/person_columns.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

class Consents : public test::HousingTest {
  protected:
    void SetUp() override {
        priya_ = add_with_email("Priya Nair", "Priya@mail.test");
        sam_ = add_with_email("Sam Okafor", "shared@mail.test");
        zoe_ = add_with_email("Zoë Okafor", "Shared@mail.test");
        take_events();
    }

    Person add_with_email(std::string_view name, const std::string& email) {
        Person person;
        person.name = split_name(name);
        person.email = email;
        return add(person);
    }
    static GivenConsent given() {
        GivenConsent given;
        given.type = "privacy_policy";
        given.version = "1.2";
        given.accepted = true;
        given.address = "203.0.113.9";
        return given;
    }
    Consent record(const GivenConsent& one) {
        auto in = work();
        return record_consent(in, one).value();
    }
    Consent record_of(const Person& person) {
        GivenConsent one = given();
        one.subject = person.uuid;
        one.fingerprint = "canary fingerprint";
        one.choices = R"({"analytics":true})";
        return record(one);
    }
    Consent record_by(const std::string& email, std::optional<Uuid> subject = std::nullopt) {
        GivenConsent one = given();
        one.email = email;
        one.subject = subject;
        one.choices = R"({"ads":false})";
        return record(one);
    }
    std::vector<std::int64_t> listed(const Uuid& subject, Paging paging = {}) {
        auto in = work();
        std::vector<std::int64_t> ids;
        const auto page = list_consents(in, subject, paging);
        for (const Consent& one : page->consents) {
            ids.push_back(one.id.value);
        }
        return ids;
    }
    /// How many rows still say whose they were, by column.
    [[nodiscard]] std::string left() {
        return select<std::string>(
            "SELECT count(subject_uuid) || ' ' || count(email_hash) || ' ' || count(fingerprint_hash) || ' ' "
            "|| "
            "count(ip_fingerprint) || ' ' || count(choices) FROM consent");
    }
    [[nodiscard]] std::int64_t damaged() {
        CheckReport report;
        EXPECT_TRUE(check_consents(tx_, keys(), report).ok());
        EXPECT_EQ(report.records, count("consent"));
        return report.damaged;
    }

    Person priya_;
    Person sam_;
    Person zoe_;
};

TEST_F(Consents, those_of_an_email_are_found_by_it_in_any_spelling) {
    record_of(priya_);
    const auto first = record_by("shared@mail.test");
    const auto second = record_by("nobody@mail.test");
    const auto third = record_by("Shared@Mail.test", sam_.uuid);
    take_events();
    auto in = work();
    const auto page = list_consents_of_email(in, " SHARED@mail.test ", {});
    ASSERT_TRUE(page.ok());
    ASSERT_EQ(page->consents.size(), 2U);
    EXPECT_EQ(page->total, 2);
    EXPECT_EQ(page->consents[0].uuid, third.uuid);
    EXPECT_EQ(page->consents[1].uuid, first.uuid);
    EXPECT_EQ(take_events().size(), 1U);
    const auto next = list_consents_of_email(in, "shared@mail.test", {.limit = 1, .offset = 1});
    ASSERT_EQ(next->consents.size(), 1U);
    EXPECT_EQ(next->consents[0].uuid, first.uuid);
    EXPECT_EQ(list_consents_of_email(in, "nobody@mail.test", {})->consents[0].uuid, second.uuid);
    EXPECT_TRUE(list_consents_of_email(in, "stranger@mail.test", {})->consents.empty());
    EXPECT_TRUE(list_consents_of_email(in, "", {})->consents.empty());
}

TEST_F(Consents, what_was_said_comes_back_and_whose_it_was_as_hashes) {
    GivenConsent one = given();
    one.subject = priya_.uuid;
    one.email = "PRIYA@mail.test";
    one.fingerprint = "canary fingerprint";
    one.choices = R"({"analytics":true})";
    one.accepted = false;
    const Consent kept = record(one);
    auto in = work();
    const auto page = list_consents(in, priya_.uuid, {});
    ASSERT_EQ(page->consents.size(), 1U);
    const Consent& found = page->consents[0];
    EXPECT_EQ(found.id, kept.id);
    EXPECT_EQ(found.uuid, kept.uuid);
    EXPECT_EQ(found.subject, priya_.uuid);
    EXPECT_EQ(found.type, "privacy_policy");
    EXPECT_EQ(found.version, "1.2");
    EXPECT_FALSE(found.accepted);
    EXPECT_EQ(found.choices, R"({"analytics":true})");
    EXPECT_EQ(found.created_at, clock_.now());
    EXPECT_EQ(found.email_hash, hash_email(keys(), "priya@mail.test")) << "as the person's own";
    EXPECT_EQ(found.ip_fingerprint, keys().blind_index("consent.address", "203.0.113.9"));
    EXPECT_NE(found.ip_fingerprint, keys().blind_index("consent.fingerprint", "203.0.113.9"));
    EXPECT_NE(found.fingerprint_hash, found.ip_fingerprint);
    const std::string all = dump();
    for (const char* secret :
         {"priya@mail.test", "PRIYA@mail.test", "203.0.113.9", "canary fingerprint", "analytics"}) {
        EXPECT_EQ(all.find(secret), std::string::npos) << secret;
    }
    EXPECT_NE(all.find("privacy_policy"), std::string::npos) << "a search that finds nothing proves nothing";
}

TEST_F(Consents, nobody_but_a_person_or_an_account_is_a_subject) {
    auto in = work();
    GivenConsent one = given();
    one.subject = crypto::new_uuid();
    EXPECT_EQ(record_consent(in, one).error().code, Code::NotFound);
    EXPECT_EQ(count("consent"), 0);
    access::Account account;
    account.first_name = "Ada";
    account.last_name = "Agent";
    account.email = "ada@lettings.example";
    account.role = access::find_role(tx_, "viewer").value();
    one.subject = access::create_account(in, account)->uuid;
    EXPECT_EQ(listed(*one.subject), std::vector<std::int64_t>{});
    const auto id = record(one).id.value;
    EXPECT_EQ(listed(*one.subject), std::vector<std::int64_t>{id});
}

TEST_F(Consents, a_person_has_those_under_their_uuid_and_their_email_newest_first) {
    record_of(priya_);
    record_by("priya@mail.test");
    record_by("priya@mail.test", priya_.uuid);
    record_by("shared@mail.test");
    record_by("nobody@mail.test");
    record(given());
    EXPECT_EQ(listed(priya_.uuid), (std::vector<std::int64_t>{3, 2, 1}));
    EXPECT_EQ(listed(priya_.uuid, {.limit = 1, .offset = 1}), std::vector<std::int64_t>{2});
    EXPECT_EQ(listed(sam_.uuid), std::vector<std::int64_t>{4});
    EXPECT_EQ(listed(zoe_.uuid), std::vector<std::int64_t>{4});
    Person moved = priya_;
    moved.email = "new@mail.test";
    update(priya_, moved);
    EXPECT_EQ(listed(priya_.uuid), (std::vector<std::int64_t>{3, 1}));
}

TEST_F(Consents, events_name_whose_they_are) {
    record_of(priya_);
    record_by("priya@mail.test", priya_.uuid);
    record_by("shared@mail.test");
    record(given());
    listed(priya_.uuid);
    listed(crypto::new_uuid());
    EXPECT_EQ(take_events(), (std::vector<std::string>{"consent.recorded 1/- 1 0", "consent.recorded 2/- 1 0",
                                                       "consent.recorded 3/- - 0", "consent.recorded 4/- - 0",
                                                       "consent.listed -/- 1 0", "consent.listed -/- - 0"}));
    EXPECT_EQ(
        select<std::string>(
            "SELECT hex(people) FROM audit_event WHERE action = 'consent.recorded' AND resource_id = 3"),
        "0201");
}

TEST_F(Consents, what_was_said_is_never_changed_or_removed) {
    record_of(priya_);
    const std::string before = dump();
    for (const char* change :
         {"UPDATE consent SET id = 9", "UPDATE consent SET uuid = x'00'",
          "UPDATE consent SET consent_type = 'x'", "UPDATE consent SET consent_version = 'x'",
          "UPDATE consent SET accepted = 0", "UPDATE consent SET created_at = 0",
          "UPDATE consent SET accepted = accepted", "DELETE FROM consent"}) {
        EXPECT_EQ(tx_.execute(test::sql(change)).error().code, Code::Conflict) << change;
    }
    EXPECT_EQ(dump(), before);
    // The triggers let through what erasure needs.
    EXPECT_TRUE(tx_.execute(test::sql("UPDATE consent SET ip_fingerprint = NULL")).ok());
}

TEST_F(Consents, every_bit_and_every_column_counts) {
    const Consent kept = record_of(priya_);
    record_of(priya_);
    run("UPDATE consent SET email_hash = NULL");
    auto in = work();
    EXPECT_EQ(damaged(), 0);
    testing::internal::CaptureStderr();
    for (const std::string column :
         {"choices", "row_seal", "subject_uuid", "fingerprint_hash", "ip_fingerprint"}) {
        const auto sound = select<Bytes>("SELECT " + column + " FROM consent WHERE id = 1");
        for (std::size_t bit = 0; bit < sound.size() * 8; ++bit) {
            Bytes flipped = sound;
            flipped[bit / 8] ^= static_cast<unsigned char>(1U << (bit % 8));
            run("UPDATE consent SET " + column + " = $1 WHERE id = 1", flipped);
            ASSERT_EQ(damaged(), 1) << column << " bit " << bit;
        }
        run("UPDATE consent SET " + column + " = $1 WHERE id = 1", sound);
    }
    EXPECT_EQ(damaged(), 0);
    for (const char* change :
         {"UPDATE consent SET choices = NULL WHERE id = 1",
          "UPDATE consent SET fingerprint_hash = ip_fingerprint WHERE id = 1",
          "UPDATE consent SET email_hash = ip_fingerprint WHERE id = 1",
          "UPDATE consent SET choices = (SELECT choices FROM consent WHERE id = 2) WHERE id = 1",
          "DROP TRIGGER consent_is_never_changed", "UPDATE consent SET accepted = 0 WHERE id = 1",
          "UPDATE consent SET consent_version = '1.3' WHERE id = 1",
          "UPDATE consent SET consent_type = 'terms' WHERE id = 1",
          "UPDATE consent SET created_at = 1 WHERE id = 1"}) {
        if (std::string_view{change}.starts_with("DROP")) {
            run(change);
            continue;
        }
        run("SAVEPOINT change");
        run(change);
        EXPECT_EQ(damaged(), 1) << change;
        EXPECT_EQ(listed(priya_.uuid), std::vector<std::int64_t>{2}) << change;
        run("ROLLBACK TO change");
    }
    EXPECT_EQ(listed(priya_.uuid), (std::vector<std::int64_t>{2, kept.id.value}));
    EXPECT_NE(testing::internal::GetCapturedStderr().find("a sealed field did not open"), std::string::npos);
}

TEST_F(Consents, erasure_takes_away_whose_they_were_and_leaves_what_was_said) {
    record_of(priya_);
    record_by("priya@mail.test");
    record_by("priya@mail.test", sam_.uuid);
    record_of(sam_);
    record(given());
    EXPECT_EQ(left(), "3 2 2 5 4");
    const std::string all_said =
        "SELECT group_concat(said) FROM (SELECT id || consent_type || consent_version || accepted || "
        "created_at "
        "AS said FROM consent ORDER BY id) AS x";
    const auto said = select<std::string>(all_said);
    take_events();
    auto in = work();
    EXPECT_EQ(forget_consents_of(in, priya_).value(), 3);
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"consent.forgotten 1/- 1 0", "consent.forgotten 2/- 1 0",
                                        "consent.forgotten 3/- 1 0"}));
    EXPECT_EQ(left(), "2 0 1 3 2") << "Sam's two and nobody's one stay";
    EXPECT_EQ(select<std::string>(all_said), said);
    EXPECT_EQ(listed(priya_.uuid), std::vector<std::int64_t>{});
    EXPECT_EQ(listed(sam_.uuid), (std::vector<std::int64_t>{4, 3}));
    EXPECT_EQ(damaged(), 0);
    EXPECT_EQ(forget_consents_of(in, priya_).value(), 0) << "nothing is left to take away";
}

TEST_F(Consents, erasure_takes_away_however_many_there_are) {
    for (int turn = 0; turn < 501; ++turn) {
        GivenConsent one = given();
        one.email = "priya@mail.test";
        record(one);
    }
    auto in = work();
    EXPECT_EQ(forget_consents_of(in, priya_).value(), 501);
    EXPECT_EQ(left(), "0 0 0 0 0");
}

TEST_F(Consents, erasure_leaves_an_email_that_somebody_else_has) {
    record_by("shared@mail.test");
    record_by("shared@mail.test", sam_.uuid);
    auto in = work();
    EXPECT_EQ(forget_consents_of(in, sam_).value(), 1);
    EXPECT_EQ(left(), "0 1 0 1 1");
    EXPECT_EQ(listed(zoe_.uuid), std::vector<std::int64_t>{1});
    remove(sam_);
    EXPECT_EQ(forget_consents_of(in, zoe_).value(), 1) << "now it is hers alone";
    EXPECT_EQ(left(), "0 0 0 0 0");
    EXPECT_EQ(damaged(), 0);
}

TEST_F(Consents, erasure_takes_from_a_damaged_row_and_hides_no_damage) {
    record_of(priya_);
    run("DROP TRIGGER consent_is_never_changed");
    run("UPDATE consent SET accepted = 0");
    EXPECT_EQ(damaged(), 1);
    auto in = work();
    EXPECT_EQ(forget_consents_of(in, priya_).value(), 1);
    EXPECT_EQ(left(), "0 0 0 0 0");
    EXPECT_EQ(damaged(), 1);
}

TEST_F(Consents, the_document_published_last_is_the_current_one) {
    auto in = work();
    EXPECT_EQ(current_version(tx_, "terms").value(), std::nullopt);
    take_events();
    for (const char* version : {"1.0", "1.1", "O’Hara’s", "1.0"}) {  // all at one instant
        ASSERT_TRUE(publish_document(in, "terms", version).ok());
        EXPECT_EQ(current_version(tx_, "terms").value(), version);
    }
    ASSERT_TRUE(publish_document(in, "cookies", "7").ok());
    EXPECT_EQ(take_events().size(), 5U);
    std::vector<std::string> all;
    for (const auto& one : list_documents(tx_).value()) {
        all.push_back(one.type + " " + one.version);
    }
    EXPECT_EQ(all, (std::vector<std::string>{"cookies 7", "terms 1.0", "terms O’Hara’s", "terms 1.1"}));
    for (const std::string& type :
         {std::string{}, std::string{"Terms"}, std::string{"a-b"}, std::string(65, 'x')}) {
        EXPECT_EQ(publish_document(in, type, "1").error().code, Code::Invalid) << type;
    }
    for (const std::string& version :
         {std::string{}, std::string{" "}, std::string{"a\nb"}, std::string{"\xff"}, std::string(33, 'x')}) {
        EXPECT_EQ(publish_document(in, "terms", version).error().code, Code::Invalid) << version;
    }
}

}  // namespace
}  // namespace tenantry::housing
