// What the system tells of this process and of the disk under its data folder, for /metrics.
#pragma once

#include <filesystem>

#include "api/metrics_text.hpp"
#include "base/time.hpp"

namespace tenantry::app {

/// Under the names that Prometheus' own client libraries use. What the system does not tell is left out.
void write_process_figures(api::MetricsText& text, Instant started_at);

/// Space on the disk of the data folder, and what the register takes of it.
void write_disk_figures(api::MetricsText& text, const std::filesystem::path& data);

/// Which build this is.
void write_build_figures(api::MetricsText& text);

}  // namespace tenantry::app
