-- The read model: made from events alone, thrown away and filled again at will. CHECKs are tripwires.
CREATE TABLE positions (
    ledger_id INTEGER NOT NULL PRIMARY KEY,
    position  INTEGER NOT NULL CHECK (position >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledgers (
    ledger_id  INTEGER NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    practice   INTEGER NOT NULL CHECK (practice IN (0, 1)),
    algorithms TEXT    NOT NULL CHECK (algorithms IN ('international', 'guomi'))
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    ledger_id INTEGER NOT NULL,
    setting   INTEGER NOT NULL,
    value     INTEGER NOT NULL,
    PRIMARY KEY (ledger_id, setting)
) STRICT, WITHOUT ROWID;

CREATE TABLE funds (
    ledger_id       INTEGER NOT NULL,
    id              INTEGER NOT NULL,
    level           INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
    fiscal_year     INTEGER NOT NULL,
    matching        INTEGER NOT NULL CHECK (matching IN (0, 1)),
    treasury        TEXT    NOT NULL,
    document        TEXT    NOT NULL,
    functional_code TEXT    NOT NULL,
    economic_code   TEXT    NOT NULL,
    PRIMARY KEY (ledger_id, id)
) STRICT, WITHOUT ROWID;

-- Every account of the book; kinds as LedgerDomain numbers them: 1 treasury … 7 payable, 8 clearing.
CREATE TABLE accounts (
    ledger_id INTEGER NOT NULL,
    kind      INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 10),
    owner     INTEGER NOT NULL,
    fund      INTEGER NOT NULL,
    balance   INTEGER NOT NULL CHECK (kind = 7 OR balance >= 0),
    PRIMARY KEY (ledger_id, kind, owner, fund)
) STRICT, WITHOUT ROWID;

CREATE TABLE postings (
    ledger_id    INTEGER NOT NULL,
    event        INTEGER NOT NULL,
    line         INTEGER NOT NULL,
    kind         INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 20),
    undoes       INTEGER NOT NULL CHECK (undoes IN (0, 1)),
    debit_kind   INTEGER NOT NULL CHECK (debit_kind BETWEEN 1 AND 10),
    debit_owner  INTEGER NOT NULL,
    credit_kind  INTEGER NOT NULL CHECK (credit_kind BETWEEN 1 AND 10),
    credit_owner INTEGER NOT NULL,
    fund         INTEGER NOT NULL,
    amount       INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (ledger_id, event, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE plans (
    ledger_id   INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    fund        INTEGER NOT NULL,
    document    TEXT    NOT NULL,
    maker       TEXT    NOT NULL,
    approved_by TEXT,
    PRIMARY KEY (ledger_id, id),
    CHECK (approved_by IS NULL OR approved_by <> maker)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_lines (
    ledger_id INTEGER NOT NULL,
    plan      INTEGER NOT NULL,
    recipient INTEGER NOT NULL,
    amount    INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (ledger_id, plan, recipient)
) STRICT, WITHOUT ROWID;

CREATE TABLE remittances (
    ledger_id    INTEGER NOT NULL,
    event        INTEGER NOT NULL,
    incoming     INTEGER NOT NULL CHECK (incoming IN (0, 1)),
    fund         INTEGER NOT NULL,
    counterparty INTEGER NOT NULL,
    amount       INTEGER NOT NULL CHECK (amount > 0),
    origin       INTEGER,
    instant      INTEGER NOT NULL,
    undone       INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
    PRIMARY KEY (ledger_id, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE programmes (
    ledger_id   INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    document    TEXT    NOT NULL,
    rule        BLOB    NOT NULL,
    maker       TEXT    NOT NULL,
    instant     INTEGER NOT NULL,
    status      INTEGER NOT NULL CHECK (status BETWEEN 1 AND 4),
    approved_by TEXT,
    PRIMARY KEY (ledger_id, id),
    CHECK (approved_by IS NULL OR approved_by <> maker)
) STRICT, WITHOUT ROWID;

CREATE TABLE programme_versions (
    ledger_id   INTEGER NOT NULL,
    programme   INTEGER NOT NULL,
    version     INTEGER NOT NULL CHECK (version > 0),
    document    TEXT    NOT NULL,
    rule        BLOB    NOT NULL,
    maker       TEXT    NOT NULL,
    instant     INTEGER NOT NULL,
    approved_by TEXT,
    PRIMARY KEY (ledger_id, programme, version),
    CHECK (approved_by IS NULL OR approved_by <> maker)
) STRICT, WITHOUT ROWID;

CREATE TABLE batches (
    ledger_id     INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    programme     INTEGER NOT NULL,
    face          INTEGER NOT NULL CHECK (face > 0),
    quota         INTEGER NOT NULL CHECK (quota > 0),
    release       INTEGER NOT NULL,
    weights       BLOB    NOT NULL,
    from_instant  INTEGER NOT NULL,
    until_instant INTEGER NOT NULL,
    maker         TEXT    NOT NULL,
    status        INTEGER NOT NULL CHECK (status BETWEEN 1 AND 3),
    approved_by   TEXT,
    PRIMARY KEY (ledger_id, id),
    CHECK (approved_by IS NULL OR approved_by <> maker)
) STRICT, WITHOUT ROWID;

CREATE TABLE lottery_steps (
    ledger_id INTEGER NOT NULL,
    batch     INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    type      INTEGER NOT NULL,
    principal TEXT    NOT NULL,
    instant   INTEGER NOT NULL,
    value     BLOB    NOT NULL CHECK (length(value) IN (0, 32)),
    PRIMARY KEY (ledger_id, batch, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE lottery_entries (
    ledger_id INTEGER NOT NULL,
    batch     INTEGER NOT NULL,
    number    INTEGER NOT NULL CHECK (number > 0),
    pseudonym INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    PRIMARY KEY (ledger_id, batch, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    ledger_id    INTEGER NOT NULL,
    id           INTEGER NOT NULL,
    programme    INTEGER NOT NULL,
    outlet       INTEGER NOT NULL,
    title        TEXT    NOT NULL,
    starts_at    INTEGER NOT NULL,
    ends_at      INTEGER NOT NULL,
    price        INTEGER NOT NULL,
    ticket_price INTEGER NOT NULL,
    subsidy      INTEGER NOT NULL CHECK (subsidy > 0 AND subsidy <= price - ticket_price),
    seats        INTEGER NOT NULL CHECK (seats > 0),
    attestor     TEXT    NOT NULL CHECK (attestor <> maker),
    maker        TEXT    NOT NULL,
    status       INTEGER NOT NULL CHECK (status BETWEEN 1 AND 5),
    approved_by  TEXT,
    admitted     INTEGER NOT NULL DEFAULT 0,
    subsidised   INTEGER NOT NULL DEFAULT 0 CHECK (subsidised <= seats),
    paid         INTEGER CHECK (paid <= subsidised * subsidy),
    PRIMARY KEY (ledger_id, id),
    CHECK (approved_by IS NULL OR approved_by <> maker)
) STRICT, WITHOUT ROWID;

CREATE TABLE admissions (
    ledger_id INTEGER NOT NULL,
    session   INTEGER NOT NULL,
    number    INTEGER NOT NULL,
    ticket    TEXT    NOT NULL,
    paid      INTEGER NOT NULL CHECK (paid >= 0),
    event     INTEGER NOT NULL,
    PRIMARY KEY (ledger_id, session, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE awards (
    ledger_id  INTEGER NOT NULL,
    id         INTEGER NOT NULL,
    programme  INTEGER NOT NULL,
    merchant   INTEGER NOT NULL,
    kind       INTEGER NOT NULL,
    amount     INTEGER NOT NULL CHECK (amount > 0),
    title      TEXT    NOT NULL,
    evidence   BLOB    NOT NULL CHECK (length(evidence) = 32),
    maker      TEXT    NOT NULL,
    status     INTEGER NOT NULL CHECK (status BETWEEN 1 AND 4),
    decided_by TEXT,
    PRIMARY KEY (ledger_id, id),
    CHECK (status <> 2 OR decided_by <> maker)
) STRICT, WITHOUT ROWID;

CREATE TABLE points_entries (
    ledger_id INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    programme INTEGER NOT NULL,
    pseudonym INTEGER NOT NULL,
    kind      INTEGER NOT NULL CHECK (kind BETWEEN 18 AND 20),
    what      TEXT    NOT NULL,
    points    INTEGER NOT NULL CHECK (points > 0),
    instant   INTEGER NOT NULL,
    expiry    INTEGER NOT NULL,
    PRIMARY KEY (ledger_id, pseudonym, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE catalogue_items (
    ledger_id INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    catalogue TEXT    NOT NULL,
    place     INTEGER NOT NULL,
    code      TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    category  TEXT    NOT NULL,
    listed    INTEGER NOT NULL CHECK (listed >= 0),
    instant   INTEGER NOT NULL,
    PRIMARY KEY (ledger_id, event, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
    ledger_id INTEGER NOT NULL,
    file      BLOB    NOT NULL CHECK (length(file) = 16),
    event     INTEGER NOT NULL,
    kind      INTEGER NOT NULL,
    count     INTEGER NOT NULL,
    instant   INTEGER NOT NULL,
    PRIMARY KEY (ledger_id, file)
) STRICT, WITHOUT ROWID;

-- Rows of a file that is not in imports are staged and not shown.
CREATE TABLE merchants (
    ledger_id         INTEGER NOT NULL,
    id                INTEGER NOT NULL,
    file              BLOB    NOT NULL,
    credit_code       TEXT    NOT NULL,
    payee             INTEGER NOT NULL,
    payee_credit_code TEXT    NOT NULL,
    bank_code         TEXT    NOT NULL,
    name              BLOB    NOT NULL,
    payee_name        BLOB    NOT NULL,
    account           BLOB    NOT NULL,
    status            INTEGER NOT NULL CHECK (status BETWEEN 1 AND 3),
    PRIMARY KEY (ledger_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE outlets (
    ledger_id    INTEGER NOT NULL,
    id           INTEGER NOT NULL,
    file         BLOB    NOT NULL,
    merchant     INTEGER NOT NULL,
    name         BLOB    NOT NULL,
    category     TEXT    NOT NULL,
    region       INTEGER NOT NULL,
    town         TEXT    NOT NULL,
    rural        INTEGER NOT NULL CHECK (rural IN (0, 1)),
    cluster      TEXT    NOT NULL,
    outlet_class TEXT    NOT NULL,
    platform_id  TEXT    NOT NULL,
    PRIMARY KEY (ledger_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE terminals (
    ledger_id INTEGER NOT NULL,
    id        INTEGER NOT NULL,
    file      BLOB    NOT NULL,
    outlet    INTEGER NOT NULL,
    serial    TEXT    NOT NULL,
    PRIMARY KEY (ledger_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE vouchers (
    ledger_id INTEGER NOT NULL,
    id        INTEGER NOT NULL,
    batch     INTEGER NOT NULL,
    pseudonym INTEGER NOT NULL,
    face      INTEGER NOT NULL CHECK (face > 0),
    issued_at INTEGER NOT NULL,
    expiry    INTEGER NOT NULL,
    status    INTEGER NOT NULL CHECK (status BETWEEN 1 AND 5),
    channel   TEXT,
    PRIMARY KEY (ledger_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX vouchers_by_pseudonym ON vouchers (ledger_id, pseudonym);

CREATE TABLE authorisations (
    ledger_id INTEGER NOT NULL,
    id        INTEGER NOT NULL,
    voucher   INTEGER NOT NULL,
    outlet    INTEGER NOT NULL,
    bill      INTEGER NOT NULL CHECK (bill > 0),
    held      INTEGER NOT NULL CHECK (held > 0),
    reference TEXT    NOT NULL,
    expiry    INTEGER NOT NULL,
    status    INTEGER NOT NULL CHECK (status BETWEEN 1 AND 3),
    PRIMARY KEY (ledger_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX authorisations_by_sale ON authorisations (ledger_id, outlet, reference);

CREATE TABLE redemptions (
    ledger_id        INTEGER NOT NULL,
    id               INTEGER NOT NULL,
    event            INTEGER NOT NULL,
    voucher          INTEGER NOT NULL,
    outlet           INTEGER NOT NULL,
    terminal         INTEGER NOT NULL,
    merchant         INTEGER NOT NULL,
    category         TEXT    NOT NULL,
    bill             INTEGER NOT NULL CHECK (bill > 0),
    subsidy          INTEGER NOT NULL CHECK (subsidy > 0 AND subsidy <= bill),
    channel          TEXT    NOT NULL,
    reference        TEXT    NOT NULL,
    instant          INTEGER NOT NULL,
    day              INTEGER NOT NULL,
    refunded_bill    INTEGER NOT NULL DEFAULT 0 CHECK (refunded_bill BETWEEN 0 AND bill),
    refunded_subsidy INTEGER NOT NULL DEFAULT 0 CHECK (refunded_subsidy BETWEEN 0 AND subsidy),
    PRIMARY KEY (ledger_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX redemptions_by_voucher ON redemptions (ledger_id, voucher);
CREATE INDEX redemptions_by_sale ON redemptions (ledger_id, merchant, reference);

-- What tills said of a sale beyond its bill.
CREATE TABLE sale_details (
    ledger_id     INTEGER NOT NULL,
    redemption    INTEGER NOT NULL,
    branch        TEXT,
    point_of_sale TEXT,
    cashier       TEXT,
    receipt       TEXT,
    category      TEXT,
    session       INTEGER,
    PRIMARY KEY (ledger_id, redemption)
) STRICT, WITHOUT ROWID;

CREATE TABLE sale_items (
    ledger_id  INTEGER NOT NULL,
    redemption INTEGER NOT NULL,
    line       INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    quantity   INTEGER NOT NULL CHECK (quantity > 0),
    listed     INTEGER NOT NULL CHECK (listed >= 0),
    -- A till that was offline may have sold above the listed price: that is evidence, and no reason to stop.
    paid       INTEGER NOT NULL CHECK (paid >= 0),
    code       TEXT,
    PRIMARY KEY (ledger_id, redemption, line)
) STRICT, WITHOUT ROWID;

-- Redemptions that tills made offline; twin is the event that another one under the same counter is.
CREATE TABLE offline_redemptions (
    ledger_id   INTEGER NOT NULL,
    redemption  INTEGER NOT NULL,
    credential  INTEGER NOT NULL,
    counter     INTEGER NOT NULL,
    occurred_at INTEGER NOT NULL,
    absorbed    INTEGER NOT NULL CHECK (absorbed IN (0, 1)),
    twin        INTEGER,
    PRIMARY KEY (ledger_id, redemption)
) STRICT, WITHOUT ROWID;

CREATE TABLE credentials (
    ledger_id  INTEGER NOT NULL,
    id         INTEGER NOT NULL,
    event      INTEGER NOT NULL,
    voucher    INTEGER NOT NULL,
    cap        INTEGER NOT NULL CHECK (cap > 0),
    issued_at  INTEGER NOT NULL,
    expiry     INTEGER NOT NULL CHECK (expiry > issued_at),
    hold_until INTEGER NOT NULL,
    revoked_at INTEGER,
    PRIMARY KEY (ledger_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX credentials_by_voucher ON credentials (ledger_id, voucher);

CREATE TABLE refunds (
    ledger_id  INTEGER NOT NULL,
    event      INTEGER NOT NULL,
    redemption INTEGER NOT NULL,
    -- Nothing of the bill where subsidy alone is taken back: a correction.
    bill       INTEGER NOT NULL CHECK (bill >= 0),
    subsidy    INTEGER NOT NULL CHECK (subsidy >= 0),
    instant    INTEGER NOT NULL,
    day        INTEGER NOT NULL,
    PRIMARY KEY (ledger_id, event),
    CHECK (bill > 0 OR subsidy > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE settlements (
    ledger_id   INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    through     INTEGER NOT NULL,
    maker       TEXT    NOT NULL,
    instant     INTEGER NOT NULL,
    status      INTEGER NOT NULL CHECK (status BETWEEN 1 AND 6),
    approved_by TEXT,
    PRIMARY KEY (ledger_id, id),
    CHECK (approved_by IS NULL OR approved_by <> maker)
) STRICT, WITHOUT ROWID;

CREATE TABLE settlement_lines (
    ledger_id  INTEGER NOT NULL,
    settlement INTEGER NOT NULL,
    line       INTEGER NOT NULL,
    event      INTEGER NOT NULL,
    payee      INTEGER NOT NULL,
    fund       INTEGER NOT NULL,
    amount     INTEGER NOT NULL CHECK (amount > 0),
    merchants  BLOB    NOT NULL,
    status     INTEGER NOT NULL CHECK (status BETWEEN 1 AND 3),
    note       TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (ledger_id, settlement, line)
) STRICT, WITHOUT ROWID;

CREATE INDEX settlement_lines_by_payee ON settlement_lines (ledger_id, payee);

-- Payees whose money is held, and from when no longer.
CREATE TABLE payee_holds (
    ledger_id INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    payee     INTEGER NOT NULL,
    held      INTEGER NOT NULL CHECK (held IN (0, 1)),
    reason    TEXT    NOT NULL,
    principal TEXT    NOT NULL,
    instant   INTEGER NOT NULL,
    PRIMARY KEY (ledger_id, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE payee_changes (
    ledger_id  INTEGER NOT NULL,
    event      INTEGER NOT NULL,
    payee      INTEGER NOT NULL,
    name       BLOB    NOT NULL,
    account    BLOB    NOT NULL,
    bank_code  TEXT    NOT NULL,
    evidence   TEXT    NOT NULL,
    maker      TEXT    NOT NULL,
    instant    INTEGER NOT NULL,
    status     INTEGER NOT NULL CHECK (status BETWEEN 1 AND 3),
    decided_by TEXT,
    note       TEXT    NOT NULL,
    PRIMARY KEY (ledger_id, event),
    CHECK (status <> 2 OR decided_by <> maker)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
    ledger_id INTEGER NOT NULL,
    id        INTEGER NOT NULL,
    kind      INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
    from_day  INTEGER NOT NULL,
    through   INTEGER NOT NULL CHECK (through > from_day),
    version   INTEGER NOT NULL CHECK (version > 0),
    events    INTEGER NOT NULL,
    digest    BLOB    NOT NULL CHECK (length(digest) = 32),
    note      TEXT    NOT NULL,
    maker     TEXT    NOT NULL,
    instant   INTEGER NOT NULL,
    signed_by TEXT,
    signed_at INTEGER,
    PRIMARY KEY (ledger_id, id),
    CHECK (signed_by IS NULL OR signed_by <> maker)
) STRICT, WITHOUT ROWID;

CREATE TABLE closed_months (
    ledger_id INTEGER NOT NULL,
    through   INTEGER NOT NULL,
    report    INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    principal TEXT    NOT NULL,
    instant   INTEGER NOT NULL,
    PRIMARY KEY (ledger_id, through)
) STRICT, WITHOUT ROWID;

CREATE TABLE corrections (
    ledger_id  INTEGER NOT NULL,
    id         INTEGER NOT NULL,
    redemption INTEGER NOT NULL,
    amount     INTEGER NOT NULL CHECK (amount > 0),
    reason     TEXT    NOT NULL,
    evidence   BLOB,
    maker      TEXT    NOT NULL,
    instant    INTEGER NOT NULL,
    status     INTEGER NOT NULL CHECK (status BETWEEN 1 AND 3),
    decided_by TEXT,
    note       TEXT    NOT NULL,
    PRIMARY KEY (ledger_id, id),
    CHECK (status <> 2 OR decided_by <> maker)
) STRICT, WITHOUT ROWID;

CREATE TABLE reconciliations (
    ledger_id    INTEGER NOT NULL,
    event        INTEGER NOT NULL,
    counterparty TEXT    NOT NULL,
    from_day     INTEGER NOT NULL,
    through      INTEGER NOT NULL CHECK (through >= from_day),
    events       INTEGER NOT NULL,
    inputs       BLOB    NOT NULL,
    result       BLOB    NOT NULL CHECK (length(result) = 32),
    matched      INTEGER NOT NULL,
    differences  INTEGER NOT NULL,
    principal    TEXT    NOT NULL,
    instant      INTEGER NOT NULL,
    PRIMARY KEY (ledger_id, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE resolutions (
    ledger_id     INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    difference    BLOB    NOT NULL CHECK (length(difference) = 32),
    kind          INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 8),
    amount        INTEGER NOT NULL,
    manner        INTEGER NOT NULL CHECK (manner BETWEEN 1 AND 3),
    posting       INTEGER,
    statement     BLOB,
    note          TEXT    NOT NULL,
    maker         TEXT    NOT NULL,
    instant       INTEGER NOT NULL,
    status        INTEGER NOT NULL CHECK (status BETWEEN 1 AND 4),
    decided_by    TEXT,
    decision_note TEXT    NOT NULL,
    PRIMARY KEY (ledger_id, id),
    CHECK (status <> 2 OR decided_by <> maker)
) STRICT, WITHOUT ROWID;

CREATE TABLE refusals (
    ledger_id INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    type      INTEGER NOT NULL,
    refusal   INTEGER NOT NULL,
    instant   INTEGER NOT NULL,
    principal TEXT    NOT NULL,
    PRIMARY KEY (ledger_id, event)
) STRICT, WITHOUT ROWID;

-- What happened at the door: grants, sign-ins, failures, denials, looks at personal data.
CREATE TABLE access_events (
    ledger_id INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    kind      INTEGER NOT NULL,
    account   TEXT    NOT NULL,
    about     TEXT    NOT NULL,
    principal TEXT    NOT NULL,
    instant   INTEGER NOT NULL,
    PRIMARY KEY (ledger_id, event)
) STRICT, WITHOUT ROWID;
