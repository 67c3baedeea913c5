// Estates and the blocks that stand on them, as the landlord's property file has them. Data of the landlord,
// about no person; read from estates.csv and blocks.csv.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "register/record.hpp"

namespace tenantry::housing {

struct Association;

struct Block {
    std::string reference;
    std::string name;
    std::string estate;
    bool operator==(const Block&) const = default;
};

struct Estate {
    std::string reference;
    std::string name;
    std::vector<Block> blocks;
    bool operator==(const Estate&) const = default;
};

/// Adds an estate, or gives it a new name.
[[nodiscard]] Result<void> put_estate(audit::Work& work, std::string_view reference, std::string_view name);
/// Adds a block, or changes its name and estate. Invalid: there is no such estate; whoever tells of it may go
/// on with the next block.
[[nodiscard]] Result<void> put_block(audit::Work& work, const Block& block);

/// The estates that an association speaks for and the property file knows, each with its blocks; in order of
/// reference.
[[nodiscard]] Result<std::vector<Estate>> list_estates_of_association(db::Transaction& tx,
                                                                      Id<Association> association);
/// The estates that no association speaks for, without their blocks; in order of reference.
[[nodiscard]] Result<std::vector<Estate>> list_unassigned_estates(db::Transaction& tx);
/// In order of reference; none for an unknown estate.
[[nodiscard]] Result<std::vector<Block>> list_blocks(db::Transaction& tx, std::string_view estate);

}  // namespace tenantry::housing
