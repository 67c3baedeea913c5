#include "web/activity_words.hpp"

#include <algorithm>
#include <iterator>

#include "base/verify.hpp"

namespace tenantry::web {

namespace {

struct Words {
    std::string_view key;
    std::string_view text;
};

constexpr Words kNouns[] = {
    {"address", "home"},
    {"alert", "alert"},
    {"area", "area"},
    {"association", "residents’ association"},
    {"block", "block"},
    {"case_note", "note on a job"},
    {"citizen", "citizen index entry"},
    {"code", "code list"},
    {"consent", "consent"},
    {"contact_address", "address for letters"},
    {"disclosure", "given report"},
    {"estate", "estate"},
    {"household", "household"},
    {"incident", "case"},
    {"incident_note", "note on a case"},
    {"interaction", "interaction"},
    {"issue", "issue"},
    {"job", "job"},
    {"key", "key"},
    {"ledger", "rent account"},
    {"legal_document", "legal document"},
    {"legal_hold", "legal hold"},
    {"mail", "letter"},
    {"manager_area", "manager’s area"},
    {"meeting", "meeting"},
    {"next_of_kin", "next of kin"},
    {"occupancy", "occupancy"},
    {"officer", "officer"},
    {"origin", "network address"},
    {"patch", "patch"},
    {"permission", "permission"},
    {"representative", "representative"},
    {"retention", "retention proposal"},
    {"role", "role"},
    {"session", "session"},
    {"signature", "signature"},
    {"tenancy", "tenancy"},
    {"tenant", "person"},
    {"user", "account"},
};

constexpr Words kVerbs[] = {
    {"created", "Added"},
    {"updated", "Changed"},
    {"put", "Stored"},
    {"viewed", "Opened"},
    {"read", "Opened"},
    {"deleted", "Removed"},
    {"removed", "Removed"},
    {"erased", "Erased"},
    {"imported", "Imported"},
    {"assigned", "Assigned"},
    {"vacated", "Left without an officer"},
    {"disabled", "Disabled"},
    {"enabled", "Enabled"},
    {"closed", "Closed"},
    {"added", "Added"},
    {"raised", "Raised"},
    {"held", "Recorded"},
    {"stored", "Stored"},
    {"granted", "Granted"},
    {"revoked", "Took away"},
    {"placed", "Placed"},
    {"lifted", "Lifted"},
    {"queued", "Queued"},
    {"sent", "Sent"},
    {"claimed", "Took up"},
    {"postponed", "Put off"},
    {"given_up", "Gave up"},
    {"recorded", "Recorded"},
    {"forgotten", "Took away whose it was:"},
    {"published", "Published"},
    {"signed", "Signed"},
    {"transferred", "Transferred"},
};

/// What noun and verb do not say well.
constexpr Words kActions[] = {
    {"access.denied", "Was refused what they may not do"},
    {"activity.listed", "Looked at the activity log"},
    {"alarm.bulk_read", "Alarm: opened unusually many records"},
    {"association.estate_added", "Added an estate to a residents’ association"},
    {"citizen.addresses_sealed", "Sealed addresses of the citizen index"},
    {"code.put", "Stored a code list entry"},
    {"disclosure.forgotten", "Took away why a report was given"},
    {"consent.forgotten", "Took away whose consent it was"},
    {"instance.backed_up", "Made a backup"},
    {"instance.copied_away", "Copied the register into another database"},
    {"instance.copied_here", "Copied the register from another database"},
    {"instance.created", "Set up Tenantry"},
    {"instance.restored", "Restored from a backup"},
    {"journal.verified", "Verified the activity log"},
    {"key.activated", "Put a key into use"},
    {"key.made", "Made a key"},
    {"key.resealed", "Sealed records with the new key"},
    {"key.retired", "Retired a key"},
    {"key.wrapped_anew", "Changed the root key"},
    {"ledger.viewed", "Opened a rent account"},
    {"login.failed", "Log-in failed"},
    {"login.succeeded", "Logged in"},
    {"meeting.attendance_recorded", "Recorded who attended a meeting"},
    {"meeting.papers_filed", "Filed a meeting’s papers"},
    {"permission.synced", "Set an account’s permissions"},
    {"record.damaged", "Met a damaged record"},
    {"retention.approved", "Approved removal for retention"},
    {"retention.carried_out", "Removed a record for retention"},
    {"retention.not_carried_out", "Kept a record that retention had approved"},
    {"retention.proposals_wanted", "Asked what retention says is due"},
    {"retention.proposed", "Proposed records for removal"},
    {"retention.refused", "Kept a record proposed for removal"},
    {"retention.rule_changed", "Changed a retention rule"},
    {"retention.run_wanted", "Asked to carry out approved removals"},
    {"search_index.built", "Built the search index"},
    {"search_index.removed", "Removed the search index"},
    {"session.logged_out", "Logged out"},
    {"session.opened_api", "Logged in with another program"},
    {"session.opened_browser", "Logged in with a browser"},
    {"session.opened_mobile", "Logged in with a mobile application"},
    {"session.password_confirmed", "Entered their password again"},
    {"session.remembered", "Asked to be kept logged in"},
    {"session.terminated", "Ended a session"},
    {"tenancy.new_taken", "Took up new tenancies"},
    {"tenant.assigned", "Moved a person to a home"},
    {"tenant.erasure_previewed", "Looked at what an erasure would do"},
    {"tenant.flagged", "Set a person’s alert mark"},
    {"tenant.gdpr_export", "Gave a subject access report"},
    {"tenant.linked", "Linked a person to a tenancy"},
    {"tenant.listed", "Saw people in a list"},
    {"tenant.partly_erased", "Erased a part of a person’s record"},
    {"tenant.pseudonymised", "Took everything personal from a person’s record"},
    {"tenant.unassigned", "Took a person out of a home"},
    {"tenant.viewed", "Opened a person’s record"},
    {"user.blacklisted", "Blocked an account for good"},
    {"user.logged_out", "Ended an account’s sessions"},
    {"user.password_changed", "Changed their password"},
    {"user.password_rehashed", "Stored a password anew"},
    {"user.role_changed", "Changed an account’s role"},
    {"user.unblacklisted", "Let a blocked account in again"},
};

template <std::size_t N>
std::string_view find(const Words (&words)[N], std::string_view key) {
    const auto* found = std::ranges::find(words, key, &Words::key);
    return found != std::end(words) ? found->text : std::string_view{};
}

std::string_view noun_of(std::string_view action) {
    return action.substr(0, action.find('.'));
}

std::string_view verb_of(std::string_view action) {
    const auto dot = action.find('.');
    return dot == std::string_view::npos ? std::string_view{} : action.substr(dot + 1);
}

/// A name of ours as words: no underscores or dots.
std::string spelt_out(std::string_view name) {
    std::string text{name};
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '_' || c == '.'; }, ' ');
    return text;
}

