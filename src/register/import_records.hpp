// What one row of each file of the import folder says (docs/import.md), already checked and typed. The CSV
// reader and the demo landlord both make these; register/importer.hpp writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace tenantry::housing {

/// areas.csv
struct AreaRecord {
    std::int64_t id = 0;
    std::string name;
};

/// officers.csv
struct OfficerRecord {
    Uuid uuid;
    std::string first_name;
    std::string last_name;
    std::string email;
    std::string username;
    std::string password;  ///< as the file has it; what is stored is its hash
    bool active = true;
    std::string password_hash;  ///< made before the record is written; empty: the stored one stays
};

/// manager_areas.csv
struct ManagerAreaRecord {
    Uuid uuid;
    std::string name;
    std::int64_t area = 0;
    std::optional<Uuid> officer;
};

/// patches.csv
struct PatchRecord {
    Uuid uuid;
    std::string name;
    std::int64_t area = 0;
    std::optional<Uuid> manager_area;
    std::optional<Uuid> officer;
};

/// properties.csv
struct PropertyRecord {
    Uuid uuid;
    std::optional<std::int64_t> uprn;
    std::string property_reference;
    std::string house_reference;
    std::string address_line_1;
    std::string address_line_2;
    std::string address_line_3;
    std::string city;
    std::string county;
    std::string postcode;
    std::string ward_id;
    std::string ward_name;
    std::optional<Uuid> patch;
    std::string estate_address;
    std::string neighbourhood_office;
};

/// Money, in pence.
struct Pence {
    std::int64_t value = 0;
    bool operator==(const Pence&) const = default;
};

/// tenancies.csv
struct TenancyRecord {
    Uuid uuid;
    std::string tag_reference;
    std::string payment_reference;
    std::optional<std::int64_t> uprn;
    std::optional<Uuid> household;
    std::string tenure_code;
    std::optional<Date> start_on;
    std::optional<Date> end_on;
    bool terminated = false;
    std::optional<bool> present;  ///< where it is not said: those that are not terminated
    std::optional<Pence> current_balance;
    std::optional<Pence> rent;
    std::optional<Pence> benefit;
    std::string direct_debit;
    std::string account_type;
    std::string agreement_type;
    std::optional<Instant> created_at;
};

/// people.csv
struct PersonRecord {
    Uuid uuid;
    std::string title;
    std::string first_name;
    std::string last_name;
    std::optional<Date> date_of_birth;
    std::string email;
    std::string telephone_1;
    std::string telephone_2;
    std::string telephone_3;
    std::string larn;
    std::string hackney_homes_id;
    std::string member_id;
    std::string person_number;
    std::optional<std::int64_t> uprn;
    std::string tag_reference;  ///< of their tenancy; its people are one household
    bool responsible = false;
    std::string relationship;
    std::string extended_relationship;
    bool disabled = false;
};

/// transactions.csv
struct LedgerRecord {
    Uuid uuid;
    std::string tag_reference;
    std::string type;
    Date posted_on;
    Pence amount;  ///< negative is credit
    std::string description;
};

/// alerts.csv
struct AlertRecord {
    Uuid uuid;
    Uuid person;
    std::int64_t uprn = 0;
    std::string type_code;
    Instant created_at;
};

/// citizen_index.csv
struct CitizenRecord {
    std::string usn;
    std::optional<std::int64_t> uprn;
    std::string larn;
    std::optional<Uuid> person;
    std::string hackney_homes_id;
    std::string title;
    std::string first_name;
    std::string last_name;
    std::optional<Date> date_of_birth;
    std::string address_line_1;
    std::string address_line_2;
    std::string address_line_3;
    std::string city;
    std::string postcode;
};

/// jobs.csv
struct JobRecord {
    Uuid uuid;
    std::string reference;
    std::string title;
    std::string description;
    std::string status;
    std::optional<std::int64_t> uprn;
    std::vector<Uuid> people;
    Instant created_at;
    Instant updated_at;
    std::optional<std::int64_t> priority;  ///< a code of the list job_priority
    std::optional<std::int64_t> type;      ///< a code of the list job_type
    std::string access_details;
};

/// case_notes.csv
struct CaseNoteRecord {
    Uuid uuid;
    Uuid job;
    std::string text;
    std::string created_by;
    Instant created_at;
};

/// code_lists.csv
struct CodeRecord {
    std::string list;
    std::string code;
    std::string label;
};

/// estates.csv
struct EstateRecord {
    std::string reference;
    std::string name;
};

/// blocks.csv
struct BlockRecord {
    std::string reference;
    std::string name;
    std::string estate;
};

}  // namespace tenantry::housing
