-- The event log: the truth. Append-only, numbered from 0 without gap, one head row for each ledger.
CREATE TABLE heads (
    ledger_id     INTEGER NOT NULL PRIMARY KEY,
    size          INTEGER NOT NULL CHECK (size >= 0),
    compact_range BLOB    NOT NULL DEFAULT x'',
    checkpoint    BLOB    NOT NULL DEFAULT x''
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    ledger_id INTEGER NOT NULL,
    number    INTEGER NOT NULL CHECK (number >= 0),
    bytes     BLOB    NOT NULL CHECK (length(bytes) BETWEEN 1 AND 65535),
    PRIMARY KEY (ledger_id, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

CREATE TRIGGER heads_are_never_deleted BEFORE DELETE ON heads
BEGIN SELECT RAISE(ABORT, 'heads are never deleted'); END;

CREATE TRIGGER heads_only_grow BEFORE UPDATE ON heads WHEN new.size < old.size
BEGIN SELECT RAISE(ABORT, 'a head only grows'); END;

-- INSERT OR REPLACE takes rows away without a DELETE: it must not get that far.
CREATE TRIGGER events_are_only_appended BEFORE INSERT ON events
WHEN new.number < (SELECT size FROM heads WHERE ledger_id = new.ledger_id)
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

CREATE TRIGGER heads_are_never_replaced BEFORE INSERT ON heads
WHEN new.size < (SELECT size FROM heads WHERE ledger_id = new.ledger_id)
BEGIN SELECT RAISE(ABORT, 'a head only grows'); END;
