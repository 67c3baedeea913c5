#include "http/body.hpp"

#include "base/ascii.hpp"

namespace tenantry::http {

namespace {

constexpr unsigned kMaxSizeDigits = 16;
constexpr std::size_t kMaxExtensionBytes = 256;

}  // namespace

void BodyReader::expect_length(std::size_t bytes) {
    part_ = Part::Plain;
    missing_ = bytes;
}

void BodyReader::expect_chunks() {
    part_ = Part::Size;
    chunk_size_ = 0;
    size_digits_ = 0;
    extension_bytes_ = 0;
}

BodyReader::Progress BodyReader::take(std::string_view& bytes, std::string& body) {
    if (part_ == Part::Plain) {
        take_data(bytes, body);
        return missing_ == 0 ? Progress::Done : Progress::More;
    }
    while (!bytes.empty()) {
        if (part_ == Part::Data) {
            take_data(bytes, body);
            part_ = missing_ == 0 ? Part::DataCr : Part::Data;
            continue;
        }
        const Progress progress = take_framing(bytes.front(), body.size());
        if (progress != Progress::Malformed) {
            bytes.remove_prefix(1);
        }
        if (progress != Progress::More) {
            return progress;
        }
    }
    return Progress::More;
}

void BodyReader::take_data(std::string_view& bytes, std::string& body) {
    const auto data = bytes.substr(0, missing_);
    body += data;
    bytes.remove_prefix(data.size());
    missing_ -= data.size();
}

BodyReader::Progress BodyReader::take_framing(char c, std::size_t body_bytes) {
    switch (part_) {
        case Part::Size:
            return take_size(c);
        case Part::Extension:
            if (c == '\r') {
                part_ = Part::SizeEnd;
                return Progress::More;
            }
            if ((static_cast<unsigned char>(c) < ' ' && c != '\t') || c == '\x7f' ||
                ++extension_bytes_ > kMaxExtensionBytes) {
                return Progress::Malformed;
            }
            return Progress::More;
        case Part::SizeEnd:
            if (chunk_size_ > limit_ - body_bytes) {
                return Progress::TooLarge;
            }
            missing_ = static_cast<std::size_t>(chunk_size_);
            return expect(c, '\n', missing_ == 0 ? Part::LastCr : Part::Data);
        case Part::DataCr:
            return expect(c, '\r', Part::DataLf);
        case Part::DataLf:
            chunk_size_ = 0;
            size_digits_ = 0;
            return expect(c, '\n', Part::Size);
        case Part::LastCr:
            return expect(c, '\r', Part::LastLf);
        case Part::LastLf:
            return c == '\n' ? Progress::Done : Progress::Malformed;
        case Part::Plain:
        case Part::Data:
            break;
    }
    return Progress::Malformed;
}

BodyReader::Progress BodyReader::take_size(char c) {
    if (const int digit = hex_value(c); digit >= 0 && size_digits_ < kMaxSizeDigits) {
        chunk_size_ = chunk_size_ * 16 + static_cast<unsigned>(digit);
        ++size_digits_;
        return Progress::More;
    }
    if (size_digits_ == 0 || (c != '\r' && c != ';')) {
        return Progress::Malformed;
    }
    part_ = c == '\r' ? Part::SizeEnd : Part::Extension;
    return Progress::More;
}

BodyReader::Progress BodyReader::expect(char c, char expected, Part next) {
    part_ = next;
    return c == expected ? Progress::More : Progress::Malformed;
}

}  // namespace tenantry::http
