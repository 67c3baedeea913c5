// Which route of which API a request means. Paths may hold values ("/v1/TRA/{traId}"). They are compared byte
// for byte; those of the Hackney API in any case, with or without a slash at the end and under another
// prefix. Constant after construction, thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "api/route.hpp"

namespace tenantry::api {

struct Api;
enum class Paths : std::uint8_t;

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
    /// A path with places in it: its segments, in lower case where case does not count; a place is an empty
    /// one.
    struct Pattern {
        std::vector<std::string> segments;
        std::vector<Place> places;
    };

    static void add_pattern(std::vector<Pattern>& patterns, const Api& api, const Route& route);
    [[nodiscard]] static Match choose(const std::vector<Place>& places, std::string_view method);
    [[nodiscard]] static std::optional<Match> match_pattern(const std::vector<Pattern>& patterns,
                                                            std::string_view method, std::string_view path,
                                                            Paths paths);
    /// Nothing where no path fits.
    [[nodiscard]] std::optional<Match> find_in_any_case(std::string_view method, std::string_view path) const;

    const Api* first_;
    const Api* any_case_ = nullptr;
    std::unordered_map<std::string_view, std::vector<Place>> exact_;
    std::unordered_map<std::string, std::vector<Place>> lower_;
    std::vector<Pattern> exact_patterns_;
    std::vector<Pattern> lower_patterns_;
};

}  // namespace tenantry::api
