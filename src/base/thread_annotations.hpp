// clang's thread-safety analysis, checked by clang-tidy; nothing elsewhere. base::Mutex is the annotated
// lock.
#pragma once

#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define TENANTRY_ANNOTATE(x) __attribute__((x))
#else
#define TENANTRY_ANNOTATE(x)
#endif
#define GUARDED_BY(x) TENANTRY_ANNOTATE(guarded_by(x))
#define REQUIRES(...) TENANTRY_ANNOTATE(requires_capability(__VA_ARGS__))
#define EXCLUDES(...) TENANTRY_ANNOTATE(locks_excluded(__VA_ARGS__))

namespace tenantry {

class TENANTRY_ANNOTATE(capability("mutex")) Mutex {
  public:
    void lock() TENANTRY_ANNOTATE(acquire_capability()) { mutex_.lock(); }
    void unlock() TENANTRY_ANNOTATE(release_capability()) { mutex_.unlock(); }

  private:
    std::mutex mutex_;
};

/// Holds a Mutex for a scope; a std::condition_variable_any waits on it.
class TENANTRY_ANNOTATE(scoped_lockable) Lock {
  public:
    explicit Lock(Mutex& mutex) TENANTRY_ANNOTATE(acquire_capability(mutex)) : mutex_(mutex) {
        mutex_.lock();
    }
    ~Lock() TENANTRY_ANNOTATE(release_capability()) { mutex_.unlock(); }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

  private:
    Mutex& mutex_;
};

}  // namespace tenantry
