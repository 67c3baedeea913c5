// What each thread that reads has for itself: a connection, and who is signed in as it last read.
#pragma once

#include <memory>

#include "access/session.hpp"
#include "access/token.hpp"
#include "db/database.hpp"

namespace tenantry::api {

struct Reading {
    std::unique_ptr<db::Reader> reader;
    access::SessionCache sessions = {};
    access::TokenCache tokens = {};
};

}  // namespace tenantry::api
