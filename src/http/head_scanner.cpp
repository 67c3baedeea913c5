#include "http/head.hpp"

namespace tenantry::http {

namespace {

/// Of a request line, beside the target.
constexpr std::size_t kMethodAndVersion = 32;

}  // namespace

HeadScanner::Scan HeadScanner::scan(std::string_view bytes, const Limits& limits) {
    const auto refuse = [](int status) { return Scan{0, 0, status}; };
    for (;;) {
        const auto cr = std::min(bytes.find('\r', at_), bytes.size());
        const auto end = at_ + std::min(bytes.substr(at_, cr - at_).find('\n'), cr - at_);
        at_ = end;
        // Held against what has arrived, whole line or not: an endless line must cost no memory.
        if (lines_ == 0 && end - line_ > limits.target_bytes + kMethodAndVersion) {
            return refuse(414);
        }
        if (end + 2 > limits.header_bytes) {
            return refuse(431);
        }
        if (end < bytes.size() && bytes[end] == '\n') {
            return refuse(400);
        }
        if (end + 1 >= bytes.size()) {
            return {};
        }
        if (bytes[end + 1] != '\n') {
            return refuse(400);
        }
        const auto line = bytes.substr(line_, end - line_);
        at_ = line_ = end + 2;
        if (line.empty() && lines_ > 0) {
            return Scan{begin_, at_, 0};
        }
        if (line.empty()) {
            // RFC 9112 section 2.2: an old client may send one after the body before.
            if (begin_ > 0) {
                return refuse(400);
            }
            begin_ = at_;
            continue;
        }
        if (lines_ > 0 && (line.front() == ' ' || line.front() == '\t')) {
            return refuse(400);
        }
        if (lines_ > limits.header_count) {
            return refuse(431);
        }
        ++lines_;
    }
}

}  // namespace tenantry::http
