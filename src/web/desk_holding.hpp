// A patch or a manager's area as something that an officer holds, for the pages that give it to another.
#pragma once

#include "register/handover.hpp"
#include "register/officer.hpp"
#include "web/desk_view.hpp"

namespace tenantry::web {

enum class HoldingKind : std::uint8_t { Patch, ManagerArea };

struct HoldingPage {
    HoldingKind kind = HoldingKind::Patch;
    Uuid uuid;
    std::int64_t version = 0;
    std::string name;
    std::optional<housing::Officer> holder;
    std::optional<Id<housing::ManagerArea>> area;  ///< the patch's, or this one

    [[nodiscard]] std::string path() const;  ///< "/desk/patches/…"
    [[nodiscard]] Link list() const;         ///< where it is listed
};
/// NotFound: there is none of this uuid.
[[nodiscard]] Result<HoldingPage> find_holding(Call& call, HoldingKind kind, const Uuid& uuid);

/// What moves with it.
[[nodiscard]] Result<housing::Workload> moving_work(Call& call, const HoldingPage& holding);

/// What the officer answers for now, as the holder of things of that kind.
[[nodiscard]] Result<housing::Workload> workload_of(Call& call, HoldingKind kind,
                                                    const housing::Officer& officer);

/// Somebody who may get it.
struct Candidate {
    Uuid officer;
    std::string name;
    std::string has_now;
};
struct Candidates {
    std::vector<Candidate> near;  ///< those of the same area, and who has nothing
    std::vector<Candidate> all;   ///< everybody else
};
/// Without the holder, by name.
[[nodiscard]] Result<Candidates> list_candidates(Call& call, const HoldingPage& holding);

}  // namespace tenantry::web
