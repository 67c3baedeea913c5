#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "http/refused_requests.hpp"
#include "http/test_server.hpp"

namespace tenantry::http {
namespace {

template <class T, void (*Free)(T*)>
struct Release {
    void operator()(T* object) const { Free(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509, X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Release<SSL_CTX, SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Release<SSL, SSL_free>>;

/// A key and a certificate that signs itself, in files that go with the object.
class Identity {
  public:
    explicit Identity(long ends_after_s = 3600) {
        const Key key{EVP_EC_gen("P-256")};
        const Certificate certificate{X509_new()};
        X509_set_version(certificate.get(), X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), number_);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -7200);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), ends_after_s);
        X509_set_pubkey(certificate.get(), key.get());
        X509_NAME* name = X509_get_subject_name(certificate.get());
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"),
                                   -1, -1, 0);
        X509_set_issuer_name(certificate.get(), name);
        EXPECT_GT(X509_sign(certificate.get(), key.get(), EVP_sha256()), 0);
        std::FILE* file = std::fopen(certificate_file().c_str(), "w");
        EXPECT_EQ(PEM_write_X509(file, certificate.get()), 1);
        std::fclose(file);
        file = std::fopen(key_file().c_str(), "w");
        EXPECT_EQ(PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr), 1);
        std::fclose(file);
    }
    ~Identity() {
        std::remove(certificate_file().c_str());
        std::remove(key_file().c_str());
    }
    Identity(const Identity&) = delete;
    Identity& operator=(const Identity&) = delete;

    /// Its files take the place of the other's, as a renewal does it.
    void replace(const Identity& other) const {
        std::filesystem::rename(certificate_file(), other.certificate_file());
        std::filesystem::rename(key_file(), other.key_file());
    }

    [[nodiscard]] long number() const { return number_; }
    [[nodiscard]] std::string certificate_file() const { return stem_ + ".crt"; }
    [[nodiscard]] std::string key_file() const { return stem_ + ".key"; }
    [[nodiscard]] ServerOptions options() const {
        ServerOptions options;
        options.port = 0;
        options.tls_certificate_file = certificate_file();
        options.tls_key_file = key_file();
        return options;
    }

  private:
    static int next() {
        static std::atomic<int> number = 0;
        return number++;
    }
    int number_ = next();
    std::string stem_ =
        testing::TempDir() + "tenantry_tls_" + std::to_string(::getpid()) + "_" + std::to_string(number_);
};

/// A client that believes any certificate.
class TlsClient {
  public:
    TlsClient(std::uint16_t port, int min_version, int max_version, std::string_view protocols = "")
        : client_(port), context_(SSL_CTX_new(TLS_client_method())) {
        SSL_CTX_set_security_level(context_.get(), 0);  // so that old versions can be offered at all
        SSL_CTX_set_min_proto_version(context_.get(), min_version);
        SSL_CTX_set_max_proto_version(context_.get(), max_version);
        session_.reset(SSL_new(context_.get()));
        SSL_set_alpn_protos(session_.get(), reinterpret_cast<const unsigned char*>(protocols.data()),
                            static_cast<unsigned>(protocols.size()));
        SSL_set_fd(session_.get(), client_.descriptor());
    }

