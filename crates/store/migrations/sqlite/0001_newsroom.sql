-- The first schema. Its twin is ../postgres/0001_newsroom.sql; a test holds the two together.
-- Ids are UUIDs as 16 bytes, times UTC milliseconds, JSON is text, flags are 0 or 1.
-- Long texts come last in their row, so that reading a list never walks the pages that a document spills into.

CREATE TABLE section (
    id       BLOB PRIMARY KEY NOT NULL,
    slug     TEXT NOT NULL UNIQUE,
    names    TEXT NOT NULL,
    about    TEXT NOT NULL,
    position INTEGER NOT NULL,
    -- Deferred, so that a dump can be loaded in the order of ids.
    parent   BLOB REFERENCES section (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE topic (
    id    BLOB PRIMARY KEY NOT NULL,
    slug  TEXT NOT NULL UNIQUE,
    kind  TEXT NOT NULL,
    names TEXT NOT NULL,
    about TEXT NOT NULL
) STRICT;

CREATE TABLE byline (
    id    BLOB PRIMARY KEY NOT NULL,
    slug  TEXT NOT NULL UNIQUE,
    names TEXT NOT NULL,
    about TEXT NOT NULL
) STRICT;

CREATE TABLE photo (
    id          BLOB PRIMARY KEY NOT NULL,
    state       TEXT NOT NULL,
    origin      TEXT,
    source_hash TEXT,
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    focal_x     INTEGER NOT NULL,
    focal_y     INTEGER NOT NULL,
    colour      TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    alt         TEXT NOT NULL,
    caption     TEXT NOT NULL,
    credit      TEXT NOT NULL,
    renditions  TEXT NOT NULL
) STRICT;
CREATE INDEX photo_by_source_hash ON photo (source_hash);
CREATE INDEX photo_by_origin ON photo (origin);
CREATE INDEX photo_by_state ON photo (state, id);

CREATE TABLE story (
    id           BLOB PRIMARY KEY NOT NULL,
    story_group  BLOB NOT NULL,
    language     TEXT NOT NULL,
    slug         TEXT NOT NULL,
    path         TEXT UNIQUE,
    -- yyyymm of the path, which follows the newsroom's time zone; what the archive counts by.
    month        INTEGER,
    section      BLOB REFERENCES section (id) ON DELETE SET NULL,
    state        TEXT NOT NULL,
    published_at INTEGER,
    updated_at   INTEGER,
    created_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    headline     TEXT NOT NULL,
    standfirst   TEXT NOT NULL,
    lead_photo   TEXT,
    sources      TEXT NOT NULL,
    document     TEXT NOT NULL,
    -- Every list orders by the time of publication, and every card links to the path.
    CHECK (state <> 'published' OR (published_at IS NOT NULL AND path IS NOT NULL))
) STRICT;
-- Each list has an index that holds its order, so that any page of it, and its count, is read from the index alone.
CREATE INDEX story_latest ON story (language, published_at, id) WHERE state = 'published';
CREATE INDEX story_in_month ON story (language, month, published_at, id) WHERE state = 'published';
CREATE INDEX story_in_section ON story (section, language, state, published_at, id);
CREATE INDEX story_in_group ON story (story_group);
CREATE INDEX story_by_slug ON story (slug, language);
CREATE INDEX story_scheduled ON story (published_at) WHERE state = 'scheduled';

-- `language` and `listed_at` repeat the story's: a topic's list is ordered without visiting its stories.
-- `listed_at` is the time of publication while the story is public, else NULL.
CREATE TABLE story_topic (
    story     BLOB NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    topic     BLOB NOT NULL REFERENCES topic (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    language  TEXT NOT NULL,
    listed_at INTEGER,
    PRIMARY KEY (story, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_topic_list ON story_topic (topic, language, listed_at, story);

CREATE TABLE story_byline (
    story     BLOB NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    byline    BLOB NOT NULL REFERENCES byline (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    language  TEXT NOT NULL,
    listed_at INTEGER,
    PRIMARY KEY (story, byline)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_byline_list ON story_byline (byline, language, listed_at, story);

CREATE TABLE story_photo (
    story BLOB NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    photo BLOB NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    PRIMARY KEY (story, photo)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_photo_uses ON story_photo (photo, story);

CREATE TABLE story_pick (
    story    BLOB NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    pick     BLOB NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    PRIMARY KEY (story, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_pick_of ON story_pick (pick);

CREATE TABLE front (
    language TEXT NOT NULL,
    position INTEGER NOT NULL,
    story    BLOB NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    PRIMARY KEY (language, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX front_of_story ON front (story);

CREATE TABLE revision (
    id         BLOB PRIMARY KEY NOT NULL,
    story      BLOB NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    saved_by   TEXT NOT NULL,
    headline   TEXT NOT NULL,
    standfirst TEXT NOT NULL,
    document   TEXT NOT NULL
) STRICT;
CREATE INDEX revision_of_story ON revision (story, version);

CREATE TABLE correction (
    story  BLOB NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    text   TEXT NOT NULL,
    PRIMARY KEY (story, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE page (
    id         BLOB PRIMARY KEY NOT NULL,
    language   TEXT NOT NULL,
    slug       TEXT NOT NULL,
    public     INTEGER NOT NULL CHECK (public IN (0, 1)),
    menu       INTEGER,
    version    INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    title      TEXT NOT NULL,
    document   TEXT NOT NULL,
    UNIQUE (slug, language)
) STRICT;

CREATE TABLE page_version (
    page     BLOB NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    version  INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    title    TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (page, version)
) STRICT;

-- A redirect to a story follows the story wherever it goes.
CREATE TABLE redirect (
    from_path TEXT PRIMARY KEY NOT NULL,
    to_path   TEXT,
    to_story  BLOB REFERENCES story (id) ON DELETE CASCADE,
    at        INTEGER NOT NULL,
    CHECK ((to_path IS NULL) <> (to_story IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX redirect_to_story ON redirect (to_story);

CREATE TABLE setting (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL,
    at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    seq     INTEGER PRIMARY KEY NOT NULL,
    at      INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    subject BLOB,
    tags    TEXT NOT NULL
) STRICT;

CREATE TABLE follower (
    name TEXT PRIMARY KEY NOT NULL,
    seq  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- `run_at` of a leased job is the end of its lease: then it is due again, and one index serves both.
CREATE TABLE job (
    id         BLOB PRIMARY KEY NOT NULL,
    kind       TEXT NOT NULL,
    state      TEXT NOT NULL,
    run_at     INTEGER NOT NULL,
    attempts   INTEGER NOT NULL,
    ended_at   INTEGER,
    last_error TEXT,
    payload    TEXT NOT NULL
) STRICT;
CREATE INDEX job_due ON job (kind, run_at, id) WHERE state IN ('waiting', 'leased');
CREATE INDEX job_by_state ON job (kind, state);

CREATE TABLE audit (
    seq     INTEGER PRIMARY KEY NOT NULL,
    at      INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject BLOB,
    detail  TEXT NOT NULL
) STRICT;

CREATE TABLE import_link (
    source      TEXT NOT NULL,
    kind        TEXT NOT NULL,
    foreign_id  TEXT NOT NULL,
    entity      BLOB NOT NULL,
    fingerprint TEXT NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (source, kind, foreign_id)
) STRICT, WITHOUT ROWID;
