#include "register/ledger.hpp"

#include <tuple>

#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr Error kRepeated{Code::Invalid, "another line of this file has it too", "transaction_uuid"};

/// An empty text is none.
std::optional<std::string_view> none_if_blank(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional<std::string_view>{text};
}

}  // namespace

LedgerWindow ledger_window(Instant now) {
    using namespace std::chrono;
    const auto today = floor<days>(now);
    const year_month_day date{today};
    return {year_month_day{date.year() - years{1}, April, day{1}}, year_month_day{today + days{1}}};
}

Result<Statement> read_statement(audit::Work& work, std::string_view tag_reference) {
    Statement statement{TRY(find_tenancy_by_tag(work.tx(), work.keys(), tag_reference)), {}};
    const auto [from, until] = ledger_window(work.now());
    {
        db::Rows rows = TRY(work.tx().query(sql::ledger::list, statement.tenancy.id, from, until));
        while (TRY(rows.next())) {
            LedgerLine& line = statement.lines.emplace_back();
            rows.into(line.uuid, line.type, line.posted_on, line.amount, line.description);
        }
    }
    TRY(work.read({.action = "ledger.viewed", .resource = statement.tenancy.id.value}));
    return statement;
}

Result<void> LedgerImport::begin() {
    bool any = false;
    TRY(work_.tx().find(sql::ledger::has_any, std::tie(any)));
    was_empty_ = !any;
    if (was_empty_) {
        TRY(work_.tx().execute(sql::ledger::drop_uuid_index));
        TRY(work_.tx().execute(sql::ledger::drop_tenancy_index));
    }
    begun_ = true;
    return {};
}

Result<Id<Tenancy>> LedgerImport::tenancy_of(const std::string& tag_reference) {
    if (const auto known = tenancies_.find(tag_reference); known != tenancies_.end()) {
        return known->second;
    }
    Id<Tenancy> tenancy;
    std::optional<Id<Household>> household;
    const auto found = work_.tx().find(sql::tenancy::find_link, std::tie(tenancy, household), tag_reference);
    if (!found.ok()) {
        return found.error().code == Code::NotFound
                   ? Error{Code::Invalid, "no tenancy has this tag reference", "tag_reference"}
                   : found.error();
    }
    if (tenancies_.size() == kRemembered) {
        tenancies_.clear();
    }
    tenancies_.emplace(tag_reference, tenancy);
    return tenancy;
}

Result<void> LedgerImport::add(const LedgerRecord& record) {
    const Id<Tenancy> tenancy = TRY(tenancy_of(record.tag_reference));
    if (!begun_) {
        TRY(begin());
    }
    if (next_ == block_end_) {
        TRY(tell());
        const auto drawn = TRY(take_ids(work_.tx(), "ledger_line", kBlock));
        if (first_ == 0) {
            first_ = next_ = told_ = drawn;
            met_.resize(was_empty_ ? 0 : static_cast<std::size_t>(drawn));
        }
        VERIFY(drawn == next_);  // nobody else draws in this transaction
        block_end_ = drawn + kBlock;
    }
    if (changes_.tenancies() >= kRemembered) {
        TRY(changes_.store(work_));
    }
    return put({next_, record.uuid, tenancy.value, none_if_blank(record.type), to_days(record.posted_on),
                record.amount.value, none_if_blank(record.description)});
}

Result<void> LedgerImport::put(LedgerRow line) {
    const auto& insert = was_empty_ ? sql::ledger::insert : sql::ledger::insert_new;
    const auto rows = TRY(work_.tx().execute(insert, line.id, line.uuid, line.tenancy, line.type,
                                             line.posted_on, line.amount, line.description));
    if (rows == 0) {
        return update(line);
    }
    changes_.added(line);
    ++next_;
    return {};
}

Result<void> LedgerImport::update(LedgerRow line) {
    {
        db::Rows rows = TRY(work_.tx().query(sql::ledger::find_by_uuid, line.uuid));
        const bool is_there = TRY(rows.next());
        VERIFY(is_there);  // it stood in the new line's way
        LedgerRow before;
        before.uuid = line.uuid;
        rows.into(before.id, before.tenancy, before.type, before.posted_on, before.amount,
                  before.description);
        line.id = before.id;
        if (line.id >= first_ || met_[static_cast<std::size_t>(line.id)]) {
            return kRepeated;
        }
        changes_.removed(before);
    }
    changes_.added(line);
    TRY(work_.tx().execute(sql::ledger::update, line.id, line.tenancy, line.type, line.posted_on, line.amount,
                           line.description));
    met_[static_cast<std::size_t>(line.id)] = true;
    if (++updated_ == kBlock) {
        TRY(tell());
    }
    return {};
}

Result<void> LedgerImport::tell() {
    if (next_ > told_) {
        TRY(work_.changed({.action = "ledger.imported", .resource = told_, .version = next_ - told_}));
        told_ = next_;
    }
    if (updated_ > 0) {
        TRY(work_.changed({.action = "ledger.updated", .version = updated_}));
        updated_ = 0;
    }
    return {};
}

Result<void> LedgerImport::find_repeated() {
    db::Rows rows = TRY(work_.tx().query(sql::ledger::list_repeated, kRepeatedMost));
    while (TRY(rows.next())) {
        std::int64_t id = 0;
        rows.into(id);
        repeated_.push_back(id - first_ + 1);
    }
    return {};
}

Result<void> LedgerImport::finish() {
    if (!begun_) {
        return {};
    }
    begun_ = false;
    TRY(tell());
    TRY(changes_.store(work_));
    if (!was_empty_) {
        return {};
    }
    TRY(work_.tx().execute(sql::ledger::make_tenancy_index));
    // What went wrong is looked for after it was taken back: PostgreSQL goes on with nothing else.
    TRY(work_.tx().execute(sql::ledger::begin_uuid_index));
    const auto made = work_.tx().execute(sql::ledger::make_uuid_index);
    if (!made.ok() && made.error().code == Code::Conflict) {
        TRY(work_.tx().execute(sql::ledger::undo_uuid_index));
        TRY(find_repeated());
        return kRepeated;
    }
    TRY(made);
    TRY(work_.tx().execute(sql::ledger::keep_uuid_index));
    return {};
}

}  // namespace tenantry::housing
