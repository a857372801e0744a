-- What editors work with. Its twin is ../postgres/0003_desk.sql.

-- A story's working copy: what its editors see. `version` counts saves and never goes back; `published` is the one that
-- readers see, so that the two are equal when nothing waits to be published.
CREATE TABLE story_draft (
    story     BLOB PRIMARY KEY NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    version   INTEGER NOT NULL,
    published INTEGER,
    saved_at  INTEGER NOT NULL,
    saved_by  TEXT NOT NULL,
    content   TEXT NOT NULL
) STRICT;

-- Whose story it is: who may see and edit it without being an editor.
CREATE TABLE story_staff (
    story BLOB NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    staff BLOB NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    PRIMARY KEY (story, staff)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_staff_of ON story_staff (staff, story);

CREATE TABLE story_note (
    id      BLOB PRIMARY KEY NOT NULL,
    story   BLOB NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    at      INTEGER NOT NULL,
    author  TEXT NOT NULL,
    done_at INTEGER,
    done_by TEXT,
    text    TEXT NOT NULL
) STRICT;
CREATE INDEX story_note_of ON story_note (story, at);

CREATE TABLE mention (
    staff   BLOB NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    note    BLOB NOT NULL REFERENCES story_note (id) ON DELETE CASCADE,
    seen_at INTEGER,
    PRIMARY KEY (staff, note)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_in ON mention (note);

-- Which story another one was translated from, and the original's version that the translation has caught up with.
CREATE TABLE story_translation (
    story        BLOB PRIMARY KEY NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    original     BLOB NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    seen_version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX story_translation_of ON story_translation (original);

CREATE TABLE saved_filter (
    id    BLOB PRIMARY KEY NOT NULL,
    staff BLOB NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    name  TEXT NOT NULL,
    query TEXT NOT NULL
) STRICT;
CREATE INDEX saved_filter_of ON saved_filter (staff, name);

-- Whom we tell of changes. The secret signs what is sent, so it can't be a hash.
CREATE TABLE webhook (
    id       BLOB PRIMARY KEY NOT NULL,
    url      TEXT NOT NULL,
    secret   TEXT NOT NULL,
    events   TEXT NOT NULL,
    active   INTEGER NOT NULL CHECK (active IN (0, 1)),
    made_by  TEXT NOT NULL,
    made_at  INTEGER NOT NULL,
    last_at  INTEGER,
    last     TEXT,
    failing_since INTEGER
) STRICT;

-- Each message to each webhook, with what came of it. The job that sends it has the same id.
CREATE TABLE webhook_delivery (
    id       BLOB PRIMARY KEY NOT NULL,
    webhook  BLOB NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    event    TEXT NOT NULL,
    made_at  INTEGER NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'given_up')),
    attempts INTEGER NOT NULL,
    last_at  INTEGER,
    last     TEXT,
    body     TEXT NOT NULL
) STRICT;
CREATE INDEX webhook_delivery_of ON webhook_delivery (webhook, made_at);

-- How often a story was read on a day. A number, and nothing else.
CREATE TABLE read_day (
    day   INTEGER NOT NULL,
    story BLOB NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX read_day_of ON read_day (story, day);

-- Each deed's hash covers the one before: a log that was cut or changed shows it.
CREATE TABLE audit_hash (
    seq  INTEGER PRIMARY KEY NOT NULL REFERENCES audit (seq) ON DELETE CASCADE,
    hash TEXT NOT NULL
) STRICT;

-- The log's filters, in the order of its pages.
CREATE INDEX audit_by_actor ON audit (actor, seq);
CREATE INDEX audit_by_action ON audit (action, seq);
CREATE INDEX audit_of ON audit (subject, seq);
-- What a person has to look at is few among all that was done.
CREATE INDEX job_failed ON job (state, ended_at, id) WHERE state = 'failed';
CREATE INDEX photo_incomplete ON photo (id) WHERE alt = '' OR credit = '';

-- A static page's working copy, as `story_draft` is a story's; the page's row says what readers see.
CREATE TABLE page_draft (
    page      BLOB PRIMARY KEY NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    version   INTEGER NOT NULL,
    published INTEGER,
    saved_at  INTEGER NOT NULL,
    saved_by  TEXT NOT NULL,
    content   TEXT NOT NULL
) STRICT;

-- What follows stays behind in a backup: doors, and what is made again from stories.
CREATE TABLE story_lock (
    story   BLOB PRIMARY KEY NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    staff   BLOB NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    since   INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT;

CREATE TABLE preview_link (
    hash    TEXT PRIMARY KEY NOT NULL,
    story   BLOB NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX preview_link_of ON preview_link (story, ends_at);

CREATE TABLE api_token (
    id      BLOB PRIMARY KEY NOT NULL,
    hash    TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    scopes  TEXT NOT NULL,
    staff   BLOB NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    made_at INTEGER NOT NULL,
    ends_at INTEGER,
    used_at INTEGER
) STRICT;
CREATE INDEX api_token_of ON api_token (staff, made_at);

-- The desk's list reads these narrow rows instead of walking stories and their documents.
CREATE TABLE story_desk (
    story      BLOB PRIMARY KEY NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    state      TEXT NOT NULL,
    language   TEXT NOT NULL,
    section    BLOB,
    touched_at INTEGER NOT NULL,
    touched_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX story_desk_touched ON story_desk (touched_at, story, state, language, section);
CREATE INDEX story_desk_state ON story_desk (state, touched_at, story, language, section);

-- The words of headlines and standfirsts, folded, for search as one types.
CREATE TABLE story_word (
    word  TEXT NOT NULL,
    story BLOB NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    PRIMARY KEY (word, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_word_of ON story_word (story);

-- The same for what is said of photos.
CREATE TABLE photo_word (
    word  TEXT NOT NULL,
    photo BLOB NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    PRIMARY KEY (word, photo)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_word_of ON photo_word (photo);

-- Published stories of every language in the order of publication: what programs read first, and a page at a time.
CREATE INDEX story_published ON story (published_at, id) WHERE state = 'published';
INSERT INTO story_desk (story, state, language, section, touched_at, touched_by)
SELECT id, state, language, section, coalesce(updated_at, published_at, created_at), '' FROM story;
