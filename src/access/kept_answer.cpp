#include "access/kept_answer.hpp"

#include <tuple>

#include "access/sql.hpp"
#include "crypto/random.hpp"

namespace tenantry::access {

namespace {

crypto::FieldContext context(const Uuid& uuid) {
    return {"kept_answer", "answer", uuid, 1};
}

std::string asker(const std::optional<Caller>& caller, std::string_view address) {
    if (!caller) {
        return "address " + std::string{address};
    }
    if (caller->account != 0) {
        return "account " + std::to_string(caller->account);
    }
    return caller->meeting ? "meeting " + caller->meeting->text() : "role " + std::to_string(caller->role);
}

}  // namespace

RepeatKey make_repeat_key(const crypto::KeyRing& keys, const std::optional<Caller>& caller,
                          std::string_view address, std::string_view route, std::string_view key,
                          std::initializer_list<ByteView> sent) {
    constexpr auto kPurpose = crypto::KeyPurpose::Token;
    const auto name = keys.keyed_hash(kPurpose, "repeat",
                                      {bytes_of(asker(caller, address)), bytes_of(route), bytes_of(key)});
    // What was sent may hold a password. The client's key, which is nowhere stored, keeps whoever should have
    // got hold of ours from trying passwords on this hash.
    const auto content = keys.keyed_hash(kPurpose, "repeat/content", sent);
    return {name, keys.keyed_hash(kPurpose, "repeat/request", {name, bytes_of(key), content})};
}

Result<std::optional<std::string>> find_kept_answer(db::Transaction& tx, const crypto::KeyRing& keys,
                                                    const RepeatKey& key, Instant now) {
    db::Rows rows = TRY(tx.query(sql::kept_answer::find, key.name, now));
    if (!TRY(rows.next())) {
        return std::optional<std::string>{};
    }
    Uuid uuid;
    Hash request{};
    ByteView answer;
    rows.into(uuid, request, answer);
    if (request != key.request) {
        return Error{Code::Conflict, "This Idempotency-Key was used for another request"};
    }
    return std::optional{TRY(keys.open(context(uuid), answer))};
}

Result<void> keep_answer(db::Transaction& tx, const crypto::KeyRing& keys, const RepeatKey& key,
                         std::string_view answer, Instant now) {
    std::int64_t id = 0;
    TRY(tx.find(sql::kept_answer::next_id, std::tie(id)));
    const Uuid uuid = crypto::new_uuid();
    TRY(tx.execute(sql::kept_answer::store, id, uuid, key.name, key.request, keys.seal(context(uuid), answer),
                   now + kAnswerKept));
    return {};
}

Result<void> reseal_kept_answers(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::kept_answer::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        audit::SealedRow kept;
        Uuid uuid;
        ByteView answer;
        rows.into(kept.id, uuid, answer);
        some.fields(kept, uuid, std::array{std::optional{answer}});
    }
    return {};
}

}  // namespace tenantry::access
