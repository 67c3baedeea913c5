#include "register/property.hpp"

#include <tuple>

#include "base/text.hpp"
#include "crypto/random.hpp"
#include "register/address.hpp"
#include "register/search.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr Literal kTable = "property";

/// What the row seal covers: every column.
RowFacts facts_of(const Property& p) {
    RowFacts facts;
    facts.add(p.id.value)
        .add(p.uuid)
        .add(p.version)
        .add(p.uprn)
        .add(p.property_reference)
        .add(p.house_reference)
        .add(p.address_line_1)
        .add(p.address_line_2)
        .add(p.address_line_3)
        .add(p.city)
        .add(p.county)
        .add(p.postcode)
        .add(p.ward_id)
        .add(p.ward_name)
        .add(p.patch)
        .add(p.estate_address)
        .add(p.neighbourhood_office)
        .add(to_millis(p.created_at))
        .add(to_millis(p.updated_at));
    return facts;
}

/// Reads the property; the seal that stands in its row.
std::optional<ByteView> read_into(const db::Rows& rows, Property& p) {
    std::optional<ByteView> seal;
    rows.into(p.id, p.uuid, p.version, p.uprn, p.property_reference, p.house_reference, p.address_line_1,
              p.address_line_2, p.address_line_3, p.city, p.county, p.postcode, p.ward_id, p.ward_name,
              p.patch, p.estate_address, p.neighbourhood_office, p.created_at, p.updated_at, seal);
    return seal;
}

template <class Key>
Result<Property> find_one(db::Transaction& tx, const crypto::KeyRing& keys, const db::Sql& sql,
                          const Key& key) {
    db::Rows rows = TRY(tx.query(sql, key));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such address"};
    }
    Property p;
    const auto seal = read_into(rows, p);
    TRY(check_facts(keys, kTable, {p.id.value, facts_of(p), seal}));
    return p;
}

/// What the address is found by; the postcode with and without its space, and lines 1 and 2 run together, as
/// some write them.
Result<void> index_address(db::Transaction& tx, const Property& p) {
    std::string text = p.full_address();
    std::string postcode = p.postcode;
    std::erase(postcode, ' ');
    text += ' ' + postcode;
    for (const auto& part : {p.county, p.property_reference, p.house_reference, p.estate_address}) {
        if (part) {
            text += ' ';
            text += *part;
        }
    }
    text += ' ' + address_of(p).key();
    TRY(tx.send(sql::property::index_address, p.id, fold(text)));
    return {};
}

}  // namespace

const SealedTable kPropertyRows{kTable, sql::property::list_rows, sql::property::set_seal,
                                [](const db::Rows& rows) {
                                    Property p;
                                    const auto seal = read_into(rows, p);
                                    return FactRow{p.id.value, facts_of(p), seal};
                                }};

std::string join_address(const std::optional<std::string>& line_1, const std::optional<std::string>& line_2,
                         const std::optional<std::string>& line_3, const std::optional<std::string>& city,
                         const std::optional<std::string>& postcode) {
    std::string joined;
    for (const auto* part : {&line_1, &line_2, &line_3, &city, &postcode}) {
        if (!part->has_value() || (*part)->empty()) {
            continue;
        }
        if (!joined.empty()) {
            joined += ", ";
        }
        joined += **part;
    }
    return joined;
}

std::string Property::full_address() const {
    return join_address(address_line_1, address_line_2, address_line_3, city, postcode);
}

Result<Property> find_property(db::Transaction& tx, const crypto::KeyRing& keys, Id<Property> id) {
    return find_one(tx, keys, sql::property::find_by_id, id);
}
Result<void> expect_property(db::Transaction& tx, Id<Property> id) {
    return tx.expect(sql::property::find_by_id, id);
}
Result<Property> find_property(db::Transaction& tx, const crypto::KeyRing& keys, const Uuid& uuid) {
    return find_one(tx, keys, sql::property::find_by_uuid, uuid);
}

