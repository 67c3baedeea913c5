#include "web/officer.hpp"

namespace tenantry::web {

Result<std::optional<housing::ActingOfficer>> officer_of(Call& call, const Visitor& visitor) {
    auto posting = housing::find_posting(call.work.tx(), call.who().account);
    if (!posting.ok()) {
        if (posting.error().code == Code::NotFound) {
            return std::optional<housing::ActingOfficer>{};
        }
        return posting.error();
    }
    return std::optional{housing::ActingOfficer{posting.value(), visitor.name}};
}

http::Response refuse_who_is_no_officer(Call& call, const Visitor& visitor) {
    return show(call, visitor,
                {.title = "Only officers can do this",
                 .template_name = "no_officer",
                 .content = {},
                 .place = Place::None,
                 .status = 403});
}

}  // namespace tenantry::web
