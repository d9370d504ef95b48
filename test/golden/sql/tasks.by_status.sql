-- tasks.by_status, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-05-17T09:30:00.000Z
-- $4: 'pending'
-- $5: 2024-05-17T09:30:00.000Z
-- $6: 'overdue'
-- $7: 'completed'
-- $8: 2024-04-30T22:00:00.000Z
-- $9: 2024-05-17T09:30:00.001Z
SELECT 1 AS bucket, NULL::text AS currency, CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN $4::text
  WHEN r.completed_at IS NULL AND r.due_at < $5::timestamptz THEN $6::text
  WHEN r.completed_at IS NOT NULL THEN $7::text
END AS "group", NULL::text AS label,
  count(*)::text AS n, 0::text AS d, 0::text AS deals, 0::text AS price
FROM (
SELECT r.created_at, r.completed_at, r.due_at
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.created_at >= $8::timestamptz
  AND r.created_at < $9::timestamptz
UNION ALL
SELECT r.created_at, r.completed_at, r.due_at
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
  AND r.created_at >= $8::timestamptz
  AND r.created_at < $9::timestamptz
) r
GROUP BY 3;
