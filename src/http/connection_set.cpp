#include "http/connection_set.hpp"

#include <ctime>

#include "http/connection.hpp"
#include "http/response_writer.hpp"

namespace tenantry::http {

void ConnectionSet::adopt_thread() {
    thread_ = std::this_thread::get_id();
    date_line_ = http::date_line(std::time(nullptr));
}

void ConnectionSet::add(std::shared_ptr<Connection> connection) {
    connection->set_place(open_.size());
    open_.push_back(std::move(connection));
}

void ConnectionSet::remove(Connection& connection) {
    const std::size_t place = connection.place();
    open_.back()->set_place(place);
    std::swap(open_[place], open_.back());
    open_.pop_back();
    --count_;
}

void ConnectionSet::sweep(SteadyTime now) {
    date_line_ = http::date_line(std::time(nullptr));
    const auto open = open_;  // a deadline may close and so remove
    for (const auto& connection : open) {
        connection->check_deadline(now);
    }
}

void ConnectionSet::start_drain(SteadyTime grace) {
    draining_ = true;
    grace_ = grace;
    for (const auto& connection : open_) {
        connection->hurry();
    }
}

void ConnectionSet::close_all() {
    const auto open = open_;
    for (const auto& connection : open) {
        connection->close();
    }
}

}  // namespace tenantry::http
