// The thread that signs the journal's head from time to time while a server runs, and hands it out to where
// whoever can write the database cannot change it. `tenantry audit verify --heads` holds the journal to it.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "api/metrics.hpp"
#include "app/instance.hpp"
#include "app/stop_flag.hpp"
#include "audit/signed_head.hpp"

namespace tenantry::app {

struct AuditHeadOptions {
    std::string file;     ///< that lines are appended to; empty: none
    std::string command;  ///< program that is run with each line; empty: none
};

/// A head as a line of a heads file: a JSON object with install, event, hash, at, signature, and a newline.
[[nodiscard]] std::string head_line(const audit::SignedHead& head);
/// The head of such a line, with or without its newline; nothing for any other text.
[[nodiscard]] std::optional<audit::SignedHead> parse_head_line(std::string_view line);

/// Hands out a head at the start, every kEvents events, kEvery where something is new, and at the end. What
/// fails is logged, counted and tried again; nothing else waits for it.
class AuditHeads {
  public:
    static constexpr std::int64_t kEvents = 1000;
    static constexpr std::chrono::seconds kEvery{60};
    static constexpr std::chrono::seconds kRetryEvery{5};
    static constexpr std::chrono::seconds kProgramMayTake{10};

    /// Instance and metrics must outlive this.
    AuditHeads(Instance& instance, const AuditHeadOptions& options, api::Metrics& metrics);
    ~AuditHeads();
    AuditHeads(const AuditHeads&) = delete;
    AuditHeads& operator=(const AuditHeads&) = delete;

  private:
    using Time = std::chrono::steady_clock::time_point;
    /// A place that heads go to. Each is served and tried again for itself.
    struct Place {
        Literal name;
        std::function<Result<void>(std::string_view line)> deliver;
        std::int64_t event = 0;  ///< the last that it has
        Time delivered_at{};
        Time try_from{};
    };

    void run();
    void hand_out(bool to_all);
    [[nodiscard]] bool is_due(const Place& place, std::int64_t event, bool to_all) const;
    void tell_metrics() const;

    Instance& instance_;
    api::Metrics& metrics_;
    const crypto::Signer signer_;
    const Time started_at_ = std::chrono::steady_clock::now();
    std::vector<Place> places_;
    StopFlag stop_;
    std::thread thread_;
};

}  // namespace tenantry::app
