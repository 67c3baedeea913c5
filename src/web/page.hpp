// A page: its content in the frame that all pages share, for whoever asks for it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/route.hpp"
#include "web/form.hpp"
#include "web/template.hpp"

namespace tenantry::web {

using api::Call;

/// The signed-in person before the page: what they are called and what they may do.
struct Visitor {
    std::string name;
    std::vector<access::Permission> rights;

    [[nodiscard]] bool may(access::Permission permission) const;
};
[[nodiscard]] Result<Visitor> visitor_of(Call& call);

/// The uuid that stands in a place of the path. NotFound: something else does.
[[nodiscard]] Result<Uuid> uuid_of(const Call& call, std::size_t place = 0);

/// The parts of the menu.
enum class Place : std::uint8_t { None, Today, Desk, Records, Administration };

/// A part of the pages as menus name it.
struct Destination {
    Place place;
    std::string_view href;
    std::string_view text;
    std::string_view hint;                   ///< what is to be done there
    std::vector<access::Permission> any_of;  ///< of which a visitor needs one; none: it is everybody's
};
/// Those that the visitor may open, Today first.
[[nodiscard]] std::vector<const Destination*> destinations_of(const Visitor& visitor);

struct Link {
    std::string href;
    std::string text;
};

struct Page {
    std::string title;  ///< no personal value: the browser keeps it in its history
    std::string_view template_name;
    View content;  ///< show() adds "csrf", for the forms on the page, and what the form has
    Place place = Place::None;
    std::optional<Link> back = std::nullopt;
    const Form* form = nullptr;  ///< with errors, the page answers 400 and says so in its title
    int status = 200;
    std::string searched = {};  ///< what stands in the search box
};

/// The page for a signed-in visitor: with the menu of what they may open and the search box. A parameter
/// "done" of the query names what it says has been done (web/done.hpp).
[[nodiscard]] http::Response show(Call& call, const Visitor& visitor, Page page);
/// The page for anybody.
[[nodiscard]] http::Response show_to_anybody(Page page);
/// A part of a page, as scripts ask for it.
[[nodiscard]] http::Response show_part(std::string_view template_name, const View& content);

/// Where to go after a write: the page there is read anew, so that reloading it writes nothing twice. `done`
/// is a name of web/done.hpp, or empty.
[[nodiscard]] http::Response go_to(std::string path, std::string_view done = {});

}  // namespace tenantry::web
