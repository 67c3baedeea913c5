#include "http/refused_requests.hpp"

namespace tenantry::http {

namespace {

using namespace std::string_literals;

using Cases = std::vector<RefusedRequest>;

void add_lengths(Cases& cases) {
    for (const auto* coding : {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                               "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                               "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n"}) {
        cases.push_back({post(coding, "0\r\n\r\n"), 400});
        cases.push_back({get("Host: a\r\n"s + coding) + "0\r\n\r\n", 400});
    }
    cases.push_back({"POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400});
    for (const auto* lengths : {"5\r\nContent-Length: 6",
                                "5\r\nContent-Length: 5",
                                "5, 5",
                                "5,5",
                                "",
                                " ",
                                "\r\nContent-Length: 5",
                                "5\r\nContent-Length:",
                                "+5",
                                "-5",
                                "-48",
                                "0x10",
                                "1_0",
                                "1Z",
                                "5 5",
                                "5\t5",
                                "5.0",
                                "5;",
                                "\"5\"",
                                "9223372036854775808",
                                "18446744073709551616",
                                "18446744073709551621",
                                "٥"}) {
        cases.push_back({post("Content-Length: "s + lengths + "\r\n", "hello"), 400});
    }
    cases.push_back({post("Content-Length: " + std::string(400, '1') + "\r\n", "hello"), 400});
    cases.push_back({post("Content-Length: " + std::string(400, '0') + "5x\r\n", "hello"), 400});
    cases.push_back({post("Content-Length: 9223372036854775807\r\n", "hello"), 413});
    cases.push_back({post("Content-Length: 1048577\r\n", "hello"), 413});
    cases.push_back({post("Content-Length: 1048577\r\nExpect: 100-continue\r\n"), 413});
    for (const auto* method : {"GET", "HEAD"}) {
        cases.push_back({method + " / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"s, 400});
        cases.push_back(
            {method + " / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"s, 400});
    }
}

void add_codings(Cases& cases) {
    for (const auto& coding : {"chunked, chunked"s,
                               "chunked\r\nTransfer-Encoding: chunked"s,
                               "chunked\r\nTransfer-Encoding: identity"s,
                               "identity\r\nTransfer-Encoding: chunked"s,
                               ",chunked"s,
                               "chunked,"s,
                               "xchunked"s,
                               "chunkedx"s,
                               "identity"s,
                               "gzip, chunked"s,
                               "chunked, identity"s,
                               "chunked, gzip"s,
                               "\x0b"s + "chunked",
                               "chunked\x0b"s,
                               "\xa0"s + "chunked\xa0",
                               "\xff"s + "chunked",
                               "\"chunked\""s,
                               "chunked;q=1"s,
                               "chunked foo"s,
                               ""s,
                               "chunked\0"s,
                               "\r\n chunked"s,
                               "chun\r\n ked"s,
                               "\r\n\tchunked"s,
                               "cow"s,
                               "'chunked'"s}) {
        cases.push_back({post("Transfer-Encoding: " + coding + "\r\n", "0\r\n\r\n"), 400});
    }
    cases.push_back({post("Transfer_Encoding: chunked\r\n", "0\r\n\r\n"), 400});
    cases.push_back({post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), 400});
    cases.push_back({post("\xffTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400});
}

void add_chunks(Cases& cases) {
    for (const auto& chunks : {"\r\nhello\r\n0\r\n\r\n"s,
                               "0x5\r\nhello\r\n0\r\n\r\n"s,
                               "+5\r\nhello\r\n0\r\n\r\n"s,
                               "-2\r\nhello\r\n0\r\n\r\n"s,
                               "0_2e\r\nhello\r\n0\r\n\r\n"s,
                               " 5\r\nhello\r\n0\r\n\r\n"s,
                               "\t5\r\nhello\r\n0\r\n\r\n"s,
                               "5 \r\nhello\r\n0\r\n\r\n"s,
                               "5 ;a\r\nhello\r\n0\r\n\r\n"s,
                               "5;e\rxt\r\nhello\r\n0\r\n\r\n"s,
                               "5;e\nxt\r\nhello\r\n0\r\n\r\n"s,
                               "5;a=\"\n\"\r\nhello\r\n0\r\n\r\n"s,
                               "5;\0\r\nhello\r\n0\r\n\r\n"s,
                               "5;\x7f\r\nhello\r\n0\r\n\r\n"s,
                               "5;\r\r\nhello\r\n0\r\n\r\n"s,
                               "00000000000000005\r\nhello\r\n0\r\n\r\n"s,
                               "10000000000000005\r\nhello\r\n0\r\n\r\n"s,
                               "5\nhello\r\n0\r\n\r\n"s,
                               "5\rhello\r\n0\r\n\r\n"s,
                               "5\r\nhello0\r\n\r\n"s,
                               "5\r\nhelloX\r\n0\r\n\r\n"s,
                               "5\r\nhello\n0\r\n\r\n"s,
                               "5\r\nhello\r0\r\n\r\n"s,
                               "5\r\nhello\r\nXX\r\n\r\n"s,
                               "5\r\nhello\r\n\r\n0\r\n\r\n"s,
                               "5\r\nhello\r\n0\r\nX\r\n"s,
                               "5\r\nhello\r\n0\r\n\rX"s,
                               "5\r\nhello\r\n0\r\n\n"s,
                               "5\r\nhello\r\n0\n\r\n"s,
                               "G\r\n"s,
                               ";5\r\nhello\r\n0\r\n\r\n"s,
                               "5\r\nhello\r\n;\r\n\r\n"s,
                               "5,5\r\nhello\r\n0\r\n\r\n"s,
                               "\xef\xbc\x95\r\nhello\r\n0\r\n\r\n"s}) {
        cases.push_back({chunked_post(chunks), 400});
    }
    for (const auto* trailer : {"Content-Length: 5", "Transfer-Encoding: chunked", "Host: b",
                                "Authorization: Bearer x", "X-Harmless: 1"}) {
        cases.push_back({chunked_post("5\r\nhello\r\n0\r\n"s + trailer + "\r\n\r\n"), 400});
    }
    cases.push_back({chunked_post("5;" + std::string(300, 'e') + "\r\nhello\r\n0\r\n\r\n"), 400});
    std::string many;
    for (int i = 0; i < 300; ++i) {
        many += "1;e\r\nx\r\n";
    }
    cases.push_back({chunked_post(many + "0\r\n\r\n"), 400});
    cases.push_back({chunked_post("100001\r\n"), 413});
    cases.push_back({chunked_post("FFFFFFFFFFFFFFFF\r\n"), 413});
    cases.push_back({chunked_post("5\r\nhello\r\nFFFFFFFFFFFFFFFB\r\n"), 413});
    cases.push_back(
        {chunked_post("5\r\nhello\r\nFFFFC\r\n" + std::string(0xffffc, 'x') + "\r\n0\r\n\r\n"), 413});
}

void add_lines(Cases& cases) {
    for (const auto& bytes :
         {"GET / HTTP/1.1\nHost: a\n\n"s, "GET / HTTP/1.1\r\nHost: a\n\r\n"s,
          "GET / HTTP/1.1\nHost: a\r\n\r\n"s, "GET / HTTP/1.1\r\nHost: a\r\n\n"s,
          "GET / HTTP/1.1\r\nHost: a\r\nX: b\nY: c\r\n\r\n"s, "GET / HTTP/1.1\rHost: a\r\r"s,
          "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n"s, "GET / HTTP/1.1\r\nHost: a\r\n\rX"s,
          "GET / HTTP/1.1\r\nHost: a\r\n\r\r\n"s, "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n"s,
          "GET /\nx HTTP/1.1\r\nHost: a\r\n\r\n"s, "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"s,
          "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"s, "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n"s,
          " GET / HTTP/1.1\r\nHost: a\r\n\r\n"s, "\r\n GET / HTTP/1.1\r\nHost: a\r\n\r\n"s,
          "\0GET / HTTP/1.1\r\nHost: a\r\n\r\n"s}) {
        cases.push_back({bytes, 400});
    }
    for (const auto& field : {"X : b"s,
                              "X\t: b"s,
                              "X b"s,
                              "Xb"s,
                              ": b"s,
                              ":"s,
                              "\tX: b"s,
                              " X: b"s,
                              "X: b\r\n c"s,
                              "X: b\r\n\tc"s,
                              "X: \r\n c"s,
                              "X\r\n : b"s,
                              "X\0Y: b"s,
                              "X: b\0c"s,
                              "X: b\rc"s,
                              "X: b\nc"s,
                              "X\xe9: b"s,
                              "\x85X: b"s,
                              "X\xa0: b"s,
                              "X\x01: b"s,
                              "X: \x01"s,
                              "X: \x7f"s,
                              "X: \x1b[2J"s,
                              "(X): b"s,
                              "X@Y: b"s,
                              "\"X\": b"s,
                              "X_Forwarded_For: 1.2.3.4"s,
                              "X-Forwarded_For: 1.2.3.4"s,
                              "x_forwarded_proto: https"s,
                              "Content_Length: 5"s,
                              "Authorization: a\r\nAuthorization: a"s,
                              "Cookie: a=1\r\nCookie: b=2"s,
                              "Content-Type: a/b\r\nContent-Type: a/b"s,
                              "Connection: content-length"s,
                              "Connection: close, Transfer-Encoding"s,
                              "Connection: host"s,
                              "Connection: ,cookie"s,
                              "Connection: a b"s,
                              "Connection: keep-alive\r\nConnection: authorization"s}) {
        cases.push_back({get("Host: a\r\n" + field + "\r\n"), 400});
        cases.push_back({get(field + "\r\nHost: a\r\n"), 400});
    }
}

void add_request_lines(Cases& cases) {
    for (const auto* line : {"GET /",
                             "GET / ",
                             "GET",
                             "/",
                             "GET / HTTP/1.32",
                             "GET / HTTP/4294967295.255",
                             "GET / HTTP/2.0",
                             "GET / HTTP/0.9",
                             "GET / HTTP/1.2",
                             "GET / HTTP/1",
                             "GET / HTTP/1.",
                             "GET / HTTP/.1",
                             "GET / HTTP/01.1",
                             "GET / http/1.1",
                             "GET / HTTPS/1.1",
                             "GET / HTTP/1.1 ",
                             "GET / HTTP/1.1x",
                             "GET  / HTTP/1.1",
                             "GET /  HTTP/1.1",
                             "GET\t/ HTTP/1.1",
                             "GET /\tHTTP/1.1",
                             "G(T / HTTP/1.1",
                             "GET, / HTTP/1.1",
                             "G\xc9T / HTTP/1.1",
                             "GET ! HTTP/1.1",
                             "PRI * HTTP/2.0",
                             "OPTIONS * HTTP/1.1",
                             "CONNECT a:80 HTTP/1.1",
                             "GET /a b HTTP/1.1",
                             "GET / HTTP/1.1 HTTP/1.1"}) {
        cases.push_back({line + "\r\nHost: a\r\n\r\n"s, 400});
    }
    for (const auto* target :
         {"//",        "/a//b",        "//a/b",    "/../x",      "/a/..",       "/.",         "/./",
          "/%2e%2e/x", "/%2E%2e",      "/.%2e/",   "/%2e",       "/%00",        "/a%00b",     "/a%2fb",
          "/a%2Fb",    "/a%5cb",       "/%0a",     "/%7f",       "/%c0%ae",     "/%c0%af",    "/%e0%80%af",
          "/%ff",      "/%ed%a0%80",   "/%c2%85",  "/%",         "/%4",         "/%zz",       "/a#b",
          "/?a#b",     "/\xc3\xa9",    "/\xff",    "/?\xff",     "/a\\b",       "/<b>",       "/\"",
          "/{a}",      "/a|b",         "a",        "*",          "?a=1",        "http:/a/",   "ftp://a/",
          "http://b/", "http://a:80/", "http://a", "http://a?x", "http://u@a/", "https://b/", "http:///",
          "://a/"}) {
        cases.push_back({get_target(target), 400});
    }
    cases.push_back({get_target("/" + std::string(9 * 1024, 'a')), 414});
    cases.push_back({get_target("/" + std::string(8192, 'a')), 414});
    cases.push_back({get_target("/?" + std::string(9 * 1024, 'a')), 414});
    const std::string long_method(20 * 1024, 'G');
    cases.push_back({long_method, 414});
    cases.push_back({long_method + " / HTTP/1.1\r\nHost: a\r\n\r\n", 414});
}

void add_hosts(Cases& cases) {
    cases.push_back({get(""), 400});
    cases.push_back({"GET / HTTP/1.0\r\n\r\n", 400});
    cases.push_back({"GET http://a/ HTTP/1.1\r\n\r\n", 400});
    for (const auto* host :
         {"",         "a\r\nHost: a", "a\r\nHost: b", "\r\nHost: a", "u@a",    "u:p@a",  "a,b",
          "a, a",     "a:",           "a:x",          "a:0",         "a:-1",   "a:+80",  "a:65536",
          "a:000080", "a:80:80",      "a b",          "a/b",         "a?b",    "a#b",    "a\\b",
          "[",        "[]",           "[::1",         "::1",         "[::1]x", "[::1]:", "[::1]:x",
          "[zz]",     "[1",           "a%41",         "\xc3\xa9",    "a\tb",   ":80",    "<a>"}) {
        cases.push_back({get("Host: "s + host + "\r\n"), 400});
    }
    cases.push_back({get("Host : a\r\n"), 400});
    cases.push_back({get("H_st: a\r\n"), 400});
}

void add_bounds(Cases& cases) {
    std::string many;
    for (int i = 0; i < 100; ++i) {
        many += "X: " + std::to_string(i) + "\r\n";
    }
    cases.push_back({get("Host: a\r\n" + many), 431});
    cases.push_back({get("Host: a\r\nX: " + std::string(17 * 1024, 'x') + "\r\n"), 431});
    cases.push_back({get("Host: a\r\n" + std::string(17 * 1024, 'x')), 431});
    std::string wide;
    for (int i = 0; i < 90; ++i) {
        wide += "X: " + std::string(190, 'x') + "\r\n";
    }
    cases.push_back({get("Host: a\r\n" + wide), 431});
    for (const auto* expectation : {"200-ok", "100-continue, 100-continue", "", "100 continue"}) {
        cases.push_back({post("Content-Length: 5\r\nExpect: "s + expectation + "\r\n", "hello"), 417});
    }
    cases.push_back(
        {post("Content-Length: 5\r\nExpect: 100-continue\r\nExpect: 100-continue\r\n", "hello"), 400});
}

}  // namespace

std::vector<RefusedRequest> refused_requests() {
    Cases cases;
    add_lengths(cases);
    add_codings(cases);
    add_chunks(cases);
    add_lines(cases);
    add_request_lines(cases);
    add_hosts(cases);
    add_bounds(cases);
    return cases;
}

}  // namespace tenantry::http
