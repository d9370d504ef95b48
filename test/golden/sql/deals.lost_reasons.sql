-- deals.lost_reasons, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 'lost'
SELECT 1 AS bucket, NULL::text AS currency, r.lost_reason AS "group", NULL::text AS label,
  count(*)::text AS n, 0::text AS d, 0::text AS deals, 0::text AS price
FROM (
SELECT r.closed_at, r.lost_reason
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.status = $5::text
UNION ALL
SELECT r.closed_at, r.lost_reason
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.status = $5::text
) r
GROUP BY 3;
