// Reads one request after the other out of the bytes of a connection, and refuses what may not pass. How the
// bytes are cut into pieces makes no difference. Knows no sockets.
#pragma once

#include "http/body.hpp"
#include "http/head.hpp"

namespace tenantry::http {

class RequestReader {
  public:
    explicit RequestReader(const Limits& limits) : limits_(limits), body_(limits.body_bytes) {}

    enum class Step : std::uint8_t {
        NeedMore,
        SendContinue,  ///< the client waits for "100 Continue"; then call again
        Complete,      ///< request() is whole
        Refused,       ///< with refusal(); nothing that follows may be read as a request
    };
    /// Reads on. `bytes` is everything received and not yet used up; what is used up comes off its front.
    [[nodiscard]] Step read(std::string_view& bytes);
    /// Makes ready for the next request. What request() gave is overwritten by it.
    void start_next();

    [[nodiscard]] Request& request() { return request_; }
    [[nodiscard]] const Request& request() const { return request_; }
    [[nodiscard]] int refusal() const { return refusal_; }
    [[nodiscard]] bool keep_alive() const { return verdict_.keep_alive; }
    /// Between head and end of the body.
    [[nodiscard]] bool in_body() const { return in_body_; }

  private:
    [[nodiscard]] Step read_head(std::string_view& bytes);
    [[nodiscard]] Step read_body(std::string_view& bytes);
    [[nodiscard]] Step refuse(int status);

    const Limits& limits_;
    HeadScanner scanner_;
    BodyReader body_;
    Request request_;
    Verdict verdict_;
    bool in_body_ = false;
    int refusal_ = 0;
};

}  // namespace tenantry::http
