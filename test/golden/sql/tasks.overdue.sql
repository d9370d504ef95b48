-- tasks.overdue, 2 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-05-17T09:30:00.000Z
SELECT s.bucket, sum(s.n)::text AS n
FROM (
SELECT c.bucket, c.n
FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT 0 AS bucket, count(*) AS n
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.completed_at IS NULL AND r.due_at < $3::timestamptz
  AND r.owner_id = o.id
HAVING count(*) > 0
) c
UNION ALL
SELECT 0 AS bucket, count(*) AS n
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.completed_at IS NULL AND r.due_at < $3::timestamptz
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
HAVING count(*) > 0
) s
GROUP BY s.bucket;

-- tasks.overdue, 1 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-05-17T09:30:00.000Z
SELECT s.bucket, sum(s.n)::text AS n
FROM (
SELECT 0 AS bucket, count(*) AS n
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.completed_at IS NULL AND r.due_at < $3::timestamptz
  AND r.owner_id = $2::text
HAVING count(*) > 0
UNION ALL
SELECT 0 AS bucket, count(*) AS n
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.completed_at IS NULL AND r.due_at < $3::timestamptz
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
HAVING count(*) > 0
) s
GROUP BY s.bucket;

-- tasks.overdue, 12 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2', 'user_3', 'user_4', 'user_5', 'user_6', 'user_7', 'user_8', 'user_9', 'user_10', 'user_11', 'user_12'}
-- $3: 2024-05-17T09:30:00.000Z
WITH RECURSIVE owners(id) AS (
(SELECT r.owner_id FROM crm.tasks r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' ORDER BY 1 LIMIT 1)
UNION ALL
SELECT (SELECT r.owner_id FROM crm.tasks r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.owner_id > o.id ORDER BY 1 LIMIT 1) FROM owners o WHERE o.id IS NOT NULL
)
SELECT s.bucket, sum(s.n)::text AS n
FROM (
SELECT c.bucket, c.n
FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT 0 AS bucket, count(*) AS n
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.completed_at IS NULL AND r.due_at < $3::timestamptz
  AND r.owner_id = o.id
HAVING count(*) > 0
) c
UNION ALL
SELECT c.bucket, c.n
FROM (SELECT id FROM owners WHERE (id = ANY ($2::text[])) IS NOT TRUE) AS o CROSS JOIN LATERAL (
SELECT 0 AS bucket, count(*) AS n
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.completed_at IS NULL AND r.due_at < $3::timestamptz
  AND r.owner_id = o.id AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
HAVING count(*) > 0
) c
UNION ALL
SELECT 0 AS bucket, count(*) AS n
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.completed_at IS NULL AND r.due_at < $3::timestamptz
  AND r.owner_id IS NULL AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
HAVING count(*) > 0
) s
GROUP BY s.bucket;
