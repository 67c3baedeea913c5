#include <array>
#include <charconv>

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "http/head.hpp"

namespace tenantry::http {

namespace {

/// The fields that decide where a request ends, whom it is for and who sends it.
enum Known : std::uint8_t {
    Host,
    ContentLength,
    TransferEncoding,
    Authorization,
    Cookie,
    ContentType,
    Expect,
    Connection,
    ForwardedFor,
    ForwardedProto,
    KnownCount,
};
constexpr std::array<std::string_view, KnownCount> kNames{
    "host",         "content-length", "transfer-encoding", "authorization",   "cookie",
    "content-type", "expect",         "connection",        "x-forwarded-for", "x-forwarded-proto"};

/// Up to Expect, a second one makes it a matter of the reader's taste which counts.
constexpr bool is_single(std::size_t known) {
    return known <= Expect;
}

using KnownFields = std::array<const std::string*, KnownCount>;

/// Names equal once '_' is taken for '-', as some servers behind a proxy do.
bool is_twin(std::string_view name, std::string_view known) {
    return name.size() == known.size() &&
           std::equal(name.begin(), name.end(), known.begin(),
                      [](char a, char b) { return (a == '_' ? '-' : to_lower(a)) == b; });
}

/// A Connection option that would make a proxy drop the field from the message.
bool hides_a_known_field(std::string_view options) {
    while (!options.empty()) {
        const auto option = trim_blanks(take_until(options, ','));
        for (const auto name : kNames) {
            if (is_twin(option, name)) {
                return true;
            }
        }
    }
    return false;
}

std::optional<KnownFields> find_known(const std::vector<Header>& headers) {
    KnownFields found{};
    for (const auto& header : headers) {
        for (std::size_t known = 0; known < KnownCount; ++known) {
            if (!is_twin(header.name, kNames[known])) {
                continue;
            }
            const bool again = found[known] != nullptr && is_single(known);
            if (again || header.name.find('_') != std::string::npos) {
                return std::nullopt;
            }
            found[known] = &header.value;
            if (known == Connection && hides_a_known_field(header.value)) {
                return std::nullopt;
            }
        }
    }
    return found;
}

bool is_port(std::string_view text) {
    unsigned port = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
    return failure == std::errc{} && end == text.data() + text.size() && text.size() <= 5 && port > 0 &&
           port <= 65535;
}

/// A host name or address and perhaps a port. No user, no list, no escapes: nobody needs them in our address.
bool is_host(std::string_view text) {
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos || close < 3) {
            return false;
        }
        for (const char c : text.substr(1, close - 1)) {
            if (hex_value(c) < 0 && c != ':' && c != '.') {
                return false;
            }
        }
        text.remove_prefix(close + 1);
        return text.empty() || (text.front() == ':' && is_port(text.substr(1)));
    }
    const auto name = text.substr(0, text.find(':'));
    for (const char c : name) {
        if (!is_letter(c) && !is_digit(c) && c != '-' && c != '.' && c != '_') {
            return false;
        }
    }
    return !name.empty() && (name.size() == text.size() || is_port(text.substr(name.size() + 1)));
}

constexpr std::uint8_t kInPath = 1;
constexpr std::uint8_t kInQuery = 2;
/// Where a character may stand. RFC 3986 for the path; in the query also what browsers leave as it is.
constexpr auto kTargetCharacters = [] {
    std::array<std::uint8_t, 256> places{};
    for (char c = '!'; c <= '~'; ++c) {
        const bool in_path = is_letter(c) || is_digit(c) ||
                             std::string_view{"-._~!$&'()*+,;=:@/%"}.find(c) != std::string_view::npos;
        const bool in_query = std::string_view{"\"#<>"}.find(c) == std::string_view::npos;
        places[static_cast<unsigned char>(c)] =
            static_cast<std::uint8_t>((in_path ? kInPath : 0) | (in_query ? kInQuery : 0));
    }
    return places;
}();

bool consists_of(std::string_view text, std::uint8_t place) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return (kTargetCharacters[static_cast<unsigned char>(c)] & place) != 0;
    });
}

