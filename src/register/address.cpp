#include "register/address.hpp"

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "register/property.hpp"

namespace tenantry::housing {

namespace {

void append(std::string& text, std::string_view separator, const std::optional<std::string>& part) {
    if (!part || part->empty()) {
        return;
    }
    if (!text.empty()) {
        text += separator;
    }
    text += *part;
}

}  // namespace

Address Address::with(const Address& parts) const {
    const auto pick = [](const auto& theirs, const auto& ours) { return theirs ? theirs : ours; };
    return {pick(parts.line_1, line_1), pick(parts.line_2, line_2), pick(parts.line_3, line_3),
            pick(parts.city, city), pick(parts.postcode, postcode)};
}

std::optional<std::string> Address::display() const {
    std::string town;
    append(town, " ", city);
    append(town, " ", postcode);
    std::string text;
    for (const auto& line : {line_1, line_2, line_3, std::optional{town}}) {
        append(text, "\r\n", line);
    }
    return none_if_empty(text);
}

std::string Address::on_one_line() const {
    std::string text;
    for (const auto* part : parts_of(*this)) {
        append(text, " ", *part);
    }
    return text;
}

std::optional<std::string> Address::search_text() const {
    std::string text;
    for (const char c : line_1.value_or("") + line_2.value_or("")) {
        if (c != ' ') {
            text += to_lower(c);
        }
    }
    return none_if_empty(text);
}

std::string Address::key() const {
    return fold_together(line_1.value_or("") + ' ' + line_2.value_or(""));
}

std::array<const std::optional<std::string>*, 5> parts_of(const Address& a) {
    return {&a.line_1, &a.line_2, &a.line_3, &a.city, &a.postcode};
}

Address address_of(const Property& property) {
    return {none_if_empty(property.address_line_1), property.address_line_2, property.address_line_3,
            property.city, none_if_empty(property.postcode)};
}

std::string fold_together(const std::string& text) {
    std::string folded = fold(text);
    std::erase(folded, ' ');
    return folded;
}

}  // namespace tenantry::housing
