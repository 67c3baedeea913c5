#include "register/ledger_digest.hpp"

#include "base/log.hpp"
#include "crypto/random.hpp"
#include "register/sealed_texts.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr std::int64_t kTotal = 1;  ///< the number of the total's only row

/// One of the two tables of digests, which have the same columns but for the name of the number.
struct DigestTable {
    TextColumns<1> columns;
    const db::Sql& find;
    const db::Sql& put;
};
const DigestTable kDigests{{"ledger_digest", {"sum"}}, sql::ledger_digest::find, sql::ledger_digest::put};
const DigestTable kTotals{
    {"ledger_total", {"sum"}}, sql::ledger_digest::find_total, sql::ledger_digest::put_total};

struct Digest {
    std::int64_t id = 0;
    Uuid uuid;
    std::int64_t version = 0;
    crypto::RowSum sum;
};

RowIdentity identity(const Digest& d) {
    return {d.uuid, d.version, RowFacts{}.add(d.id).add(d.uuid).add(d.version)};
}

/// A row as it is stored; its blobs are valid until the next row is read.
struct StoredDigest {
    Digest digest;  ///< without its sum
    TextBlobs<1> sum;
    ByteView row_seal;

    /// Corrupt where the row is not as it was sealed.
    [[nodiscard]] Result<Digest> open(const crypto::KeyRing& keys, const TextColumns<1>& columns) const {
        const auto texts = TRY(open_texts(keys, columns, identity(digest), sum, row_seal));
        const auto parsed = crypto::RowSum::parse(texts[0].value_or(""));
        if (!parsed) {
            return Error{Code::Corrupt, "a sum of ledger lines is none"};
        }
        Digest opened = digest;
        opened.sum = *parsed;
        return opened;
    }
};

StoredDigest read_numbered(const db::Rows& rows) {
    StoredDigest s;
    rows.into(s.digest.id, s.digest.uuid, s.digest.version, s.sum[0], s.row_seal);
    return s;
}

/// NotFound; Corrupt, logged, where it does not open.
Result<Digest> find_digest(db::Transaction& tx, const crypto::KeyRing& keys, const DigestTable& table,
                           std::int64_t id) {
    db::Rows rows = TRY(tx.query(table.find, id));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such digest"};
    }
    StoredDigest s;
    s.digest.id = id;
    rows.into(s.digest.uuid, s.digest.version, s.sum[0], s.row_seal);
    auto opened = s.open(keys, table.columns);
    if (!opened.ok()) {
        log(LogLevel::Error, "a digest of ledger lines does not open",
            {{"table", table.columns.table}, {"id", id}});
    }
    return opened;
}

Result<void> put_digest(audit::Work& work, const DigestTable& table, const Digest& d) {
    const auto sealed = seal_texts(work.keys(), table.columns, identity(d), {d.sum.text()});
    TRY(work.tx().execute(table.put, d.id, d.uuid, d.version, sealed.blobs[0], sealed.row_seal));
    return {};
}

Result<void> change_digest(audit::Work& work, std::int64_t tenancy, const crypto::RowSum& change) {
    auto digest = find_digest(work.tx(), work.keys(), kDigests, tenancy);
    if (digest.ok()) {
        ++digest->version;
        digest->sum.add(change);
        return put_digest(work, kDigests, *digest);
    }
    switch (digest.error().code) {
        case Code::NotFound:
            return put_digest(work, kDigests, Digest{tenancy, crypto::new_uuid(), 1, change});
        case Code::Corrupt:
            return {};
        default:
            return digest.error();
    }
}

Result<void> put_total(audit::Work& work, const Digest& total) {
    TRY(put_digest(work, kTotals, total));
    return work.changed({.action = "ledger.sealed", .resource = total.id, .version = total.version});
}

/// `change` is what is added to the lines of all tenancies, `less` what is taken away.
Result<void> change_total(audit::Work& work, const crypto::RowSum& change, const crypto::RowSum& less) {
    auto total = find_digest(work.tx(), work.keys(), kTotals, kTotal);
    if (total.ok()) {
        ++total->version;
        total->sum.add(change).remove(less);
        return put_total(work, *total);
    }
    const Code code = total.error().code;
    return code == Code::NotFound || code == Code::Corrupt ? Result<void>{} : total.error();
}

LedgerRow read_line(const db::Rows& rows) {
    LedgerRow row;
    rows.into(row.id, row.uuid, row.tenancy, row.type, row.posted_on, row.amount, row.description);
    return row;
}

using Sums = std::unordered_map<std::int64_t, crypto::RowSum>;

