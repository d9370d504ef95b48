-- leads.by_tag, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 'web'
-- $6: 'asked for'
-- $7: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT s.bucket, s.id::text AS "group", (SELECT t.name FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = s.id) AS label, sum(s.n)::text AS n
FROM (
SELECT c.bucket, g.id, c.n
FROM (
SELECT 1 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
UNION ALL
SELECT c.bucket, g.id, c.n
FROM (
SELECT 1 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r WHERE r.organization_id = $1 AND r.lead_id = ANY (ARRAY(
SELECT r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
))
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
) s
GROUP BY s.bucket, s.id;

-- leads.by_tag, 1 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 'web'
-- $6: 'asked for'
-- $7: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT s.bucket, s.id::text AS "group", (SELECT t.name FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = s.id) AS label, sum(s.n)::text AS n
FROM (
SELECT c.bucket, g.id, c.n
FROM (
SELECT 1 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = $2::text
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
UNION ALL
SELECT c.bucket, g.id, c.n
FROM (
SELECT 1 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r WHERE r.organization_id = $1 AND r.lead_id = ANY (ARRAY(
SELECT r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
))
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
) s
GROUP BY s.bucket, s.id;

-- leads.by_tag, 12 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
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
SELECT s.bucket, s.id::text AS "group", (SELECT t.name FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = s.id) AS label, sum(s.n)::text AS n
FROM (
SELECT c.bucket, g.id, c.n
FROM (
SELECT 1 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
UNION ALL
SELECT c.bucket, g.id, c.n
FROM (
SELECT 1 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r WHERE r.organization_id = $1 AND r.lead_id = ANY (ARRAY(
SELECT c.lead_id FROM (SELECT id FROM owners WHERE (id = ANY ($2::text[])) IS NOT TRUE) AS o CROSS JOIN LATERAL (
SELECT r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
OFFSET 0) c
UNION ALL
SELECT r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id IS NULL AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
))
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
) s
GROUP BY s.bucket, s.id;

-- leads.by_tag, 2 in scope, all_time in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-05-17T09:30:00.001Z
-- $4: 'web'
-- $5: 'asked for'
-- $6: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT s.bucket, s.id::text AS "group", (SELECT t.name FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = s.id) AS label, sum(s.n)::text AS n
FROM (
SELECT c.bucket, g.id, c.n
FROM (
SELECT 0 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at < $3::timestamptz
  AND (r.source = $4::text OR r.source IS NULL)
  AND r.status = $5::text
  AND r.tag_ids && (SELECT $6::uuid[])
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
UNION ALL
SELECT c.bucket, g.id, c.n
FROM (
SELECT 0 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r WHERE r.organization_id = $1 AND r.lead_id = ANY (ARRAY(
SELECT r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at < $3::timestamptz
  AND (r.source = $4::text OR r.source IS NULL)
  AND r.status = $5::text
  AND r.tag_ids && (SELECT $6::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
))
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
) s
GROUP BY s.bucket, s.id;

-- leads.by_tag, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
SELECT s.bucket, s.id::text AS "group", (SELECT t.name FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = s.id) AS label, sum(s.n)::text AS n
FROM (
SELECT c.bucket, g.id, c.n
FROM (
SELECT 1 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
UNION ALL
SELECT c.bucket, g.id, c.n
FROM (
SELECT 1 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r WHERE r.organization_id = $1 AND r.lead_id = ANY (ARRAY(
SELECT r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
))
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
) s
GROUP BY s.bucket, s.id;

-- leads.by_tag, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {}
-- $6: {'asked for', 'web'}
-- $7: {}
SELECT s.bucket, s.id::text AS "group", (SELECT t.name FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = s.id) AS label, sum(s.n)::text AS n
FROM (
SELECT c.bucket, g.id, c.n
FROM (
SELECT 1 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND (r.status = ANY ($6::text[]) OR r.status IS NULL)
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
UNION ALL
SELECT c.bucket, g.id, c.n
FROM (
SELECT 1 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r WHERE r.organization_id = $1 AND r.lead_id = ANY (ARRAY(
SELECT r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND (r.status = ANY ($6::text[]) OR r.status IS NULL)
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
))
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
) s
GROUP BY s.bucket, s.id;

-- leads.by_tag, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 'web'
-- $6: {'asked for', 'web'}
-- $7: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT s.bucket, s.id::text AS "group", (SELECT t.name FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = s.id) AS label, sum(s.n)::text AS n
FROM (
SELECT c.bucket, g.id, c.n
FROM (
SELECT 1 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.source = $5::text
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
UNION ALL
SELECT c.bucket, g.id, c.n
FROM (
SELECT 1 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r WHERE r.organization_id = $1 AND r.lead_id = ANY (ARRAY(
SELECT r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.source = $5::text
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
))
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
) s
GROUP BY s.bucket, s.id;

-- leads.by_tag, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {'asked for', 'web'}
-- $6: {}
SELECT s.bucket, s.id::text AS "group", (SELECT t.name FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = s.id) AS label, sum(s.n)::text AS n
FROM (
SELECT c.bucket, g.id, c.n
FROM (
SELECT 1 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.source = ANY ($5::text[])
  AND (r.status = ANY ($6::text[]) OR r.status IS NULL)
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
UNION ALL
SELECT c.bucket, g.id, c.n
FROM (
SELECT 1 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r WHERE r.organization_id = $1 AND r.lead_id = ANY (ARRAY(
SELECT r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.source = ANY ($5::text[])
  AND (r.status = ANY ($6::text[]) OR r.status IS NULL)
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
))
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
) s
GROUP BY s.bucket, s.id;

-- leads.by_tag, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {'asked for', 'web'}
SELECT s.bucket, s.id::text AS "group", (SELECT t.name FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = s.id) AS label, sum(s.n)::text AS n
FROM (
SELECT c.bucket, g.id, c.n
FROM (
SELECT 1 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
UNION ALL
SELECT c.bucket, g.id, c.n
FROM (
SELECT 1 AS bucket, r.tag_ids AS list, count(*) AS n
FROM crm.leads r WHERE r.organization_id = $1 AND r.lead_id = ANY (ARRAY(
SELECT r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
))
GROUP BY 2
) c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g
) s
GROUP BY s.bucket, s.id;
