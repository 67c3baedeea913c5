#include "app/token_secret.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "access/token.hpp"
#include "app/instance.hpp"
#include "base/bytes.hpp"
#include "base/text.hpp"
#include "crypto/random.hpp"
#include "json/writer.hpp"

namespace tenantry::app {

namespace {

constexpr std::size_t kSecretLeast = 16;
constexpr std::size_t kSecretMost = 4096;

std::filesystem::path secret_file(const std::filesystem::path& data) {
    return keys_folder(data) / "hackney-jwt.secret";
}

/// A new secret in the file, which must not be there yet.
Result<std::string> create_secret(const std::filesystem::path& file) {
    std::string secret = hex_encode(crypto::random_hash());
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return Error{Code::Internal, "the secret for tokens cannot be stored in keys/"};
    }
    const auto written = ::write(descriptor, secret.data(), secret.size());
    const bool stored = written == static_cast<ssize_t>(secret.size()) && ::fsync(descriptor) == 0;
    if (::close(descriptor) != 0 || !stored) {
        ::unlink(file.c_str());
        return Error{Code::Internal, "the secret for tokens cannot be stored in keys/"};
    }
    return secret;
}

Result<std::string> read_secret(const std::filesystem::path& file) {
    struct stat facts {};
    if (::stat(file.c_str(), &facts) == 0 && (facts.st_mode & 077U) != 0) {
        return Error{Code::Forbidden, "the file keys/hackney-jwt.secret can be read by others"};
    }
    std::ifstream in{file, std::ios::binary};
    std::string secret{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
    while (secret.ends_with('\n') || secret.ends_with('\r')) {
        secret.pop_back();
    }
    if (!in || code_point_count(secret) < kSecretLeast || secret.size() > kSecretMost) {
        return Error{Code::Invalid,
                     "the file keys/hackney-jwt.secret holds no secret of at least 16 characters"};
    }
    return secret;
}

}  // namespace

bool has_token_secret(const std::filesystem::path& data) {
    std::error_code failure;
    return std::filesystem::exists(secret_file(data), failure);
}

Result<std::string> token_secret(const std::filesystem::path& data, const std::string& shared) {
    if (!shared.empty()) {
        if (shared.size() < kSecretLeast) {
            return Error{Code::Invalid, "must have at least 16 characters", "TENANTRY_HACKNEY_JWT_SECRET"};
        }
        return shared;
    }
    return has_token_secret(data) ? read_secret(secret_file(data)) : create_secret(secret_file(data));
}

std::string make_token(std::string_view secret, const TokenWishes& wishes, Instant now) {
    const auto seconds = to_millis(now) / 1000;
    std::string claims;
    json::Writer w{claims};
    w.begin_object();
    w.key("iss").text("tenantry");
    if (!wishes.subject.empty()) {
        w.key("sub").text(wishes.subject);
    }
    w.key("role").text(wishes.role);
    w.key("iat").integer(seconds);
    w.key("nbf").integer(seconds);
    w.key("exp").integer(seconds + wishes.days * 24 * 3600);
    w.end_object();
    return access::sign_token(secret, claims);
}

}  // namespace tenantry::app
