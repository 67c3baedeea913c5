#include "api/hackney/reply.hpp"

#include <fmt/format.h>

#include "access/session.hpp"
#include "access/token.hpp"
#include "api/repeat.hpp"

namespace tenantry::api::hackney {

namespace {

constexpr std::string_view kTrouble = "We had some problems processing your request";

http::Response reply(int status, std::string_view media_type, std::string body) {
    http::Response response;
    response.status = status;
    response.add_header("Content-Type", media_type);
    response.body = std::move(body);
    return response;
}

void write_message(json::Writer& w, Message message) {
    w.begin_object();
    w.key("developerMessage").text(message.developer);
    w.key("userMessage").text(message.user);
    w.key("source").null();
    w.key("stackTrace").null();
    w.end_object();
}

/// What is told without a body, whatever the endpoint; 0 for what the endpoint's own shape tells.
int bare_status(Code code) {
    switch (code) {
        case Code::Unauthenticated:
            return 401;
        case Code::Forbidden:
            return 403;
        case Code::TooLarge:
            return 413;
        case Code::Throttled:
            return 429;
        case Code::Invalid:
        case Code::NotFound:
        case Code::Conflict:
        case Code::Unavailable:
        case Code::DiskFull:
        case Code::Timeout:
        case Code::Corrupt:
        case Code::Internal:
            return 0;
    }
    VERIFY(false);
}

/// The original answers 500 for whatever its own store refuses, an unknown id included (contract 1.4).
int status_of(const Error& error) {
    if (error.code == Code::DiskFull) {
        return 507;
    }
    return error.code == Code::Unavailable ? 503 : 500;
}

template <class Write>
http::Response fail(const Error& error, Write write) {
    if (const int bare = bare_status(error.code); bare != 0) {
        auto response = refuse_status(bare);
        if (bare == 401) {
            response.headers.clear();
            const bool sent = error.text.view() == access::kTokenRefused.text.view();
            response.add_header("WWW-Authenticate", sent ? "Bearer error=\"invalid_token\"" : "Bearer");
        }
        return response;
    }
    std::string body;
    json::Writer w{body};
    write(w,
          error.text.empty() ? std::string_view{"The request could not be carried out"} : error.text.view());
    return json_reply(status_of(error), std::move(body));
}

}  // namespace

http::Response json_reply(int status, std::string body) {
    return reply(status, "application/json", std::move(body));
}

http::Response utf8_reply(int status, std::string body) {
    return reply(status, "application/json; charset=utf-8", std::move(body));
}

http::Response text_reply(int status, std::string body) {
    return reply(status, "text/plain; charset=utf-8", std::move(body));
}

http::Response empty_reply(int status) {
    http::Response response;
    response.status = status;
    return response;
}

http::Response refuse_input(const std::vector<std::string_view>& texts) {
    std::string body;
    json::Writer w{body};
    w.begin_array();
    for (const auto text : texts) {
        write_message(w, {text, text});
    }
    w.end_array();
    return json_reply(400, std::move(body));
}

http::Response refuse_input(Message message) {
    std::string body;
    json::Writer w{body};
    w.begin_array();
    write_message(w, message);
    w.end_array();
    return json_reply(400, std::move(body));
}

http::Response refuse_as_taken(std::string_view text) {
    auto response = refuse_input(Message{text, text});
    response.status = 409;
    return response;
}

http::Response refuse_input_silently() {
    return json_reply(400, "[]");
}

http::Response fail_in_array(const Error& error) {
    return fail(error, [](json::Writer& w, std::string_view text) {
        w.begin_array();
        write_message(w, {text, kTrouble});
        w.end_array();
    });
}

http::Response fail_in_object(const Error& error) {
    return fail(error, [](json::Writer& w, std::string_view text) { write_message(w, {text, kTrouble}); });
}

http::Response fail_in_filter(const Error& error) {
    return fail(error, [](json::Writer& w, std::string_view text) {
        w.begin_object().key("result");
        write_message(w, {text, "A server error occurred."});
        w.end_object();
    });
}

http::Response refuse_status(int status) {
    if (status == 422) {
        auto refused = refuse_input(Message{kKeyRefused, kKeyRefused});
        refused.status = status;
        return refused;
    }
    // The original's router knows no 405: a wrong method is an unknown path.
    http::Response response = empty_reply(status == 405 ? 404 : status);
    if (status == 401) {
        response.add_header("WWW-Authenticate", "Bearer");
    }
    return response;
}

void write_instant(json::Writer& w, Instant at) {
    w.text(format_instant(at));
}

void write_ticks(json::Writer& w, Instant at) {
    std::string text = format_instant(at);
    text.pop_back();
    w.text(fmt::format("{}.{:03}0000+00:00", text, to_millis(at) % 1000));
}

void write_date_time(json::Writer& w, Instant at) {
    w.text(format_date_time(at));
}

void write_date(json::Writer& w, const std::optional<Date>& date) {
    if (date) {
        w.text(format_date(*date));
    } else {
        w.null();
    }
}

void write_pounds(json::Writer& w, const std::optional<std::int64_t>& pence) {
    if (pence) {
        w.hundredths(*pence);
    } else {
        w.null();
    }
}

std::string pounds_text(std::int64_t pence) {
    std::string text;
    json::Writer w{text};
    write_pounds(w, pence);
    return text;
}

void write_uuid(json::Writer& w, const std::optional<Uuid>& uuid) {
    if (uuid) {
        w.uuid(*uuid);
    } else {
        w.null();
    }
}

void write_number_text(json::Writer& w, const std::optional<std::int64_t>& number) {
    if (number) {
        w.text(std::to_string(*number));
    } else {
        w.null();
    }
}

void write_integer(json::Writer& w, const std::optional<std::int64_t>& number) {
    if (number) {
        w.integer(*number);
    } else {
        w.null();
    }
}

}  // namespace tenantry::api::hackney
