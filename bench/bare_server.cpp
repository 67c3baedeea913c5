// The least that a server may do to answer GET …?uuid=… for one person: Beast's parser, keep-alive, one row
// by uuid in a snapshot per loop turn, four fields opened, JSON. No credentials, no journal, no row seal, no
// limits. bare_server DATA LOOPS [DATABASE] prints "listening on http://127.0.0.1:PORT" and runs until it is
// killed.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

#include "app/instance.hpp"
#include "db/postgres/connection.hpp"
#include "json/writer.hpp"
#include "register/person.hpp"
#include "register/property.hpp"
#include "register/sql.hpp"

namespace tenantry::bench {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Socket = asio::basic_stream_socket<tcp, asio::io_context::executor_type>;
using Acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;
using Failure = boost::system::error_code;

constexpr std::string_view kPrefix = "/api/tenants/manage?action=get&uuid=";

struct Loop {
    asio::io_context context{1};
    std::unique_ptr<db::Reader> reader;  ///< of SQLite
    std::unique_ptr<db::PgTransaction>
        transaction;  ///< of PostgreSQL: none is begun, each row is read by itself
    const crypto::KeyRing* keys = nullptr;

    Result<void> ensure_snapshot() {
        if (reader != nullptr && !reader->in_snapshot()) {
            TRY(reader->begin());
            asio::post(context, [this] { reader->end(); });
        }
        return {};
    }
    [[nodiscard]] db::Transaction& tx() {
        return reader != nullptr ? static_cast<db::Transaction&>(*reader) : *transaction;
    }
};

struct Row {
    std::int64_t id = 0;
    Uuid uuid;
    std::int64_t version = 0;
    bool active = false;
    std::optional<std::int64_t> property;
    std::array<std::string, 4> fields;
    std::string address;
    Instant created_at;
    Instant updated_at;
};

Result<Row> read_row(Loop& loop, const Uuid& uuid) {
    db::Rows rows = TRY(loop.tx().query(housing::sql::person::find_by_uuid, uuid));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "no such person"};
    }
    Row row;
    std::array<ByteView, 4> blobs;
    std::array<ByteView, 3> closed;
    std::array<std::string_view, 6> unused;
    std::optional<std::int64_t> household;
    std::optional<std::int64_t> tenancy;
    std::array<std::optional<std::string>, 5> address;
    bool responsible = false;
    std::array<bool, 2> alerts{};
    ByteView seal;
    rows.into(row.id, row.uuid, row.version, row.active, row.property, household, tenancy, blobs[0], blobs[1],
              blobs[2], blobs[3], closed[0], closed[1], closed[2], unused[0], unused[1], unused[2], unused[3],
              responsible, unused[4], unused[5], alerts[0], alerts[1], seal, row.created_at, row.updated_at,
              address[0], address[1], address[2], address[3], address[4]);
    constexpr std::array<std::string_view, 4> kColumns{"name", "email", "telephone_1", "telephone_2"};
    for (std::size_t i = 0; i < blobs.size(); ++i) {
        row.fields[i] = TRY(loop.keys->open({"person", kColumns[i], row.uuid, row.version}, blobs[i]));
    }
    row.address = housing::join_address(address[0], address[1], address[2], address[3], address[4]);
    return row;
}

std::string json_of(const Row& row) {
    std::string body;
    body.reserve(768);
    json::Writer w{body};
    w.begin_object().key("success").boolean(true).key("data").begin_object();
    w.key("ID").integer(row.id).key("uuid").uuid(row.uuid);
    const std::string_view name = row.fields[0];
    const auto first = name.find('\x1f') + 1;
    const auto last = name.find('\x1f', first);
    w.key("tenant_name")
        .text(std::string{name.substr(first, last - first)} + ' ' + std::string{name.substr(last + 1)});
    w.key("tenant_email").text(row.fields[1]);
    w.key("tenant_number_primary").text(row.fields[2]).key("tenant_number_work").text(row.fields[3]);
    w.key("address_id").integer(*row.property).key("tenant_address_id").integer(*row.property);
    w.key("full_address")
        .text(row.address)
        .key("active")
        .boolean(row.active)
        .key("version")
        .integer(row.version);
    w.key("created_at")
        .text(format_instant(row.created_at))
        .key("updated_at")
        .text(format_instant(row.updated_at));
    w.end_object().key("message").text("Operation completed successfully").end_object();
    return body;
}

