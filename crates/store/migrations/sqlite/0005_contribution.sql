-- Gifts and pledges, the money that moved, and what gateways tell of it. What names a giver is sealed; rows of givers have
-- random ids, lie in the order of those, and tell months, never days. Nothing here refers to a subscriber or a story.

CREATE TABLE contribution (
    id         BLOB PRIMARY KEY NOT NULL,
    gateway    TEXT NOT NULL,
    frequency  TEXT NOT NULL CHECK (frequency IN ('once', 'monthly', 'annual')),
    minor      INTEGER NOT NULL,
    currency   TEXT NOT NULL,
    cover      INTEGER NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('started', 'pending', 'paid', 'active', 'past_due', 'paused', 'cancelled', 'failed')),
    ending     INTEGER NOT NULL CHECK (ending IN (0, 1)),
    month      INTEGER NOT NULL,
    paid_until INTEGER,
    -- When a pledge was ended.
    ended      INTEGER,
    session    TEXT,
    token      TEXT,
    language   TEXT NOT NULL,
    variant    BLOB,
    policy     TEXT NOT NULL,
    lookup     BLOB,
    contact    BLOB,
    message    BLOB,
    -- Its giver was erased: nothing of them is taken in again, whatever the gateway tells.
    erased     INTEGER NOT NULL CHECK (erased IN (0, 1)),
    UNIQUE (gateway, session),
    UNIQUE (gateway, token)
) STRICT, WITHOUT ROWID;
-- One giver may have several.
CREATE INDEX contribution_lookup ON contribution (lookup) WHERE lookup IS NOT NULL;
CREATE INDEX contribution_state ON contribution (state, gateway);

-- How often and for which appeal is said here too: it stays true when a giver is erased or changes their pledge.
CREATE TABLE payment (
    id           BLOB PRIMARY KEY NOT NULL,
    contribution BLOB REFERENCES contribution (id) ON DELETE SET NULL,
    gateway      TEXT NOT NULL,
    token        TEXT NOT NULL,
    frequency    TEXT NOT NULL,
    variant      BLOB,
    minor        INTEGER NOT NULL,
    currency     TEXT NOT NULL,
    fee          INTEGER,
    state        TEXT NOT NULL CHECK (state IN ('pending', 'paid', 'failed')),
    refunded     INTEGER NOT NULL,
    dispute      TEXT CHECK (dispute IN ('open', 'won', 'lost')),
    -- How much of it: all, where the gateway does not say.
    disputed     INTEGER NOT NULL,
    -- What came of a payment for which that was too little.
    came         INTEGER,
    -- It came after everything was stopped.
    late         INTEGER NOT NULL CHECK (late IN (0, 1)),
    month        INTEGER NOT NULL,
    -- Told again, it is the same payment.
    UNIQUE (gateway, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_of ON payment (contribution);
CREATE INDEX payment_month ON payment (month, state);

-- What opens a giver's own page. The token is in their mails only.
CREATE TABLE contribution_link (
    hash         TEXT PRIMARY KEY NOT NULL,
    contribution BLOB NOT NULL REFERENCES contribution (id) ON DELETE CASCADE,
    until        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX contribution_link_of ON contribution_link (contribution, until);

-- Pledges that another system began, and when the newsroom took them in: what was paid before is in the books of the other.
CREATE TABLE contribution_import (
    contribution BLOB PRIMARY KEY NOT NULL REFERENCES contribution (id) ON DELETE CASCADE,
    source       TEXT NOT NULL,
    imported     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How far a gateway's own record was read, and what it said last when it was not reached.
CREATE TABLE gateway (
    name     TEXT PRIMARY KEY NOT NULL,
    place    TEXT,
    swept_at INTEGER NOT NULL,
    trouble  TEXT,
    since    INTEGER
) STRICT, WITHOUT ROWID;

-- What follows stays behind in a backup.

-- What was told already.
CREATE TABLE gateway_event (
    gateway TEXT NOT NULL,
    id      TEXT NOT NULL,
    week    INTEGER NOT NULL,
    PRIMARY KEY (gateway, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX gateway_event_week ON gateway_event (week);

-- Objects of gateways that are to be looked at. `lease` is of who looks; `at` is when it is due, or when the lease ends;
-- `wanted` counts how often somebody asked, so that what is told while one looks is not missed.
CREATE TABLE gateway_object (
    gateway TEXT NOT NULL,
    kind    TEXT NOT NULL,
    id      TEXT NOT NULL,
    wanted  INTEGER NOT NULL,
    tries   INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    lease   BLOB,
    PRIMARY KEY (gateway, kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX gateway_object_due ON gateway_object (at);

-- The sandbox's own books: what a payment processor would know.
CREATE TABLE sandbox (
    id     TEXT PRIMARY KEY NOT NULL,
    kind   TEXT NOT NULL,
    due_at INTEGER,
    object TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sandbox_due ON sandbox (due_at) WHERE due_at IS NOT NULL;
