#include "access/token.hpp"

#include <algorithm>
#include <cmath>

#include "base/ascii.hpp"
#include "crypto/hmac.hpp"

namespace tenantry::access {

namespace {

constexpr std::size_t kTokenMost = 8192;
constexpr std::string_view kHeader = R"({"alg":"HS256","typ":"JWT"})";

/// An object's text member; empty where there is none.
std::string_view text_member(const json::Value& object, std::string_view name) {
    const auto* value = object.find(name);
    const auto* text = value != nullptr ? value->as<std::string>() : nullptr;
    return text != nullptr ? std::string_view{*text} : std::string_view{};
}

/// A member whose name was sent in any case.
const json::Value* find_in_any_case(const json::Value& object, std::string_view wanted) {
    for (const auto& [name, value] : *object.as<json::Object>()) {
        if (same_text(name, wanted)) {
            return &value;
        }
    }
    return nullptr;
}

/// A NumericDate (RFC 7519 section 2).
std::optional<Instant> time_member(const json::Value& object, std::string_view name) {
    constexpr double kMost = 253'402'300'800.0;  // the year 10000
    const auto* value = object.find(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    double seconds = -1;
    if (const auto* whole = value->as<std::int64_t>()) {
        seconds = static_cast<double>(*whole);
    } else if (const auto* fraction = value->as<double>()) {
        seconds = *fraction;
    }
    if (!(seconds >= 0 && seconds <= kMost)) {
        return Instant{};  // no time at all: long past
    }
    return from_millis(static_cast<std::int64_t>(seconds * 1000));
}

Result<json::Value> decode_part(std::string_view part) {
    const auto bytes = base64url_decode(part);
    if (!bytes) {
        return kTokenRefused;
    }
    auto value = json::parse(text_of(*bytes));
    if (!value.ok() || value->as<json::Object>() == nullptr) {
        return kTokenRefused;
    }
    return value;
}

bool is_timely(const json::Value& claims, Instant now) {
    const auto expires = time_member(claims, "exp");
    const auto begins = time_member(claims, "nbf");
    return expires && now < *expires + kClockSkew && (!begins || *begins <= now + kClockSkew);
}

}  // namespace

bool is_signed_token(std::string_view token) {
    return std::count(token.begin(), token.end(), '.') == 2;
}

std::string sign_token(std::string_view secret, std::string_view claims) {
    std::string token = base64url_encode(bytes_of(kHeader)) + '.' + base64url_encode(bytes_of(claims));
    const auto signature = crypto::hmac_sha256(secret, token);
    return token + '.' + base64url_encode(signature);
}

Result<json::Value> verify_token(std::string_view secret, std::string_view token, Instant now) {
    if (secret.empty() || token.size() > kTokenMost || !is_signed_token(token)) {
        return kTokenRefused;
    }
    const auto last = token.rfind('.');
    const auto signature = base64url_decode(token.substr(last + 1));
    if (!signature ||
        !crypto::equal_in_constant_time(*signature, crypto::hmac_sha256(secret, token.substr(0, last)))) {
        return kTokenRefused;
    }
    const auto first = token.find('.');
    const auto header = TRY(decode_part(token.substr(0, first)));
    if (text_member(header, "alg") != "HS256" || header.find("crit") != nullptr) {
        return kTokenRefused;
    }
    auto claims = TRY(decode_part(token.substr(first + 1, last - first - 1)));
    if (!is_timely(claims, now)) {
        return kTokenRefused;
    }
    return claims;
}

Caller TokenHolder::caller_for(Needs needs) const {
    const auto holds = [this](const std::optional<Permission>& wanted) {
        return wanted && std::find(permissions.begin(), permissions.end(), *wanted) != permissions.end();
    };
    Caller one = caller;
    one.permitted =
        !one.meeting && (!needs.permission || holds(needs.permission) || holds(needs.or_permission));
    return one;
}

Result<TokenHolder> authenticate_token(db::Transaction& tx, const crypto::KeyRing& keys,
                                       std::string_view secret, std::string_view token, Instant now) {
    TokenHolder holder;
    holder.claims = TRY(verify_token(secret, token, now));
    holder.caller.token_hash = token_hash(keys, token);
    holder.caller.expires_at = time_member(holder.claims, "exp").value_or(Instant{});
    if (const auto* meeting = find_in_any_case(holder.claims, "meetingid"); meeting != nullptr) {
        const auto* text = meeting->as<std::string>();
        // One that cannot be read opens no meeting, and nothing else either.
        holder.caller.meeting = (text != nullptr ? Uuid::parse(*text) : std::nullopt).value_or(Uuid{});
        return holder;
    }
    const auto named = text_member(holder.claims, "role");
    const auto role = find_role(tx, named.empty() ? std::string_view{"service"} : named);
    if (role.ok()) {
        holder.caller.role = role->id;
        holder.caller.level = role->level;
        holder.permissions = TRY(permissions_of_role(tx, role->id));
    } else if (role.error().code != Code::Invalid) {
        return role.error();
    }
    if (const auto subject = text_member(holder.claims, "sub"); !subject.empty()) {
        const auto account = find_account_by_login(tx, keys, subject);
        if (account.ok() && account->status != AccountStatus::Active) {
            return kTokenRefused;
        }
        if (account.ok()) {
            holder.caller.account = account->id;
            holder.caller.account_uuid = account->uuid;
            holder.caller.type = account->type;
        } else if (account.error().code != Code::NotFound) {
            return account.error();
        }
    }
    return holder;
}

Result<TokenHolder> TokenCache::authenticate(db::Reader& reader, const crypto::KeyRing& keys,
                                             std::string_view secret, std::string_view token, Instant now) {
    if (const auto version = TRY(reader.data_version()); version != data_version_ || found_.size() > kMost) {
        found_.clear();
        data_version_ = version;
    }
    const auto found = found_.find(std::string{token});
    if (found == found_.end()) {
        auto holder = TRY(authenticate_token(reader, keys, secret, token, now));
        return found_.emplace(token, std::move(holder)).first->second;
    }
    if (!is_timely(found->second.claims, now)) {
        return kTokenRefused;
    }
    return found->second;
}

}  // namespace tenantry::access
