#include "register/search.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"

namespace tenantry::housing {

namespace {

/// Where each code point of a word begins, and its end.
std::vector<std::size_t> boundaries(std::string_view word) {
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if ((static_cast<unsigned char>(word[i]) & 0xc0U) != 0x80U) {
            starts.push_back(i);
        }
    }
    starts.push_back(word.size());
    return starts;
}

void add_trigram(std::string& match, std::string_view trigram) {
    if (!match.empty()) {
        match += " AND ";
    }
    match += '"';
    for (const char c : trigram) {
        match += c;
        if (c == '"') {
            match += c;
        }
    }
    match += '"';
}

/// Trigrams that cover the word. The index holds no positions, so the statement looks for the word itself in
/// what they find.
void add_word(std::string& match, std::string_view word) {
    const auto starts = boundaries(word);
    const std::size_t letters = starts.size() - 1;
    if (letters < 3) {
        return;
    }
    for (std::size_t at = 0; at + 3 <= letters; at += 3) {
        add_trigram(match, word.substr(starts[at], starts[at + 3] - starts[at]));
    }
    if (letters % 3 != 0) {
        add_trigram(match, word.substr(starts[letters - 3]));
    }
}

}  // namespace

SearchTerms parse_search(std::string_view typed) {
    SearchTerms terms;
    terms.folded = fold(typed);
    const auto words = words_of(terms.folded);
    for (std::size_t i = 0; i < std::min(words.size(), kSearchWords); ++i) {
        terms.words[i] = words[i];
        add_word(terms.match, words[i]);
    }
    return terms;
}

}  // namespace tenantry::housing
