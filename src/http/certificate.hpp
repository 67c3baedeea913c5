// The certificate that new connections are secured with, and the two files that it is read from. One thread
// at a time; the context may be used by any.
#pragma once

#include <sys/stat.h>

#include <array>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "base/result.hpp"

namespace tenantry::http {

class Certificate {
  public:
    /// Invalid: a file that cannot be read, or a key that is not the certificate's.
    [[nodiscard]] static Result<Certificate> read(std::string certificate_file, std::string key_file);

    /// Whether a file is another one, or was written to, since it was last read or failed to be.
    [[nodiscard]] bool has_changed() const;
    /// Reads both files anew into a new context. Fails as read() does, and where the new certificate has
    /// ended already: then everything stays as it was.
    [[nodiscard]] Result<void> renew();

    [[nodiscard]] const std::shared_ptr<boost::asio::ssl::context>& context() const { return context_; }
    [[nodiscard]] std::chrono::system_clock::time_point until() const { return until_; }

  private:
    /// Of a file: which one it is, and when its bytes, its name or its rights last changed.
    struct Stamp {
        dev_t device = 0;
        ino_t number = 0;
        std::int64_t changed_s = 0;
        std::int64_t changed_ns = 0;
        bool operator==(const Stamp&) const = default;
    };
    using Stamps = std::array<Stamp, 2>;

    Certificate(std::string certificate_file, std::string key_file)
        : certificate_file_(std::move(certificate_file)), key_file_(std::move(key_file)) {}
    [[nodiscard]] Stamps stamps() const;

    std::string certificate_file_;
    std::string key_file_;
    Stamps seen_;
    std::shared_ptr<boost::asio::ssl::context> context_;
    std::chrono::system_clock::time_point until_;
};

}  // namespace tenantry::http
