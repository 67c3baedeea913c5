// Idempotency-Key on whatever is posted to the two APIs: a call that is repeated under its key within a day
// is answered as it was the first time, and writes nothing (access/kept_answer.hpp). A refused call is not
// kept: nothing of it happened, so it may be tried again.
#pragma once

#include <optional>
#include <string_view>

#include "api/route.hpp"

namespace tenantry::api {

/// How both APIs word 422.
inline constexpr std::string_view kKeyRefused =
    "The Idempotency-Key is not one, or was used for another request";

[[nodiscard]] bool has_repeat_key(const http::Request& request);
/// Whether the call names a key that is none: it is there more than once, is empty or longer than 255
/// characters, or holds something else than printable ASCII characters.
[[nodiscard]] bool has_bad_repeat_key(const http::Request& request);

/// What the call's key stands for; nothing where it has none.
[[nodiscard]] std::optional<access::RepeatKey> repeat_key_of(const Call& call, std::string_view route);

/// The answer that the call's key is kept with, or 422, made by refuse_status, where that was another
/// request's; nothing where the call is to be carried out.
[[nodiscard]] Result<std::optional<http::Response>> find_answer(const Call& call, audit::Work& work,
                                                                http::Response (*refuse_status)(int status));
/// The answer, which in a write is kept first where the call has a key.
[[nodiscard]] Result<http::Response> keep_answer(const Call& call, audit::Work& work,
                                                 http::Response response);

}  // namespace tenantry::api
