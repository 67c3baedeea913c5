#include "api/operations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "api/propops/reply.hpp"
#include "audit/journal.hpp"
#include "http/forwarded.hpp"

namespace tenantry::api {

namespace {

using Kind = MetricsText::Kind;

http::Response text_response(std::string body) {
    http::Response response;
    response.headers = "Content-Type: text/plain; charset=utf-8\r\n";
    response.body = std::move(body);
    return response;
}

Result<http::Response> alive(Call& /*call*/) {
    return text_response("alive\n");
}

/// Whether a request would be served as it should: the snapshot that this handler runs in reads the journal's
/// end and checks its seal, which takes the database and the keys, and without which nothing is written.
Result<audit::Head> check_readiness(Call& call) {
    switch (call.services.phase.load(std::memory_order_relaxed)) {
        case Phase::Starting:
            return Error{Code::Unavailable, "The server is starting"};
        case Phase::Stopping:
            return Error{Code::Unavailable, "The server is stopping"};
        case Phase::Serving:
            break;
    }
    const auto writer = call.services.database.writer_figures();
    if (writer && writer->disk_failed) {
        return Error{Code::Unavailable, "The disk failed; nothing is written until a restart"};
    }
    return TRY(audit::find_head(call.work.tx(), call.services.keys)).value_or(audit::Head{});
}

Result<http::Response> ready(Call& call) {
    const auto checked = check_readiness(call);
    if (checked.ok()) {
        return text_response("ready\n");
    }
    auto response = text_response(fmt::format("{}\n", checked.error().text.view()));
    response.status = 503;
    return response;
}

void write_writer(MetricsText& text, const db::WriterFigures& writer) {
    text.one(Kind::Gauge, "tenantry_writer_waiting", "Writes that wait for the writer.", writer.waiting);
    text.one(Kind::Gauge, "tenantry_writer_waiting_limit", "How many may wait; one more is refused.",
             writer.waiting_most);
    text.one(Kind::Counter, "tenantry_writer_refused_total", "Writes refused because too many waited.",
             writer.refused);
    text.one(Kind::Counter, "tenantry_writer_groups_total", "Groups of writes that were committed together.",
             writer.groups);
    text.one(Kind::Counter, "tenantry_writer_writes_total", "Writes in them.", writer.writes);
    text.one(Kind::Counter, "tenantry_writer_failed_total", "Groups that could not be committed.",
             writer.failed);
    text.one(Kind::Histogram, "tenantry_writer_commit_seconds",
             "Time from a group's first statement to the end of its commit.", writer.commits);
    text.one(Kind::Histogram, "tenantry_writer_checkpoint_seconds",
             "Time that checkpoints of the write-ahead log took.", writer.checkpoints);
    text.one(Kind::Gauge, "tenantry_writer_log_pages", "Pages in the write-ahead log.", writer.log_pages);
    text.one(Kind::Gauge, "tenantry_writer_disk_failed",
             "1: the disk failed to make a write durable, and nothing is written until a restart.",
             std::uint64_t{writer.disk_failed});
}

/// What the database and the keys tell.
void write_register(MetricsText& text, Call& call) {
    const auto ready = check_readiness(call);
    text.one(Kind::Gauge, "tenantry_ready", "1: /readyz says ready.", std::uint64_t{ready.ok()});
    if (const auto writer = call.services.database.writer_figures()) {
        write_writer(text, *writer);
    }
    if (ready.ok()) {
        const auto event = ready->event;
        text.one(Kind::Gauge, "tenantry_audit_last_event", "Number of the journal's last event.",
                 static_cast<std::uint64_t>(event));
        if (call.services.settings.signs_audit_heads) {
            const auto handed_out = std::min(call.services.metrics.audit_heads_event(), event);
            text.one(Kind::Gauge, "tenantry_audit_events_unsigned",
                     "Events after the last signed head that every place has.",
                     static_cast<std::uint64_t>(event - handed_out));
        }
    }
    text.one(Kind::Counter, "tenantry_sealed_damaged_total",
             "Times that a sealed value or row was found not to be as it was sealed.",
             call.services.keys.broken());
    text.one(Kind::Counter, "tenantry_bulk_read_alarms_total", "Accounts that read unusually many records.",
             static_cast<std::uint64_t>(call.services.reads.bulk_read_alarms()));
}

/// From loopback, or with the permission: a scraper beside the server needs no account.
Result<http::Response> metrics(Call& call) {
    if (!http::is_loopback(call.request.client_address)) {
        const auto caller = TRY(access::authenticate(call.work.tx(), call.services.keys,
                                                     token_of(call.request, call.services.settings),
                                                     {access::Permission::MetricsView, std::nullopt},
                                                     call.work.now(), call.services.settings.session_times));
        if (!caller.permitted) {
            return access::kNotPermitted;
        }
    }
    MetricsText text;
    call.services.metrics.write(text);
    write_register(text, call);
    auto response = text_response(text.take());
    response.headers = "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n";
    return response;
}

constexpr Route kRoutes[] = {
    {"GET", "/healthz", Guard::open("a probe has no account"), Csrf::NotNeeded, Run::Alone, alive},
    {"GET", "/readyz", Guard::open("a probe has no account"), Csrf::NotNeeded, Run::Read, ready},
    {"GET", "/metrics", Guard::open("checks loopback or the permission itself"), Csrf::NotNeeded, Run::Read,
     metrics},
};

}  // namespace

Api operations() {
    return {kRoutes, propops::refuse, propops::refuse_status};
}

}  // namespace tenantry::api
