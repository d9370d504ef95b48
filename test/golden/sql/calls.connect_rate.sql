-- calls.connect_rate, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-03-31T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 2024-04-17T09:30:00.001Z
-- $6: 2024-04-30T22:00:00.000Z
-- $7: 'outbound'
-- $8: 2024-04-30T22:00:00.000Z
-- $9: 'success'
-- $10: 'success'
SELECT p.bucket, c.currency, NULL::text AS "group", NULL::text AS label,
  p.n::text AS n, p.d::text AS d, p.deals::text AS deals, p.price::text AS price
FROM (
SELECT NULL::text AS currency,
  count(*) FILTER (WHERE r.started_at < $8::timestamptz) AS rows_1, count(*) FILTER (WHERE r.outcome = $9::text AND r.started_at < $8::timestamptz) AS n_1, count(*) FILTER (WHERE r.started_at < $8::timestamptz) AS d_1, 0 AS deals_1, 0 AS price_1, count(*) FILTER (WHERE r.started_at >= $8::timestamptz) AS rows_3, count(*) FILTER (WHERE r.outcome = $10::text AND r.started_at >= $8::timestamptz) AS n_3, count(*) FILTER (WHERE r.started_at >= $8::timestamptz) AS d_3, 0 AS deals_3, 0 AS price_3
FROM (
SELECT r.started_at, r.outcome
FROM crm.calls r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.started_at >= $3::timestamptz
  AND r.started_at < $4::timestamptz
  AND (r.started_at < $5::timestamptz OR r.started_at >= $6::timestamptz)
  AND r.direction = $7::text
) r
HAVING count(*) > 0
) c
CROSS JOIN LATERAL (VALUES (1, c.rows_1, c.n_1, c.d_1, c.deals_1, c.price_1), (3, c.rows_3, c.n_3, c.d_3, c.deals_3, c.price_3)) AS p(bucket, rows, n, d, deals, price)
WHERE p.rows > 0;
