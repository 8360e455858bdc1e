-- The vault: personal data, sealed with AES-256-GCM and erasable; found by keyed MACs only.
CREATE TABLE residents (
    ledger_id INTEGER NOT NULL,
    identity  BLOB    NOT NULL CHECK (length(identity) = 16),
    file      BLOB    NOT NULL CHECK (length(file) = 16),
    staged_at INTEGER NOT NULL,
    sealed    BLOB    NOT NULL,
    PRIMARY KEY (ledger_id, identity)
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
    ledger_id  INTEGER NOT NULL,
    commitment BLOB    NOT NULL CHECK (length(commitment) = 16),
    file       BLOB    NOT NULL CHECK (length(file) = 16),
    staged_at  INTEGER NOT NULL,
    sealed     BLOB    NOT NULL,
    PRIMARY KEY (ledger_id, commitment)
) STRICT, WITHOUT ROWID;

CREATE TABLE pseudonyms (
    ledger_id INTEGER NOT NULL,
    key       BLOB    NOT NULL CHECK (length(key) = 16),
    pseudonym INTEGER NOT NULL,
    PRIMARY KEY (ledger_id, key)
) STRICT, WITHOUT ROWID;
