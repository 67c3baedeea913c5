// Result<T>: a value or an Error, for failures that are expected (bugs are VERIFY, base/verify.hpp).
// An Error's text is a string literal, so no personal value can reach a log or an answer through it.
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/verify.hpp"

namespace tenantry {

/// What class of failure it is. Each API maps every code to its own status and body in one switch without
/// default.
enum class Code : std::uint8_t {
    Invalid,          ///< the input is at fault; Error::field may name the parameter
    NotFound,         ///< no such record, or none that the caller may know of
    Conflict,         ///< a constraint of the register or a stale version
    Forbidden,        ///< authenticated, but not allowed
    Unauthenticated,  ///< no valid credentials
    Throttled,        ///< too many requests or attempts
    TooLarge,         ///< over a documented bound
    Unavailable,      ///< try again later: queue full, shutting down
    DiskFull,         ///< nothing was kept; goes on by itself when there is room again
    Timeout,
    Corrupt,   ///< stored data failed an integrity check
    Internal,  ///< a library or the system failed
};

/// A string literal: only the compiler can make one, so it cannot carry what a person typed.
class Literal {
  public:
    // NOLINTNEXTLINE(google-explicit-constructor): a literal is meant to convert silently
    consteval Literal(const char* text) : text_(text) {}
    [[nodiscard]] constexpr std::string_view view() const { return text_; }
    [[nodiscard]] constexpr bool empty() const { return text_.empty(); }

  private:
    std::string_view text_;
};

struct Error {
    Code code;
    Literal text;
    Literal field = "";  ///< the parameter at fault, where there is one
};

template <class T>
class [[nodiscard]] Result {
  public:
    using value_type = T;

    // NOLINTNEXTLINE(google-explicit-constructor): a function returns its value as it is
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    // NOLINTNEXTLINE(google-explicit-constructor): or its error
    Result(Error error) : state_(std::in_place_index<1>, error) {}

    [[nodiscard]] bool ok() const { return state_.index() == 0; }
    [[nodiscard]] explicit operator bool() const { return ok(); }

    /// The value. Calling it on an error is a bug.
    [[nodiscard]] T& value() & {
        VERIFY(ok());
        return *std::get_if<0>(&state_);
    }
    [[nodiscard]] const T& value() const& {
        VERIFY(ok());
        return *std::get_if<0>(&state_);
    }
    /// By value, so that a loop over what a call returned does not outlive it. Not nodiscard: clang would
    /// warn of each TRY whose value is of no interest.
    T value() && {
        VERIFY(ok());
        return std::move(*std::get_if<0>(&state_));
    }
    [[nodiscard]] const T* operator->() const { return &value(); }
    [[nodiscard]] T* operator->() { return &value(); }
    [[nodiscard]] const T& operator*() const& { return value(); }
    [[nodiscard]] T& operator*() & { return value(); }
    [[nodiscard]] T operator*() && { return std::move(*this).value(); }

    /// The error. Calling it on a value is a bug.
    [[nodiscard]] const Error& error() const {
        VERIFY(!ok());
        return *std::get_if<1>(&state_);
    }

  private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    using value_type = void;

    Result() : state_(std::monostate{}) {}
    // NOLINTNEXTLINE(google-explicit-constructor): a function returns its error as it is
    Result(Error error) : state_(error) {}

    [[nodiscard]] bool ok() const { return state_.index() == 0; }
    [[nodiscard]] explicit operator bool() const { return ok(); }
    void value() const { VERIFY(ok()); }
    [[nodiscard]] const Error& error() const {
        VERIFY(!ok());
        return *std::get_if<1>(&state_);
    }

  private:
    std::variant<std::monostate, Error> state_;
};

}  // namespace tenantry

/// The value of a Result, or return its error from the enclosing function.
#define TRY(...) TENANTRY_TRY_IMPL(__COUNTER__, __VA_ARGS__)
#define TENANTRY_TRY_IMPL(counter, ...) TENANTRY_TRY_BODY(counter, __VA_ARGS__)
#define TENANTRY_TRY_BODY(counter, ...)            \
    __extension__({                                \
        auto try_result_##counter = (__VA_ARGS__); \
        if (!try_result_##counter.ok()) {          \
            return try_result_##counter.error();   \
        }                                          \
        std::move(try_result_##counter).value();   \
    })
