#include "web/summary_row.hpp"

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace tenantry::web {

View view_of_row(const SummaryRow& row) {
    const bool missing = !row.damaged && (!row.text || row.text->empty());
    return view_of({{"key", View{row.key}},
                    {"text", row.damaged || missing ? flag(false) : View{*row.text}},
                    {"href", text_or_none(missing || row.damaged ? std::string{} : row.href)},
                    {"note", text_or_none(row.note)},
                    {"missing", flag(missing)},
                    {"damaged", flag(row.damaged)}});
}

void set_rows(View& content, const std::string& name, const std::vector<SummaryRow>& rows) {
    std::vector<View> views;
    views.reserve(rows.size());
    for (const auto& row : rows) {
        views.push_back(view_of_row(row));
    }
    set_list(content, name, std::move(views));
}

std::string tel_link(std::string_view telephone) {
    constexpr std::size_t kDigitsLeast = 3;
    std::string link = "tel:";
    std::size_t digits = 0;
    for (const char c : telephone) {
        if (c >= '0' && c <= '9') {
            link += c;
            ++digits;
        } else if (c == '+' && digits == 0 && link.back() != '+') {
            link += c;
        } else if (std::string_view{" ()-./"}.find(c) == std::string_view::npos) {
            break;  // "ext. 12", "after six": what follows is for people
        }
    }
    return digits >= kDigitsLeast ? link : std::string{};
}

std::string mailto_link(std::string_view email) {
    if (!looks_like_email(email)) {
        return {};
    }
    constexpr std::string_view kPlain = "@.-_~+";
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string link = "mailto:";
    for (const char c : email) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           kPlain.find(c) != std::string_view::npos;
        if (plain) {
            link += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            link += '%';
            link += kHex[byte >> 4U];
            link += kHex[byte & 15U];
        }
    }
    return link;
}

}  // namespace tenantry::web
