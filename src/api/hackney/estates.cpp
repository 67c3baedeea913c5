// Estates and blocks (contract 4.11). The doubled words in the paths are the original's.
#include "register/estate.hpp"

#include "api/hackney/input.hpp"
#include "api/hackney/reply.hpp"
#include "api/hackney/routes.hpp"
#include "base/text.hpp"
#include "json/writer.hpp"
#include "register/association.hpp"

namespace tenantry::api::hackney {

namespace {

using access::Permission;
using housing::Block;
using housing::Estate;

void write_blocks(json::Writer& w, const std::vector<Block>& blocks) {
    w.begin_array();
    for (const auto& block : blocks) {
        w.begin_object();
        w.key("blockName").text(block.name);
        w.key("blockId").text(block.reference);
        w.key("estateId").text(block.estate);
        w.key("estateName").null();
        w.end_object();
    }
    w.end_array();
}

enum class Blocks : std::uint8_t { Shown, Null };

http::Response reply_with(const std::vector<Estate>& estates, Blocks blocks) {
    std::string body;
    json::Writer w{body};
    w.begin_object().key("result").begin_array();
    for (const auto& estate : estates) {
        w.begin_object();
        w.key("estateId").text(estate.reference);
        w.key("estateName").text(estate.name);
        w.key("blocks");
        if (blocks == Blocks::Shown) {
            write_blocks(w, estate.blocks);
        } else {
            w.null();
        }
        w.end_object();
    }
    w.end_array().end_object();
    return utf8_reply(200, std::move(body));
}

Result<http::Response> of_association(Call& call) {
    const Id<housing::Association> id{parse_number(call.path_values[0]).value_or(0)};
    return reply_with(TRY(housing::list_estates_of_association(call.work.tx(), id)), Blocks::Shown);
}

/// Whatever the patch: the original does not look at it.
Result<http::Response> unassigned(Call& call) {
    return reply_with(TRY(housing::list_unassigned_estates(call.work.tx())), Blocks::Null);
}

/// The body says which association; the original does not look at the path.
Result<http::Response> add_to_association(Call& call) {
    Body body{call.request};
    const auto fields = body.fields();
    const auto association = fields.integer("traId");
    const auto estate = fields.text("estateId");
    if (body.is_null() || !association || !is_given(estate)) {
        return Error{Code::Invalid, "The request names no association and estate"};
    }
    TRY(housing::add_estate(call.work, {*association}, std::string{trim(*estate)}));
    return empty_reply(200);
}

Result<http::Response> blocks_of_estate(Call& call) {
    const auto estate = path_text(call.path_values[0]).value_or("");
    std::string body;
    json::Writer w{body};
    w.begin_object().key("result");
    write_blocks(w, TRY(housing::list_blocks(call.work.tx(), estate)));
    w.end_object();
    return utf8_reply(200, std::move(body));
}

constexpr Guard kReads = Guard::needs(Permission::AssociationsView);
constexpr Guard kManages = Guard::needs(Permission::AssociationsManage);
constexpr Csrf kNoCsrf = Csrf::NotNeeded;

constexpr Route kRoutes[] = {
    {"GET", "/v1/Estate/estate/tra/{traId}", kReads, kNoCsrf, Run::Read, of_association, nullptr,
     fail_in_filter},
    {"GET", "/v1/Estate/estate/patch/{patchId}/unassigned", kReads, kNoCsrf, Run::Read, unassigned, nullptr,
     fail_in_filter},
    {"POST", "/v1/Estate/tra/{traId}/estate", kManages, kNoCsrf, Run::Write, add_to_association, nullptr,
     fail_in_filter},
    {"GET", "/v1/Block/block/estate/{estateId}", kReads, kNoCsrf, Run::Read, blocks_of_estate, nullptr,
     fail_in_filter},
};

}  // namespace

std::span<const Route> estate_routes() {
    return kRoutes;
}

}  // namespace tenantry::api::hackney
