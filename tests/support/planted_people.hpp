// Two people about whom every personal column of the schema holds a value of its own, planted by the
// declarations of the columns: a table that is added tomorrow is planted as well.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "crypto/random.hpp"
#include "db/columns.hpp"
#include "rights/person_tables.hpp"
#include "tests/support/watched_transaction.hpp"

namespace tenantry::test {

/// A value as it stands in the row, and what a report shows of it.
struct PlantedValue {
    std::optional<std::int64_t> number;
    std::string text;
    Bytes bytes;

    [[nodiscard]] db::Param param() const {
        if (number) {
            return {*number};
        }
        return bytes.empty() ? db::Param{text} : db::Param{bytes};
    }
};

class PlantedPerson {
  public:
    /// The mark is part of every text and the beginning of every number.
    PlantedPerson(WatchedTransaction& tx, const crypto::KeyRing& keys, std::string mark,
                  std::int64_t first_number)
        : tx_(tx), keys_(keys), mark_(std::move(mark)), next_number_(first_number) {}

    /// Plants a row in each table that leads to a person, and returns them by table and column.
    const std::map<std::string, PlantedValue>& plant() {
        // What a link leads through comes before what leads through it.
        std::vector<rights::PersonTable> waiting;
        for (const auto& table : rights::person_tables()) {
            if (!is_virtual(table.name)) {
                waiting.push_back(table);
            }
        }
        while (!waiting.empty()) {
            const auto before = waiting.size();
            std::erase_if(waiting, [this](const rights::PersonTable& table) {
                return links_are_planted(table) && plant_row(table);
            });
            if (waiting.size() == before) {
                ADD_FAILURE() << waiting.front().name << " cannot be planted";
                break;
            }
        }
        return values_;
    }

    [[nodiscard]] std::int64_t person() const { return *values_.at("person.id").number; }
    [[nodiscard]] const std::string& mark() const { return mark_; }

  private:
    struct SchemaColumn {
        std::string name;
        std::string type;
    };

    static std::string name(std::string_view table, std::string_view column) {
        return fmt::format("{}.{}", table, column);
    }
    static bool is_virtual(std::string_view table) { return table.ends_with("_trigram"); }

    [[nodiscard]] bool links_are_planted(const rights::PersonTable& table) const {
        if (table.name == "person") {
            return true;
        }
        for (const db::Column& column : table.columns) {
            for (const db::Link& link : {column.link, column.or_link}) {
                const bool direct = link.table.empty();
                if (!link.own.empty() &&
                    !values_.contains(direct ? "person.id" : name(link.table, link.column))) {
                    return false;
                }
            }
        }
        const auto place = db::seal_place(table.name);
        return place.owner.empty() || values_.contains(name(place.owner, "uuid"));
    }

    /// What the link columns must hold.
    [[nodiscard]] std::map<std::string, PlantedValue> link_values(const rights::PersonTable& table) const {
        std::map<std::string, PlantedValue> links;
        if (table.name == "person") {
            return links;
        }
        for (const db::Column& column : table.columns) {
            for (const db::Link& link : {column.link, column.or_link}) {
                if (!link.own.empty()) {
                    links[std::string{link.own}] =
                        values_.at(link.table.empty() ? "person.id" : name(link.table, link.column));
                }
            }
        }
        return links;
    }

    std::vector<SchemaColumn> schema_of(std::string_view table) {
        std::vector<SchemaColumn> columns;
        auto rows = tx_.query(sql(fmt::format("SELECT name, type FROM pragma_table_xinfo('{}')", table)));
        while (rows->next().value()) {
            auto& column = columns.emplace_back();
            rows->into(column.name, column.type);
        }
        return columns;
    }
    std::string definition_of(std::string_view table) {
        std::string text;
        tx_.find(sql(fmt::format("SELECT sql FROM sqlite_schema WHERE name = '{}'", table)), std::tie(text))
            .value();
        return text;
    }

    bool plant_row(const rights::PersonTable& table) {
        const auto columns = schema_of(table.name);
        const std::string definition = definition_of(table.name);
        const auto links = link_values(table);
        std::map<std::string, PlantedValue> row;
        for (const auto& column : columns) {
            const auto link = links.find(column.name);
            row[column.name] = link != links.end() ? link->second : make(table, column, definition);
        }
        seal(table, row);
        std::string names;
        std::string places;
        for (const auto& [column, value] : row) {
            names += (names.empty() ? "" : ", ") + column;
            places += fmt::format("{}${}", places.empty() ? "" : ", ", place_of(row, column));
            values_[name(table.name, column)] = value;
        }
        insert(fmt::format("INSERT INTO {} ({}) VALUES ({})", table.name, names, places), row);
        return true;
    }

    static std::ptrdiff_t place_of(const std::map<std::string, PlantedValue>& row,
                                   const std::string& column) {
        return std::distance(row.begin(), row.find(column)) + 1;
    }

    PlantedValue make(const rights::PersonTable& table, const SchemaColumn& column,
                      const std::string& definition) {
        PlantedValue value;
        if (column.type == "TEXT") {
            value.text = fmt::format("{} {} {}", mark_, table.name, column.name);
        } else if (column.type == "INTEGER") {
            const bool flag = definition.find(column.name + " IN (0, 1)") != std::string::npos;
            value.number = flag ? 1 : next_number_++;
        } else if (column.name == "uuid" || column.name.ends_with("_uuid")) {
            const Uuid uuid = crypto::new_uuid();
            value.bytes.assign(uuid.bytes().begin(), uuid.bytes().end());
            value.text = uuid.text();
        } else {
            const Hash random = crypto::random_hash();
            value.bytes.assign(random.begin(), random.end());
        }
        return value;
    }

    /// Seals a text of its own into each sealed column, once uuid and version are known.
    void seal(const rights::PersonTable& table, std::map<std::string, PlantedValue>& row) {
        const auto place = db::seal_place(table.name);
        for (const db::Column& column : db::columns()) {
            if (column.table != table.name || column.protection != db::Protection::Sealed) {
                continue;
            }
            const Bytes& uuid = place.owner.empty() ? row.at(std::string{place.record}).bytes
                                                    : values_.at(name(place.owner, "uuid")).bytes;
            const auto version =
                place.version.empty() ? 1 : row.at(std::string{place.version}).number.value();
            PlantedValue& value = row[std::string{column.name}];
            value.text = fmt::format("{} {} {}", mark_, table.name, column.name);
            value.bytes = keys_.seal({table.name, column.name, *Uuid::from_bytes(uuid), version}, value.text);
        }
    }

    void insert(const std::string& text, const std::map<std::string, PlantedValue>& row) {
        std::vector<db::Param> params;
        params.reserve(row.size());
        for (const auto& [column, value] : row) {
            params.push_back(value.param());
        }
        auto rows = tx_.query_with(sql(text), params);
        ASSERT_TRUE(rows.ok()) << text;
        const auto done = rows->next();
        EXPECT_TRUE(done.ok()) << text << (done.ok() ? "" : done.error().text.view());
    }

    WatchedTransaction& tx_;
    const crypto::KeyRing& keys_;
    std::string mark_;
    std::int64_t next_number_;
    std::map<std::string, PlantedValue> values_;
};

}  // namespace tenantry::test
