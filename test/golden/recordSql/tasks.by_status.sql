SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT coalesce(sum(r.total), 0)::text AS total, coalesce(sum(r.n), 0)::text AS n,
  coalesce(sum(r.d), 0)::text AS d
FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT count(*) AS total, count(*) AS n, 0 AS d
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.owner_id = o.id
) c
UNION ALL
(SELECT count(*) AS total, count(*) AS n, 0 AS d
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE)
) r
) t LEFT JOIN (
SELECT r.task_id AS id, r.task_id AS subject, (extract(epoch FROM r.created_at) * 1000)::bigint::text AS at,
  (w.n * (1))::text AS n, (w.d * (1))::text AS d, json_build_array((extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.due_at) * 1000)::bigint::text, (extract(epoch FROM r.completed_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, NULL::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.created_at, r.task_id
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.owner_id = o.id
ORDER BY r.created_at DESC FETCH FIRST ($5::text::bigint) ROWS WITH TIES
) c
UNION ALL
(SELECT r.created_at, r.task_id
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
ORDER BY r.created_at DESC FETCH FIRST ($5::text::bigint) ROWS WITH TIES)
) r ORDER BY r.created_at DESC FETCH FIRST ($5::text::bigint) ROWS WITH TIES) r
ORDER BY r.created_at DESC, r.task_id COLLATE "C" DESC
LIMIT $5::text::bigint) k
JOIN crm.tasks r ON r.organization_id = $1 AND r.task_id = k.task_id
CROSS JOIN LATERAL (SELECT count(*) AS n, 0 AS d FROM (SELECT r.*) r) w
) p ON true;

SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT coalesce(sum(r.total), 0)::text AS total, coalesce(sum(r.n), 0)::text AS n,
  coalesce(sum(r.d), 0)::text AS d
FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT count(*) AS total, count(*) AS n, 0 AS d
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at >= $6::timestamptz
  AND r.created_at < $7::timestamptz
  AND ((CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END) = ANY ($5::text[]) OR (CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END) IS NULL)
  AND r.owner_id = o.id
) c
UNION ALL
(SELECT count(*) AS total, count(*) AS n, 0 AS d
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at >= $6::timestamptz
  AND r.created_at < $7::timestamptz
  AND ((CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END) = ANY ($5::text[]) OR (CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END) IS NULL)
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE)
) r
) t LEFT JOIN (
SELECT r.task_id AS id, r.task_id AS subject, (extract(epoch FROM r.created_at) * 1000)::bigint::text AS at,
  (w.n * (1))::text AS n, (w.d * (1))::text AS d, json_build_array((extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.due_at) * 1000)::bigint::text, (extract(epoch FROM r.completed_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, NULL::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.created_at, r.task_id
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at >= $6::timestamptz
  AND r.created_at < $7::timestamptz
  AND ((CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END) = ANY ($5::text[]) OR (CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END) IS NULL)
  AND r.owner_id = o.id
ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES
) c
UNION ALL
(SELECT r.created_at, r.task_id
FROM crm.tasks r
WHERE r.organization_id = $1
  AND r.created_at >= $6::timestamptz
  AND r.created_at < $7::timestamptz
  AND ((CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END) = ANY ($5::text[]) OR (CASE
  WHEN r.completed_at IS NULL AND (r.due_at < $3::timestamptz) IS NOT TRUE THEN 'pending'
  WHEN r.completed_at IS NULL AND r.due_at < $4::timestamptz THEN 'overdue'
  WHEN r.completed_at IS NOT NULL THEN 'completed'
END) IS NULL)
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES)
) r ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES) r
ORDER BY r.created_at DESC, r.task_id COLLATE "C" DESC
LIMIT $8::text::bigint) k
JOIN crm.tasks r ON r.organization_id = $1 AND r.task_id = k.task_id
CROSS JOIN LATERAL (SELECT count(*) AS n, 0 AS d FROM (SELECT r.*) r) w
) p ON true;
