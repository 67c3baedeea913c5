#include "register/sealed_texts.hpp"

namespace tenantry::housing {

RowFacts& RowFacts::add(std::int64_t number) {
    text_ += std::to_string(number);
    text_ += '|';
    return *this;
}

RowFacts& RowFacts::add(const Uuid& uuid) {
    text_ += uuid.text();
    text_ += '|';
    return *this;
}

RowFacts& RowFacts::add(const std::optional<std::string>& text) {
    if (text) {
        text_ += std::to_string(text->size());
        text_ += ':';
        text_ += *text;
    }
    text_ += '|';
    return *this;
}

RowFacts& RowFacts::add(const std::optional<std::int64_t>& number) {
    return number ? add(*number) : add(std::optional<std::string>{});
}

RowFacts& RowFacts::add(const std::optional<Uuid>& uuid) {
    return uuid ? add(*uuid) : add(std::optional<std::string>{});
}

}  // namespace tenantry::housing
