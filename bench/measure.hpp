// The measurements of script/bench: the product as a process of its own over HTTP, and what it is held
// against, in alternating rounds on one data set, because the machine's speed wanders. One thread.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "app/instance.hpp"
#include "bench/load.hpp"

namespace tenantry::bench {

/// What all rounds of one measurement gave.
class Series {
  public:
    void add(const Outcome& outcome, std::chrono::duration<double> processor_time);

    [[nodiscard]] double median() const;
    [[nodiscard]] double least() const;
    [[nodiscard]] double most() const;
    /// Of the times of all rounds, in milliseconds.
    [[nodiscard]] double latency_ms(double share) const;
    /// Processor time of one request, all threads of the process: what other work on the machine changes
    /// least.
    [[nodiscard]] double processor_us() const;

  private:
    std::vector<double> sorted_;
    Histogram latency_;
    std::uint64_t done_ = 0;
    std::chrono::duration<double> processor_time_{};
};

/// Where the programs and the data are, and how long to measure.
struct Plan {
    std::filesystem::path programs;
    app::Place place;
    std::string token;
    std::uint64_t people = 0;
    int rounds = 3;
    std::chrono::nanoseconds time{};
    unsigned loops = 1;
    [[nodiscard]] bool is_postgres() const { return !place.database.empty(); }
};

inline constexpr std::size_t kPoints = 2;
inline constexpr std::array<std::int64_t, kPoints> kListLimits{20, 50};

struct GetFigures {
    Series product;
    Series bare;
    Series in_process;  ///< on SQLite
    Series libpq;       ///< on PostgreSQL
    std::vector<double> start_seconds;
    [[nodiscard]] double slowest_start() const {
        return *std::max_element(start_seconds.begin(), start_seconds.end());
    }
    double resident_mib = 0;
    double peak_mib = 0;
};
struct ListFigures {
    std::array<Series, kPoints> product;  ///< by kListLimits
    std::array<Series, kPoints> in_process;
};
struct CreateFigures {
    Series product;
    Series in_process;
    Series commits;  ///< of SQLite, or of PostgreSQL, alone
    double resident_mib = 0;
    double peak_mib = 0;
};

struct RotationFigures {
    Series idle;       ///< the clients' requests without a rotation
    Series meanwhile;  ///< and while one is under way
    std::vector<double> people_per_second;
    [[nodiscard]] double slowest() const {
        return *std::min_element(people_per_second.begin(), people_per_second.end());
    }
};

/// Which of what the product is held against is measured too.
enum class Against : std::uint8_t { Nothing, All };

[[nodiscard]] Result<GetFigures> measure_gets(const Plan& plan, Against against);
[[nodiscard]] Result<ListFigures> measure_lists(const Plan& plan, Against against);
[[nodiscard]] Result<CreateFigures> measure_creates(const Plan& plan, Against against);

/// 8 clients that read, search and create while every record is sealed anew.
[[nodiscard]] Result<RotationFigures> measure_rotation(const Plan& plan);

}  // namespace tenantry::bench
