-- An import replaces what it staged before, and each resident who registers alone is an import.
CREATE INDEX residents_by_file ON residents (ledger_id, file);
