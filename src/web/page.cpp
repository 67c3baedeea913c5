#include "web/page.hpp"

#include <algorithm>

#include "access/management.hpp"
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

const std::vector<Destination>& destinations() {
    static const std::vector<Destination> kAll{
        {Place::Today, "/", "Today", "", {}},
        {Place::Desk,
         "/desk",
         "Manager’s desk",
         "The work of an area, who has which patch, and who works here.",
         {Permission::PatchesManage}},
        {Place::Records,
         "/records",
         "Records",
         "Subject access reports, consents, the activity log, what is due to be removed.",
         {Permission::GdprReportView, Permission::ActivityLogView, Permission::RetentionManage}},
        {Place::Administration,
         "/administration",
         "Administration",
         "Accounts, roles, sessions and imports.",
         {Permission::UsersManage}},
    };
    return kAll;
}

std::vector<View> navigation_of(const Visitor& visitor, Place here) {
    std::vector<View> items;
    for (const auto* one : destinations_of(visitor)) {
        items.push_back(view_of({{"href", View{std::string{one->href}}},
                                 {"text", View{std::string{one->text}}},
                                 {"here", flag(one->place == here)}}));
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
    frame["searched"] = View{page.searched};
    frame["done"] = flag(false);
    return frame;
}

}  // namespace

bool Visitor::may(Permission permission) const {
    return access::holds(rights, permission);
}

std::vector<const Destination*> destinations_of(const Visitor& visitor) {
    std::vector<const Destination*> open;
    for (const auto& one : destinations()) {
        if (one.any_of.empty() || std::any_of(one.any_of.begin(), one.any_of.end(),
                                              [&](auto right) { return visitor.may(right); })) {
            open.push_back(&one);
        }
    }
    return open;
}

Result<Uuid> uuid_of(const Call& call, std::size_t place) {
    const auto uuid = Uuid::parse(call.path_values.at(place));
    return uuid ? Result<Uuid>{*uuid} : Error{Code::NotFound, "No such record"};
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
