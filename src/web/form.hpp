// A form as a person fills it in: its fields with what was entered, and what is wrong with them. Read from
// the request and shown again with its errors, in the manner of the GOV.UK Design System.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/params.hpp"
#include "base/time.hpp"
#include "web/template.hpp"

namespace tenantry::web {

/// A choice of a select, of radios or of checkboxes.
struct Option {
    std::string value;
    std::string label;
};

/// The three fields of a date, as a form sends them: "<name>.day", "<name>.month" and "<name>.year".
[[nodiscard]] std::vector<std::pair<std::string, std::string>> date_fields(std::string_view name, Date date);

/// A browser ends lines with CR LF, some texts have CR alone; the register has LF.
[[nodiscard]] std::string plain_line_ends(std::string_view text);

class Form {
  public:
    /// One that is opened: its fields have what with() says, or nothing.
    Form() = default;
    /// One that was sent: its fields have what the request says. The parameters must outlive it.
    explicit Form(const api::Params& params) : params_(&params) {}

    /// What stands in the field when the form is opened. To be called before the field is added.
    Form& with(std::string_view name, std::string value);
    Form& with_date(std::string_view name, Date value);

    struct Text {
        std::string name;
        std::string label;
        std::string hint = {};
        std::size_t characters_max = 200;
        std::string missing = {};  ///< what to say where it is empty; empty: it may be
        int width = 0;  ///< in characters, as the design system has them: 2, 3, 4, 5, 10, 20; 0: all there is
        std::string type = "text";  ///< "email": what is entered must look like one
        std::string autocomplete = "off";
        bool numeric = false;
    };
    /// A line of text. Returns what was entered, trimmed; nothing where it is empty or not sound.
    std::optional<std::string> text(const Text& field);
    /// Several lines, as they were entered, with "\n" between them.
    std::optional<std::string> lines(const Text& field);
    /// A password: what was entered, byte for byte; never shown again.
    std::optional<std::string> password(const Text& field);

    struct Choice {
        std::string name;
        std::string label;
        std::vector<Option> options;
        std::string hint = {};
        std::string missing = {};  ///< what to say where nothing is chosen
    };
    /// One of several, as a select whose first option may be empty, or as radios. Nothing where none of them
    /// was chosen.
    std::optional<std::string> select(const Choice& field);
    std::optional<std::string> radios(const Choice& field);
    /// Any of several. Each option's name is "<name>.<value>".
    std::vector<std::string> checkboxes(const Choice& field);

    struct Day {
        std::string name;
        std::string label;
        std::string hint = "For example, 27 3 2026";
        std::string missing = {};
    };
    /// A date in three fields: "<name>.day", "<name>.month", "<name>.year". Nothing where it is empty or no
    /// date.
    std::optional<Date> date(const Day& field);
    /// Says what is wrong with a field, which was added; without a name, with the whole.
    void refuse(std::string_view name, std::string text);
    /// Whether nothing is wrong. Of a form that is opened, always.
    [[nodiscard]] bool is_sound() const { return errors_.empty(); }

    /// "fields" for {{#fields}}{{>field}}{{/fields}}, "errors" for {{>errors}}.
    void show_in(View& view) const;

  private:
    struct Field {
        std::string kind;
        std::string name;
        std::string id;  ///< where a link to its error leads
        View view;
        std::optional<std::string> error;
    };

    [[nodiscard]] std::string value_of(std::string_view name) const;
    Field& add(std::string kind, const std::string& name, const std::string& label, const std::string& hint);
    /// Checks what was entered, and notes what is wrong with it.
    std::optional<std::string> checked(const Text& field, std::string entered, bool may_have_lines);
    Field& add_text(std::string kind, const Text& field, const std::string& shown);
    std::optional<std::string> add_choice(std::string kind, const Choice& field);

    const api::Params* params_ = nullptr;
    std::vector<std::pair<std::string, std::string>> defaults_;
    std::deque<Field> fields_;                                 ///< what add() answers stays where it is
    std::vector<std::pair<std::string, std::string>> errors_;  ///< id of the field or empty, text
};

}  // namespace tenantry::web
