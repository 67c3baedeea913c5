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

    // Areas come before officers, manager areas, patches, and these before properties; what officers become
    // by them waits for finish().
    [[nodiscard]] Result<void> add(const AreaRecord& record);
    /// Without a username or password the officer's account lets nobody in.
    [[nodiscard]] Result<void> add(const OfficerRecord& record);
    [[nodiscard]] Result<void> add(const ManagerAreaRecord& record);
    [[nodiscard]] Result<void> add(const PatchRecord& record);
    // Properties come before tenancies, these before people and ledger lines, people before alerts and jobs,
    // jobs before case notes. People may come before their tenancy, which then takes them over. Invalid names
    // the column whose reference leads nowhere.
    [[nodiscard]] Result<void> add(const PropertyRecord& record);
    /// A household_uuid that is not known yet becomes the household's of the tag reference.
    [[nodiscard]] Result<void> add(const TenancyRecord& record);
    /// A person with a UPRN is active and assigned there; one without is a former tenant.
    [[nodiscard]] Result<void> add(const PersonRecord& record);
    [[nodiscard]] Result<void> add(const LedgerRecord& record) { return ledger_.add(record); }
    /// Raises the flags of the people at the home, as an officer's alert does.
    [[nodiscard]] Result<void> add(const AlertRecord& record);
    /// The usn says which entry it is.
    [[nodiscard]] Result<void> add(const CitizenRecord& record);
    [[nodiscard]] Result<void> add(const JobRecord& record);
    [[nodiscard]] Result<void> add(const CaseNoteRecord& record);
    [[nodiscard]] Result<void> add(const CodeRecord& record);
    // Estates come before blocks.
    [[nodiscard]] Result<void> add(const EstateRecord& record);
    [[nodiscard]] Result<void> add(const BlockRecord& record);

    /// After the last record: what depends on all of them. Completes the ledger; officers who hold a manager
    /// area become managers. Invalid: ledger lines had a uuid that was there before; ledger() says which.
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] const LedgerImport& ledger() const { return ledger_; }

  private:
    audit::Work& work_;
    bool roles_are_due_ = false;
    LedgerImport ledger_;
};

}  // namespace tenantry::housing
