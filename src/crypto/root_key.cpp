#include "crypto/root_key.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "crypto/keyed_hash.hpp"
#include "crypto/random.hpp"

namespace tenantry::crypto {

namespace {

constexpr std::size_t kWrappedBytes = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + kKeyBytes;

constexpr std::string_view kPresent = "root.key";
constexpr std::string_view kNext = "root.key.next";

class File {
  public:
    File(const std::filesystem::path& path, int flags)
        : handle_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    ~File() {
        if (handle_ >= 0) {
            ::close(handle_);
        }
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] bool is_open() const { return handle_ >= 0; }
    [[nodiscard]] int handle() const { return handle_; }

  private:
    int handle_;
};

bool sync_folder(const std::filesystem::path& folder) {
    const File file(folder, O_RDONLY | O_DIRECTORY);
    return file.is_open() && ::fsync(file.handle()) == 0;
}

/// A new key in a new file of that name.
Result<SecretBytes> make_file(const std::filesystem::path& keys_folder, std::string_view name) {
    const auto path = keys_folder / name;
    const File file(path, O_WRONLY | O_CREAT | O_EXCL);
    if (!file.is_open()) {
        return errno == EEXIST ? Error{Code::Conflict, "there is a root key already"}
                               : Error{Code::Internal, "the root key cannot be written"};
    }
    SecretBytes key(kKeyBytes);
    fill_random(key);
    const bool stored = ::write(file.handle(), key.data(), key.size()) == ssize_t{kKeyBytes} &&
                        ::fsync(file.handle()) == 0 && sync_folder(keys_folder);
    if (!stored) {
        ::unlink(path.c_str());
        return Error{Code::Internal, "the root key cannot be written"};
    }
    return key;
}

Result<SecretBytes> read_file(const std::filesystem::path& path) {
    const File file(path, O_RDONLY);
    if (!file.is_open()) {
        return errno == ENOENT ? Error{Code::NotFound, "there is no root key"}
                               : Error{Code::Internal, "the root key cannot be read"};
    }
    struct stat facts {};
    if (::fstat(file.handle(), &facts) != 0) {
        return Error{Code::Internal, "the root key cannot be read"};
    }
    if ((facts.st_mode & 077U) != 0) {
        return Error{Code::Forbidden, "the root key is open to other users; its mode must be 0600"};
    }
    SecretBytes key(kKeyBytes + 1);
    if (!S_ISREG(facts.st_mode) || ::read(file.handle(), key.data(), key.size()) != ssize_t{kKeyBytes}) {
        return Error{Code::Corrupt, "the root key's file does not hold a key"};
    }
    key.resize(kKeyBytes);
    return key;
}

/// Whether there are keys, and this root key unwraps every one.
bool fits(const Result<SecretBytes>& root, std::span<const WrappedKey> keys) {
    std::size_t unwrapped = 0;
    for (const WrappedKey& key : keys) {
        if (key.state == KeyState::Retired) {
            continue;
        }
        if (!root.ok() || !unwrap(*root, key).ok()) {
            return false;
        }
        ++unwrapped;
    }
    return unwrapped > 0;
}

Hash wrapping_key(const SecretBytes& root, std::uint32_t id, KeyPurpose purpose) {
    return KeyedHash(root, std::tuple_size_v<Hash>)
        .part(bytes_of("wrap"))
        .fixed(little_endian(id))
        .fixed(little_endian(static_cast<std::uint8_t>(purpose)))
        .finish<std::tuple_size_v<Hash>>();
}

}  // namespace

Result<SecretBytes> make_root_key(const std::filesystem::path& keys_folder) {
    start_sodium();
    std::error_code failed;
    std::filesystem::create_directories(keys_folder, failed);
    if (!failed) {
        std::filesystem::permissions(keys_folder, std::filesystem::perms::owner_all, failed);
    }
    if (failed) {
        return Error{Code::Internal, "the folder of the keys cannot be made"};
    }
    return make_file(keys_folder, kPresent);
}

Result<SecretBytes> make_next_root_key(const std::filesystem::path& keys_folder) {
    start_sodium();
    return make_file(keys_folder, kNext);
}

Result<SecretBytes> fitting_root_key(const std::filesystem::path& keys_folder,
                                     std::span<const WrappedKey> keys) {
    start_sodium();
    const auto present_file = keys_folder / kPresent;
    const auto next_file = keys_folder / kNext;
    auto present = read_file(present_file);
    auto next = read_file(next_file);
    if (!next.ok() && next.error().code == Code::NotFound) {
        return present;
    }
    const Error unsettled{Code::Internal, "the folder of the keys cannot be changed"};
    if (fits(present, keys)) {
        if (::unlink(next_file.c_str()) != 0 || !sync_folder(keys_folder)) {
            return unsettled;
        }
        return present;
    }
    if (fits(next, keys)) {
        if (::rename(next_file.c_str(), present_file.c_str()) != 0 || !sync_folder(keys_folder)) {
            return unsettled;
        }
        return next;
    }
    return present;
}

WrappedKey make_data_key(const SecretBytes& root, std::uint32_t id, KeyPurpose purpose, KeyState state) {
    SecretBytes key(kKeyBytes);
    fill_random(key);
    WrappedKey made{id, purpose, state, {}};
    made.wrapped = wrap(root, made, key);
    return made;
}

Bytes wrap(const SecretBytes& root, const WrappedKey& whose, const SecretBytes& key) {
    Bytes wrapped(kWrappedBytes);
    const auto nonce = std::span{wrapped}.first<crypto_secretbox_NONCEBYTES>();
    fill_random(nonce);
    const Wiped<Hash> wrapping{wrapping_key(root, whose.id, whose.purpose)};
    crypto_secretbox_easy(wrapped.data() + nonce.size(), key.data(), key.size(), nonce.data(),
                          wrapping.value.data());
    return wrapped;
}

Result<SecretBytes> unwrap(const SecretBytes& root, const WrappedKey& key) {
    const Wiped<Hash> wrapping{wrapping_key(root, key.id, key.purpose)};
    SecretBytes unwrapped(kKeyBytes);
    if (key.wrapped.size() != kWrappedBytes ||
        crypto_secretbox_open_easy(unwrapped.data(), key.wrapped.data() + crypto_secretbox_NONCEBYTES,
                                   kWrappedBytes - crypto_secretbox_NONCEBYTES, key.wrapped.data(),
                                   wrapping.value.data()) != 0) {
        return Error{Code::Corrupt,
                     "a data key does not unwrap: wrong root key, or the wrapped key is damaged"};
    }
    return unwrapped;
}

}  // namespace tenantry::crypto
