// The files of the import folder: their names, their columns in order, how each is read into its record and
// written from it. The one place that knows; reader and writer both go by it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/values.hpp"
#include "register/import_records.hpp"

namespace tenantry::intake {

enum class Need : std::uint8_t {
    Optional,
    Required,  ///< the column must be there, and a value in each row
};

template <class Record>
struct Column {
    Literal name;
    Need need;
    Result<void> (*read)(std::string_view text, Record& into);
    std::string (*write)(const Record& from);
};

inline std::string written(const std::string& text) {
    return text;
}
inline std::string written(std::int64_t number) {
    return std::to_string(number);
}
inline std::string written(bool value) {
    return value ? "true" : "false";
}
inline std::string written(const Uuid& uuid) {
    return uuid.text();
}
inline std::string written(Date date) {
    return format_date(date);
}
inline std::string written(housing::Pence amount) {
    return money_text(amount);
}
inline std::string written(Instant at) {
    return format_instant(at);
}
template <class T>
std::string written(const std::optional<T>& maybe) {
    return maybe ? written(*maybe) : "";
}
inline std::string written(const std::vector<Uuid>& uuids) {
    std::string all;
    for (const auto& uuid : uuids) {
        all += all.empty() ? "" : ";";
        all += uuid.text();
    }
    return all;
}

template <class Record, class Value>
Record record_of(Value Record::*member);

/// The column that is kept in a member of its record, and what reads its values.
template <auto Member, auto Read>
constexpr auto column(Literal name, Need need = Need::Optional) {
    using Record = decltype(record_of(Member));
    return Column<Record>{name, need,
                          [](std::string_view text, Record& into) -> Result<void> {
                              into.*Member = TRY(Read(text));
                              return {};
                          },
                          [](const Record& from) { return written(from.*Member); }};
}

inline constexpr auto kReadShort = read_text<60>;
inline constexpr auto kReadLine = read_text<200>;
inline constexpr auto kReadLong = read_text<10'000, Lines::Many>;

template <class Record>
struct ImportFile;

template <>
struct ImportFile<housing::AreaRecord> {
    using R = housing::AreaRecord;
    static constexpr Literal kName = "areas.csv";
    static constexpr std::array kColumns{
        column<&R::id, read_number>("area_id", Need::Required),
        column<&R::name, kReadLine>("name", Need::Required),
    };
};

template <>
struct ImportFile<housing::OfficerRecord> {
    using R = housing::OfficerRecord;
    static constexpr Literal kName = "officers.csv";
    static constexpr std::array kColumns{
        column<&R::uuid, read_uuid>("officer_uuid", Need::Required),
        column<&R::first_name, kReadLine>("first_name"),
        column<&R::last_name, kReadLine>("last_name", Need::Required),
        column<&R::email, read_email>("email", Need::Required),
        column<&R::username, kReadLine>("username"),
        column<&R::password, read_password>("password"),
        column<&R::active, read_boolean>("active"),
    };
};

template <>
struct ImportFile<housing::ManagerAreaRecord> {
    using R = housing::ManagerAreaRecord;
    static constexpr Literal kName = "manager_areas.csv";
    static constexpr std::array kColumns{
        column<&R::uuid, read_uuid>("manager_area_uuid", Need::Required),
        column<&R::name, kReadLine>("name", Need::Required),
        column<&R::area, read_number>("area_id", Need::Required),
        column<&R::officer, read_uuid>("officer_uuid"),
    };
};

template <>
struct ImportFile<housing::PatchRecord> {
    using R = housing::PatchRecord;
    static constexpr Literal kName = "patches.csv";
    static constexpr std::array kColumns{
        column<&R::uuid, read_uuid>("patch_uuid", Need::Required),
        column<&R::name, kReadLine>("name", Need::Required),
        column<&R::area, read_number>("area_id", Need::Required),
        column<&R::manager_area, read_uuid>("manager_area_uuid"),
        column<&R::officer, read_uuid>("officer_uuid"),
    };
};

template <>
struct ImportFile<housing::PropertyRecord> {
    using R = housing::PropertyRecord;
    static constexpr Literal kName = "properties.csv";
    static constexpr std::array kColumns{
        column<&R::uuid, read_uuid>("property_uuid", Need::Required),
        column<&R::uprn, read_uprn>("uprn"),
        column<&R::property_reference, kReadShort>("property_reference"),
        column<&R::house_reference, kReadShort>("house_reference"),
        column<&R::address_line_1, kReadLine>("address_line_1", Need::Required),
        column<&R::address_line_2, kReadLine>("address_line_2"),
        column<&R::address_line_3, kReadLine>("address_line_3"),
        column<&R::city, kReadLine>("city"),
        column<&R::county, kReadLine>("county"),
        column<&R::postcode, read_postcode>("postcode", Need::Required),
        column<&R::ward_id, kReadShort>("ward_id"),
        column<&R::ward_name, kReadLine>("ward_name"),
        column<&R::patch, read_uuid>("patch_uuid"),
        column<&R::estate_address, kReadLine>("estate_address"),
        column<&R::neighbourhood_office, kReadLine>("neighbourhood_office"),
    };
};

template <>
struct ImportFile<housing::TenancyRecord> {
    using R = housing::TenancyRecord;
    static constexpr Literal kName = "tenancies.csv";
    static constexpr std::array kColumns{
        column<&R::uuid, read_uuid>("tenancy_uuid", Need::Required),
        column<&R::tag_reference, kReadShort>("tag_reference", Need::Required),
        column<&R::payment_reference, kReadShort>("payment_reference"),
        column<&R::uprn, read_uprn>("uprn"),
        column<&R::household, read_uuid>("household_uuid"),
        column<&R::tenure_code, kReadShort>("tenure_code"),
        column<&R::start_on, read_date>("start_date"),
        column<&R::end_on, read_date>("end_date"),
        column<&R::terminated, read_boolean>("terminated"),
        column<&R::present, read_boolean>("present"),
        column<&R::current_balance, read_money>("current_balance"),
        column<&R::rent, read_money>("rent"),
        column<&R::benefit, read_money>("benefit"),
        column<&R::direct_debit, kReadShort>("direct_debit"),
        column<&R::account_type, kReadShort>("account_type"),
        column<&R::agreement_type, kReadShort>("agreement_type"),
        column<&R::created_at, read_instant>("created_at"),
    };
};

template <>
struct ImportFile<housing::PersonRecord> {
    using R = housing::PersonRecord;
    static constexpr Literal kName = "people.csv";
    static constexpr std::array kColumns{
        column<&R::uuid, read_uuid>("person_uuid", Need::Required),
        column<&R::title, kReadShort>("title"),
        column<&R::first_name, kReadLine>("first_name"),  // some people have one name only
        column<&R::last_name, kReadLine>("last_name", Need::Required),
        column<&R::date_of_birth, read_date>("date_of_birth"),
        column<&R::email, read_email>("email"),
        column<&R::telephone_1, read_telephone>("telephone_1"),
        column<&R::telephone_2, read_telephone>("telephone_2"),
        column<&R::telephone_3, read_telephone>("telephone_3"),
        column<&R::larn, kReadShort>("larn"),
        column<&R::hackney_homes_id, kReadShort>("hackney_homes_id"),
        column<&R::member_id, kReadShort>("member_id"),
        column<&R::person_number, kReadShort>("person_number"),
        column<&R::uprn, read_uprn>("uprn"),
        column<&R::tag_reference, kReadShort>("tag_reference"),
        column<&R::responsible, read_boolean>("responsible"),
        column<&R::relationship, kReadShort>("relationship"),
        column<&R::extended_relationship, kReadShort>("extended_relationship"),
        column<&R::disabled, read_boolean>("disabled"),
    };
};

template <>
struct ImportFile<housing::LedgerRecord> {
    using R = housing::LedgerRecord;
    static constexpr Literal kName = "transactions.csv";
    static constexpr std::array kColumns{
        column<&R::uuid, read_uuid>("transaction_uuid", Need::Required),
        column<&R::tag_reference, kReadShort>("tag_reference", Need::Required),
        column<&R::type, kReadShort>("type"),
        column<&R::posted_on, read_date>("posted_on", Need::Required),
        column<&R::amount, read_money>("amount", Need::Required),
        column<&R::description, kReadLine>("description"),
    };
};

template <>
struct ImportFile<housing::AlertRecord> {
    using R = housing::AlertRecord;
    static constexpr Literal kName = "alerts.csv";
    static constexpr std::array kColumns{
        column<&R::uuid, read_uuid>("alert_uuid", Need::Required),
        column<&R::person, read_uuid>("person_uuid", Need::Required),
        column<&R::uprn, read_uprn>("uprn", Need::Required),
        column<&R::type_code, kReadShort>("type_code", Need::Required),
        column<&R::created_at, read_instant>("created_at", Need::Required),
    };
};

template <>
struct ImportFile<housing::CitizenRecord> {
    using R = housing::CitizenRecord;
    static constexpr Literal kName = "citizen_index.csv";
    static constexpr std::array kColumns{
        column<&R::usn, kReadShort>("usn", Need::Required),
        column<&R::uprn, read_uprn>("uprn"),
        column<&R::larn, kReadShort>("larn"),
        column<&R::person, read_uuid>("person_uuid"),
        column<&R::hackney_homes_id, kReadShort>("hackney_homes_id"),
        column<&R::title, kReadShort>("title"),
        column<&R::first_name, kReadLine>("first_name"),
        column<&R::last_name, kReadLine>("last_name", Need::Required),
        column<&R::date_of_birth, read_date>("date_of_birth"),
        column<&R::address_line_1, kReadLine>("address_line_1"),
        column<&R::address_line_2, kReadLine>("address_line_2"),
        column<&R::address_line_3, kReadLine>("address_line_3"),
        column<&R::city, kReadLine>("city"),
        column<&R::postcode, kReadShort>("postcode"),  // other services' addresses, abroad included
    };
};

template <>
struct ImportFile<housing::JobRecord> {
    using R = housing::JobRecord;
    static constexpr Literal kName = "jobs.csv";
    static constexpr std::array kColumns{
        column<&R::uuid, read_uuid>("job_uuid", Need::Required),
        column<&R::reference, kReadShort>("job_reference", Need::Required),
        column<&R::title, kReadLine>("title", Need::Required),
        column<&R::description, kReadLong>("description"),
        column<&R::status, kReadShort>("status", Need::Required),
        column<&R::uprn, read_uprn>("uprn"),
        column<&R::people, read_uuids>("person_uuids"),
        column<&R::created_at, read_instant>("created_at", Need::Required),
        column<&R::updated_at, read_instant>("updated_at", Need::Required),
        column<&R::priority, read_number>("priority_code"),
        column<&R::type, read_number>("job_type_code"),
        column<&R::access_details, kReadLong>("access_details"),
    };
};

template <>
struct ImportFile<housing::CaseNoteRecord> {
    using R = housing::CaseNoteRecord;
    static constexpr Literal kName = "case_notes.csv";
    static constexpr std::array kColumns{
        column<&R::uuid, read_uuid>("note_uuid", Need::Required),
        column<&R::job, read_uuid>("job_uuid", Need::Required),
        column<&R::text, kReadLong>("text", Need::Required),
        column<&R::created_by, kReadLine>("created_by", Need::Required),
        column<&R::created_at, read_instant>("created_at", Need::Required),
    };
};

template <>
struct ImportFile<housing::CodeRecord> {
    using R = housing::CodeRecord;
    static constexpr Literal kName = "code_lists.csv";
    static constexpr std::array kColumns{
        column<&R::list, read_code_list>("list", Need::Required),
        column<&R::code, kReadShort>("code", Need::Required),
        column<&R::label, kReadLine>("label", Need::Required),
    };
};

template <>
struct ImportFile<housing::EstateRecord> {
    using R = housing::EstateRecord;
    static constexpr Literal kName = "estates.csv";
    static constexpr std::array kColumns{
        column<&R::reference, kReadShort>("estate_reference", Need::Required),
        column<&R::name, kReadLine>("name", Need::Required),
    };
};

template <>
struct ImportFile<housing::BlockRecord> {
    using R = housing::BlockRecord;
    static constexpr Literal kName = "blocks.csv";
    static constexpr std::array kColumns{
        column<&R::reference, kReadShort>("block_reference", Need::Required),
        column<&R::name, kReadLine>("name", Need::Required),
        column<&R::estate, kReadShort>("estate_reference", Need::Required),
    };
};

}  // namespace tenantry::intake
