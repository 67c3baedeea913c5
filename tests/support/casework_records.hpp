// A patch, a manager's area, an area and officers, and work that lies in their trays, for tests of casework.
#pragma once

#include <fmt/format.h>

#include <array>
#include <set>

#include "access/account.hpp"
#include "register/casework.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::test {

class CaseworkTest : public HousingTest {
  protected:
    static constexpr Id<housing::Area> kArea{3};
    static constexpr Id<housing::Patch> kPatch{1};
    static constexpr Id<housing::ManagerArea> kManagerArea{2};
    static constexpr Id<housing::Officer> kOfficer{7};
    static constexpr Id<housing::Officer> kOther{8};

    static constexpr std::int64_t kOfficerRole = 4;

    /// A uuid that tests can name: its last byte is the number.
    static Uuid uuid(unsigned char number) {
        std::array<unsigned char, 16> bytes{};
        bytes.back() = number;
        return *Uuid::from_bytes(bytes);
    }

    void SetUp() override {
        officer_account(kOfficer.value, "Olu", "Officer", uuid(3));
        officer_account(kOther.value, "Mo", "Manager", uuid(8));
        run("INSERT INTO area (id, name) VALUES (3, 'Homerton 1'), (4, 'Homerton 2')");
        for (const auto& [id, officer] :
             {std::pair{kManagerArea.value, kOther.value}, std::pair{std::int64_t{5}, kOther.value}}) {
            run("INSERT INTO manager_area (id, uuid, version, name, area_id, officer_id, active, created_at, "
                "updated_at) VALUES ($1, $2, 1, 'Homerton 1 manager', 3, $3, 1, 0, 0)",
                id, uuid(static_cast<unsigned char>(id)), officer);
        }
        for (const std::int64_t id : {kPatch.value, std::int64_t{4}}) {
            run("INSERT INTO patch (id, uuid, version, name, area_id, manager_area_id, officer_id, active, "
                "created_at, updated_at) VALUES ($1, $2, 1, 'HN7', 3, 2, 7, 1, 0, 0)",
                id, uuid(static_cast<unsigned char>(id)));
        }
        run("INSERT INTO household (id, uuid, created_at) VALUES (9, $1, 0)", uuid(9));
        seal_rows();
        take_events();
        person_ = add_person("Ada Sample");
    }

    housing::Interaction process() {
        housing::Interaction interaction;
        interaction.person = person_.id;
        interaction.area = kArea;
        interaction.patch = kPatch;
        interaction.created_by = kOfficer;
        interaction.advice_given = "Bring the form";
        interaction.process_type = housing::ProcessType::Process;
        return interaction;
    }

    housing::Casework log(housing::Interaction interaction) {
        housing::Incident incident;
        incident.person = interaction.person;
        incident.title = "Tenancy Management";
        incident.description = "Rang about the form";
        auto in = work();
        return housing::log_interaction(in, incident, std::move(interaction), "Rang about the form").value();
    }
    housing::Casework log() {
        housing::Interaction plain = process();
        plain.process_type = housing::ProcessType::Interaction;
        return log(plain);
    }

    /// What the other officer says on it.
    static housing::FollowUp said_on(const Uuid& interaction, std::string said = "") {
        return {interaction, std::nullopt, kOther, std::move(said), "Olu Officer"};
    }

    static auto stored(const housing::Interaction& i) {
        return std::tuple{i.id,
                          i.uuid,
                          i.version,
                          i.incident,
                          i.person,
                          i.household,
                          i.patch,
                          i.manager_area,
                          i.area,
                          i.created_by,
                          i.updated_by,
                          i.source,
                          i.nature_of_enquiry,
                          i.enquiry_subject,
                          i.reason_for_process,
                          i.subject,
                          i.advice_given,
                          i.estate_office,
                          i.process_type,
                          i.process_stage,
                          i.transferred,
                          i.parent,
                          i.association,
                          i.created_at,
                          i.updated_at,
                          i.closed_at};
    }
    static auto stored(const housing::Incident& i) {
        return std::tuple{i.id,          i.uuid,       i.version,          i.ticket_number,
                          i.person,      i.household,  i.subject,          i.title,
                          i.description, i.resolution, i.request_callback, i.created_at,
                          i.updated_at,  i.closed_at};
    }

    housing::Person person_;

  private:
    void officer_account(std::int64_t id, const std::string& first, const std::string& last,
                         const Uuid& officer) {
        access::Account account;
        account.first_name = first;
        account.last_name = last;
        account.email = first + "@example.org";
        account.role.id = kOfficerRole;
        account.password = "no hash, so no password is right";
        auto in = work();
        const auto made = access::create_account(in, account).value();
        run("INSERT INTO officer (id, uuid, account_id, active, created_at, updated_at) "
            "VALUES ($1, $2, $3, 1, 0, 0)",
            id, officer, made.id);
    }
};

}  // namespace tenantry::test
