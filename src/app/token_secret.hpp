// The secret that signs the Hackney API's tokens: TENANTRY_HACKNEY_JWT_SECRET where other systems share it,
// else one of the instance's own in keys/.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.hpp"
#include "base/time.hpp"

namespace tenantry::app {

/// The secret's bytes: the shared one, unless it is empty; an instance without one gets one. Invalid: the
/// shared one has less than 16 characters.
[[nodiscard]] Result<std::string> token_secret(const std::filesystem::path& data, const std::string& shared);
/// Whether the instance has one of its own.
[[nodiscard]] bool has_token_secret(const std::filesystem::path& data);

struct TokenWishes {
    std::string role;
    std::string subject;  ///< empty: none
    std::int64_t days = 30;
};

/// A token of the Hackney API.
[[nodiscard]] std::string make_token(std::string_view secret, const TokenWishes& wishes, Instant now);

}  // namespace tenantry::app
