-- calls.avg_duration, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: {1, 3}
-- $4: {2024-03-31T22:00:00.000Z, 2024-04-30T22:00:00.000Z}
-- $5: {2024-04-17T09:30:00.001Z, 2024-05-17T09:30:00.001Z}
SELECT s.bucket, sum(s.n)::text AS n, sum(s.d)::text AS d
FROM (
SELECT c.bucket, c.n, c.d
FROM unnest($3::integer[], $4::timestamptz[], $5::timestamptz[]) AS b(bucket, "from", "to") CROSS JOIN unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT b.bucket AS bucket, coalesce(sum(r.duration_seconds), 0)::numeric(38, 0) AS n, count(r.duration_seconds) AS d
FROM crm.calls r
WHERE r.organization_id = $1
  AND r.started_at >= b."from"
  AND r.started_at < b."to"
  AND r.outcome = 'success'
  AND r.owner_id = o.id
HAVING count(*) > 0
) c
) s
GROUP BY s.bucket;

-- calls.avg_duration, 1 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: {1, 3}
-- $4: {2024-03-31T22:00:00.000Z, 2024-04-30T22:00:00.000Z}
-- $5: {2024-04-17T09:30:00.001Z, 2024-05-17T09:30:00.001Z}
SELECT s.bucket, s.n::text AS n, s.d::text AS d
FROM (
SELECT c.bucket, c.n, c.d
FROM unnest($3::integer[], $4::timestamptz[], $5::timestamptz[]) AS b(bucket, "from", "to") CROSS JOIN LATERAL (
SELECT b.bucket AS bucket, coalesce(sum(r.duration_seconds), 0)::numeric(38, 0) AS n, count(r.duration_seconds) AS d
FROM crm.calls r
WHERE r.organization_id = $1
  AND r.started_at >= b."from"
  AND r.started_at < b."to"
  AND r.outcome = 'success'
  AND r.owner_id = $2::text
HAVING count(*) > 0
) c
) s;

-- calls.avg_duration, 12 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2', 'user_3', 'user_4', 'user_5', 'user_6', 'user_7', 'user_8', 'user_9', 'user_10', 'user_11', 'user_12'}
-- $3: {1, 3}
-- $4: {2024-03-31T22:00:00.000Z, 2024-04-30T22:00:00.000Z}
-- $5: {2024-04-17T09:30:00.001Z, 2024-05-17T09:30:00.001Z}
SELECT s.bucket, sum(s.n)::text AS n, sum(s.d)::text AS d
FROM (
SELECT c.bucket, c.n, c.d
FROM unnest($3::integer[], $4::timestamptz[], $5::timestamptz[]) AS b(bucket, "from", "to") CROSS JOIN unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT b.bucket AS bucket, coalesce(sum(r.duration_seconds), 0)::numeric(38, 0) AS n, count(r.duration_seconds) AS d
FROM crm.calls r
WHERE r.organization_id = $1
  AND r.started_at >= b."from"
  AND r.started_at < b."to"
  AND r.outcome = 'success'
  AND r.owner_id = o.id
HAVING count(*) > 0
) c
) s
GROUP BY s.bucket;

-- calls.avg_duration, 2 in scope, all_time in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-05-17T09:30:00.001Z
SELECT s.bucket, sum(s.n)::text AS n, sum(s.d)::text AS d
FROM (
SELECT c.bucket, c.n, c.d
FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT 0 AS bucket, coalesce(sum(r.duration_seconds), 0)::numeric(38, 0) AS n, count(r.duration_seconds) AS d
FROM crm.calls r
WHERE r.organization_id = $1
  AND r.started_at < $3::timestamptz
  AND r.outcome = 'success'
  AND r.owner_id = o.id
HAVING count(*) > 0
) c
) s
GROUP BY s.bucket;
