// How lists of open work show it: the table of templates/interaction_rows.mustache, a row of
// interaction_row.mustache for each interaction. Any list of the register's TrayItems has this form.
#pragma once

#include <vector>

#include "register/tray.hpp"
#include "web/template.hpp"

namespace tenantry::web {

/// Whether the table says who has the work: an officer's own tray need not.
enum class ShowHolder : std::uint8_t { No, Yes };

/// Sets "interactions" and "interactions?" for {{>interaction_rows}}, and "holders" for its head.
void show_interactions_in(View& view, const std::vector<housing::TrayItem>& items, ShowHolder holder,
                          Instant now);

/// The kind of work.
[[nodiscard]] std::string_view say_type(housing::ProcessType type);
/// What work is about: the subject, else the kind of enquiry, else the kind of work.
[[nodiscard]] std::string say_subject(const std::optional<std::string>& subject,
                                      const std::optional<std::string>& nature_of_enquiry,
                                      housing::ProcessType type);

/// A person's name as lists show it: a record that does not open must still be seen.
[[nodiscard]] std::string say_name(const housing::Person& person);
/// "person", "name", "address", "home", "alert" and "home_alert" of a person in a list, for
/// {{>person_line}}.
[[nodiscard]] View view_of_person_line(const housing::PersonLine& line);

}  // namespace tenantry::web
