-- Who was attested to belong to which group (认定), sealed as the rest is.
CREATE TABLE attestations (
    ledger_id INTEGER NOT NULL,
    identity  BLOB    NOT NULL CHECK (length(identity) = 16),
    kind      TEXT    NOT NULL CHECK (length(kind) BETWEEN 1 AND 32),
    sealed    BLOB    NOT NULL,
    PRIMARY KEY (ledger_id, identity, kind)
) STRICT, WITHOUT ROWID;
