// A request while the service has it. Only service.cpp and answer.cpp include this.
#pragma once

#include "api/service.hpp"
#include "crypto/random.hpp"

namespace tenantry::api {

inline constexpr Error kBusy{Code::Unavailable, "The server is busy; try again shortly"};

/// Whether a request there may name itself by an Idempotency-Key.
inline bool takes_repeat_key(const Api& api, const Route& route) {
    return api.takes_repeat_keys && route.method == "POST";
}

struct Service::Pending {
    http::Exchange exchange;
    const Api* api;
    const Route* route;
    Instant now;
    Allowance allowance;
    Result<Params> params;
    std::vector<std::string> path_values;
    std::optional<Run> run = std::nullopt;  ///< as its route names it; none where it is not reached
    Uuid id = crypto::new_uuid();
    std::optional<std::int64_t> account = std::nullopt;
    std::string headers = {};
    Reading* reading = nullptr;  ///< of the thread that it runs on, while in a snapshot
    bool hash_first = false;     ///< a HashedWrite that was not hashed yet
    std::string password_hash = {};

    /// With the call, where it came so far.
    [[nodiscard]] http::Response refuse(const Error& error, Call* call = nullptr) const {
        if (call != nullptr && api->refuse_call != nullptr) {
            return api->refuse_call(*call, error);
        }
        return route->refuse != nullptr ? route->refuse(error) : api->refuse(error);
    }
};

}  // namespace tenantry::api
