// What was charged to a rent account and paid into it (contract 4.2).
#include "api/hackney/accounts.hpp"
#include "api/hackney/input.hpp"
#include "api/hackney/reply.hpp"
#include "base/text.hpp"
#include "register/ledger.hpp"

namespace tenantry::api::hackney {

namespace {

constexpr std::string_view kEmpty = "Invalid parameter - tagReference is empty";
constexpr std::string_view kInvalid = "Invalid parameter - tagReference is invalid";

void write_trimmed(json::Writer& w, const std::optional<std::string>& text) {
    if (text) {
        w.text(trim(*text));
    } else {
        w.null();
    }
}

void write_line(json::Writer& w, const housing::Tenancy& tenancy, const housing::LedgerLine& line) {
    w.begin_object();
    write_trimmed(w.key("tagReference"), tenancy.tag_reference);
    write_trimmed(w.key("propertyReference"), tenancy.property_reference);
    w.key("transactionSid").null();  // a number of the original's warehouse
    write_trimmed(w.key("houseReference"), tenancy.house_reference);
    write_trimmed(w.key("transactionType"), line.type);
    write_instant(w.key("postDate"), std::chrono::sys_days{line.posted_on});
    write_pounds(w.key("realValue"), line.amount);
    w.key("transactionID").uuid(line.uuid);
    write_trimmed(w.key("debDesc"), line.description);
    w.end_object();
}

}  // namespace

Result<http::Response> read_transactions(Call& call) {
    const auto reference = Query{call.request}.text("tagReference");
    if (!reference) {
        return refuse_input(std::vector{kEmpty});
    }
    if (!is_tag_reference(*reference)) {
        return refuse_input(std::vector{kInvalid});
    }
    const auto statement = housing::read_statement(call.work, *reference);
    if (!statement.ok() && statement.error().code != Code::NotFound) {
        return statement.error();
    }
    std::string body;
    json::Writer w{body};
    w.begin_object().key("results").begin_array();
    if (statement.ok()) {
        for (const auto& line : statement->lines) {
            write_line(w, statement->tenancy, line);
        }
    }
    w.end_array().end_object();
    return json_reply(200, std::move(body));
}

}  // namespace tenantry::api::hackney
