// tenantry serve: opens the instance, wires the rooms together and answers until it is told to stop.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "api/service.hpp"
#include "api/services.hpp"
#include "app/audit_heads.hpp"
#include "app/command.hpp"
#include "app/mail_sender.hpp"
#include "app/second_copy.hpp"
#include "http/server.hpp"

namespace tenantry::app {

struct ServeOptions {
    Place place{std::filesystem::path{}};
    std::string listen = "127.0.0.1:8080";  ///< ADDR:PORT; an IPv6 address in brackets; port 0 picks one
    std::string tls_certificate;
    std::string tls_key;
    std::string behind_proxy;        ///< numeric addresses of the proxies that speak TLS for this server
    unsigned loops = 0;              ///< 0: one a core
    std::string hackney_jwt_secret;  ///< shared with who signs tokens; empty: the instance's own
    api::Settings settings;
    MailOptions mail;
    AuditHeadOptions audit_heads;
    SecondCopyOptions second_copy;
    std::int64_t bulk_read_alarm = audit::BulkReads::kMostByDefault;
    std::chrono::hours retention_every{24};  ///< how often approved retention is carried out; 0: when asked
};

/// Prints "listening on http://ADDR:PORT" when ready and returns the exit code after SIGTERM or SIGINT.
/// Refuses to serve in the clear anywhere but on loopback, unless a proxy is named.
[[nodiscard]] int serve(const ServeOptions& options, Output& output);

/// Where and how to listen. Invalid names the option that is wrong.
[[nodiscard]] Result<http::ServerOptions> server_options(const ServeOptions& options);

/// What the server answers to. A path that none of them has is the first one's to refuse.
[[nodiscard]] std::vector<api::Api> all_apis();

/// Where ADDR:PORT says.
struct ListenAddress {
    std::string address;
    std::uint16_t port = 0;
};
[[nodiscard]] Result<ListenAddress> parse_listen(std::string_view text);

}  // namespace tenantry::app
