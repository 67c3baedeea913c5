// PropOps' envelope: {"success":true,…,"message":…} or {"success":false,"error":…} (contract sections 1.1
// and 1.2).
#pragma once

#include <chrono>
#include <string>

#include "base/result.hpp"
#include "base/time.hpp"
#include "http/message.hpp"
#include "json/writer.hpp"
#include "register/record.hpp"

namespace tenantry::api::propops {

/// An answer with this body, which is JSON.
[[nodiscard]] http::Response json_response(int status, std::string body);

/// An error as its status and text. Constraints of the register are 400: 409 is not among the documented
/// codes.
[[nodiscard]] http::Response refuse(const Error& error);
/// The refusal of what never reached a handler.
[[nodiscard]] http::Response refuse_status(int status);
/// A refusal whose text is made of numbers and literals.
[[nodiscard]] http::Response refuse_with(int status, std::string_view text);

/// The refusal of whoever must wait before a password is looked at again.
[[nodiscard]] http::Response too_many_attempts(std::chrono::seconds retry_after);

/// The envelope alone, as most writes answer.
[[nodiscard]] http::Response done(Literal message = "Operation completed successfully");

/// Builds {"success":true,…}: the members in between are the caller's.
class Envelope {
  public:
    Envelope();
    Envelope(const Envelope&) = delete;
    Envelope& operator=(const Envelope&) = delete;
    [[nodiscard]] json::Writer& writer() { return writer_; }
    /// Adds "message" and closes.
    [[nodiscard]] http::Response finish(Literal message = "Operation completed successfully") &&;
    /// Closes without a message, as the log-in answers.
    [[nodiscard]] http::Response finish_bare() &&;

  private:
    std::string body_;
    json::Writer writer_;
};

/// The answer to a get: "data" is what write(Writer&) writes.
template <class Write>
[[nodiscard]] http::Response record_reply(Write write) {
    Envelope envelope;
    write(envelope.writer().key("data"));
    return std::move(envelope).finish();
}

/// The answer to a list: "data", "count" (records in data) and "total" (all matches; as far as they were
/// counted where "total_is_exact" is false). Contract section 9, item 5.
template <class Rows, class Write>
[[nodiscard]] http::Response list_reply(const Rows& rows, std::int64_t total, bool total_is_exact,
                                        Write write) {
    Envelope envelope;
    auto& w = envelope.writer();
    w.key("data").begin_array();
    for (const auto& row : rows) {
        write(w, row);
    }
    w.end_array();
    w.key("count").integer(static_cast<std::int64_t>(rows.size()));
    w.key("total").integer(total);
    w.key("total_is_exact").boolean(total_is_exact);
    return std::move(envelope).finish();
}

/// "2031-04-02T08:15:00Z".
json::Writer& write_instant(json::Writer& w, Instant at);

}  // namespace tenantry::api::propops
