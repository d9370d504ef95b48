-- tasks.by_status, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-05-17T09:30:00.000Z
-- $4: 2024-05-17T09:30:00.000Z
-- $5: 2024-04-30T22:00:00.000Z
-- $6: 2024-05-17T09:30:00.001Z
SELECT s.bucket, s.id::text AS "group", sum(s.n)::text AS n
FROM (
SELECT 1 AS bucket, CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END AS id, count(*) AS n
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at >= $5::timestamptz
  AND r.created_at < $6::timestamptz
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2
UNION ALL
SELECT 1 AS bucket, CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END AS id, count(*) AS n
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at >= $5::timestamptz
  AND r.created_at < $6::timestamptz
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 2
) s
GROUP BY s.bucket, s.id;

-- tasks.by_status, 1 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-05-17T09:30:00.000Z
-- $4: 2024-05-17T09:30:00.000Z
-- $5: 2024-04-30T22:00:00.000Z
-- $6: 2024-05-17T09:30:00.001Z
SELECT s.bucket, s.id::text AS "group", sum(s.n)::text AS n
FROM (
SELECT 1 AS bucket, CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END AS id, count(*) AS n
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at >= $5::timestamptz
  AND r.created_at < $6::timestamptz
  AND r.owner_id = $2::text
GROUP BY 2
UNION ALL
SELECT 1 AS bucket, CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END AS id, count(*) AS n
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at >= $5::timestamptz
  AND r.created_at < $6::timestamptz
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
GROUP BY 2
) s
GROUP BY s.bucket, s.id;

-- tasks.by_status, 12 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2', 'user_3', 'user_4', 'user_5', 'user_6', 'user_7', 'user_8', 'user_9', 'user_10', 'user_11', 'user_12'}
-- $3: 2024-05-17T09:30:00.000Z
-- $4: 2024-05-17T09:30:00.000Z
-- $5: 2024-04-30T22:00:00.000Z
-- $6: 2024-05-17T09:30:00.001Z
WITH RECURSIVE owners(id) AS (
(SELECT r.owner_id FROM crm.tasks r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' ORDER BY 1 LIMIT 1)
UNION ALL
SELECT (SELECT r.owner_id FROM crm.tasks r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.owner_id > o.id ORDER BY 1 LIMIT 1) FROM owners o WHERE o.id IS NOT NULL
)
SELECT s.bucket, s.id::text AS "group", sum(s.n)::text AS n
FROM (
SELECT 1 AS bucket, CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END AS id, count(*) AS n
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at >= $5::timestamptz
  AND r.created_at < $6::timestamptz
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2
UNION ALL
SELECT c.bucket, c.id, c.n
FROM (SELECT id FROM owners WHERE (id = ANY ($2::text[])) IS NOT TRUE) AS o CROSS JOIN LATERAL (
SELECT 1 AS bucket, CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END AS id, count(*) AS n
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at >= $5::timestamptz
  AND r.created_at < $6::timestamptz
  AND r.owner_id = o.id AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
GROUP BY 2
) c
UNION ALL
SELECT 1 AS bucket, CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END AS id, count(*) AS n
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at >= $5::timestamptz
  AND r.created_at < $6::timestamptz
  AND r.owner_id IS NULL AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
GROUP BY 2
) s
GROUP BY s.bucket, s.id;

-- tasks.by_status, 2 in scope, all_time in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-05-17T09:30:00.000Z
-- $4: 2024-05-17T09:30:00.000Z
-- $5: 2024-05-17T09:30:00.001Z
SELECT s.bucket, s.id::text AS "group", sum(s.n)::text AS n
FROM (
SELECT 0 AS bucket, CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END AS id, count(*) AS n
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at < $5::timestamptz
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2
UNION ALL
SELECT 0 AS bucket, CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END AS id, count(*) AS n
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at < $5::timestamptz
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 2
) s
GROUP BY s.bucket, s.id;
