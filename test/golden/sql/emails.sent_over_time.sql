-- emails.sent_over_time, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 'outbound'
-- $6: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
SELECT width_bucket(r.sent_at, $6::timestamptz[]) AS bucket, NULL::text AS currency, NULL::text AS "group", NULL::text AS label,
  count(*)::text AS n, 0::text AS d, 0::text AS deals, 0::text AS price
FROM (
SELECT r.sent_at
FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.sent_at >= $3::timestamptz
  AND r.sent_at < $4::timestamptz
  AND r.direction = $5::text
) r
GROUP BY 1;

-- emails.sent_over_time by assignee, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 'outbound'
-- $6: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
SELECT s.bucket, s.currency, s.id::text AS "group", NULL::text AS label,
  sum(s.n)::text AS n, sum(s.d)::text AS d, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT width_bucket(r.sent_at, $6::timestamptz[]) AS bucket, NULL::text AS currency, r.owner_id AS id,
  count(*) AS n, 0 AS d, 0 AS deals, 0 AS price
FROM (
SELECT r.sent_at, r.owner_id
FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.sent_at >= $3::timestamptz
  AND r.sent_at < $4::timestamptz
  AND r.direction = $5::text
) r
GROUP BY 1, 3
) s
GROUP BY 1, 2, s.id;
