-- The desk's people. Its twin is ../postgres/0002_staff.sql.

CREATE TABLE staff (
    id         BLOB PRIMARY KEY NOT NULL,
    handle     TEXT NOT NULL UNIQUE,
    role       TEXT NOT NULL,
    active     INTEGER NOT NULL CHECK (active IN (0, 1)),
    language   TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- Where passkeys can't be: SHA-256 of an access key that we made, the TOTP secret, and the last step used, so that
    -- a code works once.
    key_hash   TEXT,
    totp       TEXT,
    totp_step  INTEGER
) STRICT;

CREATE TABLE passkey (
    id         BLOB PRIMARY KEY NOT NULL,
    staff      BLOB NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    credential TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at    INTEGER,
    data       TEXT NOT NULL
) STRICT;
CREATE INDEX passkey_of_staff ON passkey (staff, created_at);

CREATE TABLE recovery_code (
    staff   BLOB NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    hash    TEXT NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (staff, hash)
) STRICT, WITHOUT ROWID;

-- What follows holds only hashes of tokens, and never travels in a backup.
CREATE TABLE session (
    hash      TEXT PRIMARY KEY NOT NULL,
    id        BLOB NOT NULL UNIQUE,
    staff     BLOB NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    made_at   INTEGER NOT NULL,
    seen_at   INTEGER NOT NULL,
    proved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_of_staff ON session (staff, seen_at);

CREATE TABLE access_link (
    hash    TEXT PRIMARY KEY NOT NULL,
    role    TEXT,
    staff   BLOB REFERENCES staff (id) ON DELETE CASCADE,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    CHECK ((role IS NULL) <> (staff IS NULL))
) STRICT, WITHOUT ROWID;

-- A passkey ceremony between its two requests, which may reach two nodes.
CREATE TABLE ceremony (
    id      BLOB PRIMARY KEY NOT NULL,
    ends_at INTEGER NOT NULL,
    state   TEXT NOT NULL
) STRICT;
