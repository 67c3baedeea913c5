#include "http/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <ctime>
#include <string_view>

#include "base/verify.hpp"

namespace tenantry::http {

namespace {

/// A client that offers protocols but not HTTP/1.1 is turned away (RFC 7301 section 3.2).
int choose_protocol(SSL* /*session*/, const unsigned char** chosen, unsigned char* chosen_size,
                    const unsigned char* offered, unsigned offered_size, void* /*unused*/) {
    static constexpr std::string_view kSpoken = "\x08http/1.1";
    unsigned char* match = nullptr;
    const int outcome =
        SSL_select_next_proto(&match, chosen_size, reinterpret_cast<const unsigned char*>(kSpoken.data()),
                              static_cast<unsigned>(kSpoken.size()), offered, offered_size);
    *chosen = match;
    return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

}  // namespace

Result<void> configure_tls(SSL_CTX& context, const std::string& certificate_file,
                           const std::string& key_file) {
    VERIFY(SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION) == 1);
    VERIFY(SSL_CTX_set_cipher_list(&context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1);
    // Resumption by ticket would hang the secrecy of all sessions on one key in memory; connections live long
    // enough to do without.
    SSL_CTX_set_options(&context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET |
                                      SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_session_cache_mode(&context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(&context, 0);
    SSL_CTX_set_mode(&context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(&context, choose_protocol, nullptr);
    const bool certificate = SSL_CTX_use_certificate_chain_file(&context, certificate_file.c_str()) == 1;
    const bool key =
        certificate && SSL_CTX_use_PrivateKey_file(&context, key_file.c_str(), SSL_FILETYPE_PEM) == 1;
    const bool match = key && SSL_CTX_check_private_key(&context) == 1;
    ERR_clear_error();
    if (!certificate) {
        return Error{Code::Invalid, "The TLS certificate cannot be read"};
    }
    if (!key) {
        return Error{Code::Invalid, "The TLS key cannot be read or is not the certificate's"};
    }
    return match ? Result<void>{} : Error{Code::Invalid, "The TLS key is not the certificate's"};
}

std::chrono::system_clock::time_point certificate_end(const SSL_CTX& context) {
    const X509* certificate = SSL_CTX_get0_certificate(&context);
    std::tm end{};
    VERIFY(certificate != nullptr);
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) != 1) {
        return {};  // a time that nobody can read has passed
    }
    return std::chrono::system_clock::from_time_t(::timegm(&end));
}

}  // namespace tenantry::http
