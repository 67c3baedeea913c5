// What becomes of issues that nobody answered in time.
#pragma once

#include <string>
#include <vector>

#include "register/issue.hpp"

namespace tenantry::housing {

struct Escalation {
    ListedIssue issue;
    bool escalated = false;    ///< else it did not open, and is as it was
    std::string officer_name;  ///< empty where nobody has the patch
    bool officer_told = false;
    bool manager_told = false;
};

/// Escalates each open issue whose deadline is today, as clocks in the United Kingdom have it, and that is at
/// no stage yet: notes it and queues letters to the officer of its patch (else the one who logged it) and to
/// the manager over them.
[[nodiscard]] Result<std::vector<Escalation>> escalate_due_issues(audit::Work& work);

}  // namespace tenantry::housing
