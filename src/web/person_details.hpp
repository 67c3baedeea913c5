// The details of a person that officers change, each as the text of a form's field: so that what a field was
// when the form was opened, what it is now and what was entered can be compared.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "register/resident.hpp"
#include "web/form.hpp"

namespace tenantry::web {

struct Detail {
    enum class Kind : std::uint8_t { Text, Email, Telephone, Lines, Day, YesOrNo, YesNoOrUnknown };
    /// Parts of the form, in their order.
    enum class Group : std::uint8_t { Person, Contact, Letters, Kin };

    Group group;
    Kind kind;
    std::string_view name;   ///< of the field
    std::string_view label;  ///< of the field, within its group
    std::string_view whole;  ///< what to call it anywhere else: "next of kin’s name"
};

inline constexpr std::size_t kDetails = 23;
[[nodiscard]] const std::array<Detail, kDetails>& details();
using DetailTexts = std::array<std::string, kDetails>;

/// Empty where nothing is recorded; a day as "2001-03-27", "yes" or "no".
[[nodiscard]] DetailTexts texts_of(const housing::Resident& resident);
/// The resident with these texts, which are sound; what they say already stays as it is. An address for
/// letters with nothing in it is that of their home.
[[nodiscard]] housing::Resident with_texts(const housing::Resident& resident, const DetailTexts& texts);
/// As a person reads it; "nothing" where it is empty.
[[nodiscard]] std::string say_text(std::size_t detail, const std::string& text);

/// A detail's name as it begins a line.
[[nodiscard]] std::string sentence_of(std::string_view whole);

/// Adds the fields to the form and checks them. Returns what was entered.
[[nodiscard]] DetailTexts add_details(Form& form, Date today);
/// The fields of a form that has these first, under the headings of their groups, for {{>field_groups}}.
[[nodiscard]] std::vector<View> groups_of(const Form& form);
/// What stands in the fields when the form is opened.
void fill_details(Form& form, const DetailTexts& texts);
/// The fields of a detail as a form sends them.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> fields_of(std::size_t detail,
                                                                         const std::string& text);

}  // namespace tenantry::web
