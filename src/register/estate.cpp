#include "register/estate.hpp"

#include <optional>

#include "register/sql.hpp"

namespace tenantry::housing {

Result<void> put_estate(audit::Work& work, std::string_view reference, std::string_view name) {
    TRY(work.tx().execute(sql::estate::put, reference, name));
    return work.changed({.action = "estate.put"});
}

Result<void> put_block(audit::Work& work, const Block& block) {
    const auto put =
        TRY(work.tx().execute(sql::estate::put_block, block.reference, block.name, block.estate));
    if (put == 0) {
        return Error{Code::Invalid, "no estate has this reference", "estate_reference"};
    }
    return work.changed({.action = "block.put"});
}

Result<std::vector<Estate>> list_estates_of_association(db::Transaction& tx, Id<Association> association) {
    std::vector<Estate> estates;
    db::Rows rows = TRY(tx.query(sql::estate::list_of_association, association));
    while (TRY(rows.next())) {
        std::string reference;
        std::string name;
        std::optional<std::string> block_reference;
        std::optional<std::string> block_name;
        rows.into(reference, name, block_reference, block_name);
        if (estates.empty() || estates.back().reference != reference) {
            estates.push_back({reference, name, {}});
        }
        if (block_reference) {
            estates.back().blocks.push_back({*block_reference, block_name.value_or(""), reference});
        }
    }
    return estates;
}

Result<std::vector<Estate>> list_unassigned_estates(db::Transaction& tx) {
    std::vector<Estate> estates;
    db::Rows rows = TRY(tx.query(sql::estate::list_unassigned));
    while (TRY(rows.next())) {
        Estate& estate = estates.emplace_back();
        rows.into(estate.reference, estate.name);
    }
    return estates;
}

Result<std::vector<Block>> list_blocks(db::Transaction& tx, std::string_view estate) {
    std::vector<Block> blocks;
    db::Rows rows = TRY(tx.query(sql::estate::list_blocks, estate));
    while (TRY(rows.next())) {
        Block& block = blocks.emplace_back();
        rows.into(block.reference, block.name);
        block.estate = estate;
    }
    return blocks;
}

}  // namespace tenantry::housing
