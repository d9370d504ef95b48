-- leads.by_type, 2 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 'web'
-- $6: 'asked for'
-- $7: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT s.bucket, s.id::text AS "group", sum(s.n)::text AS n
FROM (
SELECT 1 AS bucket, r.lead_type AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2
UNION ALL
SELECT 1 AS bucket, r.lead_type AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 2
) s
GROUP BY s.bucket, s.id;

-- leads.by_type, 1 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 'web'
-- $6: 'asked for'
-- $7: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT s.bucket, s.id::text AS "group", sum(s.n)::text AS n
FROM (
SELECT 1 AS bucket, r.lead_type AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = $2::text
GROUP BY 2
UNION ALL
SELECT 1 AS bucket, r.lead_type AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
GROUP BY 2
) s
GROUP BY s.bucket, s.id;

-- leads.by_type, 12 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2', 'user_3', 'user_4', 'user_5', 'user_6', 'user_7', 'user_8', 'user_9', 'user_10', 'user_11', 'user_12'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 'web'
-- $6: 'asked for'
-- $7: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
WITH RECURSIVE owners(id) AS (
(SELECT r.owner_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' ORDER BY 1 LIMIT 1)
UNION ALL
SELECT (SELECT r.owner_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.owner_id > o.id ORDER BY 1 LIMIT 1) FROM owners o WHERE o.id IS NOT NULL
)
SELECT s.bucket, s.id::text AS "group", sum(s.n)::text AS n
FROM (
SELECT 1 AS bucket, r.lead_type AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2
UNION ALL
SELECT c.bucket, c.id, c.n
FROM (SELECT id FROM owners WHERE (id = ANY ($2::text[])) IS NOT TRUE) AS o CROSS JOIN LATERAL (
SELECT 1 AS bucket, r.lead_type AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
GROUP BY 2
) c
UNION ALL
SELECT 1 AS bucket, r.lead_type AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id IS NULL AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
GROUP BY 2
) s
GROUP BY s.bucket, s.id;
