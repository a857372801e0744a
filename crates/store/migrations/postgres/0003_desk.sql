-- What editors work with. Its twin is ../sqlite/0003_desk.sql.

-- A story's working copy: what its editors see. `version` counts saves and never goes back; `published` is the one that
-- readers see, so that the two are equal when nothing waits to be published.
CREATE TABLE story_draft (
    story     UUID PRIMARY KEY NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    version   BIGINT NOT NULL,
    published BIGINT,
    saved_at  BIGINT NOT NULL,
    saved_by  TEXT NOT NULL,
    content   TEXT NOT NULL
);

-- Whose story it is: who may see and edit it without being an editor.
CREATE TABLE story_staff (
    story UUID NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    staff UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    PRIMARY KEY (story, staff)
);
CREATE INDEX story_staff_of ON story_staff (staff, story);

CREATE TABLE story_note (
    id      UUID PRIMARY KEY NOT NULL,
    story   UUID NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    at      BIGINT NOT NULL,
    author  TEXT NOT NULL,
    done_at BIGINT,
    done_by TEXT,
    text    TEXT NOT NULL
);
CREATE INDEX story_note_of ON story_note (story, at);

CREATE TABLE mention (
    staff   UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    note    UUID NOT NULL REFERENCES story_note (id) ON DELETE CASCADE,
    seen_at BIGINT,
    PRIMARY KEY (staff, note)
);
CREATE INDEX mention_in ON mention (note);

-- Which story another one was translated from, and the original's version that the translation has caught up with.
CREATE TABLE story_translation (
    story        UUID PRIMARY KEY NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    original     UUID NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    seen_version BIGINT NOT NULL
);
CREATE INDEX story_translation_of ON story_translation (original);

CREATE TABLE saved_filter (
    id    UUID PRIMARY KEY NOT NULL,
    staff UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    name  TEXT NOT NULL,
    query TEXT NOT NULL
);
CREATE INDEX saved_filter_of ON saved_filter (staff, name);

-- Whom we tell of changes. The secret signs what is sent, so it can't be a hash.
CREATE TABLE webhook (
    id       UUID PRIMARY KEY NOT NULL,
    url      TEXT NOT NULL,
    secret   TEXT NOT NULL,
    events   TEXT NOT NULL,
    active   BOOLEAN NOT NULL,
    made_by  TEXT NOT NULL,
    made_at  BIGINT NOT NULL,
    last_at  BIGINT,
    last     TEXT,
    failing_since BIGINT
);

-- Each message to each webhook, with what came of it. The job that sends it has the same id.
CREATE TABLE webhook_delivery (
    id       UUID PRIMARY KEY NOT NULL,
    webhook  UUID NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    event    TEXT NOT NULL,
    made_at  BIGINT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'given_up')),
    attempts BIGINT NOT NULL,
    last_at  BIGINT,
    last     TEXT,
    body     TEXT NOT NULL
);
CREATE INDEX webhook_delivery_of ON webhook_delivery (webhook, made_at);

-- How often a story was read on a day. A number, and nothing else.
CREATE TABLE read_day (
    day   BIGINT NOT NULL,
    story UUID NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    count BIGINT NOT NULL,
    PRIMARY KEY (day, story)
);
CREATE INDEX read_day_of ON read_day (story, day);

-- Each deed's hash covers the one before: a log that was cut or changed shows it.
CREATE TABLE audit_hash (
    seq  BIGINT PRIMARY KEY NOT NULL REFERENCES audit (seq) ON DELETE CASCADE,
    hash TEXT COLLATE "C" NOT NULL
);

-- The log's filters, in the order of its pages.
CREATE INDEX audit_by_actor ON audit (actor, seq);
CREATE INDEX audit_by_action ON audit (action, seq);
CREATE INDEX audit_of ON audit (subject, seq);
-- What a person has to look at is few among all that was done.
CREATE INDEX job_failed ON job (state, ended_at, id) WHERE state = 'failed';
CREATE INDEX photo_incomplete ON photo (id) WHERE alt = '' OR credit = '';

-- A static page's working copy, as `story_draft` is a story's; the page's row says what readers see.
CREATE TABLE page_draft (
    page      UUID PRIMARY KEY NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    version   BIGINT NOT NULL,
    published BIGINT,
    saved_at  BIGINT NOT NULL,
    saved_by  TEXT NOT NULL,
    content   TEXT NOT NULL
);

-- What follows stays behind in a backup: doors, and what is made again from stories.
CREATE TABLE story_lock (
    story   UUID PRIMARY KEY NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    staff   UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    since   BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);

CREATE TABLE preview_link (
    hash    TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    story   UUID NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX preview_link_of ON preview_link (story, ends_at);

CREATE TABLE api_token (
    id      UUID PRIMARY KEY NOT NULL,
    hash    TEXT COLLATE "C" NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    scopes  TEXT NOT NULL,
    staff   UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    made_at BIGINT NOT NULL,
    ends_at BIGINT,
    used_at BIGINT
);
CREATE INDEX api_token_of ON api_token (staff, made_at);

-- The desk's list reads these narrow rows instead of walking stories and their documents.
CREATE TABLE story_desk (
    story      UUID PRIMARY KEY NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    state      TEXT COLLATE "C" NOT NULL,
    language   TEXT COLLATE "C" NOT NULL,
    section    UUID,
    touched_at BIGINT NOT NULL,
    touched_by TEXT NOT NULL
);
CREATE INDEX story_desk_touched ON story_desk (touched_at, story, state, language, section);
CREATE INDEX story_desk_state ON story_desk (state, touched_at, story, language, section);

-- The words of headlines and standfirsts, folded, for search as one types.
CREATE TABLE story_word (
    word  TEXT COLLATE "C" NOT NULL,
    story UUID NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    PRIMARY KEY (word, story)
);
CREATE INDEX story_word_of ON story_word (story);

-- The same for what is said of photos.
CREATE TABLE photo_word (
    word  TEXT COLLATE "C" NOT NULL,
    photo UUID NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    PRIMARY KEY (word, photo)
);
CREATE INDEX photo_word_of ON photo_word (photo);

-- Published stories of every language in the order of publication: what programs read first, and a page at a time.
CREATE INDEX story_published ON story (published_at, id) WHERE state = 'published';
INSERT INTO story_desk (story, state, language, section, touched_at, touched_by)
SELECT id, state, language, section, coalesce(updated_at, published_at, created_at), '' FROM story;
