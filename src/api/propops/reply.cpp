#include "api/propops/reply.hpp"

#include <fmt/format.h>

#include "access/session.hpp"
#include "api/repeat.hpp"

namespace tenantry::api::propops {

namespace {

int status_of(Code code) {
    switch (code) {
        case Code::Invalid:
        case Code::Conflict:
            return 400;
        case Code::Unauthenticated:
            return 401;
        case Code::Forbidden:
            return 403;
        case Code::NotFound:
            return 404;
        case Code::TooLarge:
            return 413;
        case Code::Throttled:
            return 429;
        case Code::Unavailable:
            return 503;
        case Code::Timeout:
            return 504;
        case Code::DiskFull:
            return 507;
        case Code::Corrupt:
        case Code::Internal:
            return 500;
    }
    return 500;
}

std::string_view text_of_status(int status) {
    switch (status) {
        case 400:
            return "The request is malformed";
        case 401:
            return access::kNotSignedIn.text.view();
        case 403:
            return access::kNotPermitted.text.view();
        case 404:
            return "Not found";
        case 405:
            return "This method is not allowed here";
        case 408:
            return "The request took too long to arrive";
        case 413:
            return "The request body is too large";
        case 414:
            return "The request target is too long";
        case 415:
            return "The media type of the request body is not supported";
        case 417:
            return "The expectation cannot be met";
        case 422:
            return kKeyRefused;
        case 429:
            return "Too many requests; try again shortly";
        case 431:
            return "The request headers are too large";
        case 501:
            return "This method is not supported";
        case 503:
            return "The server is busy; try again shortly";
        default:
            return "Internal server error";
    }
}

}  // namespace

http::Response json_response(int status, std::string body) {
    http::Response response;
    response.status = status;
    response.headers = "Content-Type: application/json; charset=utf-8\r\n";
    response.body = std::move(body);
    return response;
}

http::Response refuse_with(int status, std::string_view text) {
    std::string body;
    json::Writer w{body};
    w.begin_object().key("success").boolean(false).key("error").text(text).end_object();
    return json_response(status, std::move(body));
}

http::Response refuse(const Error& error) {
    const int status = status_of(error.code);
    if (error.code == Code::Internal) {
        return refuse_status(status);  // a library's failure is for the log, not for the caller
    }
    if (error.code == Code::Corrupt) {
        return refuse_with(status,
                           "Stored data failed an integrity check");  // whatever it was that did not hold
    }
    if (error.text.empty() && !error.field.empty()) {
        return refuse_with(status,
                           fmt::format("Invalid or missing required parameter: {}", error.field.view()));
    }
    return refuse_with(status, error.text.view());
}

http::Response refuse_status(int status) {
    return refuse_with(status, text_of_status(status));
}

http::Response too_many_attempts(std::chrono::seconds retry_after) {
    http::Response response = refuse_with(429, "Too many log-in attempts; try again later");
    response.add_header("Retry-After", std::to_string(retry_after.count()));
    return response;
}

http::Response done(Literal message) {
    return Envelope{}.finish(message);
}

Envelope::Envelope() : writer_(body_) {
    body_.reserve(768);
    writer_.begin_object().key("success").boolean(true);
}

http::Response Envelope::finish(Literal message) && {
    writer_.key("message").text(message.view());
    return std::move(*this).finish_bare();
}

http::Response Envelope::finish_bare() && {
    writer_.end_object();
    return json_response(200, std::move(body_));
}

json::Writer& write_instant(json::Writer& w, Instant at) {
    return w.text(format_instant(at));
}

}  // namespace tenantry::api::propops
