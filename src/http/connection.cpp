#include "http/connection.hpp"

#include <algorithm>
#include <cstring>

#include "base/log.hpp"
#include "http/forwarded.hpp"
#include "http/response_writer.hpp"

namespace tenantry::http {

namespace {

using std::chrono::steady_clock;

/// Answers to pipelined requests leave together until they are this large.
constexpr std::size_t kLargeOutput = 64U << 10;
constexpr std::size_t kKeptOutput = 128U << 10;
constexpr std::size_t kMinBuffer = 4U << 10;
/// How long a connection is drained after its last answer, so that unread bytes do not become a reset that
/// takes the answer with it.
constexpr std::chrono::seconds kLinger{2};
/// The same where no answer is on its way.
constexpr std::chrono::milliseconds kIdleLinger{250};

}  // namespace

Response Site::error_response(int status) const {
    try {
        return errors(status);
    } catch (...) {
        log(LogLevel::Error, "error responder failed", {{"status", std::int64_t{status}}});
        Response plain;
        plain.status = status;
        return plain;
    }
}

Connection::Connection(std::shared_ptr<const Site> site, std::shared_ptr<Loop> loop, ConnectionSet& set,
                       std::string peer_address, Transport transport)
    : site_(std::move(site)),
      loop_(std::move(loop)),
      set_(set),
      peer_address_(std::move(peer_address)),
      secure_(transport == Transport::Tls),
      behind_proxy_(std::ranges::find(site_->trusted_proxies, peer_address_) != site_->trusted_proxies.end()),
      reader_(site_->limits),
      capacity_(std::max(site_->limits.header_bytes, kMinBuffer)),
      buffer_(new char[capacity_]) {}

void Connection::start() {
    set_.add(shared_from_this());
    now_ = steady_clock::now();
    deadline_ = now_ + site_->limits.request_time;
    start_securing();
}

void Connection::check_deadline(SteadyTime now) {
    if (now < deadline_) {
        return;
    }
    switch (phase_) {
        case Phase::Idle:
            begin_close(kIdleLinger);
            return;
        case Phase::Receiving:
            append_refusal(408);
            if (flush()) {
                begin_close(kLinger);
            }
            return;
        case Phase::Securing:
        case Phase::Writing:
        case Phase::Closing:
            close();
            return;
        case Phase::Handling:
        case Phase::Closed:
            return;
    }
}

void Connection::hurry() {
    if (phase_ == Phase::Idle) {
        deadline_ = std::min(deadline_, set_.grace());
    }
}

void Connection::close() {
    if (phase_ != Phase::Closed) {
        phase_ = Phase::Closed;
        close_socket();
        set_.remove(*this);
    }
}

void Connection::respond(Response response) {
    response_ = std::move(response);
    if (set_.in_loop_thread() && calling_) {
        answered_ = true;
        return;
    }
    loop_->post([self = shared_from_this()] { self->on_answer(); });
}

void Connection::drop() {
    respond(site_->error_response(500));
}

void Connection::on_secured(Outcome outcome) {
    if (outcome == Outcome::Failed) {
        close();
    } else if (phase_ == Phase::Securing) {
        read_on();
    }
}

void Connection::on_read(Outcome outcome, std::size_t bytes) {
    reading_ = false;
    if (phase_ == Phase::Closed) {
        return;
    }
    if (outcome == Outcome::Failed) {
        close();
        return;
    }
    if (last_answer_) {
        if (phase_ == Phase::Closing) {
            read_more();
        }
        return;
    }
    now_ = steady_clock::now();
    if (phase_ == Phase::Idle) {
        started_ = now_;
    }
    end_ += bytes;
    pump();
}

void Connection::on_written(Outcome outcome, std::size_t bytes) {
    if (phase_ == Phase::Closed) {
        return;
    }
    if (outcome == Outcome::Failed) {
        close();
        return;
    }
    written_ += bytes;
    if (!flush()) {
        return;
    }
    now_ = steady_clock::now();
    if (last_answer_) {
        begin_close(kLinger);
    } else {
        pump();
    }
}

void Connection::pump() {
    for (;;) {
        serve_requests();
        if (phase_ == Phase::Handling) {
            return;
        }
        if (out_.empty()) {
            read_on();
            return;
        }
        if (!flush()) {
            return;
        }
        if (last_answer_) {
            begin_close(kLinger);
            return;
        }
    }
}

/// Until the bytes run out, an answer must be awaited, or enough answers are ready to leave.
void Connection::serve_requests() {
    while (!last_answer_ && out_.size() < kLargeOutput) {
        std::string_view bytes{buffer_.get() + begin_, end_ - begin_};
        const auto step = reader_.read(bytes);
        begin_ = end_ - bytes.size();
        switch (step) {
            case RequestReader::Step::NeedMore:
                return;
            case RequestReader::Step::SendContinue:
                out_ += "HTTP/1.1 100 Continue\r\n\r\n";
                return;
            case RequestReader::Step::Refused:
                append_refusal(reader_.refusal());
                return;
            case RequestReader::Step::Complete:
                if (!call_handler()) {
                    phase_ = Phase::Handling;
                    deadline_ = SteadyTime::max();
                    return;
                }
                append_answer();
                break;
        }
    }
}

/// True if the answer is there already.
bool Connection::call_handler() {
    Request& request = reader_.request();
    request.received = started_;
    request.client_address = peer_address_;
    request.secure = secure_;
    if (behind_proxy_) {
        believe_proxy(request);
    } else {
        request.through_unknown_proxy = is_passed_on_here(request, peer_address_);
    }
    answered_ = false;
    calling_ = true;
    try {
        site_->handler(Exchange{shared_from_this()});
    } catch (...) {
        // The exchange went with the exception, so the answer is a 500 by now.
        log(LogLevel::Error, "request handler failed");
    }
    calling_ = false;
    return answered_;
}

void Connection::on_answer() {
    if (phase_ != Phase::Handling) {
        return;  // closed meanwhile
    }
    phase_ = Phase::Receiving;
    now_ = steady_clock::now();
    append_answer();
    pump();
}

void Connection::append_answer() {
    last_answer_ = !reader_.keep_alive() || set_.draining();
    append_response(out_, response_, {request().method == "HEAD", last_answer_}, set_.date_line());
    reader_.start_next();
    started_ = now_;
}

void Connection::append_refusal(int status) {
    last_answer_ = true;
    append_response(out_, site_->error_response(status), {false, true}, set_.date_line());
}

/// True if everything has left; else the rest follows by itself.
bool Connection::flush() {
    written_ += write_now(std::string_view{out_}.substr(written_));
    if (written_ < out_.size()) {
        phase_ = Phase::Writing;
        deadline_ = steady_clock::now() + site_->limits.write_time;
        start_write(std::string_view{out_}.substr(written_));
        return false;
    }
    written_ = 0;
    if (out_.capacity() > kKeptOutput) {
        out_ = {};
    }
    out_.clear();
    return true;
}

void Connection::read_on() {
    if (begin_ == end_ && !reader_.in_body()) {
        phase_ = Phase::Idle;
        deadline_ = set_.draining() ? set_.grace() : now_ + site_->limits.idle_time;
    } else {
        phase_ = Phase::Receiving;
        deadline_ = started_ + site_->limits.request_time;
    }
    read_more();
}

void Connection::read_more() {
    if (begin_ == end_ || last_answer_) {
        begin_ = end_ = 0;
    } else if (end_ == capacity_) {
        std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    reading_ = true;
    start_read({buffer_.get() + end_, capacity_ - end_});
}

void Connection::begin_close(std::chrono::milliseconds linger) {
    last_answer_ = true;
    phase_ = Phase::Closing;
    deadline_ = steady_clock::now() + linger;
    finish_sending();
    if (phase_ == Phase::Closing && !reading_) {
        read_more();
    }
}

}  // namespace tenantry::http
