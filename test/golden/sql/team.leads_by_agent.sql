-- team.leads_by_agent, 2 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
SELECT s.bucket, s.id::text AS "group", sum(s.n)::text AS n
FROM (
SELECT c.bucket, c.id, c.n
FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT 1 AS bucket, o.id AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.owner_id = o.id
HAVING count(*) > 0
) c
UNION ALL
SELECT 1 AS bucket, g.id AS id, count(*) AS n
FROM (SELECT r.*
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
) r CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(r.assignee_ids) AS id
WHERE id = ANY ($2::text[]) AND id IS DISTINCT FROM r.owner_id) g
GROUP BY 2
) s
GROUP BY s.bucket, s.id;

-- team.leads_by_agent, 1 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
SELECT s.bucket, s.id::text AS "group", sum(s.n)::text AS n
FROM (
SELECT 1 AS bucket, $2::text AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.owner_id = $2::text
HAVING count(*) > 0
UNION ALL
SELECT 1 AS bucket, $2::text AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
HAVING count(*) > 0
) s
GROUP BY s.bucket, s.id;

-- team.leads_by_agent, 12 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2', 'user_3', 'user_4', 'user_5', 'user_6', 'user_7', 'user_8', 'user_9', 'user_10', 'user_11', 'user_12'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
SELECT s.bucket, s.id::text AS "group", sum(s.n)::text AS n
FROM (
SELECT c.bucket, c.id, c.n
FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT 1 AS bucket, o.id AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.owner_id = o.id
HAVING count(*) > 0
) c
UNION ALL
SELECT 1 AS bucket, g.id AS id, count(*) AS n
FROM (SELECT r.*
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.assignee_ids <> '{}'
) r CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(r.assignee_ids) AS id
WHERE id = ANY ($2::text[]) AND id IS DISTINCT FROM r.owner_id) g
GROUP BY 2
) s
GROUP BY s.bucket, s.id;
