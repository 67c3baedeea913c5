// Cautionary alerts (contract 4.5, K3 to K5).
#include "register/alert.hpp"

#include <algorithm>

#include "api/hackney/contacts.hpp"

namespace tenantry::api::hackney {

namespace {

constexpr Message kNoCreation{"Please a valid 'Create cautionary alert' request",
                              "Pleasea 'Create cautionary alert' request"};
constexpr Message kNoRemoval{"Please a valid 'Remove cautionary alert' request",
                             "Pleasea 'Remove cautionary alert' request"};
/// How many alerts one request may name.
constexpr std::size_t kAlertsMost = 100;

void write_alert(json::Writer& w, const housing::AlertAtHome& alert) {
    w.begin_object();
    w.key("cautionaryAlertType").text(alert.label);
    w.key("cautionaryAlertId").uuid(alert.alert.uuid);
    w.key("contactId").uuid(alert.person);
    w.key("contactName").text_or_null(alert.person_name);
    w.key("uprn").text(std::to_string(alert.alert.uprn));
    write_date_time(w.key("createdOn"), alert.alert.created_at);
    w.end_object();
}

bool is_list(const std::vector<std::string>& texts) {
    return !texts.empty() && texts.size() <= kAlertsMost &&
           std::all_of(texts.begin(), texts.end(), [](const std::string& text) { return is_given(text); });
}

}  // namespace

/// K3.
Result<http::Response> list_alerts(Call& call) {
    const auto urpn = Query{call.request}.trimmed("urpn");
    if (!urpn) {
        return refuse_input(kNoUprn);
    }
    std::vector<housing::AlertAtHome> alerts;
    if (const auto uprn = parse_uprn(*urpn)) {
        alerts = TRY(housing::list_alerts_at(call.work, *uprn));
    }
    std::string out;
    json::Writer w{out};
    w.begin_object().key("results").begin_array();
    for (const auto& alert : alerts) {
        write_alert(w, alert);
    }
    w.end_array().end_object();
    return json_reply(200, std::move(out));
}

/// K4.
Result<http::Response> create_alerts(Call& call) {
    Body body{call.request};
    const Fields fields = body.fields();
    const auto contact = fields.text("contactId");
    const auto uprn_text = fields.text("uprn");
    const auto codes = fields.texts("cautionaryAlertType");
    const auto uprn = uprn_text ? parse_uprn(*uprn_text) : std::nullopt;
    if (body.is_null() || !is_given(contact) || !uprn || (codes && !is_list(*codes))) {
        return refuse_input(kNoCreation);
    }
    if (!codes) {
        return Error{Code::Invalid, "The list of alert types is missing"};
    }
    const auto person = parse_guid(*contact);
    if (!person) {
        return housing::kNoSuchTenant;
    }
    TRY(housing::raise_alerts(call.work, *person, *uprn, *codes));
    std::string out;
    json::Writer w{out};
    w.begin_object();
    w.key("alertContactId").uuid(*person);
    write_number_text(w.key("alertUprn"), uprn);
    w.key("alertCautionaryAlertType").begin_array();
    for (const auto& code : *codes) {
        w.text(code);
    }
    w.end_array();
    write_date(w.key("createdOn"), Date{std::chrono::floor<std::chrono::days>(call.work.now())});
    w.end_object();
    return json_reply(201, std::move(out));
}

/// K5. The original answers with its store's status.
Result<http::Response> remove_alerts(Call& call) {
    Body body{call.request};
    const Fields fields = body.fields();
    const auto contact = fields.text("contactId");
    const auto ids = fields.texts("cautionaryAlertIds");
    const auto uprn = fields.text("uprn");
    const bool ends = fields.boolean("cautionaryAlertIsToBeRemoved").value_or(false);
    if (body.is_null() || !is_given(contact) || (ids && !is_list(*ids))) {
        return refuse_input(kNoRemoval);
    }
    if (!ids) {
        return Error{Code::Invalid, "The list of alerts is missing"};
    }
    const auto person = parse_guid(*contact);
    if (!person) {
        return housing::kNoSuchTenant;
    }
    std::vector<Uuid> alerts;
    for (const auto& id : *ids) {
        const auto alert = parse_guid(id);
        if (!alert) {
            return Error{Code::NotFound, "No such alert"};
        }
        alerts.push_back(*alert);
    }
    TRY(housing::remove_alerts(call.work, *person, uprn ? parse_uprn(*uprn) : std::nullopt, alerts,
                               ends ? housing::Caution::Ends : housing::Caution::Stays));
    return json_reply(200, "204");
}

}  // namespace tenantry::api::hackney
