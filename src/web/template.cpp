#include "web/template.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "base/log.hpp"
#include "base/verify.hpp"
#include "web/embedded_files.hpp"

namespace tenantry::web {

namespace {

/// How deep templates may take one another in.
constexpr int kDepthMost = 6;

/// The template's text with those that it takes in, so that each is parsed once and not wherever it is used.
std::string expanded(std::string_view name, int depth = 0) {
    VERIFY(depth < kDepthMost);
    const auto found = std::find_if(std::begin(embedded::kAll), std::end(embedded::kAll),
                                    [&](const auto& file) { return file.first == name; });
    VERIFY(found != std::end(embedded::kAll));
    std::string text;
    for (std::string_view rest = found->second(); !rest.empty();) {
        const auto begin = std::min(rest.find("{{>"), rest.size());
        text += rest.substr(0, begin);
        rest.remove_prefix(begin);
        if (!rest.empty()) {
            const auto end = rest.find("}}");
            VERIFY(end != std::string_view::npos);
            text += expanded(rest.substr(3, end - 3), depth + 1);
            rest.remove_prefix(end + 2);
        }
    }
    return text;
}

kainjow::mustache::mustache& parsed(std::string_view name) {
    thread_local std::unordered_map<std::string_view, kainjow::mustache::mustache> known;
    const auto found = known.find(name);
    if (found != known.end()) {
        return found->second;
    }
    auto& made = known.emplace(name, kainjow::mustache::mustache{expanded(name)}).first->second;
    VERIFY(made.is_valid());
    return made;
}

/// Looks names up from the innermost object outwards. One that there is not is a mistake of ours, which is
/// logged; the page lacks it.
class Names final : public kainjow::mustache::basic_context<std::string> {
  public:
    explicit Names(const View& root) : inside_{&root} {}
    void push(const View* data) override { inside_.push_back(data); }
    void pop() override { inside_.pop_back(); }
    const View* get(const std::string& name) const override {
        if (name == ".") {
            return inside_.back();
        }
        for (auto view = inside_.rbegin(); view != inside_.rend(); ++view) {
            if (const View* found = (*view)->get(name)) {
                return found;
            }
        }
        log(LogLevel::Error, "a page lacks a value", {{"name", SafeText{name}}});
        return nullptr;
    }
    const View* get_partial(const std::string& /*name*/) const override { return nullptr; }

  private:
    std::vector<const View*> inside_;
};

}  // namespace

View view_of(std::initializer_list<Member> members) {
    View view;
    for (const Member& member : members) {
        view[member.name] = std::move(member.value);
    }
    return view;
}

View flag(bool on) {
    return View{on ? View::type::bool_true : View::type::bool_false};
}

View text_or_none(const std::optional<std::string>& text) {
    if (!text || text->empty()) {
        return flag(false);
    }
    return *text;
}

void set_list(View& view, const std::string& name, std::vector<View> list) {
    view[name + "?"] = flag(!list.empty());
    if (list.empty()) {
        view[name] = flag(false);
        return;
    }
    View& held = view[name] = View{View::type::list};
    // The library takes a list by copying all that is in it, and a page's lists are most of the page.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): what is const is the way to it, not the list
    const_cast<std::vector<View>&>(held.list_value()) = std::move(list);
}

std::string render(std::string_view name, const View& view) {
    Names names{view};
    return parsed(name).render(names);
}

}  // namespace tenantry::web
