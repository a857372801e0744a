-- Readers who asked to be reminded by mail. A row tells the day that it is due, which is what it is for, and nothing of
-- when it was asked for; its look-up is of its own purpose. It goes with the last mail.

CREATE TABLE reminder (
    id       UUID PRIMARY KEY NOT NULL,
    lookup   BYTEA NOT NULL,
    address  BYTEA NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    -- Days since 1 January 1970, of the newsroom's calendar.
    due      BIGINT NOT NULL,
    -- Months between two; NULL for once.
    every    BIGINT,
    policy   TEXT COLLATE "C" NOT NULL,
    neutral  BOOLEAN NOT NULL
);
CREATE INDEX reminder_due ON reminder (due, id);
CREATE INDEX reminder_of ON reminder (lookup);
