// The values of an import file, read from their text. Each text is one field, not empty. Invalid says what is
// wrong with it, never what it is: it may be personal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "register/import_records.hpp"

namespace tenantry::intake {

[[nodiscard]] Result<Uuid> read_uuid(std::string_view text);
/// Uuids with ";" between them.
[[nodiscard]] Result<std::vector<Uuid>> read_uuids(std::string_view text);
/// A number of the landlord's, of an area or in a code list: 1 to 9 digits.
[[nodiscard]] Result<std::int64_t> read_number(std::string_view text);
/// At most 256 bytes, unchanged.
[[nodiscard]] Result<std::string> read_password(std::string_view text);
/// 1 to 12 digits.
[[nodiscard]] Result<std::int64_t> read_uprn(std::string_view text);
/// A UK postcode by its form, in upper case with one space, however it was written.
[[nodiscard]] Result<std::string> read_postcode(std::string_view text);
[[nodiscard]] Result<Date> read_date(std::string_view text);
[[nodiscard]] Result<Instant> read_instant(std::string_view text);
/// Pounds with two decimals, "-" before them where they are negative: -12.30.
[[nodiscard]] Result<housing::Pence> read_money(std::string_view text);
/// The text that read_money() takes.
[[nodiscard]] std::string money_text(housing::Pence amount);
[[nodiscard]] Result<bool> read_boolean(std::string_view text);
[[nodiscard]] Result<std::string> read_email(std::string_view text);
/// 3 to 20 digits, as people write them.
[[nodiscard]] Result<std::string> read_telephone(std::string_view text);
/// The name of one of the code lists that there are.
[[nodiscard]] Result<std::string> read_code_list(std::string_view text);

/// Whether a text may have line breaks and tabs.
enum class Lines : std::uint8_t { One, Many };

[[nodiscard]] Result<std::string> read_text(std::string_view text, std::size_t characters_max, Lines lines);

template <std::size_t CharactersMax, Lines HowMany = Lines::One>
[[nodiscard]] Result<std::string> read_text(std::string_view text) {
    return read_text(text, CharactersMax, HowMany);
}

}  // namespace tenantry::intake
