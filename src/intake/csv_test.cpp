#include "intake/csv.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace tenantry::intake {
namespace {

using Table = std::vector<std::vector<std::string>>;

struct Outcome {
    Table rows;
    std::string error;  ///< "line:column text" where reading ended in one
};

Outcome read_all(const std::string& text, std::size_t buffer_bytes = CsvReader::kBufferBytes) {
    std::istringstream in{text};
    CsvReader csv{in, buffer_bytes};
    Outcome outcome;
    for (;;) {
        const auto more = csv.next();
        if (!more.ok()) {
            outcome.error = std::to_string(csv.line()) + ":" + std::to_string(csv.column()) + " " +
                            std::string{more.error().text.view()};
            return outcome;
        }
        if (!*more) {
            return outcome;
        }
        auto& row = outcome.rows.emplace_back();
        for (std::size_t i = 0; i < csv.size(); ++i) {
            row.emplace_back(csv[i]);
        }
    }
}

TEST(Csv, reads_plain_and_quoted_fields_with_either_line_end) {
    EXPECT_EQ(read_all("a,b\r\n1,2\n").rows, (Table{{"a", "b"}, {"1", "2"}}));
    EXPECT_EQ(read_all("\"a,1\",\"say \"\"hi\"\"\",\"\"\n").rows, (Table{{"a,1", "say \"hi\"", ""}}));
    EXPECT_EQ(read_all("\"two\r\nlines\",x").rows, (Table{{"two\r\nlines", "x"}}));
    EXPECT_EQ(read_all(",,\n").rows, (Table{{"", "", ""}}));
    EXPECT_EQ(read_all("\"\"").rows, (Table{{""}}));
    EXPECT_TRUE(read_all("").rows.empty());
}

TEST(Csv, takes_no_notice_of_a_byte_order_mark_and_empty_lines) {
    EXPECT_EQ(read_all("\xef\xbb\xbf\"a\",b\n\r\n\n1,2\n\n").rows, (Table{{"a", "b"}, {"1", "2"}}));
    EXPECT_EQ(read_all("\xef\xbb\xbf").rows, Table{});
    EXPECT_EQ(read_all("a\n\xef\xbb\xbf").rows, (Table{{"a"}, {"\xef\xbb\xbf"}}));
}

TEST(Csv, names_the_place_of_an_error) {
    EXPECT_EQ(read_all("a,b\n1,x\"y\n").error, "2:2 has a quote in the middle of a field without quotes");
    EXPECT_EQ(read_all("a\n\n\"1\"2\n").error, "3:1 has text after its closing quote");
    EXPECT_EQ(read_all("\"a\nb\",c\n1,\"2\n\n").error, "3:2 has a quote that is never closed");
    EXPECT_EQ(read_all("a,b\rc\n").error, "1:2 has a carriage return without a line feed");
    EXPECT_EQ(read_all("\r").error, "1:1 has a carriage return without a line feed");
    EXPECT_EQ(read_all("ok,\xc3\x28\n").error, "1:2 is not UTF-8 text");
    EXPECT_EQ(read_all(std::string{"ok\na\0b", 6}).error, "2:1 is not UTF-8 text");
    // Halves of a character in two fields are not one character.
    EXPECT_EQ(read_all("\xc3,\xa9\n").error, "1:1 is not UTF-8 text");
    EXPECT_EQ(read_all("\xef\xbb").error, "1:1 is not UTF-8 text");
}

TEST(Csv, bounds_the_size_of_a_field_and_of_a_row) {
    const std::string field(CsvReader::kFieldBytes, 'x');
    EXPECT_EQ(read_all(field).rows, (Table{{field}}));
    EXPECT_EQ(read_all(field + "x").error, "1:1 is longer than 64 KiB; is a quote left open?");
    EXPECT_EQ(read_all("a\n\"" + std::string(100'000, '\n')).error,
              "2:1 is longer than 64 KiB; is a quote left open?");
    const std::string half(CsvReader::kFieldBytes / 2, 'x');
    std::string row;
    for (int i = 0; i < 8; ++i) {
        row += half + ",";
    }
    EXPECT_EQ(read_all(row + half).error, "1:8 is in a row of more than 256 KiB");
    EXPECT_EQ(read_all(std::string(300'000, ',')).error, "1:262146 is in a row of more than 256 KiB");
}

TEST(Csv, reads_the_same_however_the_stream_is_cut) {
    const std::string text = "\xef\xbb\xbfname,\"no\"\"te\"\r\n\"a\r\nb\",\"\"\nZo\xc3\xab,last\r\n\r\nx,y";
    const auto whole = read_all(text);
    ASSERT_EQ(whole.rows.size(), 4U);
    for (std::size_t buffer_bytes = 3; buffer_bytes < text.size(); ++buffer_bytes) {
        EXPECT_EQ(read_all(text, buffer_bytes).rows, whole.rows) << buffer_bytes;
    }
}

TEST(Csv, a_field_as_written_reads_back) {
    EXPECT_EQ(csv_field("plain text"), "plain text");
    for (const std::string text : {"a,b", "say \"hi\"", "two\r\nlines", "\"", "end\n", " spaces "}) {
        EXPECT_EQ(read_all(csv_field(text) + ",x\n").rows, (Table{{text, "x"}}));
    }
}

}  // namespace
}  // namespace tenantry::intake
