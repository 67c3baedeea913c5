// What we ask of OpenSSL: TLS 1.2 and 1.3 only, forward secrecy, authenticated encryption, HTTP/1.1 by ALPN.
#pragma once

#include <openssl/types.h>

#include <chrono>
#include <string>

#include "base/result.hpp"

namespace tenantry::http {

/// Sets up a fresh server context. Invalid: a file that cannot be read, or a key that is not the
/// certificate's.
[[nodiscard]] Result<void> configure_tls(SSL_CTX& context, const std::string& certificate_file,
                                         const std::string& key_file);

/// When the certificate of such a context ends.
[[nodiscard]] std::chrono::system_clock::time_point certificate_end(const SSL_CTX& context);

}  // namespace tenantry::http
