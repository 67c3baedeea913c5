#include "http/certificate.hpp"

#include "http/tls.hpp"

namespace tenantry::http {

Result<Certificate> Certificate::read(std::string certificate_file, std::string key_file) {
    Certificate certificate{std::move(certificate_file), std::move(key_file)};
    // Before the files are read: what is written meanwhile is a change.
    certificate.seen_ = certificate.stamps();
    certificate.context_ = std::make_shared<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
    TRY(configure_tls(*certificate.context_->native_handle(), certificate.certificate_file_,
                      certificate.key_file_));
    certificate.until_ = certificate_end(*certificate.context_->native_handle());
    return certificate;
}

bool Certificate::has_changed() const {
    return stamps() != seen_;
}

Result<void> Certificate::renew() {
    // One that fails is not tried again until something has changed, so that it is told of once.
    seen_ = stamps();
    auto renewed = TRY(read(certificate_file_, key_file_));
    if (renewed.until_ <= std::chrono::system_clock::now()) {
        return Error{Code::Invalid, "The new TLS certificate has ended already"};
    }
    *this = std::move(renewed);
    return {};
}

Certificate::Stamps Certificate::stamps() const {
    const auto stamp_of = [](const std::string& file) {
        struct stat found {};
        return ::stat(file.c_str(), &found) == 0
                   ? Stamp{found.st_dev, found.st_ino, found.st_ctim.tv_sec, found.st_ctim.tv_nsec}
                   : Stamp{};
    };
    return {stamp_of(certificate_file_), stamp_of(key_file_)};
}

}  // namespace tenantry::http
