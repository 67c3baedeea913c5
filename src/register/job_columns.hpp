// How a job's row is sealed and opened. Only job.cpp and its tests need it.
#pragma once

#include "register/job.hpp"
#include "register/sealed_texts.hpp"

namespace tenantry::housing {

/// A row as it is stored.
struct StoredJob {
    Job job;  ///< without what is sealed
    ByteView description;
    ByteView row_seal;
    TextBlobs<3> access;  ///< how to get in; whom to ask and how

    /// Reads the current row of a SELECT * FROM job.
    static StoredJob of(const db::Rows& rows);
};

struct SealedJob {
    std::array<std::optional<Bytes>, 4> blobs;  ///< the description, then how to get in; whom to ask and how
    Bytes row_seal;
};

[[nodiscard]] SealedJob seal_job(const crypto::KeyRing& keys, const Job& job);
/// Corrupt where a sealed field or the row's seal does not hold.
[[nodiscard]] Result<Job> open_job(StoredJob stored, const crypto::KeyRing& keys);

}  // namespace tenantry::housing
