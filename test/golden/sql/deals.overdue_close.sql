-- deals.overdue_close, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-05-16T22:00:00.000Z
-- $4: 2024-05-16T22:00:00.000Z
SELECT s.bucket, s.currency, s.id::text AS "group", sum(s.n)::text AS n, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT 0 AS bucket, r.currency AS currency, CASE
  WHEN r.expected_close_at IS NULL THEN 'undated'
  WHEN r.expected_close_at < $3::timestamptz THEN 'overdue'
  WHEN (r.expected_close_at < $4::timestamptz) IS NOT TRUE THEN 'ahead'
END AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.status = 'open'
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2, 3
UNION ALL
SELECT 0 AS bucket, r.currency AS currency, CASE
  WHEN r.expected_close_at IS NULL THEN 'undated'
  WHEN r.expected_close_at < $3::timestamptz THEN 'overdue'
  WHEN (r.expected_close_at < $4::timestamptz) IS NOT TRUE THEN 'ahead'
END AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.status = 'open'
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 2, 3
) s
GROUP BY s.bucket, s.currency, s.id;

-- deals.overdue_close, 1 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-05-16T22:00:00.000Z
-- $4: 2024-05-16T22:00:00.000Z
SELECT s.bucket, s.currency, s.id::text AS "group", sum(s.n)::text AS n, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT 0 AS bucket, r.currency AS currency, CASE
  WHEN r.expected_close_at IS NULL THEN 'undated'
  WHEN r.expected_close_at < $3::timestamptz THEN 'overdue'
  WHEN (r.expected_close_at < $4::timestamptz) IS NOT TRUE THEN 'ahead'
END AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.status = 'open'
  AND r.owner_id = $2::text
GROUP BY 2, 3
UNION ALL
SELECT 0 AS bucket, r.currency AS currency, CASE
  WHEN r.expected_close_at IS NULL THEN 'undated'
  WHEN r.expected_close_at < $3::timestamptz THEN 'overdue'
  WHEN (r.expected_close_at < $4::timestamptz) IS NOT TRUE THEN 'ahead'
END AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.status = 'open'
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
GROUP BY 2, 3
) s
GROUP BY s.bucket, s.currency, s.id;

-- deals.overdue_close, 12 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2', 'user_3', 'user_4', 'user_5', 'user_6', 'user_7', 'user_8', 'user_9', 'user_10', 'user_11', 'user_12'}
-- $3: 2024-05-16T22:00:00.000Z
-- $4: 2024-05-16T22:00:00.000Z
WITH RECURSIVE owners(id) AS (
(SELECT r.owner_id FROM crm.deals r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' ORDER BY 1 LIMIT 1)
UNION ALL
SELECT (SELECT r.owner_id FROM crm.deals r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.owner_id > o.id ORDER BY 1 LIMIT 1) FROM owners o WHERE o.id IS NOT NULL
)
SELECT s.bucket, s.currency, s.id::text AS "group", sum(s.n)::text AS n, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT 0 AS bucket, r.currency AS currency, CASE
  WHEN r.expected_close_at IS NULL THEN 'undated'
  WHEN r.expected_close_at < $3::timestamptz THEN 'overdue'
  WHEN (r.expected_close_at < $4::timestamptz) IS NOT TRUE THEN 'ahead'
END AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.status = 'open'
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2, 3
UNION ALL
SELECT c.bucket, c.currency, c.id, c.n, c.deals, c.price
FROM (SELECT id FROM owners WHERE (id = ANY ($2::text[])) IS NOT TRUE) AS o CROSS JOIN LATERAL (
SELECT 0 AS bucket, r.currency AS currency, CASE
  WHEN r.expected_close_at IS NULL THEN 'undated'
  WHEN r.expected_close_at < $3::timestamptz THEN 'overdue'
  WHEN (r.expected_close_at < $4::timestamptz) IS NOT TRUE THEN 'ahead'
END AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.status = 'open'
  AND r.owner_id = o.id AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
GROUP BY 2, 3
) c
UNION ALL
SELECT 0 AS bucket, r.currency AS currency, CASE
  WHEN r.expected_close_at IS NULL THEN 'undated'
  WHEN r.expected_close_at < $3::timestamptz THEN 'overdue'
  WHEN (r.expected_close_at < $4::timestamptz) IS NOT TRUE THEN 'ahead'
END AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.status = 'open'
  AND r.owner_id IS NULL AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
GROUP BY 2, 3
) s
GROUP BY s.bucket, s.currency, s.id;

-- deals.overdue_close, 2 in scope, all_time in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-05-16T22:00:00.000Z
-- $4: 2024-05-16T22:00:00.000Z
SELECT s.bucket, s.currency, s.id::text AS "group", sum(s.n)::text AS n, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT 0 AS bucket, r.currency AS currency, CASE
  WHEN r.expected_close_at IS NULL THEN 'undated'
  WHEN r.expected_close_at < $3::timestamptz THEN 'overdue'
  WHEN (r.expected_close_at < $4::timestamptz) IS NOT TRUE THEN 'ahead'
END AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.status = 'open'
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2, 3
UNION ALL
SELECT 0 AS bucket, r.currency AS currency, CASE
  WHEN r.expected_close_at IS NULL THEN 'undated'
  WHEN r.expected_close_at < $3::timestamptz THEN 'overdue'
  WHEN (r.expected_close_at < $4::timestamptz) IS NOT TRUE THEN 'ahead'
END AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.status = 'open'
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 2, 3
) s
GROUP BY s.bucket, s.currency, s.id;
