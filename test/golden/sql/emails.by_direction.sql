-- emails.by_direction, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
SELECT 1 AS bucket, NULL::text AS currency, r.direction AS "group", NULL::text AS label,
  count(*)::text AS n, 0::text AS d, 0::text AS deals, 0::text AS price
FROM (
SELECT r.sent_at, r.direction
FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.sent_at >= $3::timestamptz
  AND r.sent_at < $4::timestamptz
) r
GROUP BY 3;
