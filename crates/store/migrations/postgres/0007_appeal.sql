-- Appeals: what asks readers for support, in variants and languages, and how often each variant was seen on a day. Nothing here
-- tells who saw it.

CREATE TABLE appeal (
    id       UUID PRIMARY KEY NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL CHECK (kind IN ('banner', 'end')),
    position BIGINT NOT NULL,
    state    TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'started', 'withdrawn')),
    made_at  BIGINT NOT NULL,
    settings TEXT NOT NULL
);

CREATE TABLE appeal_variant (
    id       UUID PRIMARY KEY NOT NULL,
    appeal   UUID NOT NULL REFERENCES appeal (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    name     TEXT NOT NULL,
    weight   BIGINT NOT NULL,
    active   BOOLEAN NOT NULL
);
CREATE INDEX appeal_variant_of ON appeal_variant (appeal, position);

-- What a variant says: `document` as its editors have it, `shown` as readers do.
CREATE TABLE appeal_text (
    variant   UUID NOT NULL REFERENCES appeal_variant (id) ON DELETE CASCADE,
    language  TEXT COLLATE "C" NOT NULL,
    version   BIGINT NOT NULL,
    published BIGINT,
    saved_at  BIGINT NOT NULL,
    saved_by  TEXT NOT NULL,
    document  TEXT NOT NULL,
    shown     TEXT,
    PRIMARY KEY (variant, language)
);

-- `cut`: what came in bursts and was not counted.
CREATE TABLE appeal_day (
    variant UUID NOT NULL REFERENCES appeal_variant (id) ON DELETE CASCADE,
    day     BIGINT NOT NULL,
    seen    BIGINT NOT NULL,
    cut     BIGINT NOT NULL,
    PRIMARY KEY (variant, day)
);
