-- Newsletters, who gets them, and each sending of them. What names a reader is sealed: the keys are outside of the database
-- and of its backups. Rows of readers have random ids, lie in the order of those, and tell weeks, never days.

CREATE TABLE newsletter (
    id       UUID PRIMARY KEY NOT NULL,
    slug     TEXT COLLATE "C" NOT NULL UNIQUE,
    language TEXT COLLATE "C" NOT NULL,
    position BIGINT NOT NULL,
    active   BOOLEAN NOT NULL,
    made_at  BIGINT NOT NULL,
    settings TEXT NOT NULL
);

CREATE TABLE issue (
    id          UUID PRIMARY KEY NOT NULL,
    newsletter  UUID NOT NULL REFERENCES newsletter (id) ON DELETE CASCADE,
    number      BIGINT NOT NULL,
    state       TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'held', 'approved', 'sending', 'paused', 'sent', 'cancelled')),
    -- Why it is held or paused.
    why         TEXT,
    -- The time of the schedule that it was made for; it may go out at another.
    slot        BIGINT,
    due_at      BIGINT,
    version     BIGINT NOT NULL,
    saved_at    BIGINT NOT NULL,
    saved_by    TEXT NOT NULL,
    approved_at BIGINT,
    approved_by TEXT,
    frozen_at   BIGINT,
    frozen      BIGINT NOT NULL,
    ended_at    BIGINT,
    path        TEXT COLLATE "C" UNIQUE,
    content     TEXT NOT NULL,
    UNIQUE (newsletter, number),
    -- One draft for one date, whoever makes it first.
    UNIQUE (newsletter, slot)
);
CREATE INDEX issue_due ON issue (state, due_at);

-- The bytes that all readers of a form of an issue get, with blanks where one mail differs from the next.
CREATE TABLE issue_mail (
    issue UUID NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    form  TEXT COLLATE "C" NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (issue, form)
);

-- What stays of deliveries when their rows are gone: sums by what came of them and by mailbox provider.
CREATE TABLE issue_count (
    issue UUID NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    what  TEXT COLLATE "C" NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (issue, what)
);

CREATE TABLE subscriber (
    id           UUID PRIMARY KEY NOT NULL,
    lookup       BYTEA NOT NULL UNIQUE,
    address      BYTEA NOT NULL,
    language     TEXT COLLATE "C" NOT NULL,
    state        TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'paused', 'bounced')),
    paused_until BIGINT,
    form         TEXT COLLATE "C" NOT NULL,
    neutral      BOOLEAN NOT NULL,
    policy       TEXT NOT NULL,
    consent_week BIGINT NOT NULL,
    source       TEXT NOT NULL,
    bounces      BIGINT NOT NULL
);
-- Few are in it: those whose mails come back.
CREATE INDEX subscriber_bouncing ON subscriber (id) WHERE bounces > 0;

CREATE TABLE subscription (
    newsletter UUID NOT NULL REFERENCES newsletter (id) ON DELETE CASCADE,
    subscriber UUID NOT NULL REFERENCES subscriber (id) ON DELETE CASCADE,
    week       BIGINT NOT NULL,
    PRIMARY KEY (newsletter, subscriber)
);
CREATE INDEX subscription_of ON subscription (subscriber);

-- How many began to get a newsletter in a week, and how many left it: who leaves takes their rows along.
CREATE TABLE newsletter_week (
    newsletter UUID NOT NULL REFERENCES newsletter (id) ON DELETE CASCADE,
    week       BIGINT NOT NULL,
    came       BIGINT NOT NULL,
    gone       BIGINT NOT NULL,
    PRIMARY KEY (newsletter, week)
);

-- Whom nothing is sent any more, also when a list is imported again.
CREATE TABLE suppression (
    lookup BYTEA PRIMARY KEY NOT NULL,
    reason TEXT NOT NULL,
    week   BIGINT NOT NULL
);

-- Sign-offs that came while the keys were away: done when they are back.
CREATE TABLE unsubscribe_waiting (
    token TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    week  BIGINT NOT NULL
);

-- One issue to one subscriber. `at` is when it may be tried again, or when the lease of who tries it ends. There is no
-- reference to subscribers: who is erased stays counted.
CREATE TABLE delivery (
    issue      UUID NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    number     BIGINT NOT NULL,
    subscriber UUID NOT NULL,
    form       TEXT COLLATE "C" NOT NULL,
    state      TEXT COLLATE "C" NOT NULL CHECK (state IN ('pending', 'attempting', 'accepted', 'deferred', 'failed', 'uncertain', 'excluded')),
    tries      BIGINT NOT NULL,
    doubts     BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    reply      TEXT,
    bounce     TEXT,
    PRIMARY KEY (issue, number)
);
CREATE UNIQUE INDEX delivery_once ON delivery (issue, subscriber);
CREATE INDEX delivery_due ON delivery (issue, state, at);

-- What follows stays behind in a backup.

-- Mails to one person that go out at once: a confirmation, a link. The row goes with the mail.
CREATE TABLE outbox (
    id       UUID PRIMARY KEY NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL,
    lookup   BYTEA NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    sealed   BYTEA NOT NULL,
    state    TEXT COLLATE "C" NOT NULL CHECK (state IN ('pending', 'attempting', 'deferred')),
    tries    BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    reply    TEXT,
    -- Asked for ten times before it went out, it goes out once.
    UNIQUE (kind, lookup)
);
CREATE INDEX outbox_due ON outbox (at);

-- How much a relay took on a day, for its caps and its warming up.
CREATE TABLE relay_day (
    relay TEXT COLLATE "C" NOT NULL,
    day   BIGINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (relay, day)
);

-- Links that show an issue before it is sent, until they end. The token is in the link only.
CREATE TABLE issue_link (
    hash    TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    issue   UUID NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX issue_link_of ON issue_link (issue, ends_at);
