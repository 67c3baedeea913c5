#include "app/audit_commands.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>

#include "app/audit_heads.hpp"
#include "audit/journal.hpp"
#include "audit/signed_head.hpp"
#include "register/check_all.hpp"
#include "register/replay.hpp"
#include "rights/disclosure.hpp"

namespace tenantry::app {

namespace {

constexpr std::size_t kShown = 20;       ///< findings of one kind that are told one by one
constexpr std::size_t kLineMost = 4096;  ///< bytes of a line of a heads file

std::string events_text(std::int64_t first, std::int64_t count) {
    return count > 1 ? fmt::format("events {} to {} were", first, first + count - 1)
                     : fmt::format("event {} was", first);
}

/// What happened to the first broken event, in words.
std::string break_text(const audit::Verdict& verdict) {
    const std::int64_t first = *verdict.first_broken;
    switch (verdict.what) {
        case audit::Break::Changed:
            return fmt::format("event {} was changed", first);
        case audit::Break::Removed:
            return events_text(first, verdict.count) + " removed";
        case audit::Break::Inserted:
            return events_text(first, verdict.count) + " inserted";
        case audit::Break::Reordered:
            return fmt::format("event {} was moved: it stands in another place", first);
        case audit::Break::CutOff:
            return events_text(first, verdict.count) + " cut off at the end";
        case audit::Break::HeadChanged:
            return fmt::format(
                "the note of the last event is not as it was sealed, so whether there was an event "
                "{} is not known",
                first);
    }
    return {};
}

void report_chain(const audit::Verdict& verdict, Output& output) {
    if (verdict.first_broken) {
        output.error(fmt::format("the audit trail is broken: {}; the {} before it hold", break_text(verdict),
                                 verdict.events));
    } else if (!is_whole(verdict)) {
        output.error("the audit trail is broken: it is empty, and even a new register has its first event");
    } else {
        output.line(fmt::format("the audit trail holds: {} events", verdict.events));
    }
}

/// Tells the first findings one by one and the number of the others.
class Findings {
  public:
    explicit Findings(Output& output) : output_(output) {}
    void add(std::string_view text) {
        if (++count_ <= kShown) {
            output_.error(text);
        }
    }
    /// Whether there was none.
    [[nodiscard]] bool finish() {
        if (count_ > kShown) {
            output_.error(fmt::format("and {} more", count_ - kShown));
        }
        return count_ == 0;
    }

  private:
    Output& output_;
    std::size_t count_ = 0;
};

Result<crypto::PublicKey> key_of(const Command& command, const crypto::KeyRing& keys) {
    const std::string text = command.option("public-key");
    if (text.empty()) {
        return audit::head_signer(keys).public_key();
    }
    const auto key = hex_decode_exactly<std::tuple_size_v<crypto::PublicKey>>(text);
    if (!key) {
        return Error{Code::Invalid, "is a key of 64 hexadecimal digits", "--public-key"};
    }
    return *key;
}

/// The journal held to a file of signed heads.
class HeadsFile {
  public:
    HeadsFile(db::Transaction& tx, const crypto::PublicKey& key, const Uuid& install, Output& output)
        : tx_(tx), key_(key), install_(install), output_(output), findings_(output) {}

    /// Whether every line holds. NotFound: there is no such file, or nothing in it.
    Result<bool> check(const std::string& path) {
        std::ifstream file{path};
        std::array<char, kLineMost> line{};
        std::int64_t number = 0;
        while (file.getline(line.data(), line.size()) || file.gcount() > 0) {
            const auto length = static_cast<std::size_t>(file.gcount());
            const bool too_long = file.fail();
            file.clear(file.rdstate() & ~std::ios::failbit);
            TRY(check_line(++number, too_long ? std::string_view{} : std::string_view{line.data(), length}));
        }
        if (number == 0) {
            return Error{Code::NotFound, "the file of signed heads is not there, or empty"};
        }
        const bool sound = findings_.finish();
        if (sound) {
            output_.line(fmt::format("{} signed heads hold, the last of event {}", number, last_));
        }
        return sound;
    }

  private:
    Result<void> check_line(std::int64_t number, std::string_view line) {
        const auto text_end = line.find('\0');
        const auto head = parse_head_line(line.substr(0, text_end));
        if (!head) {
            findings_.add(fmt::format("signed heads, line {}: is no signed head", number));
            return {};
        }
        const auto found = TRY(audit::check_head(tx_, key_, install_, *head));
        const std::int64_t event = head->head.event;
        switch (found) {
            case audit::HeadCheck::Holds:
                last_ = std::max(last_, event);
                return {};
            case audit::HeadCheck::Unsigned:
                findings_.add(fmt::format("signed heads, line {}: its signature is not by this key", number));
                return {};
            case audit::HeadCheck::Stranger:
                findings_.add(fmt::format("signed heads, line {}: is another installation's", number));
                return {};
            case audit::HeadCheck::Missing:
                findings_.add(
                    fmt::format("signed heads, line {}: event {} is missing: the end of the journal was cut "
                                "off behind event {} or later, or an older database was put back",
                                number, event, last_));
                return {};
            case audit::HeadCheck::Different:
                findings_.add(
                    fmt::format("signed heads, line {}: event {} is not the one that was signed: the journal "
                                "was written anew behind event {}",
                                number, event, last_));
                return {};
        }
        return {};
    }

