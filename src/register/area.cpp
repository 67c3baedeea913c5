#include "register/area.hpp"

#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr Literal kTable = "area";

struct Row {
    Area area;
    std::int64_t version = 0;

    /// What the row seal covers: every column.
    [[nodiscard]] RowFacts facts() const {
        return RowFacts{}.add(area.id.value).add(std::optional{area.name}).add(version);
    }
};

FactRow read_into(const db::Rows& rows, Row& row) {
    std::optional<ByteView> seal;
    rows.into(row.area.id, row.area.name, row.version, seal);
    return {row.area.id.value, row.facts(), seal};
}

Result<Row> find_row(db::Transaction& tx, Id<Area> id) {
    db::Rows rows = TRY(tx.query(sql::area::find, id));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such area"};
    }
    Row row;
    read_into(rows, row);
    return row;
}

}  // namespace

const SealedTable kAreaRows{kTable, sql::area::list_rows, sql::area::set_seal, [](const db::Rows& rows) {
                                Row row;
                                return read_into(rows, row);
                            }};

Result<Area> find_area(db::Transaction& tx, Id<Area> id) {
    return TRY(find_row(tx, id)).area;
}

Result<void> put_area(audit::Work& work, const Area& area) {
    const auto before = find_row(work.tx(), area.id);
    if (!before.ok() && before.error().code != Code::NotFound) {
        return before.error();
    }
    const Row row{area, before.ok() ? before->version + 1 : 1};
    TRY(work.tx().execute(sql::area::put, area.id, area.name, row.version,
                          seal_facts(work.keys(), kTable, row.facts())));
    return work.changed({.action = "area.put", .resource = area.id.value, .version = row.version});
}

}  // namespace tenantry::housing
