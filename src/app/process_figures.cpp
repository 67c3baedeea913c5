#include "app/process_figures.hpp"

#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <fstream>

#include "app/instance.hpp"

namespace tenantry::app {

namespace {

using Kind = api::MetricsText::Kind;

double seconds_of(const timeval& time) {
    constexpr double kMicroseconds = 1e6;
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / kMicroseconds;
}

/// Resident memory, in pages; 0 where the system does not tell.
std::uint64_t resident_pages() {
    std::uint64_t in_all = 0;
    std::uint64_t resident = 0;
    std::ifstream{"/proc/self/statm"} >> in_all >> resident;
    return resident;
}

std::uint64_t count_descriptors() {
    std::error_code failure;
    std::uint64_t open = 0;
    for (std::filesystem::directory_iterator each{"/proc/self/fd", failure}, end; !failure && each != end;
         each.increment(failure)) {
        ++open;
    }
    return open > 0 ? open - 1 : 0;  // without the one that looks
}

}  // namespace

void write_process_figures(api::MetricsText& text, Instant started_at) {
    text.one(Kind::Gauge, "process_start_time_seconds", "Start of the process, in seconds since 1970.",
             api::seconds_of(started_at.time_since_epoch()));
    if (const auto pages = resident_pages(); pages > 0) {
        text.one(Kind::Gauge, "process_resident_memory_bytes", "Memory that the process has in use.",
                 pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)));
    }
    if (const auto open = count_descriptors(); open > 0) {
        text.one(Kind::Gauge, "process_open_fds", "Open descriptors.", open);
    }
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        text.one(Kind::Gauge, "process_max_fds", "How many descriptors may be open.",
                 static_cast<std::uint64_t>(limit.rlim_cur));
    }
    rusage used{};
    if (::getrusage(RUSAGE_SELF, &used) == 0) {
        text.one(Kind::Counter, "process_cpu_seconds_total", "Processor time used.",
                 seconds_of(used.ru_utime) + seconds_of(used.ru_stime));
    }
}

void write_disk_figures(api::MetricsText& text, const std::filesystem::path& data) {
    struct statvfs disk {};
    if (::statvfs(data.c_str(), &disk) == 0) {
        text.one(Kind::Gauge, "tenantry_disk_free_bytes",
                 "Space left to the server on the data folder's disk.",
                 std::uint64_t{disk.f_bavail} * disk.f_frsize);
        text.one(Kind::Gauge, "tenantry_disk_size_bytes", "Size of that disk.",
                 std::uint64_t{disk.f_blocks} * disk.f_frsize);
    }
    std::error_code failure;
    if (const auto size = std::filesystem::file_size(database_file(data), failure); !failure) {
        text.one(Kind::Gauge, "tenantry_register_bytes", "Size of the register's file.", std::uint64_t{size});
    }
}

void write_build_figures(api::MetricsText& text) {
    text.family(Kind::Gauge, "tenantry_build_info", "Always 1; its label says which version runs.");
    text.sample(std::uint64_t{1}, "version=\"" TENANTRY_VERSION "\"");
}

}  // namespace tenantry::app
