#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mail/post.hpp"

namespace tenantry::mail {

namespace {

namespace fs = std::filesystem;

constexpr Error kUnwritable{Code::Unavailable, "the outbox cannot be written to"};

/// Writes the whole text durably into a file of the owner's own.
bool write_private(const fs::path& path, std::string_view text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) {
        return false;
    }
    bool written = ::fchmod(file, 0600) == 0;
    while (written && !text.empty()) {
        const auto count = ::write(file, text.data(), text.size());
        written = count > 0;
        text.remove_prefix(written ? static_cast<std::size_t>(count) : 0);
    }
    written = written && ::fsync(file) == 0;
    return ::close(file) == 0 && written;
}

class Folder final : public Post {
  public:
    explicit Folder(fs::path path) : path_(std::move(path)) {}

    /// Under another name first: whoever watches the folder never sees half a letter.
    Result<void> send(const Letter& letter, const std::atomic<bool>& /*never blocks*/) override {
        const std::string message = TRY(compose(letter));
        if (::mkdir(path_.c_str(), 0700) != 0 && errno != EEXIST) {
            return kUnwritable;
        }
        const fs::path whole = path_ / (letter.id.text() + ".eml");
        const fs::path half = path_ / ('.' + letter.id.text() + ".half");
        std::error_code failure;
        if (write_private(half, message)) {
            fs::rename(half, whole, failure);
            if (!failure) {
                return {};
            }
        }
        fs::remove(half, failure);
        return kUnwritable;
    }

  private:
    fs::path path_;
};

}  // namespace

std::unique_ptr<Post> into_folder(fs::path folder) {
    return std::make_unique<Folder>(std::move(folder));
}

}  // namespace tenantry::mail
