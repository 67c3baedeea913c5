// What this room needs around libsodium: its start, locked memory for keys, and wiping of what was on a
// stack. Only .cpp files of the room include it. Thread-safe.
#pragma once

#include <sodium.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

#include "base/verify.hpp"

namespace tenantry::crypto {

/// Chooses libsodium's fastest code for this processor and readies its allocator. To be called before any
/// use.
inline void start_sodium() {
    static const bool kStarted = sodium_init() >= 0;
    VERIFY(kStarted);
}

/// Memory between guard pages, locked where the system allows it, never in a core file, wiped when freed.
template <class T>
struct LockedAllocator {
    using value_type = T;

    LockedAllocator() = default;
    template <class Other>
    // NOLINTNEXTLINE(google-explicit-constructor): allocators convert silently
    LockedAllocator(const LockedAllocator<Other>& /*other*/) {}

    [[nodiscard]] T* allocate(std::size_t count) {
        void* memory = sodium_allocarray(count, sizeof(T));
        if (memory == nullptr) {
            throw std::bad_alloc{};
        }
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t /*count*/) { sodium_free(memory); }
    bool operator==(const LockedAllocator&) const = default;
};

using SecretBytes = std::vector<unsigned char, LockedAllocator<unsigned char>>;

/// A value that is wiped when its scope ends. Made from a function's result in braces, there is no other
/// copy.
template <class T>
struct Wiped {
    T value;
    ~Wiped() { sodium_memzero(&value, sizeof value); }
};

}  // namespace tenantry::crypto