/// Whether a segment means the same to everybody: no "..", no separator, control or broken UTF-8 in disguise.
bool is_plain_segment(std::string_view segment) {
    if (segment.find('%') == std::string_view::npos) {
        return segment != "." && segment != "..";
    }
    const auto decoded = percent_decode(segment);
    return decoded.ok() && *decoded != "." && *decoded != ".." &&
           decoded->find_first_of("/\\") == std::string::npos && is_clean_utf8(*decoded) &&
           !has_control_character(*decoded);
}

bool is_plain_path(std::string_view path) {
    if (!path.starts_with('/') || path.find("//") != std::string_view::npos || !consists_of(path, kInPath)) {
        return false;
    }
    for (path.remove_prefix(1); !path.empty();) {
        if (!is_plain_segment(take_until(path, '/'))) {
            return false;
        }
    }
    return true;
}

/// The target without scheme and authority; nothing where they do not name this host.
std::optional<std::string_view> origin_form(std::string_view target, std::string_view host) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (same_text(target.substr(0, scheme.size()), scheme)) {
            const auto rest = target.substr(scheme.size());
            const auto authority = rest.substr(0, rest.find_first_of("/?"));
            return same_text(authority, host) ? std::optional{rest.substr(authority.size())} : std::nullopt;
        }
    }
    return target;
}

bool read_target(std::string_view target, std::string_view host, Request& request) {
    const auto origin = origin_form(target, host);
    if (!origin) {
        return false;
    }
    std::string_view query = *origin;
    const auto path = take_until(query, '?');
    if (!is_plain_path(path) || !consists_of(query, kInQuery)) {
        return false;
    }
    request.path = path;
    request.query = query;
    return true;
}

/// How the body is delimited; the refusal is 0 where that is beyond doubt.
Verdict read_framing(const KnownFields& fields, const RequestLine& line, const Limits& limits) {
    Verdict verdict;
    if (const auto* coding = fields[TransferEncoding]) {
        verdict.chunked = true;
        const bool clear =
            fields[ContentLength] == nullptr && line.version == 11 && same_text(*coding, "chunked");
        verdict.refusal = clear ? 0 : 400;
    } else if (const auto* length = fields[ContentLength]) {
        std::int64_t bytes = 0;
        const auto [end, failure] = std::from_chars(length->data(), length->data() + length->size(), bytes);
        const bool digits = std::all_of(length->begin(), length->end(), is_digit);
        if (failure != std::errc{} || !digits) {
            verdict.refusal = 400;
        } else if (static_cast<std::uint64_t>(bytes) > limits.body_bytes) {
            verdict.refusal = 413;
        }
        verdict.content_length = static_cast<std::size_t>(bytes);
    }
    return verdict;
}

}  // namespace

Verdict judge_head(const RequestLine& line, Request& request, const Limits& limits) {
    Verdict refused;
    refused.refusal = 400;
    if (line.target.size() > limits.target_bytes) {
        refused.refusal = 414;
        return refused;
    }
    const auto fields = find_known(request.headers);
    if (!fields) {
        return refused;
    }
    const auto* host = (*fields)[Host];
    if (host == nullptr || !is_host(*host) || !read_target(line.target, *host, request)) {
        return refused;
    }
    Verdict verdict = read_framing(*fields, line, limits);
    const bool has_body = verdict.chunked || verdict.content_length > 0;
    if (verdict.refusal != 0) {
        return verdict;
    }
    if (has_body && (request.method == "GET" || request.method == "HEAD")) {
        return refused;  // RFC 9110 section 9.3.1: what it would mean is anybody's guess
    }
    if (const auto* expectation = (*fields)[Expect]; expectation != nullptr && line.version == 11) {
        verdict.expects_continue = has_body;
        verdict.refusal = same_text(*expectation, "100-continue") ? 0 : 417;
    }
    verdict.keep_alive = line.version == 11 && line.keep_alive;
    return verdict;
}

}  // namespace tenantry::http
