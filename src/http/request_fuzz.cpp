// Any bytes through the reader: in one piece and in small ones the same requests come out and the same
// refusal ends them, and every request that passes holds what message.hpp promises.
#include "base/bytes.hpp"
#include "base/verify.hpp"
#include "http/request_reader.hpp"

namespace {

using namespace tenantry;
using http::RequestReader;

constexpr http::Limits kLimits{512, 2048, 20, 1024};

void check(const http::Request& request) {
    VERIFY(request.path.starts_with('/') && request.path.find("//") == std::string::npos);
    VERIFY((request.path + '/').find("/../") == std::string::npos);
    VERIFY(request.path.find_first_of(std::string_view{"\r\n\0 #\\", 6}) == std::string::npos);
    VERIFY(request.query.find_first_of(std::string_view{"\r\n\0 #", 5}) == std::string::npos);
    VERIFY(request.header_count("host") == 1 && request.header_count("content-length") <= 1);
    VERIFY(request.header_count("transfer-encoding") + request.header_count("content-length") <= 1);
    VERIFY(request.headers.size() <= kLimits.header_count && request.body.size() <= kLimits.body_bytes);
    for (const auto& header : request.headers) {
        VERIFY(header.value.find_first_of(std::string_view{"\r\n\0", 3}) == std::string::npos);
    }
}

std::string outcome_of(std::string_view bytes, std::size_t piece) {
    RequestReader reader{kLimits};
    std::string outcome;
    std::string received;
    while (!bytes.empty()) {
        received += bytes.substr(0, piece);
        bytes.remove_prefix(std::min(piece, bytes.size()));
        for (;;) {
            std::string_view rest = received;
            const auto step = reader.read(rest);
            VERIFY(received.ends_with(rest));
            received.erase(0, received.size() - rest.size());
            if (step == RequestReader::Step::NeedMore) {
                break;
            }
            if (step == RequestReader::Step::Refused) {
                return outcome + "refused " + std::to_string(reader.refusal());
            }
            if (step == RequestReader::Step::Complete) {
                check(reader.request());
                const auto& request = reader.request();
                outcome +=
                    request.method + ' ' + request.path + '?' + request.query + '\n' + request.body + '\n';
                reader.start_next();
            }
        }
    }
    return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string whole = outcome_of(text_of(ByteView{data, size}), size);
    for (const std::size_t piece : {1U, 3U, 64U}) {
        const std::string pieces = outcome_of(text_of(ByteView{data, size}), piece);
        VERIFY(pieces == whole);
    }
    return 0;
}
