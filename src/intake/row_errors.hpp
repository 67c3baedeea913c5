// What is wrong with the rows of an import folder, for the person who made it. Never says a value of the
// file: it may be personal. One thread.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace tenantry::intake {

struct RowError {
    std::string file;
    std::size_t line = 0;  ///< 0: the file as a whole
    std::string column;    ///< by name, or by number where it has none of ours; empty: the row as a whole
    Literal reason;

    /// "people.csv:17: email: is not an e-mail address".
    [[nodiscard]] std::string text() const;
};

class RowErrors {
  public:
    static constexpr std::size_t kMost = 1000;

    /// Keeps the error, if there is room.
    void add(RowError error) {
        if (!full()) {
            errors_.push_back(std::move(error));
        }
    }
    [[nodiscard]] bool full() const { return errors_.size() == kMost; }
    [[nodiscard]] bool empty() const { return errors_.empty(); }
    [[nodiscard]] const std::vector<RowError>& all() const { return errors_; }

  private:
    std::vector<RowError> errors_;
};

}  // namespace tenantry::intake
