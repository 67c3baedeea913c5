// The one file that sees Beast.
#include <boost/beast/http/basic_parser.hpp>

#include "http/head.hpp"

namespace tenantry::http {

namespace {

namespace beast = boost::beast;

/// Writes straight into the request of the connection, so that strings of the request before are used again.
class HeadParser final : public beast::http::basic_parser<true> {
  public:
    HeadParser(Request& request, RequestLine& line) : request_(request), line_(line) {}

    [[nodiscard]] std::size_t header_count() const { return header_count_; }

  private:
    void on_request_impl(beast::http::verb /*verb*/, beast::string_view method, beast::string_view target,
                         int version, beast::error_code& /*failure*/) override {
        request_.method.assign(method.data(), method.size());
        line_.target = {target.data(), target.size()};
        line_.version = version;
    }
    void on_field_impl(beast::http::field /*field*/, beast::string_view name, beast::string_view value,
                       beast::error_code& /*failure*/) override {
        if (header_count_ == request_.headers.size()) {
            request_.headers.emplace_back();
        }
        Header& header = request_.headers[header_count_++];
        header.name.assign(name.data(), name.size());
        header.value.assign(value.data(), value.size());
    }
    void on_header_impl(beast::error_code& /*failure*/) override {}
    void on_response_impl(int /*code*/, beast::string_view /*reason*/, int /*version*/,
                          beast::error_code& /*failure*/) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>& /*length*/,
                           beast::error_code& /*failure*/) override {}
    std::size_t on_body_impl(beast::string_view /*body*/, beast::error_code& /*failure*/) override {
        return 0;
    }
    void on_chunk_header_impl(std::uint64_t /*size*/, beast::string_view /*extensions*/,
                              beast::error_code& /*failure*/) override {}
    std::size_t on_chunk_body_impl(std::uint64_t /*remain*/, beast::string_view /*body*/,
                                   beast::error_code& /*failure*/) override {
        return 0;
    }
    void on_finish_impl(beast::error_code& /*failure*/) override {}

    Request& request_;
    RequestLine& line_;
    std::size_t header_count_ = 0;
};

}  // namespace

std::optional<RequestLine> parse_head(std::string_view head, Request& request) {
    RequestLine line;
    HeadParser parser{request, line};
    parser.header_limit(static_cast<std::uint32_t>(head.size()) + 1);
    parser.body_limit(boost::none);  // both bounds are ours to hold
    beast::error_code failure;
    const std::size_t used = parser.put({head.data(), head.size()}, failure);
    request.headers.resize(parser.header_count());
    if (failure || !parser.is_header_done() || used != head.size()) {
        return std::nullopt;
    }
    line.keep_alive = parser.keep_alive();
    return line;
}

}  // namespace tenantry::http
