#include "api/repeat.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"

namespace tenantry::api {

namespace {

constexpr std::string_view kHeader = "idempotency-key";
constexpr std::size_t kKeyCharacters = 255;
constexpr int kUnprocessable = 422;

// An answer as it is kept: as HTTP would write it, without a version or a reason.
constexpr std::string_view kHeadersEnd = "\r\n\r\n";
constexpr std::size_t kStatusDigits = 3;

std::string text_of_answer(const http::Response& response) {
    return fmt::format("{}\r\n{}\r\n{}", response.status, response.headers, response.body);
}

http::Response read_answer(std::string_view text) {
    const auto end = text.find(kHeadersEnd, kStatusDigits);
    const auto status = parse_whole<int>(text.substr(0, kStatusDigits));
    VERIFY(status && end != std::string_view::npos);  // it was sealed as text_of_answer() made it
    http::Response response;
    response.status = *status;
    if (end > kStatusDigits) {
        response.headers = text.substr(kStatusDigits + 2, end - kStatusDigits);
    }
    response.body = text.substr(end + kHeadersEnd.size());
    return response;
}

}  // namespace

bool has_repeat_key(const http::Request& request) {
    return request.header(kHeader).has_value();
}

bool has_bad_repeat_key(const http::Request& request) {
    const auto key = request.header(kHeader);
    return key && (request.header_count(kHeader) > 1 || key->empty() || key->size() > kKeyCharacters ||
                   !std::ranges::all_of(*key, [](char c) { return c >= ' ' && c <= '~'; }));
}

std::optional<access::RepeatKey> repeat_key_of(const Call& call, std::string_view route) {
    const http::Request& request = call.request;
    const auto key = request.header(kHeader);
    if (!key) {
        return std::nullopt;
    }
    return access::make_repeat_key(call.work.keys(), call.caller, request.client_address, route, *key,
                                   {bytes_of(request.path), bytes_of(request.query), bytes_of(request.body)});
}

Result<std::optional<http::Response>> find_answer(const Call& call, audit::Work& work,
                                                  http::Response (*refuse_status)(int status)) {
    if (!call.repeat_key) {
        return std::optional<http::Response>{};
    }
    const auto kept = access::find_kept_answer(work.tx(), work.keys(), *call.repeat_key, work.now());
    if (!kept.ok()) {
        return kept.error().code == Code::Conflict
                   ? Result<std::optional<http::Response>>{std::optional{refuse_status(kUnprocessable)}}
                   : kept.error();
    }
    return *kept ? std::optional{read_answer(**kept)} : std::nullopt;
}

Result<http::Response> keep_answer(const Call& call, audit::Work& work, http::Response response) {
    if (call.repeat_key && work.writes() && response.status < 400) {
        TRY(access::keep_answer(work.tx(), work.keys(), *call.repeat_key, text_of_answer(response),
                                work.now()));
    }
    return response;
}

}  // namespace tenantry::api
