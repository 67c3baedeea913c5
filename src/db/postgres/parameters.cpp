#include "db/postgres/parameters.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace tenantry::db {

namespace {

constexpr int kBinary = 1;

template <class Int>
std::array<unsigned char, sizeof(Int)> big_endian_of(Int number) {
    std::array<unsigned char, sizeof(Int)> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes.at(bytes.size() - 1 - i) =
            static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> (8 * i) & 0xffU);
    }
    return bytes;
}

template <class Int>
void add_big_endian(std::string& to, Int number) {
    to += text_of(big_endian_of(number));
}

/// An element of an array: its length, then its bytes.
void add_element(std::string& array, const Param& param) {
    const auto& value = param.value();
    const auto add = [&array](std::string_view bytes) {
        add_big_endian(array, static_cast<std::int32_t>(bytes.size()));
        array += bytes;
    };
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        add_big_endian(array, static_cast<std::int32_t>(sizeof *number));
        add_big_endian(array, *number);
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
        add(*text);
    } else if (const auto* bytes = std::get_if<ByteView>(&value)) {
        add(text_of(*bytes));
    } else {
        add_big_endian(array, std::int32_t{-1});  // NULL
    }
}

}  // namespace

unsigned pg_type_of(Param::Kind kind) {
    constexpr std::array<unsigned, 4> kTypes{0, 20, 25, 17};  // nothing, int8, text, bytea
    return kTypes.at(static_cast<std::size_t>(kind));
}

unsigned pg_array_type_of(Param::Kind kind) {
    constexpr std::array<unsigned, 4> kTypes{0, 1016, 1009, 1001};
    return kTypes.at(static_cast<std::size_t>(kind));
}

BoundParams::BoundParams(std::span<const Param> params)
    : values(params.size()), lengths(params.size()), formats(params.size(), kBinary) {
    numbers.reserve(params.size());
    for (std::size_t i = 0; i < params.size(); ++i) {
        const auto& value = params[i].value();
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            set(i, text_of(numbers.emplace_back(big_endian_of(*number))));
        } else if (const auto* text = std::get_if<std::string_view>(&value)) {
            set(i, *text);
        } else if (const auto* blob = std::get_if<ByteView>(&value)) {
            set(i, text_of(*blob));
        }
    }
}

void BoundParams::set(std::size_t place, std::string_view bytes) {
    values[place] = bytes.empty() ? "" : bytes.data();  // a null pointer would be NULL, and empty is not
    lengths[place] = static_cast<int>(bytes.size());
}

KeptParams::KeptParams(std::span<const Param> params) {
    kept_.reserve(params.size());
    for (const Param& param : params) {
        const auto& value = param.value();
        Kept& kept = kept_.emplace_back(Kept{param.kind(), {}});
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            kept.value = *number;
        } else if (const auto* text = std::get_if<std::string_view>(&value)) {
            kept.value.emplace<std::string>(*text);
        } else if (const auto* bytes = std::get_if<ByteView>(&value)) {
            kept.value.emplace<std::string>(text_of(*bytes));
        }
    }
}

std::vector<Param> KeptParams::params() const {
    std::vector<Param> params;
    params.reserve(kept_.size());
    for (const Kept& kept : kept_) {
        const auto* number = std::get_if<std::int64_t>(&kept.value);
        const auto* bytes = std::get_if<std::string>(&kept.value);
        switch (kept.kind) {
            case Param::Kind::Integer:
                params.emplace_back(number != nullptr ? std::optional{*number} : std::nullopt);
                break;
            case Param::Kind::Text:
                params.emplace_back(bytes != nullptr ? std::optional{std::string_view{*bytes}}
                                                     : std::nullopt);
                break;
            case Param::Kind::Bytes:
                params.emplace_back(bytes != nullptr ? std::optional{bytes_of(*bytes)} : std::nullopt);
                break;
            case Param::Kind::Unknown:
                params.emplace_back(nullptr);
                break;
        }
    }
    return params;
}

bool KeptParams::goes_with(const KeptParams& other) const {
    return !kept_.empty() && std::ranges::equal(kept_, other.kept_, [](const Kept& one, const Kept& two) {
        return one.kind == two.kind && one.kind != Param::Kind::Unknown;
    });
}

std::vector<std::string> pg_arrays_of(std::span<const std::vector<Param>> asked) {
    std::vector<std::string> arrays(asked.front().size());
    for (std::size_t place = 0; place < arrays.size(); ++place) {
        std::string& array = arrays[place];
        add_big_endian(array, std::int32_t{1});  // dimensions
        add_big_endian(array, std::int32_t{1});  // may hold NULL
        // An element's type is that of the first: they all have it.
        add_big_endian(array, static_cast<std::int32_t>(pg_type_of(asked.front()[place].kind())));
        add_big_endian(array, static_cast<std::int32_t>(asked.size()));
        add_big_endian(array, std::int32_t{1});  // the first element's number
        for (const auto& params : asked) {
            add_element(array, params[place]);
        }
    }
    return arrays;
}

}  // namespace tenantry::db
