#include "http/request_reader.hpp"

namespace tenantry::http {

namespace {

/// A body up to this size leaves its memory to the next one on the connection.
constexpr std::size_t kKeptBodyBytes = 64U << 10;

}  // namespace

RequestReader::Step RequestReader::read(std::string_view& bytes) {
    return in_body_ ? read_body(bytes) : read_head(bytes);
}

void RequestReader::start_next() {
    scanner_ = {};
    in_body_ = false;
    if (request_.body.capacity() > kKeptBodyBytes) {
        request_.body = {};
    }
    request_.body.clear();
}

RequestReader::Step RequestReader::read_head(std::string_view& bytes) {
    const auto scan = scanner_.scan(bytes, limits_);
    if (scan.refusal != 0) {
        return refuse(scan.refusal);
    }
    if (scan.end == 0) {
        return Step::NeedMore;
    }
    const auto line = parse_head(bytes.substr(scan.begin, scan.end - scan.begin), request_);
    if (!line) {
        return refuse(400);
    }
    verdict_ = judge_head(*line, request_, limits_);
    if (verdict_.refusal != 0) {
        return refuse(verdict_.refusal);
    }
    bytes.remove_prefix(scan.end);
    if (verdict_.chunked) {
        body_.expect_chunks();
    } else {
        body_.expect_length(verdict_.content_length);
    }
    in_body_ = true;
    return verdict_.expects_continue && bytes.empty() ? Step::SendContinue : read_body(bytes);
}

RequestReader::Step RequestReader::read_body(std::string_view& bytes) {
    switch (body_.take(bytes, request_.body)) {
        case BodyReader::Progress::More:
            return Step::NeedMore;
        case BodyReader::Progress::Done:
            return Step::Complete;
        case BodyReader::Progress::Malformed:
            return refuse(400);
        case BodyReader::Progress::TooLarge:
            return refuse(413);
    }
    return refuse(400);
}

RequestReader::Step RequestReader::refuse(int status) {
    refusal_ = status;
    return Step::Refused;
}

}  // namespace tenantry::http
