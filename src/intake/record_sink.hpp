// The way of records from the import folder or the demo landlord to whoever takes them: areas, officers,
// manager areas and patches first, then properties, tenancies, people, ledger lines, alerts, the citizen
// index, jobs, case notes, code lists, estates and blocks, one at a time, so that no amount of them fills the
// memory.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string_view>
#include <utility>
#include <variant>

#include "base/result.hpp"
#include "register/importer.hpp"

namespace tenantry::intake {

using AnyRecord =
    std::variant<const housing::AreaRecord*, const housing::OfficerRecord*, const housing::ManagerAreaRecord*,
                 const housing::PatchRecord*, const housing::PropertyRecord*, const housing::TenancyRecord*,
                 const housing::PersonRecord*, const housing::LedgerRecord*, const housing::AlertRecord*,
                 const housing::CitizenRecord*, const housing::JobRecord*, const housing::CaseNoteRecord*,
                 const housing::CodeRecord*, const housing::EstateRecord*, const housing::BlockRecord*>;

/// Takes one record, which lives only as long as the call.
using RecordSink = std::function<Result<void>(AnyRecord)>;

/// Called after each record with how many are done and how many there are in all. An error ends the work.
using RecordProgress = std::function<Result<void>(std::size_t done, std::size_t in_all)>;

struct RecordCounts {
    std::size_t areas = 0;
    std::size_t officers = 0;
    std::size_t manager_areas = 0;
    std::size_t patches = 0;
    std::size_t properties = 0;
    std::size_t tenancies = 0;
    std::size_t people = 0;
    std::size_t ledger_lines = 0;
    std::size_t alerts = 0;
    std::size_t citizens = 0;
    std::size_t jobs = 0;
    std::size_t case_notes = 0;
    std::size_t codes = 0;
    std::size_t estates = 0;
    std::size_t blocks = 0;

    void add(AnyRecord record) {
        ++*std::array{&areas,     &officers,   &manager_areas, &patches, &properties,
                      &tenancies, &people,     &ledger_lines,  &alerts,  &citizens,
                      &jobs,      &case_notes, &codes,         &estates, &blocks}[record.index()];
    }
    [[nodiscard]] std::size_t total() const {
        return areas + officers + manager_areas + patches + properties + tenancies + people + ledger_lines +
               alerts + citizens + jobs + case_notes + codes + estates + blocks;
    }
    /// Each with what it counts.
    [[nodiscard]] std::array<std::pair<std::size_t, std::string_view>, 15> named() const {
        return {{{areas, "areas"},
                 {officers, "officers"},
                 {manager_areas, "manager areas"},
                 {patches, "patches"},
                 {properties, "properties"},
                 {tenancies, "tenancies"},
                 {people, "people"},
                 {ledger_lines, "ledger lines"},
                 {alerts, "alerts"},
                 {citizens, "citizens"},
                 {jobs, "jobs"},
                 {case_notes, "case notes"},
                 {codes, "codes"},
                 {estates, "estates"},
                 {blocks, "blocks"}}};
    }
    bool operator==(const RecordCounts&) const = default;
};

/// Writes into the register. The importer must outlive the sink.
[[nodiscard]] inline RecordSink write_to(housing::Importer& importer) {
    return [&importer](AnyRecord record) {
        return std::visit([&importer](const auto* one) { return importer.add(*one); }, record);
    };
}

/// The sink, telling how far it is.
[[nodiscard]] inline RecordSink with_progress(RecordSink sink, std::size_t in_all, RecordProgress progress) {
    return [sink = std::move(sink), in_all, progress = std::move(progress),
            done = std::size_t{0}](AnyRecord record) mutable -> Result<void> {
        TRY(sink(record));
        return progress(++done, in_all);
    };
}

}  // namespace tenantry::intake
