-- deals.pipeline_value, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
SELECT s.bucket, s.currency, s.id::text AS "group", NULL::text AS label,
  sum(s.n)::text AS n, sum(s.d)::text AS d, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT 0 AS bucket, r.currency AS currency, NULL::text AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, 0 AS d, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.status = 'open'
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2
UNION ALL
SELECT 0 AS bucket, r.currency AS currency, NULL::text AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, 0 AS d, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.status = 'open'
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 2
) s
GROUP BY s.bucket, s.currency, s.id;
