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
    static const crypto::KeyRing kRing = make_ring();
    static const crypto::FieldContext kPlace{"person", "first_name", crypto::new_uuid(), 1};
    static const Bytes kSealed = kRing.seal(kPlace, "a text that takes two buckets of 32 bytes");
    const ByteView input{data, size};

    VERIFY(!kRing.open(kPlace, input).ok());
    VERIFY(!kRing.check_row_seal("person", input, {input}).ok());
    VERIFY(crypto::KeyRing::blob_tag(input).size() == (size < 62 ? 0U : 32U));

    // A changed byte stands for itself, the rest is as sealed; what goes beyond the end is appended.
    Bytes changed = kSealed;
    changed.resize(std::max(kSealed.size(), size));
    for (std::size_t i = 0; i < size; ++i) {
        changed[i] = static_cast<unsigned char>(changed[i] ^ input[i]);
    }
    VERIFY(kRing.open(kPlace, changed).ok() == (changed == kSealed));
    return 0;
}
