// What a request to the Hackney API says, read as the original's framework reads it: names in any case,
// numbers for text and text for numbers, and one value that cannot be converted makes the whole body null
// (contract 1.1, 1.2).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/route.hpp"
#include "http/message.hpp"
#include "json/value.hpp"

namespace tenantry::api::hackney {

/// How long a text may be, in characters: a name or reference, and a note.
inline constexpr std::size_t kLineMost = 200;
inline constexpr std::size_t kNoteMost = 10'000;
/// And a password, in bytes.
inline constexpr std::size_t kSecretMost = 256;

/// The query. A value that is empty or white space is none.
class Query {
  public:
    explicit Query(const http::Request& request) : Query(request.query) {}
    /// A form, which is written as a query is.
    explicit Query(std::string_view form);

    /// One line of text, trimmed of nothing. None where it is absent, blank, or no clean text of at most
    /// kLineMost characters.
    [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
    [[nodiscard]] std::optional<std::string> trimmed(std::string_view name) const;
    /// A password: at most kSecretMost bytes of text, of whatever characters.
    [[nodiscard]] std::optional<std::string> secret(std::string_view name) const;
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const;
    [[nodiscard]] std::optional<Uuid> uuid(std::string_view name) const;
    /// "true" in any case; false for anything else.
    [[nodiscard]] bool boolean(std::string_view name) const;
    /// Whether the name was given at all, blank or not.
    [[nodiscard]] bool has(std::string_view name) const;
    /// Whether a value was given that text() does not take.
    [[nodiscard]] bool is_unreadable(std::string_view name) const;

  private:
    [[nodiscard]] const std::string* find(std::string_view name) const;

    http::Fields fields_;  ///< none where the query is malformed
};

class Fields;

/// The JSON body. is_null() must be asked after the fields were read: a value that does not convert makes it
/// so.
class Body {
  public:
    explicit Body(const http::Request& request) : Body(std::string_view{request.body}) {}
    /// Of JSON that came another way.
    explicit Body(std::string_view json);

    /// The members of the object; none of anything where the body is null.
    [[nodiscard]] Fields fields();
    /// Absent, no JSON, no object, or a value read so far that does not convert.
    [[nodiscard]] bool is_null() const { return null_; }
    /// The whole body as it was parsed; null where it is no JSON.
    [[nodiscard]] const json::Value& value() const { return value_; }

  private:
    friend class Fields;
    json::Value value_;
    bool null_ = false;
};

/// An object of the body. Absent and null members read as none.
class Fields {
  public:
    Fields(Body& body, const json::Value* object) : body_(&body), object_(object) {}

    /// Text on one line of at most so many characters; a number or a truth value converts.
    [[nodiscard]] std::optional<std::string> text(std::string_view name, std::size_t most = kLineMost) const;
    /// Text that may have several lines.
    [[nodiscard]] std::optional<std::string> note(std::string_view name) const;
    /// A password: at most kSecretMost bytes of text, of whatever characters.
    [[nodiscard]] std::optional<std::string> secret(std::string_view name) const;
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const;
    [[nodiscard]] std::optional<bool> boolean(std::string_view name) const;
    /// A uuid, with or without braces.
    [[nodiscard]] std::optional<Uuid> uuid(std::string_view name) const;
    /// The date of a date or date-time.
    [[nodiscard]] std::optional<Date> date(std::string_view name) const;
    [[nodiscard]] std::optional<std::vector<std::string>> texts(std::string_view name) const;
    [[nodiscard]] std::optional<Fields> object(std::string_view name) const;
    [[nodiscard]] std::optional<std::vector<Fields>> objects(std::string_view name) const;
    /// Whether the member is there, null or not.
    [[nodiscard]] bool has(std::string_view name) const;

  private:
    [[nodiscard]] const json::Value* find(std::string_view name) const;
    [[nodiscard]] std::optional<std::string> clean_text(std::string_view name, std::size_t most,
                                                        bool many_lines) const;
    /// Makes the body null.
    void refuse() const { body_->null_ = true; }

    Body* body_;
    const json::Value* object_;
};

/// The body where it is a JSON text of its own: a note. Nothing for any other body.
[[nodiscard]] std::optional<std::string> note_body(const http::Request& request);

/// Whether the text is there and is more than white space.
[[nodiscard]] bool is_given(const std::optional<std::string>& text);
/// What stands in a path's place, trimmed: one line of at most kLineMost characters; nothing for any other.
[[nodiscard]] std::optional<std::string> path_text(std::string_view value);
/// The text's uuid, with or without braces, trimmed; nothing for any other text.
[[nodiscard]] std::optional<Uuid> parse_guid(std::string_view text);
/// The whole number that a text says, as clients send most of theirs; nothing for any other text.
[[nodiscard]] std::optional<std::int64_t> parse_number(std::string_view text);

}  // namespace tenantry::api::hackney
