#include "web/page.hpp"

#include <algorithm>

#include "api/services.hpp"
#include "web/assets.hpp"
#include "web/done.hpp"

namespace tenantry::web {

namespace {

using access::Permission;

/// Everything from here, and nothing inside a page runs: neither script nor style.
constexpr std::string_view kPolicy =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"
    "Cache-Control: no-store\r\n"
    "Content-Type: text/html; charset=utf-8\r\n";

struct MenuItem {
    Place place;
    std::string_view href;
    std::string_view text;
    std::vector<Permission> any_of;
};

const std::vector<MenuItem>& menu() {
    static const std::vector<MenuItem> kMenu{
        {Place::Today, "/", "Today", {}},
        {Place::Desk, "/desk", "Manager’s desk", {Permission::PatchesManage}},
        {Place::Records,
         "/records",
         "Records",
         {Permission::GdprReportView, Permission::ActivityLogView, Permission::RetentionManage}},
        {Place::Administration, "/administration", "Administration", {Permission::UsersManage}},
    };
    return kMenu;
}

std::vector<View> navigation_of(const Visitor& visitor, Place here) {
    std::vector<View> items;
    for (const auto& item : menu()) {
        if (item.any_of.empty() || std::any_of(item.any_of.begin(), item.any_of.end(),
                                               [&](auto right) { return visitor.may(right); })) {
            items.push_back(view_of({{"href", View{std::string{item.href}}},
                                     {"text", View{std::string{item.text}}},
                                     {"here", flag(item.place == here)}}));
        }
    }
    return items;
}

http::Response html(int status, std::string body) {
    http::Response response;
    response.status = status;
    response.headers = kPolicy;
    response.body = std::move(body);
    return response;
}

/// What the frame shows of every page.
View frame_of(Page& page) {
    if (page.form != nullptr) {
        page.form->show_in(page.content);
        if (!page.form->is_sound()) {
            page.title = "Error: " + page.title;
            page.status = page.status == 200 ? 400 : page.status;
        }
    }
    View frame;
    frame["title"] = View{page.title};
    frame["icon"] = View{asset_path("icon.svg")};
    frame["style"] = View{asset_path("app.css")};
    frame["script"] = View{asset_path("app.js")};
    frame["back"] =
        page.back ? view_of({{"href", View{page.back->href}}, {"text", View{page.back->text}}}) : flag(false);
    frame["who"] = flag(false);
    frame["navigation?"] = flag(false);
    frame["search?"] = flag(false);
    frame["done"] = flag(false);
    return frame;
}

}  // namespace

bool Visitor::may(Permission permission) const {
    return std::find(rights.begin(), rights.end(), permission) != rights.end();
}

Result<Visitor> visitor_of(Call& call) {
    const auto& caller = call.who();
    const auto account = TRY(access::find_account(call.work.tx(), call.services.keys, caller.account));
    Visitor visitor;
    visitor.name = account.full_name();
    visitor.rights = TRY(access::permissions_of(call.work.tx(), caller.account, caller.role));
    return visitor;
}

http::Response show(Call& call, const Visitor& visitor, Page page) {
    const auto csrf = access::issue_csrf_token(call.services.keys, call.who(), call.work.now());
    page.content["csrf"] = View{csrf};
    View frame = frame_of(page);
    frame["who"] = view_of({{"name", View{visitor.name}}});
    set_list(frame, "navigation", navigation_of(visitor, page.place));
    frame["search?"] = flag(visitor.may(Permission::ResidentsView));
    const std::string* searched = page.template_name == "search" ? call.params.given_text("q") : nullptr;
    frame["searched"] = View{searched != nullptr ? *searched : std::string{}};
    const std::string* done = call.params.given_text("done");
    const auto text = done != nullptr ? done_text(*done) : std::nullopt;
    frame["done"] = text_or_none(text ? std::optional{std::string{*text}} : std::nullopt);
    frame["content"] = View{render(page.template_name, page.content)};
    return html(page.status, render("layout", frame));
}

http::Response show_to_anybody(Page page) {
    View frame = frame_of(page);
    frame["content"] = View{render(page.template_name, page.content)};
    return html(page.status, render("layout", frame));
}

http::Response show_part(std::string_view template_name, const View& content) {
    return html(200, render(template_name, content));
}

http::Response go_to(std::string path, std::string_view done) {
    if (!done.empty()) {
        path += (path.find('?') == std::string::npos ? "?done=" : "&done=") + std::string{done};
    }
    http::Response response;
    response.status = 303;
    response.headers = kPolicy;
    response.add_header("Location", path);
    return response;
}

}  // namespace tenantry::web
