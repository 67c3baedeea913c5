#include "web/person_merge.hpp"

namespace tenantry::web {

namespace {

std::string given(const api::Params& params, std::string_view what, const Detail& detail) {
    const std::string* text = params.given_text(std::string{what} + std::string{detail.name});
    return text != nullptr ? *text : std::string{};
}

bool changes(const Merge& merge, bool of_kin) {
    for (std::size_t i = 0; i < kDetails; ++i) {
        const bool is_kin = details().at(i).group == Detail::Group::Kin;
        if (is_kin == of_kin && merge.merged.at(i) != merge.now.at(i)) {
            return true;
        }
    }
    return false;
}

}  // namespace

bool Merge::changes_kin() const {
    return changes(*this, true);
}
bool Merge::changes_person() const {
    return changes(*this, false);
}

Merge merge(const api::Params& params, DetailTexts now, DetailTexts entered) {
    Merge m;
    m.now = std::move(now);
    m.mine = std::move(entered);
    m.merged = m.now;
    for (std::size_t i = 0; i < kDetails; ++i) {
        const Detail& detail = details().at(i);
        m.read.at(i) = plain_line_ends(given(params, "read.", detail));
        const std::string& read = m.read.at(i);
        const std::string& mine = m.mine.at(i);
        const std::string is = plain_line_ends(m.now.at(i));
        const bool was_asked = !given(params, "asked.", detail).empty();
        const std::string choice = given(params, "choice.", detail);
        m.was_asked = m.was_asked || was_asked;
        if (was_asked && choice == "now" && read == is) {
            m.contested.at(i) = true;
        } else if (was_asked && read == is) {
            m.contested.at(i) = true;
            m.merged.at(i) = mine;
            m.must_choose = m.must_choose || choice != "mine";
        } else if (mine == read || mine == is) {
            m.is_theirs_kept = m.is_theirs_kept || is != read;
        } else if (is == read) {
            m.merged.at(i) = mine;
        } else {
            m.contested.at(i) = true;
            m.must_choose = true;
        }
    }
    return m;
}

}  // namespace tenantry::web
