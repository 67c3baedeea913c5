// Opening never crashes on any bytes and succeeds on nothing but what was sealed: the input is read as a
// blob, as a row seal, and as changes to a true blob.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "tests/support/test_keys.hpp"

namespace {

using namespace tenantry;

crypto::KeyRing make_ring() {
    const test::TestKeys keys;
    return keys.reopen().value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const crypto::KeyRing ring = make_ring();
    static const crypto::FieldContext place{"person", "first_name", crypto::new_uuid(), 1};
    static const Bytes sealed = ring.seal(place, "a text that takes two buckets of 32 bytes");
    const ByteView input{data, size};

    VERIFY(!ring.open(place, input).ok());
    VERIFY(!ring.check_row_seal("person", input, {input}).ok());
    VERIFY(crypto::KeyRing::blob_tag(input).size() == (size < 62 ? 0U : 32U));

    // A changed byte stands for itself, the rest is as sealed; what goes beyond the end is appended.
    Bytes changed = sealed;
    changed.resize(std::max(sealed.size(), size));
    for (std::size_t i = 0; i < size; ++i) {
        changed[i] = static_cast<unsigned char>(changed[i] ^ input[i]);
    }
    VERIFY(ring.open(place, changed).ok() == (changed == sealed));
    return 0;
}