Result<std::string> answer(Loop& loop, std::string_view target) {
    if (!target.starts_with(kPrefix)) {
        return Error{Code::NotFound, "no such route"};
    }
    const auto uuid = Uuid::parse(target.substr(kPrefix.size()));
    if (!uuid) {
        return Error{Code::Invalid, "no uuid"};
    }
    TRY(loop.ensure_snapshot());
    return json_of(TRY(read_row(loop, *uuid)));
}

class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(Loop& loop, Socket socket) : loop_(loop), socket_(std::move(socket)) {}

    void read() {
        socket_.async_read_some(asio::buffer(received_) + filled_,
                                [self = shared_from_this()](const Failure& failure, std::size_t bytes) {
                                    if (!failure) {
                                        self->take(bytes);
                                    }
                                });
    }

  private:
    void take(std::size_t bytes) {
        Failure failure;
        filled_ += bytes;
        parser_->put(asio::buffer(received_.data(), filled_), failure);
        if (failure == http::error::need_more && filled_ < received_.size()) {
            read();
            return;
        }
        if (failure) {
            return;
        }
        filled_ = 0;
        const auto target = parser_->get().target();
        const auto body = answer(loop_, {target.data(), target.size()});
        out_ = body.ok()
                   ? "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: "
                   : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
        if (body.ok()) {
            out_ += std::to_string(body->size());
            out_ += "\r\n\r\n";
            out_ += *body;
        }
        parser_.emplace();
        if (socket_.write_some(asio::buffer(out_), failure) == out_.size()) {
            read();
        }
    }

    Loop& loop_;
    Socket socket_;
    std::array<char, 8192> received_;
    std::size_t filled_ = 0;
    std::optional<http::request_parser<http::empty_body>> parser_{std::in_place};
    std::string out_;
};

void accept_next(Acceptor& acceptor, std::vector<std::unique_ptr<Loop>>& loops, std::size_t turn) {
    Loop& loop = *loops[turn % loops.size()];
    acceptor.async_accept(loop.context, [&, turn](const Failure& failure, Socket socket) {
        if (failure) {
            return;
        }
        socket.non_blocking(true);
        socket.set_option(tcp::no_delay(true));
        asio::post(loop.context,
                   [session = std::make_shared<Session>(loop, std::move(socket))] { session->read(); });
        accept_next(acceptor, loops, turn + 1);
    });
}

Result<void> open_register(Loop& loop, app::Instance& instance, const std::string& database) {
    loop.keys = &instance.keys();
    if (database.empty()) {
        loop.reader = TRY(instance.database().open_reader());
    } else {
        loop.transaction = std::make_unique<db::PgTransaction>(
            TRY(db::PgConnection::open(database, std::chrono::seconds{10})));
    }
    return {};
}

Result<void> serve(const app::Place& place, unsigned count) {
    const SystemClock clock;
    const auto instance = TRY(app::Instance::open(place, clock));
    std::vector<std::unique_ptr<Loop>> loops;
    for (unsigned i = 0; i < count; ++i) {
        loops.push_back(std::make_unique<Loop>());
        TRY(open_register(*loops.back(), *instance, place.database));
    }
    Acceptor acceptor{loops.front()->context, {asio::ip::address_v4::loopback(), 0}};
    accept_next(acceptor, loops, 0);
    std::printf("listening on http://127.0.0.1:%d\n", acceptor.local_endpoint().port());
    std::fflush(stdout);
    std::vector<std::thread> threads;
    threads.reserve(count);
    for (const auto& loop : loops) {
        threads.emplace_back([&loop] {
            const auto guard = asio::make_work_guard(loop->context);
            loop->context.run();
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    return {};
}

}  // namespace

}  // namespace tenantry::bench

int main(int argc, char** argv) {
    if (argc != 3 && argc != 4) {
        std::fputs("usage: bare_server DATA LOOPS [DATABASE]\n", stderr);
        return 2;
    }
    const auto served = tenantry::bench::serve({argv[1], argc == 4 ? argv[3] : ""},
                                               static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10)));
    return served.ok() ? 0 : 1;
}
