// The body of a request, by length or in chunks, bounded while it arrives. Trailers are refused; chunk
// extensions are skipped, all of them together at most 256 bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tenantry::http {

class BodyReader {
  public:
    explicit BodyReader(std::size_t limit) : limit_(limit) {}

    void expect_length(std::size_t bytes);
    void expect_chunks();

    enum class Progress : std::uint8_t { More, Done, Malformed, TooLarge };
    /// Takes what belongs to the body off the front of `bytes` and appends its content to `body`.
    [[nodiscard]] Progress take(std::string_view& bytes, std::string& body);

  private:
    enum class Part : std::uint8_t { Plain, Size, Extension, SizeEnd, Data, DataCr, DataLf, LastCr, LastLf };

    void take_data(std::string_view& bytes, std::string& body);
    [[nodiscard]] Progress take_framing(char c, std::size_t body_bytes);
    [[nodiscard]] Progress take_size(char c);
    [[nodiscard]] Progress expect(char c, char expected, Part next);

    std::size_t limit_;
    Part part_ = Part::Plain;
    std::size_t missing_ = 0;  // bytes of the body, or of this chunk
    std::uint64_t chunk_size_ = 0;
    unsigned size_digits_ = 0;
    std::size_t extension_bytes_ = 0;
};

}  // namespace tenantry::http
