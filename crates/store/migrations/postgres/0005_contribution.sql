-- Gifts and pledges, the money that moved, and what gateways tell of it. What names a giver is sealed; rows of givers have
-- random ids, lie in the order of those, and tell months, never days. Nothing here refers to a subscriber or a story.

CREATE TABLE contribution (
    id         UUID PRIMARY KEY NOT NULL,
    gateway    TEXT COLLATE "C" NOT NULL,
    frequency  TEXT COLLATE "C" NOT NULL CHECK (frequency IN ('once', 'monthly', 'annual')),
    minor      BIGINT NOT NULL,
    currency   TEXT COLLATE "C" NOT NULL,
    cover      BIGINT NOT NULL,
    state      TEXT COLLATE "C" NOT NULL CHECK (state IN ('started', 'pending', 'paid', 'active', 'past_due', 'paused', 'cancelled', 'failed')),
    ending     BOOLEAN NOT NULL,
    month      BIGINT NOT NULL,
    paid_until BIGINT,
    -- When a pledge was ended.
    ended      BIGINT,
    session    TEXT COLLATE "C",
    token      TEXT COLLATE "C",
    language   TEXT COLLATE "C" NOT NULL,
    variant    UUID,
    policy     TEXT NOT NULL,
    lookup     BYTEA,
    contact    BYTEA,
    message    BYTEA,
    -- Its giver was erased: nothing of them is taken in again, whatever the gateway tells.
    erased     BOOLEAN NOT NULL,
    UNIQUE (gateway, session),
    UNIQUE (gateway, token)
);
-- One giver may have several.
CREATE INDEX contribution_lookup ON contribution (lookup) WHERE lookup IS NOT NULL;
CREATE INDEX contribution_state ON contribution (state, gateway);

-- How often and for which appeal is said here too: it stays true when a giver is erased or changes their pledge.
CREATE TABLE payment (
    id           UUID PRIMARY KEY NOT NULL,
    contribution UUID REFERENCES contribution (id) ON DELETE SET NULL,
    gateway      TEXT COLLATE "C" NOT NULL,
    token        TEXT COLLATE "C" NOT NULL,
    frequency    TEXT COLLATE "C" NOT NULL,
    variant      UUID,
    minor        BIGINT NOT NULL,
    currency     TEXT COLLATE "C" NOT NULL,
    fee          BIGINT,
    state        TEXT COLLATE "C" NOT NULL CHECK (state IN ('pending', 'paid', 'failed')),
    refunded     BIGINT NOT NULL,
    dispute      TEXT COLLATE "C" CHECK (dispute IN ('open', 'won', 'lost')),
    -- How much of it: all, where the gateway does not say.
    disputed     BIGINT NOT NULL,
    -- What came of a payment for which that was too little.
    came         BIGINT,
    -- It came after everything was stopped.
    late         BOOLEAN NOT NULL,
    month        BIGINT NOT NULL,
    -- Told again, it is the same payment.
    UNIQUE (gateway, token)
);
CREATE INDEX payment_of ON payment (contribution);
CREATE INDEX payment_month ON payment (month, state);

-- What opens a giver's own page. The token is in their mails only.
CREATE TABLE contribution_link (
    hash         TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    contribution UUID NOT NULL REFERENCES contribution (id) ON DELETE CASCADE,
    until        BIGINT NOT NULL
);
CREATE INDEX contribution_link_of ON contribution_link (contribution, until);

-- Pledges that another system began, and when the newsroom took them in: what was paid before is in the books of the other.
CREATE TABLE contribution_import (
    contribution UUID PRIMARY KEY NOT NULL REFERENCES contribution (id) ON DELETE CASCADE,
    source       TEXT COLLATE "C" NOT NULL,
    imported     BIGINT NOT NULL
);

-- How far a gateway's own record was read, and what it said last when it was not reached.
CREATE TABLE gateway (
    name     TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    place    TEXT,
    swept_at BIGINT NOT NULL,
    trouble  TEXT,
    since    BIGINT
);

-- What follows stays behind in a backup.

-- What was told already.
CREATE TABLE gateway_event (
    gateway TEXT COLLATE "C" NOT NULL,
    id      TEXT COLLATE "C" NOT NULL,
    week    BIGINT NOT NULL,
    PRIMARY KEY (gateway, id)
);
CREATE INDEX gateway_event_week ON gateway_event (week);

-- Objects of gateways that are to be looked at. `lease` is of who looks; `at` is when it is due, or when the lease ends;
-- `wanted` counts how often somebody asked, so that what is told while one looks is not missed.
CREATE TABLE gateway_object (
    gateway TEXT COLLATE "C" NOT NULL,
    kind    TEXT COLLATE "C" NOT NULL,
    id      TEXT COLLATE "C" NOT NULL,
    wanted  BIGINT NOT NULL,
    tries   BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    lease   UUID,
    PRIMARY KEY (gateway, kind, id)
);
CREATE INDEX gateway_object_due ON gateway_object (at);

-- The sandbox's own books: what a payment processor would know.
CREATE TABLE sandbox (
    id     TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    kind   TEXT COLLATE "C" NOT NULL,
    due_at BIGINT,
    object TEXT NOT NULL
);
CREATE INDEX sandbox_due ON sandbox (due_at) WHERE due_at IS NOT NULL;
