// Rent accounts (contract 4.1), and the route table of accounts, transactions and new tenancies.
#include "api/hackney/accounts.hpp"

#include <algorithm>
#include <vector>

#include "api/hackney/input.hpp"
#include "api/hackney/reply.hpp"
#include "api/hackney/routes.hpp"
#include "base/text.hpp"
#include "register/tenancy.hpp"

namespace tenantry::api::hackney {

namespace {

constexpr std::string_view kNoReference = "Please provide referencenumber";
constexpr std::string_view kNoTagReference = "Invalid parameter - tagReference is invalid";
constexpr std::string_view kNoPaymentReference = "Invalid parameter - payment referenceNumber is invalid.";
constexpr std::string_view kNoContact = "Please provide contactid";
constexpr std::string_view kNoHackneyHomesId = "Please provide hackneyhomesId";

/// 228, 229 or 299 and six digits more.
bool is_payment_reference(std::string_view text) {
    constexpr std::size_t kDigits = 9;
    const auto group = text.substr(0, 3);
    return text.size() == kDigits && (group == "228" || group == "229" || group == "299") &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What the lists of an account show of a person. Equal ones are shown once.
struct ShownTenant {
    std::optional<std::string> number;
    bool responsible = false;
    std::optional<std::string> title;
    std::optional<std::string> forename;
    std::string surname;
    bool operator==(const ShownTenant&) const = default;
};
struct ShownAddress {
    std::string postcode;
    std::string lines;
    bool operator==(const ShownAddress&) const = default;
};

template <class Shown>
void add_once(std::vector<Shown>& shown, Shown one) {
    if (std::find(shown.begin(), shown.end(), one) == shown.end()) {
        shown.push_back(std::move(one));
    }
}

void write_tenants(json::Writer& w, const std::vector<housing::Tenant>& tenants) {
    std::vector<ShownTenant> shown;
    for (const auto& [person, home] : tenants) {
        add_once(shown, {person.person_number, person.responsible, person.name.title,
                         housing::none_if_empty(person.name.first), person.name.last});
    }
    w.begin_array();
    for (const auto& tenant : shown) {
        w.begin_object();
        w.key("personNumber").text_or_null(tenant.number);
        w.key("responsible").boolean(tenant.responsible);
        w.key("title").text_or_null(tenant.title);
        w.key("forename").text_or_null(tenant.forename);
        w.key("surname").text(tenant.surname);
        w.end_object();
    }
    w.end_array();
}

void write_addresses(json::Writer& w, const std::vector<housing::Tenant>& tenants) {
    std::vector<ShownAddress> shown;
    for (const auto& [person, home] : tenants) {
        if (home) {
            // Lines that are absent leave their spaces.
            add_once(shown, {home->postcode, home->address_line_1 + ' ' + home->address_line_2.value_or("") +
                                                 ' ' + home->address_line_3.value_or("")});
        }
    }
    w.begin_array();
    for (const auto& address : shown) {
        w.begin_object();
        w.key("postCode").text(address.postcode);
        w.key("shortAddress").text(address.lines);
        w.key("addressTypeCode").null();
        w.end_object();
    }
    w.end_array();
}

void write_account(json::Writer& w, const housing::RentAccount& account) {
    const auto& t = account.tenancy;
    w.begin_object();
    w.key("accountid").uuid(t.uuid);
    w.key("tagReferenceNumber").text(t.tag_reference);
    write_pounds(w.key("benefit"), t.benefit);
    w.key("propertyReferenceNumber").text_or_null(t.property_reference);
    write_pounds(w.key("currentBalance"), t.current_balance);
    write_pounds(w.key("rent"), t.rent);
    w.key("housingReferenceNumber").text_or_null(t.house_reference);
    w.key("directdebit").text_or_null(t.direct_debit);
    write_tenants(w.key("ListOfTenants"), account.tenants);
    write_addresses(w.key("ListOfAddresses"), account.tenants);
    w.end_object();
}

Result<http::Response> read_accounts_by_reference(Call& call) {
    const auto reference = Query{call.request}.text("referencenumber");
    if (!reference) {
        return refuse_input(std::vector{kNoReference});
    }
    const bool is_tag = reference->find('/') != std::string::npos;
    if (is_tag && !is_tag_reference(*reference)) {
        return refuse_input(std::vector{kNoTagReference});
    }
    if (!is_tag && !is_payment_reference(*reference)) {
        return refuse_input(std::vector{kNoPaymentReference});
    }
    const auto accounts = TRY(is_tag ? housing::list_accounts_by_tag(call.work, *reference)
                                     : housing::list_accounts_by_payment_reference(call.work, *reference));
    std::string body;
    json::Writer w{body};
    w.begin_object().key("results").begin_array();
    for (const auto& account : accounts) {
        write_account(w, account);
    }
    w.end_array().end_object();
    return json_reply(200, std::move(body));
}

/// Nothing where there is none; other errors are passed on.
Result<std::optional<housing::Tenancy>> none_if_not_found(Result<housing::Tenancy> found) {
    if (!found.ok()) {
        return found.error().code == Code::NotFound
                   ? Result<std::optional<housing::Tenancy>>{std::optional<housing::Tenancy>{}}
                   : found.error();
    }
    return std::optional{std::move(found).value()};
}

void write_pounds_text(json::Writer& w, const std::optional<std::int64_t>& pence) {
    w.text_or_null(pence ? std::optional{pounds_text(*pence)} : std::nullopt);
}

Result<http::Response> read_account_of_contact(Call& call) {
    const auto contact = Query{call.request}.text("contactid");
    if (!contact) {
        return refuse_input(std::vector{kNoContact});
    }
    std::optional<housing::Tenancy> found;
    if (const auto uuid = parse_guid(*contact)) {
        found = TRY(none_if_not_found(housing::find_tenancy_of_person(call.work, *uuid)));
    }
    const auto t = found.value_or(housing::Tenancy{});
    std::string body;
    json::Writer w{body};
    w.begin_object().key("results").begin_object();
    w.key("propertyReferenceNumber").text_or_null(t.property_reference);
    write_pounds_text(w.key("benefit"), t.benefit);
    w.key("tagReferenceNumber").text_or_null(housing::none_if_empty(t.tag_reference));
    w.key("paymentReferenceNumber").text_or_null(t.payment_reference);
    write_uuid(w.key("accountid"), found ? std::optional{t.uuid} : std::nullopt);
    write_pounds_text(w.key("currentBalance"), t.current_balance);
    write_pounds_text(w.key("rent"), t.rent);
    w.key("housingReferenceNumber").text_or_null(t.house_reference);
    w.key("directdebit").text_or_null(t.direct_debit);
    write_date(w.key("tenancyStartDate"), t.start_on);
    w.key("agreementType").text_or_null(t.agreement_type);
    w.key("isAgreementTerminated").boolean(t.terminated);
    w.key("tenuretype").text_or_null(housing::tenure_label(t.tenure_code));
    w.key("accountType").text_or_null(t.account_type);
    w.end_object().end_object();
    return json_reply(200, std::move(body));
}

Result<http::Response> read_tag_reference(Call& call) {
    const auto id = Query{call.request}.text("hackneyhomesId");
    if (!id) {
        return refuse_input(std::vector{kNoHackneyHomesId});
    }
    const auto found =
        TRY(none_if_not_found(housing::find_tenancy_by_hackney_homes_id(call.work, trim(*id))));
    std::string body;
    json::Writer w{body};
    w.begin_object().key("results").begin_array();
    w.text(found ? std::string_view{found->tag_reference} : std::string_view{});
    w.end_array().end_object();
    return json_reply(200, std::move(body));
}

constexpr Guard kAccounts = Guard::needs(access::Permission::AccountsView);
constexpr Csrf kNoCsrf = Csrf::NotNeeded;

constexpr Route kRoutes[] = {
    {"GET", "/v1/Accounts/AccountDetailsByPaymentorTagReference", kAccounts, kNoCsrf, Run::Read,
     read_accounts_by_reference, nullptr, fail_in_array},
    {"GET", "/v1/Accounts/AccountDetailsByContactId", kAccounts, kNoCsrf, Run::Read, read_account_of_contact,
     nullptr, fail_in_array},
    {"GET", "/v1/Accounts/GetTagReferencenumber", kAccounts, kNoCsrf, Run::Read, read_tag_reference, nullptr,
     fail_in_array},
    {"GET", "/v1/Transactions", kAccounts, kNoCsrf, Run::Read, read_transactions, nullptr, fail_in_array},
    // It moves a watermark.
    {"GET", "/v1/Tenancy/new", kAccounts, kNoCsrf, Run::Write, read_new_tenancies, nullptr, fail_in_filter},
};

}  // namespace

bool is_tag_reference(std::string_view text) {
    return text.find('/') != std::string_view::npos && code_point_count(text) <= kTagReferenceMost;
}

std::span<const Route> account_routes() {
    return kRoutes;
}

}  // namespace tenantry::api::hackney
