\set n :n + 1
\set v (:n * :clients + :client_id) * 50 + 1
SELECT redeem_batch(:v, 50);
