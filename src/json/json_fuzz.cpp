// Any bytes through the parser; what it accepts is written, parsed again and written again: both texts are
// the same.
#include "json/value.hpp"
#include "json/writer.hpp"

namespace tenantry::json {
namespace {

void write(Writer& writer, const Value& value) {
    if (const auto* object = value.as<Object>()) {
        writer.begin_object();
        for (const auto& [key, member] : *object) {
            write(writer.key_text(key), member);
        }
        writer.end_object();
    } else if (const auto* array = value.as<Array>()) {
        writer.begin_array();
        for (const auto& element : *array) {
            write(writer, element);
        }
        writer.end_array();
    } else if (const auto* text = value.as<std::string>()) {
        writer.text(*text);
    } else if (const auto* integer = value.as<std::int64_t>()) {
        writer.integer(*integer);
    } else if (const auto* number = value.as<double>()) {
        writer.number(*number);
    } else if (const auto* boolean = value.as<bool>()) {
        writer.boolean(*boolean);
    } else {
        writer.null();
    }
}

std::string text_of(const Value& value) {
    std::string text;
    Writer writer{text};
    write(writer, value);
    return text;
}

}  // namespace
}  // namespace tenantry::json

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace tenantry;
    const auto parsed = json::parse(text_of(ByteView{data, size}));
    if (parsed.ok()) {
        const std::string once = json::text_of(*parsed);
        const auto again = json::parse(once);
        VERIFY(again.ok() && json::text_of(*again) == once);
    }
    return 0;
}
