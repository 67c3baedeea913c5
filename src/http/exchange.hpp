// What an Exchange speaks to. The server's connection implements it.
#pragma once

#include "http/server.hpp"

namespace tenantry::http {

class Exchange::State {
  public:
    virtual ~State() = default;
    [[nodiscard]] virtual const Request& request() const = 0;
    [[nodiscard]] virtual Loop& loop() const = 0;
    /// The answer, once. Any thread.
    virtual void respond(Response response) = 0;
    /// There will be no answer. Any thread.
    virtual void drop() = 0;
};

}  // namespace tenantry::http
