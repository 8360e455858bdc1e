-- Machines' keys (API keys): what they open is kept, the key itself never is.
CREATE TABLE access_keys (
    ledger_id  INTEGER NOT NULL,
    id         INTEGER NOT NULL,
    name       TEXT    NOT NULL CHECK (length(name) > 0),
    scopes     TEXT    NOT NULL CHECK (length(scopes) > 0),
    digest     BLOB    NOT NULL CHECK (length(digest) = 32),
    created_at INTEGER NOT NULL,
    created_by TEXT    NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at > created_at),
    revoked_at INTEGER,
    PRIMARY KEY (ledger_id, id)
) STRICT, WITHOUT ROWID;
