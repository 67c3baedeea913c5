#include "json/value.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <charconv>

namespace tenantry::json {

namespace {

/// "[0,0,…]" takes twenty times its length as Values; this bounds what a body of legal size can cost.
constexpr std::size_t kMaxValues = 50'000;

bool has_duplicate_key(const Object& object) {
    std::vector<std::string_view> keys;
    keys.reserve(object.size());
    for (const auto& [key, value] : object) {
        keys.emplace_back(key);
    }
    std::sort(keys.begin(), keys.end());
    return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

/// Takes the events of the parser and builds the Value. An event returns false to end the parse.
class Builder {
  public:
    // NOLINTBEGIN(readability-identifier-naming): the parser's names for its bounds; ours is kMaxValues
    static constexpr std::size_t max_object_size = std::string::npos;
    static constexpr std::size_t max_array_size = std::string::npos;
    static constexpr std::size_t max_key_size = std::string::npos;
    static constexpr std::size_t max_string_size = std::string::npos;
    // NOLINTEND(readability-identifier-naming)
    using Failure = boost::json::error_code;
    using Text = boost::json::string_view;

    [[nodiscard]] Value take_root() { return std::move(root_); }

    bool on_document_begin(Failure& /*failure*/) { return true; }
    bool on_document_end(Failure& /*failure*/) { return true; }
    bool on_object_begin(Failure& /*failure*/) { return open(Object{}); }
    bool on_object_end(std::size_t /*count*/, Failure& failure) {
        auto object = std::get<Object>(std::move(open_.back().container));
        open_.pop_back();
        return !has_duplicate_key(object) ? add(std::move(object), failure) : refuse(failure);
    }
    bool on_array_begin(Failure& /*failure*/) { return open(Array{}); }
    bool on_array_end(std::size_t /*count*/, Failure& failure) {
        auto array = std::get<Array>(std::move(open_.back().container));
        open_.pop_back();
        return add(std::move(array), failure);
    }
    bool on_key_part(Text part, std::size_t /*total*/, Failure& /*failure*/) {
        text_.append(part.data(), part.size());
        return true;
    }
    bool on_key(Text part, std::size_t /*total*/, Failure& failure) {
        text_.append(part.data(), part.size());
        open_.back().key = std::exchange(text_, {});
        return open_.back().key.find('\0') == std::string::npos || refuse(failure);
    }
    bool on_string_part(Text part, std::size_t /*total*/, Failure& /*failure*/) {
        text_.append(part.data(), part.size());
        return true;
    }
    bool on_string(Text part, std::size_t /*total*/, Failure& failure) {
        text_.append(part.data(), part.size());
        if (text_.find('\0') != std::string::npos) {
            return refuse(failure);
        }
        return add(std::exchange(text_, {}), failure);
    }
    bool on_number_part(Text /*part*/, Failure& /*failure*/) { return true; }
    bool on_int64(std::int64_t number, Text /*text*/, Failure& failure) { return add(number, failure); }
    bool on_uint64(std::uint64_t /*number*/, Text text, Failure& failure) {
        return add_double(text, failure);
    }
    bool on_double(double /*number*/, Text text, Failure& failure) { return add_double(text, failure); }
    bool on_bool(bool value, Failure& failure) { return add(value, failure); }
    bool on_null(Failure& failure) { return add(nullptr, failure); }
    bool on_comment_part(Text /*part*/, Failure& /*failure*/) { return false; }
    bool on_comment(Text /*text*/, Failure& /*failure*/) { return false; }

  private:
    struct Open {
        std::variant<Array, Object> container;
        std::string key;  ///< of the member whose value comes next
    };

    static bool refuse(Failure& failure) {
        failure = boost::json::error::syntax;
        return false;
    }

    bool open(std::variant<Array, Object> container) {
        open_.push_back(Open{std::move(container), {}});
        return true;
    }

    /// The library rounds some numbers wrongly (to about 1e-16), the standard library none.
    bool add_double(Text text, Failure& failure) {
        double number = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
        return problem == std::errc{} ? add(number, failure) : refuse(failure);
    }

    bool add(Value::Variant variant, Failure& failure) {
        if (++count_ > kMaxValues) {
            return refuse(failure);
        }
        Value value{std::move(variant)};
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (auto* array = std::get_if<Array>(&open_.back().container)) {
            array->push_back(std::move(value));
        } else {
            std::get<Object>(open_.back().container)
                .emplace_back(std::move(open_.back().key), std::move(value));
        }
        return true;
    }

    Value root_;
    std::vector<Open> open_;
    std::string text_;
    std::size_t count_ = 0;
};

}  // namespace

const Value* Value::find(std::string_view key) const {
    if (const auto* object = as<Object>()) {
        for (const auto& [name, value] : *object) {
            if (name == key) {
                return &value;
            }
        }
    }
    return nullptr;
}

Result<Value> parse(std::string_view text) {
    constexpr Error kInvalid{Code::Invalid, "The text is not valid JSON"};
    try {
        boost::json::parse_options options;
        options.max_depth = 32;
        boost::json::basic_parser<Builder> parser{options};
        boost::json::error_code failure;
        const std::size_t used = parser.write_some(false, text.data(), text.size(), failure);
        if (failure || used != text.size()) {
            return kInvalid;
        }
        return parser.handler().take_root();
    } catch (const std::exception&) {
        return Error{Code::Internal, "The JSON parser failed"};
    }
}

}  // namespace tenantry::json
