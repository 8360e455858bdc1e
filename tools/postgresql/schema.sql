-- The same redemption as a careful team would write it by hand on PostgreSQL: a voucher paid by two funds, an order that is
-- taken once, the person's limit, four postings, what the merchant is owed. For tools/bench postgresql alone.
CREATE TABLE vouchers (
    id      integer PRIMARY KEY,
    person  integer NOT NULL,
    status  smallint NOT NULL DEFAULT 1,
    first   bigint NOT NULL CHECK (first >= 0),
    second  bigint NOT NULL CHECK (second >= 0),
    expires timestamptz NOT NULL
) WITH (fillfactor = 80);
CREATE TABLE people (id integer PRIMARY KEY, used integer NOT NULL, day_count integer NOT NULL)
    WITH (fillfactor = 80);
CREATE TABLE redemptions (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    voucher  integer NOT NULL REFERENCES vouchers,
    merchant integer NOT NULL,
    bill     bigint NOT NULL CHECK (bill > 0),
    subsidy  bigint NOT NULL CHECK (subsidy BETWEEN 1 AND bill),
    key      text NOT NULL UNIQUE,
    at       timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE postings (
    redemption bigint NOT NULL,
    line       smallint NOT NULL,
    account    smallint NOT NULL,
    owner      integer NOT NULL,
    fund       smallint NOT NULL,
    amount     bigint NOT NULL,
    PRIMARY KEY (redemption, line)
);
CREATE TABLE payables (
    merchant integer NOT NULL, fund smallint NOT NULL, amount bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (merchant, fund)
) WITH (fillfactor = 50);
INSERT INTO vouchers SELECT i, (i + 2) / 3, 1, 3000, 2000, 'infinity' FROM generate_series(1, :vouchers) i;
INSERT INTO people SELECT i, 0, 0 FROM generate_series(1, (:vouchers + 2) / 3) i;
INSERT INTO payables SELECT m, f, 0 FROM generate_series(1, 60) m, generate_series(1, 2) f;

CREATE FUNCTION redeem(v integer, m integer, k text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE r bigint; p integer;
BEGIN
    UPDATE vouchers SET status = 2, first = 0, second = 0
        WHERE id = v AND status = 1 AND expires > now() RETURNING person INTO p;
    IF NOT FOUND THEN RETURN NULL; END IF;
    UPDATE people SET used = used + 1, day_count = day_count + 1 WHERE id = p AND used < 10;
    IF NOT FOUND THEN RAISE EXCEPTION 'limit'; END IF;
    INSERT INTO redemptions (voucher, merchant, bill, subsidy, key) VALUES (v, m, 12000, 5000, k) RETURNING id INTO r;
    INSERT INTO postings VALUES (r, 1, 6, v, 1, -3000), (r, 2, 7, m, 1, 3000), (r, 3, 6, v, 2, -2000),
        (r, 4, 7, m, 2, 2000);
    UPDATE payables SET amount = amount + CASE fund WHEN 1 THEN 3000 ELSE 2000 END WHERE merchant = m;
    RETURN r;
END $$;

CREATE FUNCTION redeem_batch(f integer, n integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE ids integer[] := ARRAY(SELECT generate_series(f, f + n - 1)); done bigint;
BEGIN
    WITH v AS (
        UPDATE vouchers SET status = 2, first = 0, second = 0
        WHERE id = ANY (ids) AND status = 1 AND expires > now() RETURNING id, person
    ), u AS (
        UPDATE people SET used = used + c.n, day_count = day_count + c.n
        FROM (SELECT person, count(*) AS n FROM v GROUP BY person ORDER BY person) c
        WHERE people.id = c.person RETURNING 1
    ), r AS (
        INSERT INTO redemptions (voucher, merchant, bill, subsidy, key)
        SELECT id, id % 60 + 1, 12000, 5000, 'b' || id FROM v RETURNING id, voucher, merchant
    ), w AS (
        INSERT INTO postings
        SELECT r.id, l.line, l.account, CASE l.account WHEN 6 THEN r.voucher ELSE r.merchant END, l.fund, l.amount
        FROM r, (VALUES (1, 6, 1, -3000), (2, 7, 1, 3000), (3, 6, 2, -2000), (4, 7, 2, 2000))
            AS l (line, account, fund, amount) RETURNING 1
    ) SELECT count(*) FROM r INTO done;
    -- In the order of merchants, or batches wait for each other in a circle.
    PERFORM 1 FROM payables WHERE merchant IN (SELECT i % 60 + 1 FROM unnest(ids) i) ORDER BY merchant, fund FOR UPDATE;
    UPDATE payables SET amount = amount + c.n * CASE fund WHEN 1 THEN 3000 ELSE 2000 END
        FROM (SELECT i % 60 + 1 AS merchant, count(*) AS n FROM unnest(ids) i GROUP BY 1) c
        WHERE payables.merchant = c.merchant;
    RETURN done;
END $$;
ANALYZE;
