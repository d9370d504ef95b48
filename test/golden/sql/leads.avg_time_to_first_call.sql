-- leads.avg_time_to_first_call, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: {1, 3}
-- $4: {2024-03-31T22:00:00.000Z, 2024-04-30T22:00:00.000Z}
-- $5: {2024-04-17T09:30:00.001Z, 2024-05-17T09:30:00.001Z}
-- $6: 'web'
-- $7: 'asked for'
-- $8: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT s.bucket, sum(s.n)::text AS n, sum(s.d)::text AS d
FROM (
SELECT c.bucket, c.n, c.d
FROM unnest($3::integer[], $4::timestamptz[], $5::timestamptz[]) AS b(bucket, "from", "to") CROSS JOIN unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT b.bucket AS bucket, coalesce(sum(greatest((tstzrange_subdiff(r.first_call_at, r.created_at) * 1000)::bigint, 0)), 0)::numeric(38, 0) AS n, count(*) FILTER (WHERE r.first_call_at IS NOT NULL) AS d
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= b."from"
  AND r.created_at < b."to"
  AND r.first_call_at IS NOT NULL
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.owner_id = o.id
HAVING count(*) > 0
) c
UNION ALL
SELECT c.bucket, c.n, c.d
FROM unnest($3::integer[], $4::timestamptz[], $5::timestamptz[]) AS b(bucket, "from", "to") CROSS JOIN LATERAL (
SELECT b.bucket AS bucket, coalesce(sum(greatest((tstzrange_subdiff(r.first_call_at, r.created_at) * 1000)::bigint, 0)), 0)::numeric(38, 0) AS n, count(*) FILTER (WHERE r.first_call_at IS NOT NULL) AS d
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= b."from"
  AND r.created_at < b."to"
  AND r.first_call_at IS NOT NULL
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
HAVING count(*) > 0
) c
) s
GROUP BY s.bucket;

-- leads.avg_time_to_first_call, 1 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: {1, 3}
-- $4: {2024-03-31T22:00:00.000Z, 2024-04-30T22:00:00.000Z}
-- $5: {2024-04-17T09:30:00.001Z, 2024-05-17T09:30:00.001Z}
-- $6: 'web'
-- $7: 'asked for'
-- $8: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT s.bucket, sum(s.n)::text AS n, sum(s.d)::text AS d
FROM (
SELECT c.bucket, c.n, c.d
FROM unnest($3::integer[], $4::timestamptz[], $5::timestamptz[]) AS b(bucket, "from", "to") CROSS JOIN LATERAL (
SELECT b.bucket AS bucket, coalesce(sum(greatest((tstzrange_subdiff(r.first_call_at, r.created_at) * 1000)::bigint, 0)), 0)::numeric(38, 0) AS n, count(*) FILTER (WHERE r.first_call_at IS NOT NULL) AS d
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= b."from"
  AND r.created_at < b."to"
  AND r.first_call_at IS NOT NULL
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.owner_id = $2::text
HAVING count(*) > 0
) c
UNION ALL
SELECT c.bucket, c.n, c.d
FROM unnest($3::integer[], $4::timestamptz[], $5::timestamptz[]) AS b(bucket, "from", "to") CROSS JOIN LATERAL (
SELECT b.bucket AS bucket, coalesce(sum(greatest((tstzrange_subdiff(r.first_call_at, r.created_at) * 1000)::bigint, 0)), 0)::numeric(38, 0) AS n, count(*) FILTER (WHERE r.first_call_at IS NOT NULL) AS d
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= b."from"
  AND r.created_at < b."to"
  AND r.first_call_at IS NOT NULL
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
HAVING count(*) > 0
) c
) s
GROUP BY s.bucket;