    db::Transaction& tx_;
    const crypto::PublicKey& key_;
    const Uuid& install_;
    Output& output_;
    Findings findings_;
    std::int64_t last_ = 0;  ///< the last event whose head holds
};

std::string departure_text(const housing::Departure& d) {
    switch (d.difference) {
        case housing::Difference::Removed:
            return fmt::format("{} {}: was removed without an event; event {} was its last", d.table, d.id,
                               d.event);
        case housing::Difference::Inserted:
            return fmt::format("{} {}: was put in without an event", d.table, d.id);
        case housing::Difference::Returned:
            return fmt::format("{} {}: was put back after event {} had removed it", d.table, d.id, d.event);
        case housing::Difference::Older:
            return fmt::format("{} {}: was put back to an older version ({}; event {} made it {})", d.table,
                               d.id, d.stored, d.event, d.journal);
        case housing::Difference::Newer:
            return fmt::format("{} {}: was changed without an event (version {}; event {} made it {})",
                               d.table, d.id, d.stored, d.event, d.journal);
    }
    return {};
}

/// Whether the register is as the journal and the seals say.
Result<bool> check_data(db::Transaction& tx, const crypto::KeyRing& keys, housing::Replay& replay,
                        Output& output) {
    const auto outcome = TRY(replay.compare(tx));
    housing::CheckReport sealed;
    TRY(housing::check_all(tx, keys, sealed));
    TRY(rights::check_disclosures(tx, keys, sealed));
    Findings findings{output};
    for (const auto& departure : outcome.first) {
        findings.add(departure_text(departure));
    }
    for (const auto& one : sealed.first_damaged) {
        findings.add(fmt::format("{} {}: was changed: its {} does not hold", one.table.view(), one.id,
                                 one.column.view()));
    }
    const bool sound = findings.finish();
    output.line(fmt::format("{} records held against the journal: {} differ; {} seals tried: {} do not hold",
                            outcome.records, outcome.departures, sealed.records, sealed.damaged));
    return sound;
}

Result<bool> verify(Instance& instance, const Command& command, Output& output, db::Transaction& tx) {
    const bool against_data = !command.option("against-data").empty();
    const std::string heads = command.option("heads");
    const auto key = TRY(key_of(command, instance.keys()));
    housing::Replay replay;
    const auto verdict = TRY(
        read_journal(tx, instance.keys(), output, [&](const audit::Recorded& event, std::int64_t /*in_all*/) {
            if (against_data) {
                replay.take(event);
            }
        }));
    bool sound = is_whole(verdict);
    if (!heads.empty()) {
        const Uuid install = TRY(find_install(tx));
        HeadsFile file{tx, key, install, output};
        sound = TRY(file.check(heads)) && sound;
    }
    if (against_data && verdict.first_broken) {
        output.error("the register is not held to a journal that is broken");
    } else if (against_data) {
        sound = TRY(check_data(tx, instance.keys(), replay, output)) && sound;
    }
    return sound;
}

}  // namespace

Result<audit::Verdict> read_journal(db::Transaction& tx, const crypto::KeyRing& keys, Output& output,
                                    const audit::OnEvent& on_event) {
    auto progress = progress_to(output, "Verifying");
    const auto verdict =
        TRY(audit::verify_journal(tx, keys, [&](const audit::Recorded& event, std::int64_t in_all) {
            progress.update(static_cast<std::size_t>(event.id),
                            static_cast<std::size_t>(std::max(event.id, in_all)));
            if (on_event) {
                on_event(event, in_all);
            }
        }));
    progress.finish();
    report_chain(verdict, output);
    return verdict;
}

bool is_whole(const audit::Verdict& verdict) {
    return !verdict.first_broken && verdict.events > 0;
}

int verify_audit(Instance& instance, const Command& command, Output& output) {
    const auto sound =
        instance.read([&](db::Transaction& tx) { return verify(instance, command, output, tx); });
    if (!sound.ok()) {
        return fail(output, sound.error());
    }
    return *sound ? kDone : kFailed;
}

int print_audit_key(Instance& instance, const Command& /*command*/, Output& output) {
    output.line(hex_encode(audit::head_signer(instance.keys()).public_key()));
    return kDone;
}

}  // namespace tenantry::app
