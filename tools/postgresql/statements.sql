\set n :n + 1
\set v :n * :clients + :client_id + 1
\set m :v % 60 + 1
BEGIN;
UPDATE vouchers SET status = 2, first = 0, second = 0 WHERE id = :v AND status = 1 AND expires > now() RETURNING person AS p \gset
WITH u AS (UPDATE people SET used = used + 1, day_count = day_count + 1 WHERE id = :p AND used < 10) INSERT INTO redemptions (voucher, merchant, bill, subsidy, key) VALUES (:v, :m, 12000, 5000, 's' || :v) RETURNING id AS r \gset
INSERT INTO postings VALUES (:r, 1, 6, :v, 1, -3000), (:r, 2, 7, :m, 1, 3000), (:r, 3, 6, :v, 2, -2000), (:r, 4, 7, :m, 2, 2000);
UPDATE payables SET amount = amount + CASE fund WHEN 1 THEN 3000 ELSE 2000 END WHERE merchant = :m;
COMMIT;
