#include "app/demo/officers.hpp"

#include <fmt/format.h>

#include "app/demo/identity.hpp"
#include "app/demo/random.hpp"
#include "base/text.hpp"

namespace tenantry::app {

namespace {

constexpr std::uint64_t kHomesOfPatch = 200;
constexpr std::uint64_t kPatchesOfManager = 5;
constexpr std::uint64_t kOneOnLeaveIn = 13;
constexpr std::array<std::string_view, kAreas.size()> kAreaLetters{"AB", "CA", "FP", "KM", "LA", "NM", "WF"};

bool is_on_leave(std::uint64_t patch) {
    return patch % kOneOnLeaveIn == 7;
}

/// The letters of a folded name.
std::string letters_of(std::string_view name) {
    std::string letters;
    for (const char c : fold(name)) {
        if (c >= 'a' && c <= 'z') {
            letters += c;
        }
    }
    return letters.empty() ? "officer" : letters;
}

housing::OfficerRecord make_colleague(Random random, Uuid uuid, char kind, std::uint64_t number) {
    const FamilyName name = pick_family_name(random);
    const Sex sex = pick_sex(random, 60);
    housing::OfficerRecord officer;
    officer.uuid = uuid;
    officer.first_name = random.pick(sex == Sex::Woman ? name.culture->women : name.culture->men);
    officer.last_name = name.of(sex);
    officer.username = fmt::format("{}{}{}{}", letters_of(officer.first_name).front(),
                                   letters_of(officer.last_name), kind, number + 1);
    officer.email = officer.username + "@merebrook.example";
    officer.active = true;
    return officer;
}

}  // namespace

std::uint64_t count_patches(std::uint64_t homes) {
    return (homes + kHomesOfPatch - 1) / kHomesOfPatch;
}
std::uint64_t count_manager_areas(std::uint64_t homes) {
    return (count_patches(homes) + kPatchesOfManager - 1) / kPatchesOfManager;
}

std::uint64_t patch_of(std::uint64_t home) {
    return home / kHomesOfPatch;
}
std::uint64_t manager_area_of(std::uint64_t patch) {
    return patch / kPatchesOfManager;
}
std::int64_t area_of(std::uint64_t manager_area) {
    return static_cast<std::int64_t>(manager_area % kAreas.size() + 1);
}

Uuid patch_uuid(std::uint64_t seed, std::uint64_t patch) {
    return Random{seed, Stream::Patch, patch}.uuid();
}
Uuid manager_area_uuid(std::uint64_t seed, std::uint64_t manager_area) {
    return Random{seed, Stream::ManagerArea, manager_area}.uuid();
}
Uuid officer_uuid(std::uint64_t seed, std::uint64_t patch) {
    return Random{seed, Stream::Officer, patch}.uuid();
}
Uuid manager_uuid(std::uint64_t seed, std::uint64_t manager_area) {
    return Random{seed, Stream::Manager, manager_area}.uuid();
}

std::optional<Uuid> holder_of(std::uint64_t seed, std::uint64_t patch) {
    if (!is_on_leave(patch)) {
        return officer_uuid(seed, patch);
    }
    // Every other one is covered by the neighbouring officer, who is never on leave, too.
    return patch / kOneOnLeaveIn % 2 == 0 ? std::optional{officer_uuid(seed, patch - 1)} : std::nullopt;
}

housing::OfficerRecord make_officer(std::uint64_t seed, std::uint64_t patch) {
    return make_colleague(Random{seed, Stream::OfficerName, patch}, officer_uuid(seed, patch), 'o', patch);
}

housing::OfficerRecord make_manager(std::uint64_t seed, std::uint64_t manager_area) {
    return make_colleague(Random{seed, Stream::ManagerName, manager_area}, manager_uuid(seed, manager_area),
                          'm', manager_area);
}

housing::ManagerAreaRecord make_manager_area(std::uint64_t seed, std::uint64_t manager_area) {
    const auto area = area_of(manager_area);
    housing::ManagerAreaRecord record;
    record.uuid = manager_area_uuid(seed, manager_area);
    record.name = fmt::format("{} manager {}", kAreas[static_cast<std::size_t>(area - 1)],
                              manager_area / kAreas.size() + 1);
    record.area = area;
    record.officer = manager_uuid(seed, manager_area);
    return record;
}

housing::PatchRecord make_patch(std::uint64_t seed, std::uint64_t patch) {
    const auto manager_area = manager_area_of(patch);
    const auto area = area_of(manager_area);
    housing::PatchRecord record;
    record.uuid = patch_uuid(seed, patch);
    record.name =
        fmt::format("{}{}", kAreaLetters[static_cast<std::size_t>(area - 1)],
                    manager_area / kAreas.size() * kPatchesOfManager + patch % kPatchesOfManager + 1);
    record.area = area;
    record.manager_area = manager_area_uuid(seed, manager_area);
    record.officer = holder_of(seed, patch);
    return record;
}

}  // namespace tenantry::app
