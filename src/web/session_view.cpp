#include "web/session_view.hpp"

#include "web/format.hpp"

namespace tenantry::web {

namespace {

std::string_view say_kind(access::SessionKind kind) {
    switch (kind) {
        case access::SessionKind::Api:
            return "Another program";
        case access::SessionKind::Browser:
            return "Browser";
        case access::SessionKind::Mobile:
            return "Mobile application";
        case access::SessionKind::Remember:
            return "Kept log-in of a browser";
    }
    return "";
}

}  // namespace

void show_sessions_in(View& view, const access::SessionPage& page, const access::Caller& caller,
                      const std::string& end_at, bool may_end) {
    std::vector<View> sessions;
    sessions.reserve(page.sessions.size());
    for (const auto& session : page.sessions) {
        const bool here = session.uuid == caller.session_uuid;
        const auto client = session.client ? std::optional{session.client->user_agent} : std::nullopt;
        const auto address = session.client ? std::optional{session.client->address} : std::nullopt;
        sessions.push_back(view_of(
            {{"kind", View{std::string{say_kind(session.kind)}}},
             {"who", View{session.account_name.value_or("A damaged account")}},
             {"client", text_or_none(client)},
             {"address", View{address.value_or("Damaged")}},
             {"begun", View{say_time(session.created_at)}},
             {"active", View{say_time(session.last_active_at)}},
             {"here", flag(here)},
             {"end", here || !may_end ? flag(false) : View{end_at + "/" + session.uuid.text() + "/end"}}}));
    }
    set_list(view, "sessions", std::move(sessions));
}

}  // namespace tenantry::web
