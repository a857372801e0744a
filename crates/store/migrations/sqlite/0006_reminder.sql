-- Readers who asked to be reminded by mail. A row tells the day that it is due, which is what it is for, and nothing of
-- when it was asked for; its look-up is of its own purpose. It goes with the last mail.

CREATE TABLE reminder (
    id       BLOB PRIMARY KEY NOT NULL,
    lookup   BLOB NOT NULL,
    address  BLOB NOT NULL,
    language TEXT NOT NULL,
    -- Days since 1 January 1970, of the newsroom's calendar.
    due      INTEGER NOT NULL,
    -- Months between two; NULL for once.
    every    INTEGER,
    policy   TEXT NOT NULL,
    neutral  INTEGER NOT NULL CHECK (neutral IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX reminder_due ON reminder (due, id);
CREATE INDEX reminder_of ON reminder (lookup);
