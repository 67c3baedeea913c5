#include "app/document_commands.hpp"

#include <fmt/format.h>

#include "register/legal_document.hpp"

namespace tenantry::app {

int publish_document(Instance& instance, const Command& command, Output& output) {
    const auto type = command.option("type");
    const auto version = command.option("version");
    const auto published =
        instance.write([&](audit::Work& work) { return housing::publish_document(work, type, version); });
    if (!published.ok()) {
        return fail(output, published.error());
    }
    output.line(fmt::format("version {} of {} is the current one", version, type));
    return kDone;
}

int list_documents(Instance& instance, const Command& /*command*/, Output& output) {
    const auto documents = instance.read([](db::Transaction& tx) { return housing::list_documents(tx); });
    if (!documents.ok()) {
        return fail(output, documents.error());
    }
    std::string_view type;
    for (const auto& one : *documents) {
        output.line(fmt::format("{:<20}  {:<32}  {}  {}", one.type, one.version,
                                format_instant(one.published_at), one.type == type ? "" : "current"));
        type = one.type;
    }
    return kDone;
}

}  // namespace tenantry::app
