-- calls.logged_over_time, 2 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
SELECT s.bucket, sum(s.n)::text AS n
FROM (
SELECT c.bucket, c.n
FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT width_bucket(r.started_at, $5::timestamptz[]) AS bucket, count(*) AS n
FROM crm.calls r
WHERE r.organization_id = $1
  AND r.started_at >= $3::timestamptz
  AND r.started_at < $4::timestamptz
  AND r.owner_id = o.id
GROUP BY 1
) c
) s
GROUP BY s.bucket;

-- calls.logged_over_time by direction, 2 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
SELECT s.bucket, s.id::text AS "group", s.n::text AS n
FROM (
SELECT width_bucket(r.started_at, $5::timestamptz[]) AS bucket, r.direction AS id, count(*) AS n
FROM crm.calls r
WHERE r.organization_id = $1
  AND r.started_at >= $3::timestamptz
  AND r.started_at < $4::timestamptz
  AND r.owner_id = ANY ($2::text[])
GROUP BY 1, 2
) s;

-- calls.logged_over_time by outcome, 2 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
SELECT s.bucket, s.id::text AS "group", s.n::text AS n
FROM (
SELECT width_bucket(r.started_at, $5::timestamptz[]) AS bucket, r.outcome AS id, count(*) AS n
FROM crm.calls r
WHERE r.organization_id = $1
  AND r.started_at >= $3::timestamptz
  AND r.started_at < $4::timestamptz
  AND r.owner_id = ANY ($2::text[])
GROUP BY 1, 2
) s;

-- calls.logged_over_time by assignee, 2 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
SELECT s.bucket, s.id::text AS "group", s.n::text AS n
FROM (
SELECT c.bucket, c.id, c.n
FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT width_bucket(r.started_at, $5::timestamptz[]) AS bucket, o.id AS id, count(*) AS n
FROM crm.calls r
WHERE r.organization_id = $1
  AND r.started_at >= $3::timestamptz
  AND r.started_at < $4::timestamptz
  AND r.owner_id = o.id
GROUP BY 1
) c
) s;

-- calls.logged_over_time, 1 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
SELECT s.bucket, s.n::text AS n
FROM (
SELECT width_bucket(r.started_at, $5::timestamptz[]) AS bucket, count(*) AS n
FROM crm.calls r
WHERE r.organization_id = $1
  AND r.started_at >= $3::timestamptz
  AND r.started_at < $4::timestamptz
  AND r.owner_id = $2::text
GROUP BY 1
) s;

-- calls.logged_over_time, 12 in scope, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2', 'user_3', 'user_4', 'user_5', 'user_6', 'user_7', 'user_8', 'user_9', 'user_10', 'user_11', 'user_12'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
SELECT s.bucket, sum(s.n)::text AS n
FROM (
SELECT c.bucket, c.n
FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT width_bucket(r.started_at, $5::timestamptz[]) AS bucket, count(*) AS n
FROM crm.calls r
WHERE r.organization_id = $1
  AND r.started_at >= $3::timestamptz
  AND r.started_at < $4::timestamptz
  AND r.owner_id = o.id
GROUP BY 1
) c
) s
GROUP BY s.bucket;