/// What the lines add up to as they are now, by tenancy.
Result<Sums> add_up_lines(db::Transaction& tx, const crypto::KeyRing& keys) {
    LedgerHasher hash{keys};
    Sums sums;
    db::Rows rows = TRY(tx.query(sql::ledger::list_all));
    while (TRY(rows.next())) {
        const LedgerRow row = read_line(rows);
        sums[row.tenancy].add(hash(row));
    }
    return sums;
}

/// Of each tenancy: takes what there is a digest of out of the sums.
Result<void> check_digests(db::Transaction& tx, const crypto::KeyRing& keys, Sums& sums,
                           CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::ledger_digest::list_after, 0));
    while (TRY(rows.next())) {
        const StoredDigest stored = read_numbered(rows);
        const auto id = stored.digest.id;
        const auto lines = sums.find(id);
        const auto digest = stored.open(keys, kDigests.columns);
        const auto is = lines == sums.end() ? crypto::RowSum{} : lines->second;
        report.add("ledger_digest", id, digest.ok() ? Literal{""} : Literal{"record"});
        if (digest.ok() && digest->sum != is) {
            report.add("tenancy", id, "ledger");
        }
        if (lines != sums.end()) {
            sums.erase(lines);
        }
    }
    return {};
}

void reseal_row(audit::Resealing& some, const DigestTable& table, const db::Rows& rows) {
    const StoredDigest s = read_numbered(rows);
    reseal(some, {s.digest.id, s.digest.version}, table.columns, identity(s.digest), s.sum, s.row_seal);
}

}  // namespace

Hash LedgerHasher::operator()(const LedgerRow& row) {
    bytes_.clear();
    const auto number = [this](std::int64_t value) {
        for (unsigned shift = 0; shift < 64; shift += 8) {
            bytes_.push_back(static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> shift));
        }
    };
    const auto text = [&](const std::optional<std::string_view>& value) {
        number(value ? static_cast<std::int64_t>(value->size()) : -1);
        if (value) {
            bytes_.insert(bytes_.end(), value->begin(), value->end());
        }
    };
    number(row.id);
    const ByteView uuid = row.uuid.bytes();
    bytes_.insert(bytes_.end(), uuid.begin(), uuid.end());
    number(row.tenancy);
    number(row.posted_on);
    number(row.amount);
    text(row.type);
    text(row.description);
    return hash_(bytes_);
}

Result<void> LedgerChanges::store(audit::Work& work) {
    if (changes_.empty()) {
        return {};
    }
    crypto::RowSum all;
    for (const auto& [tenancy, change] : changes_) {
        TRY(change_digest(work, tenancy, change));
        all.add(change);
    }
    changes_.clear();
    return change_total(work, all, {});
}

Result<void> remove_ledger_digest(audit::Work& work, std::int64_t tenancy) {
    const auto digest = find_digest(work.tx(), work.keys(), kDigests, tenancy);
    if (!digest.ok() && digest.error().code != Code::NotFound && digest.error().code != Code::Corrupt) {
        return digest.error();
    }
    TRY(work.tx().execute(sql::ledger_digest::remove, tenancy));
    // Of one that does not open it is not known what to take away: the total is wrong from now on, as it
    // should be.
    return digest.ok() ? change_total(work, {}, digest->sum) : Result<void>{};
}

Result<void> seal_ledger(audit::Work& work) {
    const Sums sums = TRY(add_up_lines(work.tx(), work.keys()));
    Digest total{kTotal, crypto::new_uuid(), 1, {}};
    for (const auto& [tenancy, sum] : sums) {
        TRY(put_digest(work, kDigests, Digest{tenancy, crypto::new_uuid(), 1, sum}));
        total.sum.add(sum);
    }
    return put_total(work, total);
}

Result<void> check_ledger(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    Sums sums = TRY(add_up_lines(tx, keys));
    crypto::RowSum all;
    for (const auto& [tenancy, sum] : sums) {
        all.add(sum);
    }
    TRY(check_digests(tx, keys, sums, report));
    for (const auto& [tenancy, sum] : sums) {
        report.add("tenancy", tenancy, "ledger");
    }
    const auto total = find_digest(tx, keys, kTotals, kTotal);
    if (!total.ok() && total.error().code != Code::NotFound && total.error().code != Code::Corrupt) {
        return total.error();
    }
    if (total.ok() || total.error().code == Code::Corrupt || all.rows() != 0) {
        report.add("ledger_total", kTotal, total.ok() && total->sum == all ? Literal{""} : Literal{"sum"});
    }
    return {};
}

Result<void> reseal_ledger_digests(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::ledger_digest::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        reseal_row(some, kDigests, rows);
    }
    return {};
}

Result<void> reseal_ledger_total(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::ledger_digest::list_totals_after, some.reached()));
    while (TRY(some.next(rows))) {
        reseal_row(some, kTotals, rows);
    }
    return {};
}

}  // namespace tenantry::housing
