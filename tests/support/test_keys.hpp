// The keys of an installation, new in each test.
#pragma once

#include <vector>

#include "crypto/key_ring.hpp"
#include "crypto/random.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::test {

struct TestKeys {
    TemporaryFolder folder;
    Uuid install = crypto::new_uuid();
    std::vector<crypto::WrappedKey> wrapped = crypto::KeyRing::create(folder.path()).value();
    crypto::KeyRing ring = crypto::KeyRing::open(folder.path(), install, wrapped).value();

    /// The ring as the wrapped keys are now.
    [[nodiscard]] Result<crypto::KeyRing> reopen() const {
        return crypto::KeyRing::open(folder.path(), install, wrapped);
    }
    /// Makes the next field key; it becomes the active one and the present one decrypts only.
    void rotate() {
        make_next_active();
        ring = reopen().value();
    }
    /// The same, but the ring does not know of it.
    void make_next_active() {
        auto made = crypto::KeyRing::make_field_key(folder.path(), wrapped, wrapped.back().id + 1).value();
        for (auto& key : wrapped) {
            if (key.purpose == crypto::KeyPurpose::Field && key.state == crypto::KeyState::Active) {
                key.state = crypto::KeyState::DecryptOnly;
            }
        }
        made.state = crypto::KeyState::Active;
        wrapped.push_back(std::move(made));
    }
};

}  // namespace tenantry::test
