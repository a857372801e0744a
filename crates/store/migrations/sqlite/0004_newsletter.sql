-- Newsletters, who gets them, and each sending of them. What names a reader is sealed: the keys are outside of the database
-- and of its backups. Rows of readers have random ids, lie in the order of those, and tell weeks, never days.

CREATE TABLE newsletter (
    id       BLOB PRIMARY KEY NOT NULL,
    slug     TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    position INTEGER NOT NULL,
    active   INTEGER NOT NULL CHECK (active IN (0, 1)),
    made_at  INTEGER NOT NULL,
    settings TEXT NOT NULL
) STRICT;

CREATE TABLE issue (
    id          BLOB PRIMARY KEY NOT NULL,
    newsletter  BLOB NOT NULL REFERENCES newsletter (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('draft', 'held', 'approved', 'sending', 'paused', 'sent', 'cancelled')),
    -- Why it is held or paused.
    why         TEXT,
    -- The time of the schedule that it was made for; it may go out at another.
    slot        INTEGER,
    due_at      INTEGER,
    version     INTEGER NOT NULL,
    saved_at    INTEGER NOT NULL,
    saved_by    TEXT NOT NULL,
    approved_at INTEGER,
    approved_by TEXT,
    frozen_at   INTEGER,
    frozen      INTEGER NOT NULL,
    ended_at    INTEGER,
    path        TEXT UNIQUE,
    content     TEXT NOT NULL,
    UNIQUE (newsletter, number),
    -- One draft for one date, whoever makes it first.
    UNIQUE (newsletter, slot)
) STRICT;
CREATE INDEX issue_due ON issue (state, due_at);

-- The bytes that all readers of a form of an issue get, with blanks where one mail differs from the next.
CREATE TABLE issue_mail (
    issue BLOB NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    form  TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (issue, form)
) STRICT, WITHOUT ROWID;

-- What stays of deliveries when their rows are gone: sums by what came of them and by mailbox provider.
CREATE TABLE issue_count (
    issue BLOB NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    what  TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (issue, what)
) STRICT, WITHOUT ROWID;

CREATE TABLE subscriber (
    id           BLOB PRIMARY KEY NOT NULL,
    lookup       BLOB NOT NULL UNIQUE,
    address      BLOB NOT NULL,
    language     TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('active', 'paused', 'bounced')),
    paused_until INTEGER,
    form         TEXT NOT NULL,
    neutral      INTEGER NOT NULL CHECK (neutral IN (0, 1)),
    policy       TEXT NOT NULL,
    consent_week INTEGER NOT NULL,
    source       TEXT NOT NULL,
    bounces      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Few are in it: those whose mails come back.
CREATE INDEX subscriber_bouncing ON subscriber (id) WHERE bounces > 0;

CREATE TABLE subscription (
    newsletter BLOB NOT NULL REFERENCES newsletter (id) ON DELETE CASCADE,
    subscriber BLOB NOT NULL REFERENCES subscriber (id) ON DELETE CASCADE,
    week       INTEGER NOT NULL,
    PRIMARY KEY (newsletter, subscriber)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscription_of ON subscription (subscriber);

-- How many began to get a newsletter in a week, and how many left it: who leaves takes their rows along.
CREATE TABLE newsletter_week (
    newsletter BLOB NOT NULL REFERENCES newsletter (id) ON DELETE CASCADE,
    week       INTEGER NOT NULL,
    came       INTEGER NOT NULL,
    gone       INTEGER NOT NULL,
    PRIMARY KEY (newsletter, week)
) STRICT, WITHOUT ROWID;

-- Whom nothing is sent any more, also when a list is imported again.
CREATE TABLE suppression (
    lookup BLOB PRIMARY KEY NOT NULL,
    reason TEXT NOT NULL,
    week   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Sign-offs that came while the keys were away: done when they are back.
CREATE TABLE unsubscribe_waiting (
    token TEXT PRIMARY KEY NOT NULL,
    week  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One issue to one subscriber. `at` is when it may be tried again, or when the lease of who tries it ends. There is no
-- reference to subscribers: who is erased stays counted.
CREATE TABLE delivery (
    issue      BLOB NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    subscriber BLOB NOT NULL,
    form       TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('pending', 'attempting', 'accepted', 'deferred', 'failed', 'uncertain', 'excluded')),
    tries      INTEGER NOT NULL,
    doubts     INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    reply      TEXT,
    bounce     TEXT,
    PRIMARY KEY (issue, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX delivery_once ON delivery (issue, subscriber);
CREATE INDEX delivery_due ON delivery (issue, state, at);

-- What follows stays behind in a backup.

-- Mails to one person that go out at once: a confirmation, a link. The row goes with the mail.
CREATE TABLE outbox (
    id       BLOB PRIMARY KEY NOT NULL,
    kind     TEXT NOT NULL,
    lookup   BLOB NOT NULL,
    language TEXT NOT NULL,
    sealed   BLOB NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('pending', 'attempting', 'deferred')),
    tries    INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    reply    TEXT,
    -- Asked for ten times before it went out, it goes out once.
    UNIQUE (kind, lookup)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_due ON outbox (at);

-- How much a relay took on a day, for its caps and its warming up.
CREATE TABLE relay_day (
    relay TEXT NOT NULL,
    day   INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (relay, day)
) STRICT, WITHOUT ROWID;

-- Links that show an issue before it is sent, until they end. The token is in the link only.
CREATE TABLE issue_link (
    hash    TEXT PRIMARY KEY NOT NULL,
    issue   BLOB NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX issue_link_of ON issue_link (issue, ends_at);
