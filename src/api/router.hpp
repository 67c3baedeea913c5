// Which route of which API a request means. Paths of the PropOps API are compared byte for byte; those of the
// Hackney API in any case, with or without a slash at the end and under another prefix, and may hold values
// ("/v1/TRA/{traId}"). Constant after construction, thread-safe.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "api/route.hpp"

namespace tenantry::api {

struct Api;

struct Match {
    const Api* api = nullptr;         ///< whose path it is; of an unknown path, who refuses it
    const Route* route = nullptr;     ///< none where the path is unknown or has no such method
    std::string allowed;              ///< of a known path: its methods, as an Allow header lists them
    std::vector<std::string> values;  ///< what stands in the path's places, decoded, in order
};

class Router {
  public:
    /// The APIs must outlive this and stay where they are. What no API has is the first one's to refuse.
    explicit Router(std::span<const Api> apis);

    [[nodiscard]] Match find(std::string_view method, std::string_view path) const;

  private:
    struct Place {
        const Api* api;
        const Route* route;
    };
    /// A path with places in it: its segments, lower case; a place is an empty one.
    struct Pattern {
        std::vector<std::string> segments;
        std::vector<Place> places;
    };

    void add_pattern(const Api& api, const Route& route);
    [[nodiscard]] static Match choose(const std::vector<Place>& places, std::string_view method);
    [[nodiscard]] Match find_in_any_case(std::string_view method, std::string_view path) const;

    const Api* first_;
    const Api* any_case_ = nullptr;
    std::unordered_map<std::string_view, std::vector<Place>> exact_;
    std::unordered_map<std::string, std::vector<Place>> lower_;
    std::vector<Pattern> patterns_;
};

}  // namespace tenantry::api
