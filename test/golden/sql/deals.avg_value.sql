-- deals.avg_value, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-03-31T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 2024-04-17T09:30:00.001Z
-- $6: 2024-04-30T22:00:00.000Z
-- $7: 'won'
-- $8: 2024-04-30T22:00:00.000Z
SELECT p.bucket, c.currency, NULL::text AS "group", NULL::text AS label,
  p.n::text AS n, p.d::text AS d, p.deals::text AS deals, p.price::text AS price
FROM (
SELECT r.currency AS currency,
  count(*) FILTER (WHERE r.closed_at < $8::timestamptz) AS rows_1, coalesce(sum(r.price) FILTER (WHERE r.closed_at < $8::timestamptz) * 100, 0)::numeric(38, 0) AS n_1, count(r.price) FILTER (WHERE r.closed_at < $8::timestamptz) AS d_1, count(*) FILTER (WHERE r.closed_at < $8::timestamptz) AS deals_1, coalesce(sum(r.price) FILTER (WHERE r.closed_at < $8::timestamptz) * 100, 0)::numeric(38, 0) AS price_1, count(*) FILTER (WHERE r.closed_at >= $8::timestamptz) AS rows_3, coalesce(sum(r.price) FILTER (WHERE r.closed_at >= $8::timestamptz) * 100, 0)::numeric(38, 0) AS n_3, count(r.price) FILTER (WHERE r.closed_at >= $8::timestamptz) AS d_3, count(*) FILTER (WHERE r.closed_at >= $8::timestamptz) AS deals_3, coalesce(sum(r.price) FILTER (WHERE r.closed_at >= $8::timestamptz) * 100, 0)::numeric(38, 0) AS price_3
FROM (
SELECT r.closed_at, r.currency, r.price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND (r.closed_at < $5::timestamptz OR r.closed_at >= $6::timestamptz)
  AND r.status = $7::text
UNION ALL
SELECT r.closed_at, r.currency, r.price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND (r.closed_at < $5::timestamptz OR r.closed_at >= $6::timestamptz)
  AND r.status = $7::text
) r
GROUP BY 1
) c
CROSS JOIN LATERAL (VALUES (1, c.rows_1, c.n_1, c.d_1, c.deals_1, c.price_1), (3, c.rows_3, c.n_3, c.d_3, c.deals_3, c.price_3)) AS p(bucket, rows, n, d, deals, price)
WHERE p.rows > 0;
