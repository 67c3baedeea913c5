// How the Hackney API answers: its media types, its forms of dates and money, and its four shapes of error
// (contract 1.3, 1.4). Keys and their order are each endpoint's own.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "http/message.hpp"
#include "json/writer.hpp"

namespace tenantry::api::hackney {

/// Content-Type: application/json, as most endpoints have it.
[[nodiscard]] http::Response json_reply(int status, std::string body);
/// Content-Type: application/json; charset=utf-8, as those of associations, estates, meetings and new
/// tenancies have it.
[[nodiscard]] http::Response utf8_reply(int status, std::string body);
/// Bare words, as two refusals of the associations are.
[[nodiscard]] http::Response text_reply(int status, std::string body);
/// Status alone.
[[nodiscard]] http::Response empty_reply(int status);

/// What a person and a developer are told; mostly the same.
struct Message {
    std::string_view developer;
    std::string_view user;
};

/// 400 with an E-ARR body: an element for each rule that failed, both of its messages the same.
[[nodiscard]] http::Response refuse_input(const std::vector<std::string_view>& texts);
/// 400 with an E-ARR body of one element.
[[nodiscard]] http::Response refuse_input(Message message);
/// 400 with the body "[]", which three endpoints have.
[[nodiscard]] http::Response refuse_input_silently();

/// 409 with an E-ARR body of one element.
[[nodiscard]] http::Response refuse_as_taken(std::string_view text);

/// How a route answers what went wrong below it; each a Route::refuse.
[[nodiscard]] http::Response fail_in_array(const Error& error);   ///< E-ARR
[[nodiscard]] http::Response fail_in_object(const Error& error);  ///< E-OBJ
[[nodiscard]] http::Response fail_in_filter(const Error& error);  ///< E-FILTER
/// What is no endpoint's own: 401, 403, 404 … without a body.
[[nodiscard]] http::Response refuse_status(int status);

/// Values as they are written.
void write_instant(json::Writer& w, Instant at);    ///< "2026-02-03T10:11:12Z"
void write_ticks(json::Writer& w, Instant at);      ///< "2026-02-03T10:11:12.1230000+00:00"
void write_date_time(json::Writer& w, Instant at);  ///< "2026-02-03 10:11:12"
void write_date(json::Writer& w, const std::optional<Date>& date);
/// Pence as pounds, with no more decimals than needed: -12.3, 118.02, 0.
void write_pounds(json::Writer& w, const std::optional<std::int64_t>& pence);
/// The same as text: "-12.3".
[[nodiscard]] std::string pounds_text(std::int64_t pence);
void write_uuid(json::Writer& w, const std::optional<Uuid>& uuid);
/// The number as text, or null.
void write_number_text(json::Writer& w, const std::optional<std::int64_t>& number);
void write_integer(json::Writer& w, const std::optional<std::int64_t>& number);

}  // namespace tenantry::api::hackney
