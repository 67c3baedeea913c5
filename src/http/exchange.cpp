#include "http/exchange.hpp"

#include "base/verify.hpp"

namespace tenantry::http {

Exchange::Exchange(std::shared_ptr<State> state) : state_(std::move(state)) {
    VERIFY(state_ != nullptr);
}

Exchange& Exchange::operator=(Exchange&& other) noexcept {
    const auto before = std::exchange(state_, std::move(other.state_));
    if (before != nullptr) {
        before->drop();
    }
    return *this;
}

Exchange::~Exchange() {
    if (state_ != nullptr) {
        state_->drop();
    }
}

const Request& Exchange::request() const {
    VERIFY(state_ != nullptr);
    return state_->request();
}

Loop& Exchange::loop() const {
    VERIFY(state_ != nullptr);
    return state_->loop();
}

void Exchange::respond(Response response) {
    VERIFY(state_ != nullptr);
    std::exchange(state_, nullptr)->respond(std::move(response));
}

}  // namespace tenantry::http
