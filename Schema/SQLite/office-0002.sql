-- What the office keeps of accounts, sign-ins, terminals and codes: small records, read and changed whole.
CREATE TABLE records (
    ledger_id  INTEGER NOT NULL,
    kind       INTEGER NOT NULL,
    key        BLOB    NOT NULL CHECK (length(key) BETWEEN 1 AND 64),
    value      BLOB    NOT NULL CHECK (length(value) BETWEEN 1 AND 4096),
    expires_at INTEGER,
    PRIMARY KEY (ledger_id, kind, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX records_that_expire ON records (expires_at) WHERE expires_at IS NOT NULL;