    bool shake_hands() { return SSL_connect(session_.get()) == 1; }
    bool offer_only(const char* ciphers) { return SSL_set_cipher_list(session_.get(), ciphers) == 1; }
    void send(std::string_view bytes) {
        EXPECT_EQ(SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size())),
                  static_cast<int>(bytes.size()));
    }
    /// What comes until `end` or the end of the stream.
    std::string read_to(std::string_view end) {
        std::string all;
        std::array<char, 16384> bytes;
        while (end.empty() || !all.ends_with(end)) {
            const int count = SSL_read(session_.get(), bytes.data(), bytes.size());
            if (count <= 0) {
                break;
            }
            all.append(bytes.data(), static_cast<std::size_t>(count));
        }
        return all;
    }
    [[nodiscard]] bool was_told_the_end() const {
        return (SSL_get_shutdown(session_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
    }
    [[nodiscard]] std::string protocol() const {
        const unsigned char* name = nullptr;
        unsigned size = 0;
        SSL_get0_alpn_selected(session_.get(), &name, &size);
        return {reinterpret_cast<const char*>(name), size};
    }
    [[nodiscard]] std::string version() const { return SSL_get_version(session_.get()); }
    /// The number of the identity that the server showed.
    [[nodiscard]] long shown() const {
        const Certificate certificate{SSL_get1_peer_certificate(session_.get())};
        return ASN1_INTEGER_get(X509_get0_serialNumber(certificate.get()));
    }
    [[nodiscard]] bool is_answered() {
        send(get_target("/"));
        return read_to("GET\n/\n\n").starts_with("HTTP/1.1 200 OK\r\n");
    }

  private:
    Client client_;
    Context context_;
    Session session_;
};

TEST(ServerTls, requests_pass_in_both_versions_and_are_secure) {
    const Identity identity;
    TestServer server{[](Exchange exchange) {
                          exchange.respond(text_response(exchange.request().secure ? "secure" : "plain"));
                      },
                      identity.options()};
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        TlsClient client{server.port(), version, version, "\x02h2\x08http/1.1"};
        ASSERT_TRUE(client.shake_hands());
        EXPECT_EQ(client.version(), version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3");
        EXPECT_EQ(client.protocol(), "http/1.1");
        for (int i = 0; i < 3; ++i) {
            client.send(get_target("/"));
            EXPECT_TRUE(client.read_to("secure").starts_with("HTTP/1.1 200 OK\r\n"));
        }
        client.send(get_target("/") + get_target("//") + get_target("/smuggled"));
        EXPECT_TRUE(client.read_to("").ends_with("error 400"));
        EXPECT_TRUE(client.was_told_the_end());
    }
}

TEST(ServerTls, large_bodies_pass_and_slow_answers_too) {
    const Identity identity;
    std::vector<std::thread> threads;
    TestServer server{[&](Exchange exchange) {
                          threads.emplace_back([held = std::make_shared<Exchange>(std::move(exchange))] {
                              held->respond(text_response(held->request().body + "end"));
                          });
                      },
                      identity.options()};
    TlsClient client{server.port(), TLS1_3_VERSION, TLS1_3_VERSION};
    ASSERT_TRUE(client.shake_hands());
    EXPECT_EQ(client.protocol(), "") << "a client without ALPN is welcome";
    for (int i = 0; i < 3; ++i) {
        client.send(post("Content-Length: 1000000\r\n", std::string(1'000'000, 'x')));
        EXPECT_GT(client.read_to("xend").size(), 1'000'000U);
    }
    for (auto& thread : threads) {
        thread.join();
    }
}

TEST(ServerTls, weak_offers_are_turned_away) {
    const Identity identity;
    TestServer server{echo, identity.options()};
    EXPECT_FALSE((TlsClient{server.port(), TLS1_VERSION, TLS1_1_VERSION}.shake_hands()));
    EXPECT_FALSE((TlsClient{server.port(), TLS1_2_VERSION, TLS1_3_VERSION, "\x02h2"}.shake_hands()));
    for (const auto* ciphers : {"ECDHE-ECDSA-AES256-SHA384", "AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-SHA"}) {
        TlsClient client{server.port(), TLS1_2_VERSION, TLS1_2_VERSION};
        ASSERT_TRUE(client.offer_only(ciphers));
        EXPECT_FALSE(client.shake_hands()) << ciphers;
    }
    TlsClient strong{server.port(), TLS1_2_VERSION, TLS1_2_VERSION};
    ASSERT_TRUE(strong.offer_only("ECDHE-ECDSA-AES128-GCM-SHA256"));
    EXPECT_TRUE(strong.shake_hands());
}

TEST(ServerTls, a_client_that_speaks_plain_or_not_at_all_is_closed) {
    const Identity identity;
    ServerOptions options = identity.options();
    options.limits.request_time = std::chrono::seconds{1};
    TestServer server{echo, options};
    Client plain = server.connect();
    plain.send(get_target("/"));
    EXPECT_EQ(plain.read_answer().status, 0);
    Client silent = server.connect();
    EXPECT_EQ(silent.read_to_end(), "");
    Client gone = server.connect();
    gone.send("\x16\x03\x01");
    gone.abort();
    EXPECT_TRUE((TlsClient{server.port(), TLS1_3_VERSION, TLS1_3_VERSION}.shake_hands()));
}

TEST(ServerTls, a_slow_request_is_answered_408) {
    const Identity identity;
    ServerOptions options = identity.options();
    options.limits.request_time = std::chrono::seconds{1};
    TestServer server{echo, options};
    TlsClient client{server.port(), TLS1_3_VERSION, TLS1_3_VERSION};
    ASSERT_TRUE(client.shake_hands());
    client.send("GET / HTTP/1.1\r\n");
    EXPECT_TRUE(client.read_to("").ends_with("error 408"));
    EXPECT_TRUE(client.was_told_the_end());
}

TEST(ServerTls, a_certificate_and_its_key_are_needed) {
    const Identity identity;
    const Identity other;
    const auto code_of = [](const ServerOptions& options) {
        const auto server = Server::create(options, echo, plain_error);
        EXPECT_EQ(check(options).ok(), server.ok());
        return server.ok() ? std::nullopt : std::optional{server.error().code};
    };
    EXPECT_EQ(code_of(identity.options()), std::nullopt);
    ServerOptions options = identity.options();
    options.tls_key_file.clear();
    EXPECT_EQ(code_of(options), Code::Invalid);
    options.tls_key_file = other.key_file();
    EXPECT_EQ(code_of(options), Code::Invalid);
    options.tls_key_file = identity.certificate_file();
    EXPECT_EQ(code_of(options), Code::Invalid);
    options = identity.options();
    options.tls_certificate_file += ".absent";
    EXPECT_EQ(code_of(options), Code::Invalid);
}

/// The number of the identity that a new connection is shown; -1 where it is not served.
long shown_now(const TestServer& server) {
    TlsClient client{server.port(), TLS1_2_VERSION, TLS1_3_VERSION};
    return client.shake_hands() && client.is_answered() ? client.shown() : -1;
}

TEST(ServerTls, a_renewed_certificate_is_shown_to_new_connections_and_open_ones_go_on) {
    const Identity first;
    TestServer server{echo, first.options()};
    TlsClient open{server.port(), TLS1_3_VERSION, TLS1_3_VERSION};
    ASSERT_TRUE(open.shake_hands());
    EXPECT_TRUE(open.is_answered());
    const auto until = server.server().figures().certificate_until.value();
    for (int round = 1; round <= 3; ++round) {
        const Identity renewed{3600 * (round + 1)};
        renewed.replace(first);
        EXPECT_EQ(shown_now(server), first.number() + round - 1) << "nobody has told the server yet";
        EXPECT_TRUE(server.server().renew_certificate(Renew::Always).value());
        EXPECT_EQ(shown_now(server), renewed.number());
        EXPECT_GE(server.server().figures().certificate_until.value(), until + std::chrono::hours{round});
        EXPECT_TRUE(open.is_answered());
        EXPECT_EQ(open.shown(), first.number());
    }
}

TEST(ServerTls, no_handshake_fails_while_certificates_are_renewed) {
    const Identity first;
    TestServer server{echo, first.options()};
    std::atomic<bool> done = false;
    std::atomic<int> failed = 0;
    std::atomic<int> served = 0;
    std::vector<std::thread> clients;
    clients.reserve(3);
    for (int i = 0; i < 3; ++i) {
        clients.emplace_back([&] {
            while (!done) {
                ++(shown_now(server) >= 0 ? served : failed);
            }
        });
    }
    for (int round = 0; round < 20; ++round) {
        const Identity renewed;
        renewed.replace(first);
        EXPECT_TRUE(server.server().renew_certificate(Renew::Always).ok());
    }
    while (served < 50) {
        std::this_thread::yield();
    }
    done = true;
    for (auto& client : clients) {
        client.join();
    }
    EXPECT_EQ(failed, 0);
}

TEST(ServerTls, a_certificate_that_cannot_be_used_leaves_the_former_one) {
    const Identity first;
    TestServer server{echo, first.options()};
    const auto expect_refused = [&](std::string_view why) {
        const auto renewed = server.server().renew_certificate(Renew::Always);
        ASSERT_FALSE(renewed.ok()) << why;
        EXPECT_EQ(renewed.error().code, Code::Invalid) << why;
        EXPECT_EQ(shown_now(server), first.number()) << why;
    };
    const Identity other;
    std::filesystem::copy_file(other.key_file(), first.key_file(),
                               std::filesystem::copy_options::overwrite_existing);
    expect_refused("the key of another certificate");
    std::ofstream{first.certificate_file()} << "-----BEGIN CERTIFICATE-----\n";
    expect_refused("half a certificate");
    std::filesystem::remove(first.key_file());
    expect_refused("no key");
    const Identity ended{-3600};
    ended.replace(first);
    expect_refused("a certificate that has ended");
    other.replace(first);
    EXPECT_TRUE(server.server().renew_certificate(Renew::Always).value());
    EXPECT_EQ(shown_now(server), other.number());
}

TEST(ServerTls, files_that_have_not_changed_are_not_read_again) {
    const Identity first;
    TestServer server{echo, first.options()};
    EXPECT_FALSE(server.server().renew_certificate(Renew::IfChanged).value());
    EXPECT_TRUE(server.server().renew_certificate(Renew::Always).value()) << "asked for, they are";
    std::ofstream{first.certificate_file()} << "not a certificate";
    EXPECT_FALSE(server.server().renew_certificate(Renew::IfChanged).ok());
    EXPECT_FALSE(server.server().renew_certificate(Renew::IfChanged).value()) << "told of once";
    const Identity renewed;
    renewed.replace(first);
    EXPECT_TRUE(server.server().renew_certificate(Renew::IfChanged).value());
    EXPECT_EQ(shown_now(server), renewed.number());
    TestServer plain{echo};
    EXPECT_FALSE(plain.server().renew_certificate(Renew::Always).value()) << "there is none";
}

}  // namespace
}  // namespace tenantry::http
