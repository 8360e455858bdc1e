\set n :n + 1
\set v :n * :clients + :client_id + 1
\set m :v % 60 + 1
SELECT redeem(:v, :m, 'f' || :v);