std::string with_article(std::string_view noun) {
    if (noun == "next of kin") {
        return std::string{noun};
    }
    return (std::string_view{"aeiou"}.find(noun.front()) != std::string_view::npos ? "an " : "a ") +
           std::string{noun};
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

struct DeedWords {
    Deed deed;
    std::string_view code;
    std::string_view text;
};
constexpr DeedWords kDeeds[] = {
    {Deed::Looked, "looked", "Opened or saw records"},
    {Deed::Changed, "changed", "Added or changed records"},
    {Deed::Removed, "removed", "Removed or erased records"},
    {Deed::LoggedIn, "sessions", "Logging in and out, and what was refused"},
    {Deed::Rights, "rights", "Subject access, consents, holds and retention"},
    {Deed::Accounts, "accounts", "Accounts, permissions and keys"},
    {Deed::Trouble, "trouble", "Alarms, damage and verification"},
};

}  // namespace

std::string say_action(std::string_view action) {
    if (const auto whole = find(kActions, action); !whole.empty()) {
        return std::string{whole};
    }
    const auto noun = find(kNouns, noun_of(action));
    if (!noun.empty() && verb_of(action) == "damaged") {
        return "Met a damaged " + std::string{noun};
    }
    if (!noun.empty() && verb_of(action) == "listed") {
        return "Saw " + with_article(noun) + " in a list";
    }
    const auto verb = find(kVerbs, verb_of(action));
    if (noun.empty() || verb.empty()) {
        return spelt_out(action);
    }
    return std::string{verb} + " " + with_article(noun);
}

std::string say_noun(std::string_view action) {
    const auto noun = find(kNouns, noun_of(action));
    return noun.empty() ? spelt_out(noun_of(action)) : std::string{noun};
}

Deed deed_of(std::string_view action) {
    const auto noun = noun_of(action);
    const auto verb = verb_of(action);
    if (verb == "damaged" || is_one_of(noun, {"alarm", "journal", "record"})) {
        return Deed::Trouble;
    }
    if (is_one_of(noun, {"login", "session", "access"})) {
        return Deed::LoggedIn;
    }
    if (is_one_of(action, {"tenant.gdpr_export", "tenant.erasure_previewed"}) ||
        is_one_of(noun, {"consent", "legal_hold", "retention", "disclosure"})) {
        return Deed::Rights;
    }
    if (is_one_of(noun, {"user", "permission", "role", "key"})) {
        return Deed::Accounts;
    }
    if (is_one_of(verb, {"viewed", "listed", "read"})) {
        return Deed::Looked;
    }
    if (is_one_of(verb, {"deleted", "removed", "erased", "partly_erased", "pseudonymised"})) {
        return Deed::Removed;
    }
    return Deed::Changed;
}

std::vector<Option> deed_options() {
    std::vector<Option> options{{"", "Anything"}};
    for (const auto& one : kDeeds) {
        options.push_back({std::string{one.code}, std::string{one.text}});
    }
    return options;
}

std::vector<Option> noun_options() {
    std::vector<Option> options;
    for (const auto& one : kNouns) {
        std::string label{one.text};
        label.front() = static_cast<char>(label.front() - 'a' + 'A');
        options.push_back({std::string{one.key}, std::move(label)});
    }
    std::ranges::sort(options, {}, &Option::label);
    options.insert(options.begin(), {"", "Any record"});
    return options;
}

std::optional<Deed> parse_deed(std::string_view code) {
    const auto* found = std::ranges::find(kDeeds, code, &DeedWords::code);
    return found != std::end(kDeeds) ? std::optional{found->deed} : std::nullopt;
}

}  // namespace tenantry::web
