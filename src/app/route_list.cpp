#include "app/route_list.hpp"

#include "json/writer.hpp"

namespace tenantry::app {

int print_routes(const std::vector<api::Api>& apis, Output& output) {
    for (const auto& api : apis) {
        for (const auto& route : api.routes) {
            std::string text;
            json::Writer w{text};
            w.begin_object();
            w.key("method").text(route.method);
            w.key("path").text(route.path);
            w.key("open").boolean(route.guard.is_open());
            w.key("permissions").begin_array();
            const auto& needs = route.guard.needs();
            for (const auto& permission : {needs.permission, needs.or_permission}) {
                if (permission) {
                    w.text(access::key_of(*permission));
                }
            }
            w.end_array();
            w.key("staff_only").boolean(route.guard.is_staff_only());
            w.key("csrf").boolean(route.csrf == api::Csrf::Spent);
            w.end_object();
            output.line(text);
        }
    }
    return kDone;
}

}  // namespace tenantry::app
