// The bounds of one server. Everything that a client sends is held to them while it arrives.
#pragma once

#include <chrono>
#include <cstddef>

namespace tenantry::http {

struct Limits {
    std::size_t target_bytes = 8U << 10;    ///< 414
    std::size_t header_bytes = 16U << 10;   ///< 431; the request line counts
    std::size_t header_count = 100;         ///< 431
    std::size_t body_bytes = 1U << 20;      ///< 413
    std::size_t connections = 1024;         ///< one more is answered 503 and closed
    std::chrono::seconds request_time{30};  ///< first byte to last byte of a request: 408
    std::chrono::seconds idle_time{60};     ///< between requests: closed
    std::chrono::seconds write_time{30};    ///< a client that does not read: closed
    std::chrono::seconds drain_time{10};    ///< stop() waits this long for answers in flight
};

}  // namespace tenantry::http
