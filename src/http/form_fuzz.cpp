// Any bytes as a form, a path segment and a cookie header. What is decoded is never longer than what was
// sent.
#include "base/bytes.hpp"
#include "http/message.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace tenantry;
    const auto text = text_of(ByteView{data, size});
    if (const auto fields = http::parse_form(text); fields.ok()) {
        std::size_t total = 0;
        for (const auto& [name, value] : *fields) {
            total += name.size() + value.size();
        }
        VERIFY(total <= size && fields->size() <= 200);
    }
    if (const auto decoded = http::percent_decode(text); decoded.ok()) {
        VERIFY(decoded->size() <= size);
    }
    http::Request request;
    request.headers = {{"Cookie", std::string{text}}};
    const auto cookie = request.cookie("a");
    VERIFY(!cookie || cookie->size() + 2 <= size);
    return 0;
}
