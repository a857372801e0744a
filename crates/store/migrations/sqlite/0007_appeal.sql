-- Appeals: what asks readers for support, in variants and languages, and how often each variant was seen on a day. Nothing here
-- tells who saw it.

CREATE TABLE appeal (
    id       BLOB PRIMARY KEY NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('banner', 'end')),
    position INTEGER NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('draft', 'started', 'withdrawn')),
    made_at  INTEGER NOT NULL,
    settings TEXT NOT NULL
) STRICT;

CREATE TABLE appeal_variant (
    id       BLOB PRIMARY KEY NOT NULL,
    appeal   BLOB NOT NULL REFERENCES appeal (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    weight   INTEGER NOT NULL,
    active   INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;
CREATE INDEX appeal_variant_of ON appeal_variant (appeal, position);

-- What a variant says: `document` as its editors have it, `shown` as readers do.
CREATE TABLE appeal_text (
    variant   BLOB NOT NULL REFERENCES appeal_variant (id) ON DELETE CASCADE,
    language  TEXT NOT NULL,
    version   INTEGER NOT NULL,
    published INTEGER,
    saved_at  INTEGER NOT NULL,
    saved_by  TEXT NOT NULL,
    document  TEXT NOT NULL,
    shown     TEXT,
    PRIMARY KEY (variant, language)
) STRICT;

-- `cut`: what came in bursts and was not counted.
CREATE TABLE appeal_day (
    variant BLOB NOT NULL REFERENCES appeal_variant (id) ON DELETE CASCADE,
    day     INTEGER NOT NULL,
    seen    INTEGER NOT NULL,
    cut     INTEGER NOT NULL,
    PRIMARY KEY (variant, day)
) STRICT, WITHOUT ROWID;
