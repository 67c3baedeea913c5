// What a request says, whether in the query, a JSON body or a form: one bag of named values, with checked
// readers. A reader's error is Invalid with the parameter's name as its field, whose text the API's own
// refusal makes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "http/message.hpp"
#include "json/value.hpp"

namespace tenantry::api {

/// A parameter that may be left out, given as null (or empty), or given.
template <class T>
struct Maybe {
    bool given = false;
    std::optional<T> value;
};

class Params {
  public:
    /// Reads the query and the body. Invalid: malformed query, form or JSON, a body that is no object, or a
    /// name given twice with different values. Unsupported media types are told apart by is_supported_body().
    [[nodiscard]] static Result<Params> read(const http::Request& request);
    /// Whether the body, if there is one, is JSON or a form.
    [[nodiscard]] static bool is_supported_body(const http::Request& request);

    /// One-line text of at most so many characters, not empty. Nothing where left out, null or empty.
    [[nodiscard]] Result<std::optional<std::string>> text(Literal name, std::size_t characters_max) const;
    [[nodiscard]] Result<Maybe<std::string>> maybe_text(Literal name, std::size_t characters_max) const;
    /// The same, required.
    [[nodiscard]] Result<std::string> required_text(Literal name, std::size_t characters_max) const;
    /// Text that may have several lines and tabs.
    [[nodiscard]] Result<Maybe<std::string>> maybe_lines(Literal name, std::size_t characters_max) const;
    /// An e-mail address as far as its form tells.
    [[nodiscard]] Result<Maybe<std::string>> maybe_email(Literal name) const;
    /// A secret: any bytes but NUL, unchanged, at most 256.
    [[nodiscard]] Result<std::optional<std::string>> secret(Literal name) const;

    [[nodiscard]] Result<Maybe<std::int64_t>> maybe_integer(Literal name, std::int64_t min,
                                                            std::int64_t max) const;
    [[nodiscard]] Result<std::optional<std::int64_t>> integer(Literal name, std::int64_t min,
                                                              std::int64_t max) const;
    /// true, false, 1 or 0, as JSON or as text. Nothing where left out, null or empty.
    [[nodiscard]] Result<std::optional<bool>> boolean(Literal name) const;
    [[nodiscard]] Result<std::optional<Uuid>> uuid(Literal name) const;
    [[nodiscard]] Result<Uuid> required_uuid(Literal name) const;
    [[nodiscard]] Result<std::optional<Date>> date(Literal name) const;
    [[nodiscard]] Result<Maybe<Date>> maybe_date(Literal name) const;
    /// A number from 0 with at most two decimals, as JSON or as text, in hundredths.
    [[nodiscard]] Result<Maybe<std::int64_t>> maybe_hundredths(Literal name, std::int64_t max) const;
    /// A JSON array, or nothing where left out.
    [[nodiscard]] Result<const json::Array*> array(Literal name) const;
    /// A JSON object, or nothing where left out or null.
    [[nodiscard]] Result<const json::Object*> object(Literal name) const;

    /// What a query or a form has under the name, as it was sent; nothing where it has none.
    [[nodiscard]] const std::string* given_text(std::string_view name) const;
    /// Everything that a query or a form has, in its order.
    [[nodiscard]] std::vector<std::pair<std::string_view, std::string_view>> given_texts() const;

    /// Whether the name was given at all.
    [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }

  private:
    /// Text from a query or form, or a value of a JSON body.
    using Given = std::variant<std::string, json::Value>;

    [[nodiscard]] const Given* find(std::string_view name) const;
    [[nodiscard]] Result<void> add(std::string name, Given given);
    /// The value of a JSON body, where it is of that type.
    template <class T>
    [[nodiscard]] const T* json_value(Literal name) const;
    /// The text given; nothing where left out, null or empty; Invalid for another type.
    [[nodiscard]] Result<std::optional<std::string_view>> raw_text(Literal name) const;

    std::vector<std::pair<std::string, Given>> given_;
};

}  // namespace tenantry::api
