#include "app/audit_heads.hpp"

#include <algorithm>
#include <tuple>

#include "app/head_delivery.hpp"
#include "app/sql.hpp"
#include "base/log.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace tenantry::app {

namespace {

constexpr std::chrono::seconds kLookEvery{1};

template <std::size_t N>
bool read_hex(const json::Value& object, std::string_view key, std::array<unsigned char, N>& into) {
    const auto* text = object.member<std::string>(key);
    const auto bytes = text != nullptr ? hex_decode_exactly<N>(*text) : std::nullopt;
    into = bytes.value_or(into);
    return bytes.has_value();
}

template <class T>
bool read_member(const json::Value& object, std::string_view key, T& into) {
    const auto* value = object.member<T>(key);
    if (value == nullptr) {
        return false;
    }
    into = *value;
    return true;
}

}  // namespace

std::string head_line(const audit::SignedHead& head) {
    std::string line;
    json::Writer w{line};
    w.begin_object();
    w.key("install").text(head.install.text());
    w.key("event").integer(head.head.event);
    w.key("hash").text(hex_encode(head.head.hash));
    w.key("at").text(head.at);
    w.key("signature").text(hex_encode(head.signature));
    w.end_object();
    return line + '\n';
}

std::optional<audit::SignedHead> parse_head_line(std::string_view line) {
    if (line.ends_with('\n')) {
        line.remove_suffix(1);
    }
    const auto parsed = json::parse(line);
    if (!parsed.ok()) {
        return std::nullopt;
    }
    audit::SignedHead head;
    std::string install;
    const bool whole = read_member(*parsed, "install", install) &&
                       read_member(*parsed, "event", head.head.event) &&
                       read_member(*parsed, "at", head.at) && read_hex(*parsed, "hash", head.head.hash) &&
                       read_hex(*parsed, "signature", head.signature);
    const auto uuid = Uuid::parse(install);
    if (!whole || !uuid) {
        return std::nullopt;
    }
    head.install = *uuid;
    return head;
}

AuditHeads::AuditHeads(Instance& instance, const AuditHeadOptions& options, api::Metrics& metrics)
    : instance_(instance), metrics_(metrics), signer_(audit::head_signer(instance.keys())) {
    if (!options.file.empty()) {
        places_.push_back(
            {"file", [path = options.file](std::string_view line) { return append_to_file(path, line); }});
    }
    if (!options.command.empty()) {
        places_.push_back({"command", [this, path = options.command](std::string_view line) {
                               return hand_to_program(path, line, kProgramMayTake,
                                                      [this] { return stop_.is_set(); });
                           }});
    }
    if (!places_.empty()) {
        thread_ = std::thread([this] { run(); });
    }
}

AuditHeads::~AuditHeads() {
    if (!thread_.joinable()) {
        return;
    }
    stop_.set();
    thread_.join();
}

void AuditHeads::run() {
    hand_out(true);
    while (!stop_.within(kLookEvery)) {
        hand_out(false);
    }
    // A write of its own takes along the readings that still wait for one.
    const auto flushed = instance_.write([](audit::Work& /*work*/) { return Result<void>{}; });
    if (!flushed.ok()) {
        log(LogLevel::Error, "the last audit events could not be stored", {{"reason", flushed.error().text}});
    }
    hand_out(true);
}

bool AuditHeads::is_due(const Place& place, std::int64_t event, bool to_all) const {
    const auto now = std::chrono::steady_clock::now();
    return event > place.event && (to_all || (now >= place.try_from && (event - place.event >= kEvents ||
                                                                        now >= place.delivered_at + kEvery)));
}

void AuditHeads::hand_out(bool to_all) {
    const auto signed_head = instance_.read([&](db::Transaction& tx) -> Result<audit::SignedHead> {
        const auto head = TRY(audit::find_head(tx, instance_.keys()));
        return audit::sign_head(signer_, TRY(find_install(tx)), head.value_or(audit::Head{}),
                                instance_.clock().now());
    });
    if (!signed_head.ok()) {
        metrics_.count_audit_head(false);
        log(LogLevel::Error, "the journal's head cannot be signed", {{"reason", signed_head.error().text}});
        return;
    }
    for (Place& place : places_) {
        if (!is_due(place, signed_head->head.event, to_all)) {
            continue;
        }
        const auto delivered = place.deliver(head_line(*signed_head));
        metrics_.count_audit_head(delivered.ok());
        const auto now = std::chrono::steady_clock::now();
        if (delivered.ok()) {
            place.event = signed_head->head.event;
            place.delivered_at = now;
        } else {
            place.try_from = now + kRetryEvery;
            log(LogLevel::Error, "a signed head of the journal could not be handed out",
                {{"place", place.name},
                 {"event", signed_head->head.event},
                 {"reason", delivered.error().text}});
        }
    }
    tell_metrics();
}

void AuditHeads::tell_metrics() const {
    const auto since = [this](const Place& place) {
        return place.event > 0 ? place.delivered_at : started_at_;
    };
    const auto event = std::ranges::min_element(places_, {}, &Place::event)->event;
    metrics_.set_audit_heads(event, since(*std::ranges::min_element(places_, {}, since)));
}

}  // namespace tenantry::app
