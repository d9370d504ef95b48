-- deals.by_stage, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 'open'
SELECT 0 AS bucket, NULL::text AS currency, r.stage AS "group", NULL::text AS label,
  count(*)::text AS n, 0::text AS d, 0::text AS deals, 0::text AS price
FROM (
SELECT r.owner_id, r.stage
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.status = $3::text
UNION ALL
SELECT r.owner_id, r.stage
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
  AND r.status = $3::text
) r
GROUP BY 3;
