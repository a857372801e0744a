-- The first schema. Its twin is ../sqlite/0001_newsroom.sql; a test holds the two together.
-- Times are UTC milliseconds, JSON is text. Keys collate as bytes, so that both databases order alike.
-- Long texts come last in their row, so that reading a list never walks the pages that a document spills into.

CREATE TABLE section (
    id       UUID PRIMARY KEY NOT NULL,
    slug     TEXT COLLATE "C" NOT NULL UNIQUE,
    names    TEXT NOT NULL,
    about    TEXT NOT NULL,
    position BIGINT NOT NULL,
    -- Deferred, so that a dump can be loaded in the order of ids.
    parent   UUID REFERENCES section (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE topic (
    id    UUID PRIMARY KEY NOT NULL,
    slug  TEXT COLLATE "C" NOT NULL UNIQUE,
    kind  TEXT COLLATE "C" NOT NULL,
    names TEXT NOT NULL,
    about TEXT NOT NULL
);

CREATE TABLE byline (
    id    UUID PRIMARY KEY NOT NULL,
    slug  TEXT COLLATE "C" NOT NULL UNIQUE,
    names TEXT NOT NULL,
    about TEXT NOT NULL
);

CREATE TABLE photo (
    id          UUID PRIMARY KEY NOT NULL,
    state       TEXT COLLATE "C" NOT NULL,
    origin      TEXT COLLATE "C",
    source_hash TEXT COLLATE "C",
    width       BIGINT NOT NULL,
    height      BIGINT NOT NULL,
    focal_x     BIGINT NOT NULL,
    focal_y     BIGINT NOT NULL,
    colour      TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    alt         TEXT NOT NULL,
    caption     TEXT NOT NULL,
    credit      TEXT NOT NULL,
    renditions  TEXT NOT NULL
);
CREATE INDEX photo_by_source_hash ON photo (source_hash);
-- A hash, because an address may be longer than an entry of a sorted index may be here.
CREATE INDEX photo_by_origin ON photo USING hash (origin);
CREATE INDEX photo_by_state ON photo (state, id);

CREATE TABLE story (
    id           UUID PRIMARY KEY NOT NULL,
    story_group  UUID NOT NULL,
    language     TEXT COLLATE "C" NOT NULL,
    slug         TEXT COLLATE "C" NOT NULL,
    path         TEXT COLLATE "C" UNIQUE,
    -- yyyymm of the path, which follows the newsroom's time zone; what the archive counts by.
    month        BIGINT,
    section      UUID REFERENCES section (id) ON DELETE SET NULL,
    state        TEXT COLLATE "C" NOT NULL,
    published_at BIGINT,
    updated_at   BIGINT,
    created_at   BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    headline     TEXT NOT NULL,
    standfirst   TEXT NOT NULL,
    lead_photo   TEXT,
    sources      TEXT NOT NULL,
    document     TEXT NOT NULL,
    -- Every list orders by the time of publication, and every card links to the path.
    CHECK (state <> 'published' OR (published_at IS NOT NULL AND path IS NOT NULL))
);
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
    story     UUID NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    topic     UUID NOT NULL REFERENCES topic (id) ON DELETE CASCADE,
    position  BIGINT NOT NULL,
    language  TEXT COLLATE "C" NOT NULL,
    listed_at BIGINT,
    PRIMARY KEY (story, topic)
);
CREATE INDEX story_topic_list ON story_topic (topic, language, listed_at, story);

CREATE TABLE story_byline (
    story     UUID NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    byline    UUID NOT NULL REFERENCES byline (id) ON DELETE CASCADE,
    position  BIGINT NOT NULL,
    language  TEXT COLLATE "C" NOT NULL,
    listed_at BIGINT,
    PRIMARY KEY (story, byline)
);
CREATE INDEX story_byline_list ON story_byline (byline, language, listed_at, story);

CREATE TABLE story_photo (
    story UUID NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    photo UUID NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    PRIMARY KEY (story, photo)
);
CREATE INDEX story_photo_uses ON story_photo (photo, story);

CREATE TABLE story_pick (
    story    UUID NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    pick     UUID NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    PRIMARY KEY (story, position)
);
CREATE INDEX story_pick_of ON story_pick (pick);

CREATE TABLE front (
    language TEXT COLLATE "C" NOT NULL,
    position BIGINT NOT NULL,
    story    UUID NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    PRIMARY KEY (language, position)
);
CREATE INDEX front_of_story ON front (story);

CREATE TABLE revision (
    id         UUID PRIMARY KEY NOT NULL,
    story      UUID NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    version    BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    saved_by   TEXT NOT NULL,
    headline   TEXT NOT NULL,
    standfirst TEXT NOT NULL,
    document   TEXT NOT NULL
);
CREATE INDEX revision_of_story ON revision (story, version);

CREATE TABLE correction (
    story  UUID NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    at     BIGINT NOT NULL,
    text   TEXT NOT NULL,
    PRIMARY KEY (story, number)
);

CREATE TABLE page (
    id         UUID PRIMARY KEY NOT NULL,
    language   TEXT COLLATE "C" NOT NULL,
    slug       TEXT COLLATE "C" NOT NULL,
    public     BOOLEAN NOT NULL,
    menu       BIGINT,
    version    BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    title      TEXT NOT NULL,
    document   TEXT NOT NULL,
    UNIQUE (slug, language)
);

CREATE TABLE page_version (
    page     UUID NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    version  BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    title    TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (page, version)
);

-- A redirect to a story follows the story wherever it goes.
CREATE TABLE redirect (
    from_path TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    to_path   TEXT COLLATE "C",
    to_story  UUID REFERENCES story (id) ON DELETE CASCADE,
    at        BIGINT NOT NULL,
    CHECK ((to_path IS NULL) <> (to_story IS NULL))
);
CREATE INDEX redirect_to_story ON redirect (to_story);

CREATE TABLE setting (
    key   TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    value TEXT NOT NULL,
    at    BIGINT NOT NULL
);

CREATE TABLE journal (
    seq     BIGINT PRIMARY KEY NOT NULL,
    at      BIGINT NOT NULL,
    kind    TEXT COLLATE "C" NOT NULL,
    subject UUID,
    tags    TEXT NOT NULL
);

CREATE TABLE follower (
    name TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    seq  BIGINT NOT NULL
);

-- `run_at` of a leased job is the end of its lease: then it is due again, and one index serves both.
CREATE TABLE job (
    id         UUID PRIMARY KEY NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    state      TEXT COLLATE "C" NOT NULL,
    run_at     BIGINT NOT NULL,
    attempts   BIGINT NOT NULL,
    ended_at   BIGINT,
    last_error TEXT,
    payload    TEXT NOT NULL
);
CREATE INDEX job_due ON job (kind, run_at, id) WHERE state IN ('waiting', 'leased');
CREATE INDEX job_by_state ON job (kind, state);

CREATE TABLE audit (
    seq     BIGINT PRIMARY KEY NOT NULL,
    at      BIGINT NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject UUID,
    detail  TEXT NOT NULL
);

CREATE TABLE import_link (
    source      TEXT COLLATE "C" NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    foreign_id  TEXT COLLATE "C" NOT NULL,
    entity      UUID NOT NULL,
    fingerprint TEXT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (source, kind, foreign_id)
);