Result<std::vector<Property>> find_properties(db::Transaction& tx, std::vector<std::int64_t> ids) {
    std::vector<Property> properties;
    if (ids.empty()) {
        return properties;
    }
    db::Rows rows = TRY(tx.query(sql::property::find_all, PageOfIds{std::move(ids)}.json()));
    while (TRY(rows.next())) {
        read_into(rows, properties.emplace_back());
    }
    return properties;
}

Result<std::optional<Id<Property>>> find_property_by_uprn(db::Transaction& tx, std::int64_t uprn) {
    Id<Property> id;
    const auto found = tx.find(sql::property::find_by_uprn, std::tie(id), uprn);
    if (found.ok()) {
        return std::optional{id};
    }
    if (found.error().code == Code::NotFound) {
        return std::optional<Id<Property>>{};
    }
    return found.error();
}

Result<Property> create_property(audit::Work& work, Property p) {
    p.id.value = TRY(next_id(work.tx(), "property"));
    if (p.uuid == Uuid{}) {
        p.uuid = crypto::new_uuid();
    }
    p.version = 1;
    p.created_at = p.updated_at = work.now();
    TRY(work.tx().execute(sql::property::insert, p.id, p.uuid, p.version, p.uprn, p.property_reference,
                          p.house_reference, p.address_line_1, p.address_line_2, p.address_line_3, p.city,
                          p.county, p.postcode, p.ward_id, p.ward_name, p.patch, p.estate_address,
                          p.neighbourhood_office, p.created_at, p.updated_at,
                          seal_facts(work.keys(), kTable, facts_of(p))));
    TRY(index_address(work.tx(), p));
    TRY(work.changed({.action = "address.created", .resource = p.id.value, .version = p.version}));
    return p;
}

Result<Property> update_property(audit::Work& work, Property p) {
    ++p.version;
    p.updated_at = work.now();
    const auto rows = TRY(work.tx().execute(
        sql::property::update, p.id, p.version, p.uprn, p.property_reference, p.house_reference,
        p.address_line_1, p.address_line_2, p.address_line_3, p.city, p.county, p.postcode, p.ward_id,
        p.ward_name, p.patch, p.estate_address, p.neighbourhood_office, p.updated_at,
        seal_facts(work.keys(), kTable, facts_of(p))));
    if (rows != 1) {
        return kStaleEdit;
    }
    TRY(index_address(work.tx(), p));
    TRY(work.changed({.action = "address.updated", .resource = p.id.value, .version = p.version}));
    return p;
}

Result<void> remove_property(audit::Work& work, const Property& p) {
    TRY(work.tx().execute(sql::property::unindex_address, p.id));
    const auto removed = work.tx().execute(sql::property::remove, p.id);
    if (!removed.ok()) {
        return removed.error().code == Code::Conflict ? Error{Code::Conflict, "This address is in use"}
                                                      : removed.error();
    }
    return work.changed({.action = "address.deleted", .resource = p.id.value, .version = p.version});
}

Result<PropertyPage> list_properties(db::Transaction& tx, std::string_view search, Paging paging) {
    const SearchTerms terms = parse_search(search);
    const auto& w = terms.words;
    const auto most = rows_to_count(paging);
    PageOfIds page;
    if (search.empty()) {
        page = TRY(read_page(TRY(tx.query(sql::property::list, most)), paging));
    } else if (!terms.match.empty()) {
        page = TRY(read_page(
            TRY(tx.query(sql::property::search, terms.match, w[0], w[1], w[2], w[3], w[4], most)), paging));
    } else if (!terms.empty()) {
        page = TRY(read_page(TRY(tx.query(sql::property::search_short, w[0], w[1], w[2], w[3], w[4], most)),
                             paging));
    }
    auto properties = TRY(find_properties(tx, std::move(page.ids)));
    return PropertyPage{std::move(properties), page.total, page.total_is_exact};
}

}  // namespace tenantry::housing
