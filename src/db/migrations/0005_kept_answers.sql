-- The answers of writes that a client named by an Idempotency-Key, for whoever never saw one and asks again. The key itself is in no
-- row. Gone after a day.
CREATE TABLE kept_answer (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    key_hash BLOB NOT NULL UNIQUE,
    request_hash BLOB NOT NULL,
    answer BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX kept_answer_by_expiry ON kept_answer (expires_at);
INSERT INTO sequence (name, next) VALUES ('kept_answer', 1);
