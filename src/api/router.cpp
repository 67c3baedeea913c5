#include "api/router.hpp"

#include <algorithm>
#include <optional>

#include "api/service.hpp"
#include "base/ascii.hpp"

namespace tenantry::api {

namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        segments.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return segments;
}

bool is_place(std::string_view segment) {
    return segment.starts_with('{');
}

/// The values that stand in the pattern's places; nothing where the path does not fit.
std::optional<std::vector<std::string>> values_in(const std::vector<std::string>& pattern,
                                                  const std::vector<std::string_view>& segments,
                                                  Paths paths) {
    if (pattern.size() != segments.size()) {
        return std::nullopt;
    }
    std::vector<std::string> values;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (!pattern[i].empty()) {
            if (paths == Paths::Exact ? pattern[i] != segments[i] : !same_text(pattern[i], segments[i])) {
                return std::nullopt;
            }
            continue;
        }
        auto value = http::percent_decode(segments[i]);
        if (!value.ok() || value->empty()) {
            return std::nullopt;
        }
        values.push_back(std::move(value).value());
    }
    return values;
}

}  // namespace

Router::Router(std::span<const Api> apis) : first_(&apis.front()) {
    for (const Api& api : apis) {
        if (api.paths == Paths::AnyCase) {
            any_case_ = &api;
        }
        for (const Route& route : api.routes) {
            const bool has_places = route.path.find('{') != std::string_view::npos;
            if (api.paths == Paths::Exact) {
                has_places ? add_pattern(exact_patterns_, api, route)
                           : exact_[route.path].push_back({&api, &route});
            } else {
                has_places ? add_pattern(lower_patterns_, api, route)
                           : lower_[lower_case(route.path)].push_back({&api, &route});
            }
        }
    }
}

void Router::add_pattern(std::vector<Pattern>& patterns, const Api& api, const Route& route) {
    std::vector<std::string> segments;
    for (const auto segment : segments_of(route.path)) {
        segments.push_back(is_place(segment)           ? std::string{}
                           : api.paths == Paths::Exact ? std::string{segment}
                                                       : lower_case(segment));
    }
    const auto known = std::find_if(patterns.begin(), patterns.end(),
                                    [&](const Pattern& pattern) { return pattern.segments == segments; });
    if (known != patterns.end()) {
        known->places.push_back({&api, &route});
    } else {
        patterns.push_back({std::move(segments), {{&api, &route}}});
    }
}

Match Router::choose(const std::vector<Place>& places, std::string_view method) {
    Match match{places.front().api, nullptr, {}, {}};
    for (const auto& place : places) {
        if (place.route->method == method || (method == "HEAD" && place.route->method == "GET")) {
            match.route = place.route;
            match.api = place.api;
            return match;
        }
        match.allowed += match.allowed.empty() ? "" : ", ";
        match.allowed += place.route->method;
        match.allowed += place.route->method == "GET" ? ", HEAD" : "";
    }
    return match;
}

std::optional<Match> Router::match_pattern(const std::vector<Pattern>& patterns, std::string_view method,
                                           std::string_view path, Paths paths) {
    const auto segments = segments_of(path);
    for (const auto& pattern : patterns) {
        if (auto values = values_in(pattern.segments, segments, paths)) {
            Match match = choose(pattern.places, method);
            match.values = std::move(*values);
            return match;
        }
    }
    return std::nullopt;
}

Match Router::find(std::string_view method, std::string_view path) const {
    if (const auto found = exact_.find(path); found != exact_.end()) {
        return choose(found->second, method);
    }
    if (any_case_ != nullptr) {
        if (auto found = find_in_any_case(method, path)) {
            return std::move(*found);
        }
    }
    if (auto found = match_pattern(exact_patterns_, method, path, Paths::Exact)) {
        return std::move(*found);
    }
    return {first_, nullptr, {}, {}};
}

std::optional<Match> Router::find_in_any_case(std::string_view method, std::string_view path) const {
    const std::string_view prefix = any_case_->other_prefix;
    const bool prefixed = !prefix.empty() && path.size() > prefix.size() && path[prefix.size()] == '/' &&
                          same_text(path.substr(0, prefix.size()), prefix);
    if (prefixed) {
        path.remove_prefix(prefix.size());
    }
    if (path.size() > 1 && path.ends_with('/')) {
        path.remove_suffix(1);
    }
    const std::string known = lower_case(path);
    if (const auto found = lower_.find(known); found != lower_.end()) {
        return choose(found->second, method);
    }
    if (auto found = match_pattern(lower_patterns_, method, path, Paths::AnyCase)) {
        return found;
    }
    const bool own = prefixed || std::any_of(any_case_->own_prefixes.begin(), any_case_->own_prefixes.end(),
                                             [&](std::string_view one) { return known.starts_with(one); });
    return own ? std::optional{Match{any_case_, nullptr, {}, {}}} : std::nullopt;
}

}  // namespace tenantry::api
