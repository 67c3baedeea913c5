CREATE TABLE kept_answer (
    id bigint PRIMARY KEY,
    uuid bytea NOT NULL UNIQUE,
    key_hash bytea NOT NULL UNIQUE,
    request_hash bytea NOT NULL,
    answer bytea NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX kept_answer_by_expiry ON kept_answer (expires_at);
INSERT INTO sequence (name, next) VALUES ('kept_answer', 1);
