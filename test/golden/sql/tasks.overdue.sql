-- tasks.overdue, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-05-17T09:30:00.000Z
SELECT s.bucket, s.currency, s.id::text AS "group", NULL::text AS label,
  sum(s.n)::text AS n, sum(s.d)::text AS d, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT 0 AS bucket, NULL::text AS currency, NULL::text AS id, count(*) AS n, 0 AS d, 0 AS deals, 0 AS price
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.completed_at IS NULL AND r.due_at < $3::timestamptz
  AND r.owner_id = ANY ($2::text[])
HAVING count(*) > 0
UNION ALL
SELECT 0 AS bucket, NULL::text AS currency, NULL::text AS id, count(*) AS n, 0 AS d, 0 AS deals, 0 AS price
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.completed_at IS NULL AND r.due_at < $3::timestamptz
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
HAVING count(*) > 0
) s
GROUP BY s.bucket, s.currency, s.id;
