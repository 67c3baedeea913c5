// What the bodies of the second version's meetings say, and what is wrong with them (contract 4.14). For
// meetings_v2.cpp only.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/hackney/input.hpp"
#include "base/bytes.hpp"
#include "register/meeting.hpp"

namespace tenantry::api::hackney {

/// Rules that a body breaks: the place of each, and what is wrong there.
class ModelState {
  public:
    void refuse(std::string_view place, std::string_view text) { refused_.emplace_back(place, text); }
    void require(const std::optional<std::string>& value, std::string_view place, std::string_view name);
    [[nodiscard]] bool holds() const { return refused_.empty(); }
    /// 400 with a map from place to texts.
    [[nodiscard]] http::Response reply() const;

  private:
    std::vector<std::pair<std::string, std::string>> refused_;
};

struct SignOff {
    std::optional<std::string> signature;  ///< base64, as it was sent
    std::optional<std::string> name;
    std::optional<std::string> role;
    std::optional<Bytes> image;  ///< what the signature decodes to
};

struct WantedIssue {
    bool has_type = false;
    bool has_location = false;
    std::optional<std::string> type;
    std::optional<std::string> location;
    std::optional<std::string> notes;
    Uuid id;  ///< given when it is raised
};

struct WantedMeeting {
    std::int64_t association = 0;
    std::optional<std::string> name;
    std::optional<housing::Attendance> attendance;
    std::optional<std::vector<WantedIssue>> issues;
    std::optional<SignOff> sign_off;
};

/// Reads the body of a meeting to be saved, and tells the state what it breaks. Where it cannot be read at
/// all, nothing else is told.
[[nodiscard]] WantedMeeting read_meeting(const http::Request& request, ModelState& state);
/// Reads the body of a signing, likewise.
[[nodiscard]] SignOff read_signing(const http::Request& request, ModelState& state);

}  // namespace tenantry::api::hackney
