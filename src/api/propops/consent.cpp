// Consents (contract sections 6 and 9, item 9). Three pages describe the POST, each another body; which one a
// body is, is told by what it holds.
#include "register/consent.hpp"

#include <algorithm>

#include "api/propops/handlers.hpp"
#include "api/propops/inputs.hpp"
#include "api/propops/reply.hpp"
#include "register/legal_document.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kFingerprintCharacters = 256;
constexpr std::size_t kChoicesMost = 50;
constexpr std::size_t kTypeCharacters = 64;
constexpr std::int64_t kLimit = 200;

enum class Form : std::uint8_t {
    OfAUser,      ///< names a user_uuid; signed in
    OfADocument,  ///< of somebody who is not known, about a document
    OfABrowser,   ///< with an e-mail or single choices, about cookies
};

Form form_of(const Params& params, const std::optional<Uuid>& user, std::string_view type) {
    if (user) {
        return Form::OfAUser;
    }
    const bool of_cookies = type.ends_with("_cookies");
    return of_cookies || params.has("email") || params.has("choices") ? Form::OfABrowser : Form::OfADocument;
}

/// The choices as one text, in the order sent. Invalid: something else than an object of a few booleans.
Result<std::optional<std::string>> read_choices(const Params& params) {
    const auto* choices = TRY(params.object("choices"));
    if (choices == nullptr) {
        return std::optional<std::string>{};
    }
    constexpr Error kInvalid{Code::Invalid, "", "choices"};
    std::string text;
    json::Writer w{text};
    w.begin_object();
    for (const auto& [name, value] : *choices) {
        const auto* chosen = value.as<bool>();
        if (chosen == nullptr || choices->size() > kChoicesMost || !housing::is_document_type(name)) {
            return kInvalid;
        }
        w.key_text(name).boolean(*chosen);
    }
    w.end_object();
    return std::optional{std::move(text)};
}

/// consent_version, or version, which another page calls it.
Result<std::string> read_version(const Params& params) {
    const auto version = TRY(params.text("consent_version", housing::kDocumentVersionCharacters));
    const auto other = TRY(params.text("version", housing::kDocumentVersionCharacters));
    if ((!version && !other) || (version && other && *version != *other)) {
        return Error{Code::Invalid, "", "consent_version"};
    }
    return version ? *version : *other;
}

void write_consent(json::Writer& w, const housing::Consent& consent) {
    w.begin_object().key("ID").id(consent.id).key("user_uuid");
    if (consent.subject) {
        w.uuid(*consent.subject);
    } else {
        w.null();
    }
    w.key("consent_type").text(consent.type).key("consent_version").text(consent.version);
    w.key("accepted").boolean(consent.accepted).key("ip_fingerprint");
    if (consent.ip_fingerprint) {
        w.text(hex_encode(*consent.ip_fingerprint));
    } else {
        w.null();
    }
    write_instant(w.key("created_at"), consent.created_at);
    w.end_object();
}

}  // namespace

bool consent_names_a_user(const Params& params) {
    const auto user = params.uuid("user_uuid");
    return !user.ok() || user->has_value();
}

Result<http::Response> post_consent(Call& call) {
    const Params& params = call.params;
    housing::GivenConsent given;
    given.subject = TRY(params.uuid("user_uuid"));
    given.type = TRY(params.required_text("consent_type", kTypeCharacters));
    if (!housing::is_document_type(given.type)) {
        return Error{Code::Invalid, "", "consent_type"};
    }
    const Form form = form_of(params, given.subject, given.type);
    if (form == Form::OfAUser && call.who().type != access::AccountType::Staff &&
        *given.subject != call.who().account_uuid) {
        return access::kNotPermitted;  // nobody but staff records what others agreed to
    }
    given.version = TRY(read_version(params));
    const auto accepted = TRY(params.boolean("accepted"));
    if (!accepted && form != Form::OfAUser) {
        return Error{Code::Invalid, "", "accepted"};
    }
    given.accepted = accepted.value_or(true);
    given.email = TRY(params.maybe_email("email")).value;
    given.fingerprint = TRY(params.text("fingerprint", kFingerprintCharacters));
    given.choices = TRY(read_choices(params));
    given.address = call.request.client_address;
    if (form != Form::OfAUser) {
        // Staff may record what somebody signed on paper before the current version came.
        const auto current = TRY(housing::current_version(call.work.tx(), given.type));
        if (current && *current != given.version) {
            return Error{Code::Invalid, "", "consent_version"};
        }
    }
    TRY(housing::record_consent(call.work, given));
    return form == Form::OfADocument ? done("Consent recorded") : done();
}

Result<http::Response> read_consents(Call& call) {
    const auto user = TRY(call.params.required_uuid("user_uuid"));
    const auto paging = TRY(read_paging(call.params, kLimit));
    const auto page = TRY(housing::list_consents(call.work, user, paging));
    return list_reply(page.consents, page.total, page.total_is_exact, write_consent);
}

}  // namespace tenantry::api::propops
