#include "web/refusal.hpp"

#include <algorithm>

#include "api/service.hpp"
#include "base/ascii.hpp"
#include "base/text.hpp"
#include "web/log_in.hpp"

namespace tenantry::web {

namespace {

struct Refusal {
    int status;
    std::string_view heading;
    std::string_view text;
};

/// Each code as a page says it. No text of an error is shown: those are written for programs.
Refusal refusal_of(Code code) {
    switch (code) {
        case Code::Invalid:
            return {400, "There is a problem with what was sent", "Go back and try again."};
        case Code::NotFound:
            return {404, "Page not found",
                    "There is no such record, or it has been removed. Check the address, or search for what "
                    "you need."};
        case Code::Conflict:
            return {409, "This cannot be done",
                    "The record was changed meanwhile, or other records stand against it. Open it again to "
                    "see it as it "
                    "is now."};
        case Code::Forbidden:
            return {403, "You do not have permission to do this",
                    "Ask your manager, or whoever administers accounts, if you need it for your work."};
        case Code::Unauthenticated:
            return {401, "Log in", "Log in to go on."};
        case Code::TooLarge:
            return {413, "That is too large",
                    "What was sent is larger than can be taken. Nothing was saved."};
        case Code::Throttled:
            return {429, "Too many requests", "Wait a minute, then try again."};
        case Code::Timeout:
        case Code::Unavailable:
            return {503, "The server is busy", "Nothing was saved. Wait a moment, then try again."};
        case Code::DiskFull:
            return {507, "The server's disk is full",
                    "Nothing was saved. Tell whoever runs Tenantry; then try again."};
        case Code::Corrupt:
            return {500, "This record is damaged",
                    "Part of it does not pass its integrity check, so it is not shown. Whoever runs Tenantry "
                    "has been told "
                    "in the activity log."};
        case Code::Internal:
            break;
    }
    return {500, "Something went wrong",
            "Nothing was saved. Try again; if it happens again, tell whoever runs Tenantry."};
}

Page page_of(const Refusal& refusal) {
    Page page{std::string{refusal.heading}, "refusal", {}};
    page.status = refusal.status;
    page.content["heading"] = View{page.title};
    page.content["again"] = flag(false);
    set_list(page.content, "paragraphs", {view_of({{"text", View{std::string{refusal.text}}}})});
    return page;
}

bool is_form(const Call& call) {
    return call.request.method == "POST";
}

/// Whether a script asked: it wants to know, not to be shown a page.
bool is_script(const Call& call) {
    return call.request.header("sec-fetch-dest").value_or("") == "empty";
}

http::Response ask_to_log_in(const Call& call) {
    if (is_script(call)) {
        http::Response response;
        response.status = 401;
        return response;
    }
    if (!is_form(call)) {
        std::string path = call.request.path == "/" ? std::string{} : "?then=" + safe_path(call.request.path);
        return go_to("/log-in" + path);
    }
    return show_log_in({call.request.path, kept_fields(call), true});
}

/// Shown in the frame of whoever asks, where that can be found out.
http::Response show_refusal(Call& call, Page page) {
    if (call.caller) {
        const auto visitor = visitor_of(call);
        if (visitor.ok()) {
            return show(call, *visitor, std::move(page));
        }
    }
    return show_to_anybody(std::move(page));
}

/// What a field of that name is called: "call_back" is "Call back".
std::string label_of(std::string_view name) {
    std::string label{name.substr(0, name.find('.'))};
    std::replace(label.begin(), label.end(), '_', ' ');
    if (!label.empty() && label[0] >= 'a' && label[0] <= 'z') {
        label[0] = static_cast<char>(label[0] - 'a' + 'A');
    }
    return label;
}

/// Fields that no person wrote, or that must not stand in a page.
bool is_kept(std::string_view name) {
    return name != "csrf_token" && name != "then" && name.find("password") == std::string_view::npos;
}

}  // namespace

std::vector<Kept> kept_fields(const Call& call, std::string_view prefix) {
    std::vector<Kept> kept;
    if (api::is_foreign(call.request)) {
        return kept;
    }
    for (const auto& [name, value] : call.params.given_texts()) {
        if (name.starts_with(prefix) && is_kept(name.substr(prefix.size()))) {
            kept.push_back({std::string{name.substr(prefix.size())}, std::string{value}});
        }
    }
    return kept;
}

Page page_to_send_again(std::string heading, const std::string& text, const std::string& path,
                        const std::vector<Kept>& kept) {
    Page page{std::move(heading), "refusal", {}};
    page.content["heading"] = View{page.title};
    set_list(page.content, "paragraphs", {view_of({{"text", View{text}}})});
    View again;
    again["action"] = View{path};
    again["button"] = View{"Send again"};
    std::vector<View> fields;
    std::vector<View> shown;
    fields.reserve(kept.size());
    for (const auto& [name, value] : kept) {
        fields.push_back(
            view_of({{"name", View{name}}, {"label", View{label_of(name)}}, {"value", View{value}}}));
        // Of what is known to be codes and numbers only the longer texts are worth a look.
        constexpr std::size_t kWorthShowing = 12;
        // What a field was when a form was opened (web/person_merge.hpp) nobody wrote.
        if (code_point_count(value) >= kWorthShowing && !Uuid::parse(value) && !name.starts_with("read.")) {
            shown.push_back(fields.back());
        }
    }
    set_list(again, "kept", std::move(fields));
    set_list(again, "shown", std::move(shown));
    page.content["again"] = std::move(again);
    return page;
}

std::string safe_path(std::string_view path) {
    constexpr std::size_t kLongest = 200;
    const bool local = path.starts_with('/') && !path.starts_with("//") && path.size() <= kLongest;
    const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '-' ||
               c == '.';
    });
    return local && plain ? std::string{path} : "/";
}

http::Response refuse_call(Call& call, const Error& error) {
    if (error.code == Code::Unauthenticated) {
        return ask_to_log_in(call);
    }
    Page page = page_of(refusal_of(error.code));
    if (error.code == Code::Forbidden && error.text.view() == access::kCsrfRefused.text.view()) {
        page = page_to_send_again(
            "Check and send again",
            "This page was open for too long, or it was sent already. Nothing was saved this time. If "
            "it was not sent before, send it again.",
            call.request.path, kept_fields(call));
        page.status = refusal_of(error.code).status;
    } else if (is_form(call) && (page.status == 503 || page.status == 507)) {
        auto again = page_to_send_again(page.title,
                                        page.status == 503
                                            ? "Nothing was saved. Wait a moment, then send it again."
                                            : "Nothing was saved. Tell whoever runs Tenantry; then send it "
                                              "again.",
                                        call.request.path, kept_fields(call));
        again.status = page.status;
        page = std::move(again);
    }
    return show_refusal(call, std::move(page));
}

http::Response refuse(const Error& error) {
    return show_to_anybody(page_of(refusal_of(error.code)));
}

http::Response refuse_status(int status) {
    switch (status) {
        case 404:
            return refuse({Code::NotFound, ""});
        case 413:
            return refuse({Code::TooLarge, ""});
        case 429:
            return refuse({Code::Throttled, ""});
        case 503:
            return refuse({Code::Unavailable, ""});
        default:
            break;
    }
    Page page = page_of(refusal_of(Code::Invalid));
    page.status = status;
    return show_to_anybody(std::move(page));
}

}  // namespace tenantry::web
