// Writes the records of an import folder or of the demo landlord: new uuids are created, known ones updated.
// All in the caller's transaction, so an import is all or nothing.
#pragma once

#include "register/import_records.hpp"
#include "register/ledger.hpp"
#include "register/record.hpp"

namespace tenantry::housing {

class Importer {
  public:
    explicit Importer(audit::Work& work) : work_(work), ledger_(work) {}

    // Properties come before tenancies, these before people and ledger lines, people before jobs, jobs before
    // case notes. People may come before their tenancy, which then takes them over.
    // Invalid names the column whose reference leads nowhere.
    [[nodiscard]] Result<void> add(const PropertyRecord& record);
    /// A household_uuid that is not known yet becomes the household's of the tag reference.
    [[nodiscard]] Result<void> add(const TenancyRecord& record);
    /// A person with a UPRN is active and assigned there; one without is a former tenant.
    [[nodiscard]] Result<void> add(const PersonRecord& record);
    [[nodiscard]] Result<void> add(const LedgerRecord& record) { return ledger_.add(record); }
    [[nodiscard]] Result<void> add(const JobRecord& record);
    [[nodiscard]] Result<void> add(const CaseNoteRecord& record);
    [[nodiscard]] Result<void> add(const CodeRecord& record);

    /// After the last record: completes the ledger. Invalid: ledger lines had a uuid that was there before;
    /// ledger() says which.
    [[nodiscard]] Result<void> finish() { return ledger_.finish(); }
    [[nodiscard]] const LedgerImport& ledger() const { return ledger_; }

  private:
    audit::Work& work_;
    LedgerImport ledger_;
};

}  // namespace tenantry::housing
