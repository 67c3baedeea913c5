// An entry of the citizen index as versions before search mode memory sealed it: its address stood in clear
// and was among the facts of the row.
#pragma once

#include <array>
#include <string>

#include "crypto/random.hpp"
#include "register/citizen.hpp"
#include "register/person_columns.hpp"
#include "register/sealed_texts.hpp"

namespace tenantry::test {

struct OldCitizen {
    std::int64_t id = 0;
    std::string usn;
    housing::Name name;
    std::array<std::optional<std::string>, 5> address;  ///< lines 1 to 3, city, postcode
    Uuid uuid = crypto::new_uuid();
    std::int64_t created_at = 5;
    std::int64_t updated_at = 6;

    /// Name and date of birth, which nobody knows, and the row's seal. Its version is 1.
    [[nodiscard]] housing::SealedTexts<2> seal(const crypto::KeyRing& keys) const {
        const std::optional<std::string> none;
        housing::RowFacts facts;
        facts.add(id).add(uuid).add(std::int64_t{1});
        facts.add(std::optional<std::int64_t>{}).add(std::optional<Uuid>{});
        facts.add(std::optional{usn}).add(none).add(none);
        for (const auto& part : address) {
            facts.add(part);
        }
        facts.add(created_at).add(updated_at);
        return housing::seal_texts(keys, housing::TextColumns<2>{"citizen", {"name", "date_of_birth"}},
                                   {uuid, 1, facts}, {housing::name_text(name), none});
    }
};

}  // namespace tenantry::test
