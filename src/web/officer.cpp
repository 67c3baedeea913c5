#include "web/officer.hpp"

namespace tenantry::web {

Result<std::optional<housing::Posting>> posting_of(Call& call) {
    const auto posting = housing::find_posting(call.work.tx(), call.who().account);
    if (!posting.ok() && posting.error().code != Code::NotFound) {
        return posting.error();
    }
    return posting.ok() ? std::optional{posting.value()} : std::nullopt;
}

Result<std::optional<housing::ActingOfficer>> officer_of(Call& call, const Visitor& visitor) {
    const auto posting = TRY(posting_of(call));
    return posting ? std::optional{housing::ActingOfficer{*posting, visitor.name}} : std::nullopt;
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
