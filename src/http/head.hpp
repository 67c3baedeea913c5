// The head of a request: where it ends, what it says, and whether it may pass. Beast reads the fields; it is
// lax where a proxy may read otherwise, so the bytes are scanned before it and the meaning is judged after
// it. Whatever two readers could take for two things is refused (docs/SECURITY.md has the list).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "http/limits.hpp"
#include "http/message.hpp"

namespace tenantry::http {

/// Finds the end of a head while its bytes arrive. Bare CR or LF and folded lines are 400.
class HeadScanner {
  public:
    /// One of: complete (end > 0), refused (refusal > 0), or neither: more bytes are needed.
    struct Scan {
        std::size_t begin = 0;
        std::size_t end = 0;  ///< one past the empty line
        int refusal = 0;      ///< a status
    };
    /// `bytes` are those of the call before, and what came since.
    [[nodiscard]] Scan scan(std::string_view bytes, const Limits& limits);

  private:
    std::size_t at_ = 0;     // everything before is scanned
    std::size_t line_ = 0;   // where the current line begins
    std::size_t lines_ = 0;  // whole lines, the request line among them
    std::size_t begin_ = 0;  // 2 after a leading empty line
};

/// The request line's rest and what Connection says, as Beast reads them.
struct RequestLine {
    std::string_view target;
    int version = 0;  ///< 10 or 11
    bool keep_alive = false;
};

/// Fills method and headers of the request from a complete head; nothing where it is malformed. The target
/// views the head.
[[nodiscard]] std::optional<RequestLine> parse_head(std::string_view head, Request& request);

/// What comes after the head.
struct Verdict {
    int refusal = 0;  ///< a status; 0: the request may go on
    bool keep_alive = false;
    bool expects_continue = false;
    bool chunked = false;
    std::size_t content_length = 0;
};

/// The strict gate. Fills path and query.
[[nodiscard]] Verdict judge_head(const RequestLine& line, Request& request, const Limits& limits);

}  // namespace tenantry::http