-- leads.avg_time_to_first_call, 12 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2', 'user_3', 'user_4', 'user_5', 'user_6', 'user_7', 'user_8', 'user_9', 'user_10', 'user_11', 'user_12'}
-- $3: {1, 3}
-- $4: {2024-03-31T22:00:00.000Z, 2024-04-30T22:00:00.000Z}
-- $5: {2024-04-17T09:30:00.001Z, 2024-05-17T09:30:00.001Z}
-- $6: 'web'
-- $7: 'asked for'
-- $8: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
WITH RECURSIVE owners(id) AS (
(SELECT r.owner_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' ORDER BY 1 LIMIT 1)
UNION ALL
SELECT (SELECT r.owner_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.owner_id > o.id ORDER BY 1 LIMIT 1) FROM owners o WHERE o.id IS NOT NULL
)
SELECT s.bucket, sum(s.n)::text AS n, sum(s.d)::text AS d
FROM (
SELECT c.bucket, c.n, c.d
FROM unnest($3::integer[], $4::timestamptz[], $5::timestamptz[]) AS b(bucket, "from", "to") CROSS JOIN unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT b.bucket AS bucket, coalesce(sum(greatest((tstzrange_subdiff(r.first_call_at, r.created_at) * 1000)::bigint, 0)), 0)::numeric(38, 0) AS n, count(*) FILTER (WHERE r.first_call_at IS NOT NULL) AS d
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= b."from"
  AND r.created_at < b."to"
  AND r.first_call_at IS NOT NULL
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.owner_id = o.id
HAVING count(*) > 0
) c
UNION ALL
SELECT c.bucket, c.n, c.d
FROM unnest($3::integer[], $4::timestamptz[], $5::timestamptz[]) AS b(bucket, "from", "to") CROSS JOIN (SELECT id FROM owners WHERE (id = ANY ($2::text[])) IS NOT TRUE) AS o CROSS JOIN LATERAL (
SELECT b.bucket AS bucket, coalesce(sum(greatest((tstzrange_subdiff(r.first_call_at, r.created_at) * 1000)::bigint, 0)), 0)::numeric(38, 0) AS n, count(*) FILTER (WHERE r.first_call_at IS NOT NULL) AS d
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= b."from"
  AND r.created_at < b."to"
  AND r.first_call_at IS NOT NULL
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.owner_id = o.id AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
HAVING count(*) > 0
) c
UNION ALL
SELECT c.bucket, c.n, c.d
FROM unnest($3::integer[], $4::timestamptz[], $5::timestamptz[]) AS b(bucket, "from", "to") CROSS JOIN LATERAL (
SELECT b.bucket AS bucket, coalesce(sum(greatest((tstzrange_subdiff(r.first_call_at, r.created_at) * 1000)::bigint, 0)), 0)::numeric(38, 0) AS n, count(*) FILTER (WHERE r.first_call_at IS NOT NULL) AS d
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= b."from"
  AND r.created_at < b."to"
  AND r.first_call_at IS NOT NULL
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.owner_id IS NULL AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
HAVING count(*) > 0
) c
) s
GROUP BY s.bucket;

-- leads.avg_time_to_first_call, 2 in scope, all_time in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-05-17T09:30:00.001Z
-- $4: 'web'
-- $5: 'asked for'
-- $6: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT s.bucket, sum(s.n)::text AS n, sum(s.d)::text AS d
FROM (
SELECT c.bucket, c.n, c.d
FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT 0 AS bucket, coalesce(sum(greatest((tstzrange_subdiff(r.first_call_at, r.created_at) * 1000)::bigint, 0)), 0)::numeric(38, 0) AS n, count(*) FILTER (WHERE r.first_call_at IS NOT NULL) AS d
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at < $3::timestamptz
  AND r.first_call_at IS NOT NULL
  AND (r.source = $4::text OR r.source IS NULL)
  AND r.status = $5::text
  AND r.tag_ids && (SELECT $6::uuid[])
  AND r.owner_id = o.id
HAVING count(*) > 0
) c
UNION ALL
SELECT 0 AS bucket, coalesce(sum(greatest((tstzrange_subdiff(r.first_call_at, r.created_at) * 1000)::bigint, 0)), 0)::numeric(38, 0) AS n, count(*) FILTER (WHERE r.first_call_at IS NOT NULL) AS d
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at < $3::timestamptz
  AND r.first_call_at IS NOT NULL
  AND (r.source = $4::text OR r.source IS NULL)
  AND r.status = $5::text
  AND r.tag_ids && (SELECT $6::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
HAVING count(*) > 0
) s
GROUP BY s.bucket;
