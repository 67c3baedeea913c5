#include "api/propops/inputs.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::int64_t kOffsetMax = 1'000'000;
constexpr std::size_t kActionCharacters = 64;

Error conflicting(Literal name) {
    return Error{Code::Invalid, "", name};
}

}  // namespace

Result<std::size_t> read_action(const Params& params, std::initializer_list<std::string_view> known,
                                std::optional<std::size_t> absent) {
    const auto action = TRY(params.text("action", kActionCharacters));
    if (!action && absent) {
        return *absent;
    }
    std::size_t place = 0;
    for (const auto name : known) {
        if (action == name) {
            return place;
        }
        ++place;
    }
    return Error{Code::Invalid, "", "action"};
}

Result<housing::Paging> read_paging(const Params& params, std::int64_t limit_max) {
    housing::Paging paging;
    paging.limit = TRY(params.integer("limit", 1, limit_max)).value_or(paging.limit);
    paging.offset = TRY(params.integer("offset", 0, kOffsetMax)).value_or(paging.offset);
    return paging;
}

Result<Identity> read_identity(const Params& params, std::initializer_list<Literal> uuid_names,
                               std::initializer_list<Literal> id_names) {
    Identity identity;
    for (const Literal name : uuid_names) {
        const auto uuid = TRY(params.uuid(name));
        if (uuid && identity.uuid && *uuid != *identity.uuid) {
            return conflicting(name);
        }
        identity.uuid = uuid ? uuid : identity.uuid;
    }
    identity.id = TRY(read_number(params, id_names)).value;
    return identity;
}

Result<Maybe<std::int64_t>> read_number(const Params& params, std::initializer_list<Literal> names) {
    Maybe<std::int64_t> found;
    for (const Literal name : names) {
        const auto one = TRY(params.maybe_integer(name, 1, kMaxNumber));
        if (!one.given) {
            continue;
        }
        if (found.given && found.value != one.value) {
            return conflicting(name);
        }
        found = one;
    }
    return found;
}

Result<void> take_text(const Params& params, Literal name, std::size_t characters_max, std::string& field) {
    auto text = TRY(params.maybe_text(name, characters_max));
    if (text.given && !text.value) {
        return Error{Code::Invalid, "", name};
    }
    if (text.given) {
        field = std::move(*text.value);
    }
    return {};
}

}  // namespace tenantry::api::propops
