#include "app/backup_manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <tuple>

#include "app/instance.hpp"
#include "db/columns.hpp"
#include "db/sqlite/copy.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace tenantry::app {

namespace {

constexpr Error kNoManifest{Code::Invalid, "the manifest beside the backup is damaged"};

constexpr db::Sql kHasTable{"backup/has_table",
                            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $1", ""};

struct TableCount {
    std::string table;
    std::string text;
};

/// A statement for each table that is declared; a connection knows a statement by its text's place.
const std::vector<TableCount>& table_counts() {
    static const auto kCounts = [] {
        std::vector<TableCount> made;
        for (const auto& column : db::columns()) {
            if (std::ranges::none_of(made, [&](const auto& one) { return one.table == column.table; })) {
                made.push_back(
                    {std::string{column.table}, fmt::format("SELECT count(*) FROM {}", column.table)});
            }
        }
        return made;
    }();
    return kCounts;
}

template <class T>
Result<T> member(const json::Value& object, std::string_view name) {
    const auto* value = object.member<T>(name);
    return value != nullptr ? Result<T>{*value} : kNoManifest;
}

Result<std::vector<std::uint32_t>> parse_keys(const json::Value& object) {
    std::vector<std::uint32_t> keys;
    for (const auto& one : TRY(member<json::Array>(object, "keys"))) {
        const auto* number = one.as<std::int64_t>();
        if (number == nullptr || *number < 0 || *number > std::numeric_limits<std::uint32_t>::max()) {
            return kNoManifest;
        }
        keys.push_back(static_cast<std::uint32_t>(*number));
    }
    return keys;
}

Result<std::vector<std::pair<std::string, std::int64_t>>> parse_rows(const json::Value& object) {
    std::vector<std::pair<std::string, std::int64_t>> rows;
    for (const auto& [table, count] : TRY(member<json::Object>(object, "rows"))) {
        const auto* number = count.as<std::int64_t>();
        if (number == nullptr) {
            return kNoManifest;
        }
        rows.emplace_back(table, *number);
    }
    return rows;
}

}  // namespace

std::int64_t BackupManifest::rows_in_all() const {
    std::int64_t all = 0;
    for (const auto& [table, count] : rows) {
        all += count;
    }
    return all;
}

std::string BackupManifest::key_list() const {
    return fmt::format("{}", fmt::join(keys, ", "));
}

std::filesystem::path manifest_file(const std::filesystem::path& backup) {
    return backup.native() + ".json";
}

Result<BackupManifest> describe_register(db::Transaction& tx) {
    BackupManifest manifest;
    manifest.schema = TRY(db::check_schema(tx));
    manifest.install = TRY(find_install(tx));
    for (const auto& [key, made_at] : TRY(read_keys(tx))) {
        if (key.state != crypto::KeyState::Retired) {
            manifest.keys.push_back(key.id);
        }
    }
    for (const auto& [table, text] : table_counts()) {
        // An older register has fewer tables.
        bool is_there = false;
        TRY(tx.find(kHasTable, std::tie(is_there), table));
        if (is_there) {
            std::int64_t rows = 0;
            TRY(tx.find({"backup/count", text, ""}, std::tie(rows)));
            manifest.rows.emplace_back(table, rows);
        }
    }
    return manifest;
}

std::string manifest_json(const BackupManifest& manifest) {
    std::string text;
    json::Writer w{text};
    w.begin_object();
    w.key("format").integer(BackupManifest::kFormat);
    w.key("made_at").text(format_instant(manifest.made_at));
    w.key("install").uuid(manifest.install);
    w.key("schema").integer(manifest.schema);
    w.key("bytes").integer(manifest.bytes);
    w.key("sha256").text(hex_encode(manifest.sha256));
    w.key("sound").boolean(manifest.is_sound);
    w.key("keys").begin_array();
    for (const auto key : manifest.keys) {
        w.integer(key);
    }
    w.end_array();
    w.key("rows").begin_object();
    for (const auto& [table, count] : manifest.rows) {
        w.key_text(table).integer(count);
    }
    w.end_object().end_object();
    return text + '\n';
}

Result<BackupManifest> parse_manifest(std::string_view text) {
    const auto object = json::parse(text);
    if (!object.ok()) {
        return kNoManifest;
    }
    if (TRY(member<std::int64_t>(*object, "format")) != BackupManifest::kFormat) {
        return Error{Code::Invalid, "the backup was made by a newer version of this program"};
    }
    BackupManifest manifest;
    const auto made_at = parse_instant(TRY(member<std::string>(*object, "made_at")));
    const auto install = Uuid::parse(TRY(member<std::string>(*object, "install")));
    const auto sum = hex_decode_exactly<std::tuple_size_v<Hash>>(TRY(member<std::string>(*object, "sha256")));
    if (!made_at || !install || !sum) {
        return kNoManifest;
    }
    manifest.made_at = *made_at;
    manifest.install = *install;
    manifest.sha256 = *sum;
    manifest.schema = TRY(member<std::int64_t>(*object, "schema"));
    manifest.bytes = TRY(member<std::int64_t>(*object, "bytes"));
    manifest.is_sound = TRY(member<bool>(*object, "sound"));
    manifest.keys = TRY(parse_keys(*object));
    manifest.rows = TRY(parse_rows(*object));
    return manifest;
}

}  // namespace tenantry::app
