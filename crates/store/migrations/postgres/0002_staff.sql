-- The desk's people. Its twin is ../sqlite/0002_staff.sql.

CREATE TABLE staff (
    id         UUID PRIMARY KEY NOT NULL,
    handle     TEXT COLLATE "C" NOT NULL UNIQUE,
    role       TEXT NOT NULL,
    active     BOOLEAN NOT NULL,
    language   TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- Where passkeys can't be: SHA-256 of an access key that we made, the TOTP secret, and the last step used, so that
    -- a code works once.
    key_hash   TEXT COLLATE "C",
    totp       TEXT,
    totp_step  BIGINT
);

CREATE TABLE passkey (
    id         UUID PRIMARY KEY NOT NULL,
    staff      UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    credential TEXT COLLATE "C" NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at    BIGINT,
    data       TEXT NOT NULL
);
CREATE INDEX passkey_of_staff ON passkey (staff, created_at);

CREATE TABLE recovery_code (
    staff   UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    hash    TEXT COLLATE "C" NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (staff, hash)
);

-- What follows holds only hashes of tokens, and never travels in a backup.
CREATE TABLE session (
    hash      TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    id        UUID NOT NULL UNIQUE,
    staff     UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    made_at   BIGINT NOT NULL,
    seen_at   BIGINT NOT NULL,
    proved_at BIGINT NOT NULL
);
CREATE INDEX session_of_staff ON session (staff, seen_at);

CREATE TABLE access_link (
    hash    TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    role    TEXT,
    staff   UUID REFERENCES staff (id) ON DELETE CASCADE,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    CHECK ((role IS NULL) <> (staff IS NULL))
);

-- A passkey ceremony between its two requests, which may reach two nodes.
CREATE TABLE ceremony (
    id      UUID PRIMARY KEY NOT NULL,
    ends_at BIGINT NOT NULL,
    state   TEXT NOT NULL
);
