-- leads.created_over_time, 2 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
-- $6: 'web'
-- $7: 'asked for'
-- $8: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT s.bucket, sum(s.n)::text AS n
FROM (
SELECT c.bucket, c.n
FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT width_bucket(r.created_at, $5::timestamptz[]) AS bucket, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.owner_id = o.id
GROUP BY 1
) c
UNION ALL
SELECT width_bucket(r.created_at, $5::timestamptz[]) AS bucket, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 1
) s
GROUP BY s.bucket;

-- leads.created_over_time by status, 2 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
-- $6: 'web'
-- $7: 'asked for'
-- $8: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT s.bucket, s.id::text AS "group", sum(s.n)::text AS n
FROM (
SELECT width_bucket(r.created_at, $5::timestamptz[]) AS bucket, r.status AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.owner_id = ANY ($2::text[])
GROUP BY 1, 2
UNION ALL
SELECT width_bucket(r.created_at, $5::timestamptz[]) AS bucket, r.status AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 1, 2
) s
GROUP BY s.bucket, s.id;

-- leads.created_over_time by source, 2 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
-- $6: 'web'
-- $7: 'asked for'
-- $8: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT s.bucket, s.id::text AS "group", sum(s.n)::text AS n
FROM (
SELECT width_bucket(r.created_at, $5::timestamptz[]) AS bucket, r.source AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.owner_id = ANY ($2::text[])
GROUP BY 1, 2
UNION ALL
SELECT width_bucket(r.created_at, $5::timestamptz[]) AS bucket, r.source AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 1, 2
) s
GROUP BY s.bucket, s.id;

-- leads.created_over_time by type, 2 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
-- $6: 'web'
-- $7: 'asked for'
-- $8: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT s.bucket, s.id::text AS "group", sum(s.n)::text AS n
FROM (
SELECT width_bucket(r.created_at, $5::timestamptz[]) AS bucket, r.lead_type AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.owner_id = ANY ($2::text[])
GROUP BY 1, 2
UNION ALL
SELECT width_bucket(r.created_at, $5::timestamptz[]) AS bucket, r.lead_type AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 1, 2
) s
GROUP BY s.bucket, s.id;

-- leads.created_over_time by assignee, 2 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
-- $6: 'web'
-- $7: 'asked for'
-- $8: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT s.bucket, s.id::text AS "group", sum(s.n)::text AS n
FROM (
SELECT c.bucket, c.id, c.n
FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT width_bucket(r.created_at, $5::timestamptz[]) AS bucket, o.id AS id, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.owner_id = o.id
GROUP BY 1
) c
UNION ALL
SELECT width_bucket(r.created_at, $5::timestamptz[]) AS bucket, g.id AS id, count(*) AS n
FROM (SELECT r.*
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
) r CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(r.assignee_ids) AS id
WHERE id = ANY ($2::text[]) AND id IS DISTINCT FROM r.owner_id) g
GROUP BY 1, 2
) s
GROUP BY s.bucket, s.id;

-- leads.created_over_time, 1 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
-- $6: 'web'
-- $7: 'asked for'
-- $8: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT s.bucket, sum(s.n)::text AS n
FROM (
SELECT width_bucket(r.created_at, $5::timestamptz[]) AS bucket, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.owner_id = $2::text
GROUP BY 1
UNION ALL
SELECT width_bucket(r.created_at, $5::timestamptz[]) AS bucket, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
GROUP BY 1
) s
GROUP BY s.bucket;

-- leads.created_over_time, 12 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2', 'user_3', 'user_4', 'user_5', 'user_6', 'user_7', 'user_8', 'user_9', 'user_10', 'user_11', 'user_12'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
-- $6: 'web'
-- $7: 'asked for'
-- $8: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
WITH RECURSIVE owners(id) AS (
(SELECT r.owner_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' ORDER BY 1 LIMIT 1)
UNION ALL
SELECT (SELECT r.owner_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.owner_id > o.id ORDER BY 1 LIMIT 1) FROM owners o WHERE o.id IS NOT NULL
)
SELECT s.bucket, sum(s.n)::text AS n
FROM (
SELECT c.bucket, c.n
FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT width_bucket(r.created_at, $5::timestamptz[]) AS bucket, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.owner_id = o.id
GROUP BY 1
) c
UNION ALL
SELECT c.bucket, c.n
FROM (SELECT id FROM owners WHERE (id = ANY ($2::text[])) IS NOT TRUE) AS o CROSS JOIN LATERAL (
SELECT width_bucket(r.created_at, $5::timestamptz[]) AS bucket, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.owner_id = o.id AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
GROUP BY 1
) c
UNION ALL
SELECT width_bucket(r.created_at, $5::timestamptz[]) AS bucket, count(*) AS n
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.owner_id IS NULL AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
GROUP BY 1
) s
GROUP BY s.bucket;
