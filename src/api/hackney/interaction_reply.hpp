// A list of interactions as the wire has it: 43 keys an item (contract 4.7, I1).
#pragma once

#include "http/message.hpp"
#include "json/writer.hpp"
#include "register/interaction_list.hpp"
#include "register/issue.hpp"

namespace tenantry::api::hackney {

/// The area's tray leaves seven keys null, as the original does.
enum class TrayKind : std::uint8_t { Own, OfArea };

/// 200; an empty list is {"result":{}}. The facts are those of the issues in the list.
[[nodiscard]] http::Response interactions_reply(const housing::InteractionList& list, TrayKind kind,
                                                const housing::FactsOfIssues& issues);

/// A code as the number that it mostly is.
void write_code(json::Writer& w, const std::optional<std::string>& code);
/// The notes of a case, as a list of at least one: a case without notes has one that says nothing.
void write_notes(json::Writer& w, const std::vector<housing::IncidentNote>& notes);

}  // namespace tenantry::api::hackney
