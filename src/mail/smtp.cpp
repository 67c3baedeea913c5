#include <curl/curl.h>

#include <cstring>
#include <string_view>

#include "mail/post.hpp"

namespace tenantry::mail {

namespace {

constexpr Error kNotSent{Code::Unavailable, "the mail server did not take the letter"};

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct CloseHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct CloseUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

/// The part of a URL; empty where it has none.
std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK) {
        return {};
    }
    std::string copy{text};
    curl_free(text);
    return copy;
}

bool is_this_machine(std::string_view host) {
    return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

/// What is left to send of a message.
struct Upload {
    std::string_view rest;
};

std::size_t read_upload(char* into, std::size_t size, std::size_t count, void* from) {
    auto& rest = static_cast<Upload*>(from)->rest;
    const auto taken = std::min(size * count, rest.size());
    std::memcpy(into, rest.data(), taken);
    rest.remove_prefix(taken);
    return taken;
}

std::size_t ignore_reply(char* /*text*/, std::size_t size, std::size_t count, void* /*into*/) {
    return size * count;
}

int stop_when_told(void* stopping, curl_off_t /*down*/, curl_off_t /*downloaded*/, curl_off_t /*up*/,
                   curl_off_t /*uploaded*/) {
    return static_cast<const std::atomic<bool>*>(stopping)->load() ? 1 : 0;
}

class Smtp final : public Post {
  public:
    Smtp(SmtpServer server, bool in_the_clear) : server_(std::move(server)), in_the_clear_(in_the_clear) {}

    Result<void> send(const Letter& letter, const std::atomic<bool>& stopping) override {
        const std::string message = TRY(compose(letter));
        const std::unique_ptr<CURL, CloseHandle> handle{curl_easy_init()};
        const std::unique_ptr<curl_slist, FreeList> recipients{
            curl_slist_append(nullptr, ('<' + letter.to + '>').c_str())};
        if (!handle || !recipients) {
            return kNotSent;
        }
        Upload upload{message};
        prepare(handle.get(), stopping);
        curl_easy_setopt(handle.get(), CURLOPT_MAIL_FROM, ('<' + letter.from + '>').c_str());
        curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
        curl_easy_setopt(handle.get(), CURLOPT_READDATA, &upload);
        return curl_easy_perform(handle.get()) == CURLE_OK ? Result<void>{} : kNotSent;
    }

  private:
    void prepare(CURL* handle, const std::atomic<bool>& stopping) const {
        curl_easy_setopt(handle, CURLOPT_URL, server_.url.c_str());
        curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        curl_easy_setopt(handle, CURLOPT_USE_SSL, in_the_clear_ ? CURLUSESSL_NONE : CURLUSESSL_ALL);
        curl_easy_setopt(handle, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
        if (!server_.user.empty()) {
            curl_easy_setopt(handle, CURLOPT_USERNAME, server_.user.c_str());
            curl_easy_setopt(handle, CURLOPT_PASSWORD, server_.password.c_str());
        }
        // No variable of the environment sends mail another way.
        curl_easy_setopt(handle, CURLOPT_PROXY, "");
        curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, 10L);
        curl_easy_setopt(handle, CURLOPT_TIMEOUT, 60L);
        curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, stop_when_told);
        curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &stopping);
        curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, ignore_reply);
        curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(handle, CURLOPT_READFUNCTION, read_upload);
    }

    SmtpServer server_;
    bool in_the_clear_;
};

}  // namespace

Result<std::unique_ptr<Post>> by_smtp(const SmtpServer& server) {
    constexpr Error kBadUrl{Code::Invalid, "is a URL as in smtp://mail.example or smtps://mail.example:465",
                            "--smtp-url"};
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return Error{Code::Internal, "libcurl cannot be used"};
    }
    const std::unique_ptr<CURLU, CloseUrl> url{curl_url()};
    if (!url || curl_url_set(url.get(), CURLUPART_URL, server.url.c_str(), 0) != CURLUE_OK) {
        return kBadUrl;
    }
    const std::string scheme = part_of(url.get(), CURLUPART_SCHEME);
    const std::string path = part_of(url.get(), CURLUPART_PATH);
    if ((scheme != "smtp" && scheme != "smtps") || (!path.empty() && path != "/") ||
        !part_of(url.get(), CURLUPART_USER).empty() || !part_of(url.get(), CURLUPART_PASSWORD).empty() ||
        !part_of(url.get(), CURLUPART_QUERY).empty() || !part_of(url.get(), CURLUPART_FRAGMENT).empty()) {
        return kBadUrl;
    }
    const bool in_the_clear = scheme == "smtp" && is_this_machine(part_of(url.get(), CURLUPART_HOST));
    return std::unique_ptr<Post>{std::make_unique<Smtp>(server, in_the_clear)};
}

}  // namespace tenantry::mail
