// The pages' templates: Mustache files, part of the program. Every value that a page shows is escaped; only
// what this room itself rendered goes in as it is ({{{…}}}).
#pragma once

#include <initializer_list>
#include <kainjow/mustache.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tenantry::web {

/// What a template shows: an object of texts, flags, objects and lists.
using View = kainjow::mustache::data;

/// A member of an object; its value is moved into the object, so it must be said anew for each.
struct Member {
    std::string name;
    mutable View value;
};

/// An object with these members.
[[nodiscard]] View view_of(std::initializer_list<Member> members);
/// A flag: a section shows or not.
[[nodiscard]] View flag(bool on);
/// The text, or a flag that is off: a section {{#name}}…{{name}}…{{/name}} shows only what is there.
[[nodiscard]] View text_or_none(const std::optional<std::string>& text);
/// Sets "<name>" to the list and "<name>?" to whether it has anything, for what stands around a list. A list
/// that is empty is a flag that is off.
void set_list(View& view, const std::string& name, std::vector<View> list);

/// The template of templates/<name>.mustache with this view; {{>other}} takes in another one. A name that
/// there is not is a bug. Each thread parses a template once.
[[nodiscard]] std::string render(std::string_view name, const View& view);

}  // namespace tenantry::web
