-- deals.expected_value_over_time, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-31T22:00:00.000Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-19T22:00:00.000Z, 2024-05-26T22:00:00.000Z, 2024-05-31T22:00:00.000Z}
-- $6: 2024-05-16T22:00:00.000Z
SELECT s.bucket, s.currency, sum(s.n)::text AS n, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT c.bucket, c.currency, c.n, c.deals, c.price
FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.owner_id = o.id
GROUP BY 1, 2
) c
UNION ALL
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 1, 2
) s
GROUP BY s.bucket, s.currency;

-- deals.expected_value_over_time by stage, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-31T22:00:00.000Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-19T22:00:00.000Z, 2024-05-26T22:00:00.000Z, 2024-05-31T22:00:00.000Z}
-- $6: 2024-05-16T22:00:00.000Z
SELECT s.bucket, s.currency, s.id::text AS "group", sum(s.n)::text AS n, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, r.stage AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.owner_id = ANY ($2::text[])
GROUP BY 1, 2, 3
UNION ALL
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, r.stage AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 1, 2, 3
) s
GROUP BY s.bucket, s.currency, s.id;

-- deals.expected_value_over_time by assignee, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-31T22:00:00.000Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-19T22:00:00.000Z, 2024-05-26T22:00:00.000Z, 2024-05-31T22:00:00.000Z}
-- $6: 2024-05-16T22:00:00.000Z
SELECT s.bucket, s.currency, s.id::text AS "group", sum(s.n)::text AS n, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT c.bucket, c.currency, c.id, c.n, c.deals, c.price
FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, o.id AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.owner_id = o.id
GROUP BY 1, 2
) c
UNION ALL
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, g.id AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) FILTER (WHERE (r.owner_id = ANY ($2::text[])) IS NOT TRUE AND g.id = (SELECT min(id COLLATE "C") FROM unnest(r.assignee_ids) AS id WHERE id = ANY ($2::text[]))) AS deals, coalesce(sum(r.price) FILTER (WHERE (r.owner_id = ANY ($2::text[])) IS NOT TRUE AND g.id = (SELECT min(id COLLATE "C") FROM unnest(r.assignee_ids) AS id WHERE id = ANY ($2::text[]))) * 100, 0)::numeric(38, 0) AS price
FROM (SELECT r.*
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
) r CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(r.assignee_ids) AS id
WHERE id = ANY ($2::text[]) AND id IS DISTINCT FROM r.owner_id) g
GROUP BY 1, 2, 3
) s
GROUP BY s.bucket, s.currency, s.id;

-- deals.expected_value_over_time by leadSource, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-31T22:00:00.000Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-19T22:00:00.000Z, 2024-05-26T22:00:00.000Z, 2024-05-31T22:00:00.000Z}
-- $6: 2024-05-16T22:00:00.000Z
-- $7: {'user_1', 'user_2'}
SELECT s.bucket, s.currency, s.id::text AS "group", sum(s.n)::text AS n, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, l.source AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
LEFT JOIN crm.leads l ON l.organization_id = $1 AND l.lead_id = r.lead_id
  AND (l.owner_id = ANY ($7::text[]) OR l.assignee_ids && $7::text[])
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.owner_id = ANY ($2::text[])
GROUP BY 1, 2, 3
UNION ALL
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, l.source AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
LEFT JOIN crm.leads l ON l.organization_id = $1 AND l.lead_id = r.lead_id
  AND (l.owner_id = ANY ($7::text[]) OR l.assignee_ids && $7::text[])
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 1, 2, 3
) s
GROUP BY s.bucket, s.currency, s.id;

-- deals.expected_value_over_time by leadType, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-31T22:00:00.000Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-19T22:00:00.000Z, 2024-05-26T22:00:00.000Z, 2024-05-31T22:00:00.000Z}
-- $6: 2024-05-16T22:00:00.000Z
-- $7: {'user_1', 'user_2'}
SELECT s.bucket, s.currency, s.id::text AS "group", sum(s.n)::text AS n, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, l.lead_type AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
LEFT JOIN crm.leads l ON l.organization_id = $1 AND l.lead_id = r.lead_id
  AND (l.owner_id = ANY ($7::text[]) OR l.assignee_ids && $7::text[])
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.owner_id = ANY ($2::text[])
GROUP BY 1, 2, 3
UNION ALL
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, l.lead_type AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
LEFT JOIN crm.leads l ON l.organization_id = $1 AND l.lead_id = r.lead_id
  AND (l.owner_id = ANY ($7::text[]) OR l.assignee_ids && $7::text[])
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 1, 2, 3
) s
GROUP BY s.bucket, s.currency, s.id;

-- deals.expected_value_over_time, 1 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-31T22:00:00.000Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-19T22:00:00.000Z, 2024-05-26T22:00:00.000Z, 2024-05-31T22:00:00.000Z}
-- $6: 2024-05-16T22:00:00.000Z
SELECT s.bucket, s.currency, sum(s.n)::text AS n, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.owner_id = $2::text
GROUP BY 1, 2
UNION ALL
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
GROUP BY 1, 2
) s
GROUP BY s.bucket, s.currency;

-- deals.expected_value_over_time by stage, 1 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-31T22:00:00.000Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-19T22:00:00.000Z, 2024-05-26T22:00:00.000Z, 2024-05-31T22:00:00.000Z}
-- $6: 2024-05-16T22:00:00.000Z
SELECT s.bucket, s.currency, s.id::text AS "group", sum(s.n)::text AS n, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, r.stage AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.owner_id = $2::text
GROUP BY 1, 2, 3
UNION ALL
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, r.stage AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
GROUP BY 1, 2, 3
) s
GROUP BY s.bucket, s.currency, s.id;

-- deals.expected_value_over_time by assignee, 1 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-31T22:00:00.000Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-19T22:00:00.000Z, 2024-05-26T22:00:00.000Z, 2024-05-31T22:00:00.000Z}
-- $6: 2024-05-16T22:00:00.000Z
SELECT s.bucket, s.currency, s.id::text AS "group", sum(s.n)::text AS n, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, $2::text AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.owner_id = $2::text
GROUP BY 1, 2
UNION ALL
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, $2::text AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
GROUP BY 1, 2
) s
GROUP BY s.bucket, s.currency, s.id;

-- deals.expected_value_over_time by leadSource, 1 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-31T22:00:00.000Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-19T22:00:00.000Z, 2024-05-26T22:00:00.000Z, 2024-05-31T22:00:00.000Z}
-- $6: 2024-05-16T22:00:00.000Z
-- $7: {'user_1'}
SELECT s.bucket, s.currency, s.id::text AS "group", sum(s.n)::text AS n, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, l.source AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
LEFT JOIN crm.leads l ON l.organization_id = $1 AND l.lead_id = r.lead_id
  AND (l.owner_id = ANY ($7::text[]) OR l.assignee_ids && $7::text[])
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.owner_id = $2::text
GROUP BY 1, 2, 3
UNION ALL
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, l.source AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
LEFT JOIN crm.leads l ON l.organization_id = $1 AND l.lead_id = r.lead_id
  AND (l.owner_id = ANY ($7::text[]) OR l.assignee_ids && $7::text[])
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
GROUP BY 1, 2, 3
) s
GROUP BY s.bucket, s.currency, s.id;

-- deals.expected_value_over_time by leadType, 1 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-31T22:00:00.000Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-19T22:00:00.000Z, 2024-05-26T22:00:00.000Z, 2024-05-31T22:00:00.000Z}
-- $6: 2024-05-16T22:00:00.000Z
-- $7: {'user_1'}
SELECT s.bucket, s.currency, s.id::text AS "group", sum(s.n)::text AS n, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, l.lead_type AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
LEFT JOIN crm.leads l ON l.organization_id = $1 AND l.lead_id = r.lead_id
  AND (l.owner_id = ANY ($7::text[]) OR l.assignee_ids && $7::text[])
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.owner_id = $2::text
GROUP BY 1, 2, 3
UNION ALL
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, l.lead_type AS id, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
LEFT JOIN crm.leads l ON l.organization_id = $1 AND l.lead_id = r.lead_id
  AND (l.owner_id = ANY ($7::text[]) OR l.assignee_ids && $7::text[])
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
GROUP BY 1, 2, 3
) s
GROUP BY s.bucket, s.currency, s.id;

-- deals.expected_value_over_time, 12 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2', 'user_3', 'user_4', 'user_5', 'user_6', 'user_7', 'user_8', 'user_9', 'user_10', 'user_11', 'user_12'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-31T22:00:00.000Z
-- $5: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-19T22:00:00.000Z, 2024-05-26T22:00:00.000Z, 2024-05-31T22:00:00.000Z}
-- $6: 2024-05-16T22:00:00.000Z
WITH RECURSIVE owners(id) AS (
(SELECT r.owner_id FROM crm.deals r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' ORDER BY 1 LIMIT 1)
UNION ALL
SELECT (SELECT r.owner_id FROM crm.deals r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.owner_id > o.id ORDER BY 1 LIMIT 1) FROM owners o WHERE o.id IS NOT NULL
)
SELECT s.bucket, s.currency, sum(s.n)::text AS n, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT c.bucket, c.currency, c.n, c.deals, c.price
FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.owner_id = o.id
GROUP BY 1, 2
) c
UNION ALL
SELECT c.bucket, c.currency, c.n, c.deals, c.price
FROM (SELECT id FROM owners WHERE (id = ANY ($2::text[])) IS NOT TRUE) AS o CROSS JOIN LATERAL (
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.owner_id = o.id AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
GROUP BY 1, 2
) c
UNION ALL
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.owner_id IS NULL AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
GROUP BY 1, 2
) s
GROUP BY s.bucket, s.currency;

-- deals.expected_value_over_time, 2 in scope, all_time in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-05-16T22:00:00.000Z
-- $4: 9998-12-31T23:00:00.000Z
-- $5: {2024-05-16T22:00:00.000Z, 2024-05-17T22:00:00.000Z, 2024-05-18T22:00:00.000Z, 2024-05-19T22:00:00.000Z, 2024-05-20T22:00:00.000Z, 2024-05-21T22:00:00.000Z, 2024-05-22T22:00:00.000Z, 2024-05-23T22:00:00.000Z, 2024-05-24T22:00:00.000Z, 2024-05-25T22:00:00.000Z, 2024-05-26T22:00:00.000Z, 2024-05-27T22:00:00.000Z, 2024-05-28T22:00:00.000Z, 2024-05-29T22:00:00.000Z, 2024-05-30T22:00:00.000Z, 2024-05-31T22:00:00.000Z, 2024-06-01T22:00:00.000Z, 2024-06-02T22:00:00.000Z, 2024-06-03T22:00:00.000Z, 2024-06-04T22:00:00.000Z, 2024-06-05T22:00:00.000Z, 2024-06-06T22:00:00.000Z, 2024-06-07T22:00:00.000Z, 2024-06-08T22:00:00.000Z, 2024-06-09T22:00:00.000Z, 2024-06-10T22:00:00.000Z, 2024-06-11T22:00:00.000Z, 2024-06-12T22:00:00.000Z, 2024-06-13T22:00:00.000Z, 2024-06-14T22:00:00.000Z, 2024-06-15T22:00:00.000Z, 2024-06-16T22:00:00.000Z, 2024-06-17T22:00:00.000Z, 2024-06-18T22:00:00.000Z, 2024-06-19T22:00:00.000Z, 2024-06-20T22:00:00.000Z, 2024-06-21T22:00:00.000Z, 2024-06-22T22:00:00.000Z, 2024-06-23T22:00:00.000Z, 2024-06-24T22:00:00.000Z, 2024-06-25T22:00:00.000Z, 2024-06-26T22:00:00.000Z, 2024-06-27T22:00:00.000Z, 2024-06-28T22:00:00.000Z, 2024-06-29T22:00:00.000Z, 2024-06-30T22:00:00.000Z, 2024-07-01T22:00:00.000Z, 2024-07-02T22:00:00.000Z, 2024-07-03T22:00:00.000Z, 2024-07-04T22:00:00.000Z, 2024-07-05T22:00:00.000Z, 2024-07-06T22:00:00.000Z, 2024-07-07T22:00:00.000Z, 2024-07-08T22:00:00.000Z, 2024-07-09T22:00:00.000Z, 2024-07-10T22:00:00.000Z, 2024-07-11T22:00:00.000Z, 2024-07-12T22:00:00.000Z, 2024-07-13T22:00:00.000Z, 2024-07-14T22:00:00.000Z, 2024-07-15T22:00:00.000Z, 2024-07-16T22:00:00.000Z, 2024-07-17T22:00:00.000Z, 2024-07-18T22:00:00.000Z, 2024-07-19T22:00:00.000Z, 2024-07-20T22:00:00.000Z, 2024-07-21T22:00:00.000Z, 2024-07-22T22:00:00.000Z, 2024-07-23T22:00:00.000Z, 2024-07-24T22:00:00.000Z, 2024-07-25T22:00:00.000Z, 2024-07-26T22:00:00.000Z, 2024-07-27T22:00:00.000Z, 2024-07-28T22:00:00.000Z, 2024-07-29T22:00:00.000Z, 2024-07-30T22:00:00.000Z, 2024-07-31T22:00:00.000Z, 2024-08-01T22:00:00.000Z, 2024-08-02T22:00:00.000Z, 2024-08-03T22:00:00.000Z, 2024-08-04T22:00:00.000Z, 2024-08-05T22:00:00.000Z, 2024-08-06T22:00:00.000Z, 2024-08-07T22:00:00.000Z, 2024-08-08T22:00:00.000Z, 2024-08-09T22:00:00.000Z, 2024-08-10T22:00:00.000Z, 2024-08-11T22:00:00.000Z, 2024-08-12T22:00:00.000Z, 2024-08-13T22:00:00.000Z, 2024-08-14T22:00:00.000Z, 2024-08-15T22:00:00.000Z, 2024-08-16T22:00:00.000Z, 2024-08-17T22:00:00.000Z, 2024-08-18T22:00:00.000Z, 2024-08-19T22:00:00.000Z, 2024-08-20T22:00:00.000Z, 2024-08-21T22:00:00.000Z, 2024-08-22T22:00:00.000Z, 2024-08-23T22:00:00.000Z, 2024-08-24T22:00:00.000Z, 2024-08-25T22:00:00.000Z, 2024-08-26T22:00:00.000Z, 2024-08-27T22:00:00.000Z, 2024-08-28T22:00:00.000Z, 2024-08-29T22:00:00.000Z, 2024-08-30T22:00:00.000Z, 2024-08-31T22:00:00.000Z, 2024-09-01T22:00:00.000Z, 2024-09-02T22:00:00.000Z, 2024-09-03T22:00:00.000Z, 2024-09-04T22:00:00.000Z, 2024-09-05T22:00:00.000Z, 2024-09-06T22:00:00.000Z, 2024-09-07T22:00:00.000Z, 2024-09-08T22:00:00.000Z, 2024-09-09T22:00:00.000Z, 2024-09-10T22:00:00.000Z, 2024-09-11T22:00:00.000Z, 2024-09-12T22:00:00.000Z, 2024-09-13T22:00:00.000Z, 2024-09-14T22:00:00.000Z, 2024-09-15T22:00:00.000Z, 2024-09-16T22:00:00.000Z, 2024-09-17T22:00:00.000Z, 2024-09-18T22:00:00.000Z, 2024-09-19T22:00:00.000Z, 2024-09-20T22:00:00.000Z, 2024-09-21T22:00:00.000Z, 2024-09-22T22:00:00.000Z, 2024-09-23T22:00:00.000Z, 2024-09-24T22:00:00.000Z, 2024-09-25T22:00:00.000Z, 2024-09-26T22:00:00.000Z, 2024-09-27T22:00:00.000Z, 2024-09-28T22:00:00.000Z, 2024-09-29T22:00:00.000Z, 2024-09-30T22:00:00.000Z, 2024-10-01T22:00:00.000Z, 2024-10-02T22:00:00.000Z, 2024-10-03T22:00:00.000Z, 2024-10-04T22:00:00.000Z, 2024-10-05T22:00:00.000Z, 2024-10-06T22:00:00.000Z, 2024-10-07T22:00:00.000Z, 2024-10-08T22:00:00.000Z, 2024-10-09T22:00:00.000Z, 2024-10-10T22:00:00.000Z, 2024-10-11T22:00:00.000Z, 2024-10-12T22:00:00.000Z, 2024-10-13T22:00:00.000Z, 2024-10-14T22:00:00.000Z, 2024-10-15T22:00:00.000Z, 2024-10-16T22:00:00.000Z, 2024-10-17T22:00:00.000Z, 2024-10-18T22:00:00.000Z, 2024-10-19T22:00:00.000Z, 2024-10-20T22:00:00.000Z, 2024-10-21T22:00:00.000Z, 2024-10-22T22:00:00.000Z, 2024-10-23T22:00:00.000Z, 2024-10-24T22:00:00.000Z, 2024-10-25T22:00:00.000Z, 2024-10-26T22:00:00.000Z, 2024-10-27T23:00:00.000Z, 2024-10-28T23:00:00.000Z, 2024-10-29T23:00:00.000Z, 2024-10-30T23:00:00.000Z, 2024-10-31T23:00:00.000Z, 2024-11-01T23:00:00.000Z, 2024-11-02T23:00:00.000Z, 2024-11-03T23:00:00.000Z, 2024-11-04T23:00:00.000Z, 2024-11-05T23:00:00.000Z, 2024-11-06T23:00:00.000Z, 2024-11-07T23:00:00.000Z, 2024-11-08T23:00:00.000Z, 2024-11-09T23:00:00.000Z, 2024-11-10T23:00:00.000Z, 2024-11-11T23:00:00.000Z, 2024-11-12T23:00:00.000Z, 2024-11-13T23:00:00.000Z, 2024-11-14T23:00:00.000Z, 2024-11-15T23:00:00.000Z, 2024-11-16T23:00:00.000Z, 2024-11-17T23:00:00.000Z, 2024-11-18T23:00:00.000Z, 2024-11-19T23:00:00.000Z, 2024-11-20T23:00:00.000Z, 2024-11-21T23:00:00.000Z, 2024-11-22T23:00:00.000Z, 2024-11-23T23:00:00.000Z, 2024-11-24T23:00:00.000Z, 2024-11-25T23:00:00.000Z, 2024-11-26T23:00:00.000Z, 2024-11-27T23:00:00.000Z, 2024-11-28T23:00:00.000Z, 2024-11-29T23:00:00.000Z, 2024-11-30T23:00:00.000Z, 2024-12-01T23:00:00.000Z, 2024-12-02T23:00:00.000Z, 2024-12-03T23:00:00.000Z, 2024-12-04T23:00:00.000Z, 2024-12-05T23:00:00.000Z, 2024-12-06T23:00:00.000Z, 2024-12-07T23:00:00.000Z, 2024-12-08T23:00:00.000Z, 2024-12-09T23:00:00.000Z, 2024-12-10T23:00:00.000Z, 2024-12-11T23:00:00.000Z, 2024-12-12T23:00:00.000Z, 2024-12-13T23:00:00.000Z, 2024-12-14T23:00:00.000Z, 2024-12-15T23:00:00.000Z, 2024-12-16T23:00:00.000Z, 2024-12-17T23:00:00.000Z, 2024-12-18T23:00:00.000Z, 2024-12-19T23:00:00.000Z, 2024-12-20T23:00:00.000Z, 2024-12-21T23:00:00.000Z, 2024-12-22T23:00:00.000Z, 2024-12-23T23:00:00.000Z, 2024-12-24T23:00:00.000Z, 2024-12-25T23:00:00.000Z, 2024-12-26T23:00:00.000Z, 2024-12-27T23:00:00.000Z, 2024-12-28T23:00:00.000Z, 2024-12-29T23:00:00.000Z, 2024-12-30T23:00:00.000Z, 2024-12-31T23:00:00.000Z, 2025-01-01T23:00:00.000Z, 2025-01-02T23:00:00.000Z, 2025-01-03T23:00:00.000Z, 2025-01-04T23:00:00.000Z, 2025-01-05T23:00:00.000Z, 2025-01-06T23:00:00.000Z, 2025-01-07T23:00:00.000Z, 2025-01-08T23:00:00.000Z, 2025-01-09T23:00:00.000Z, 2025-01-10T23:00:00.000Z, 2025-01-11T23:00:00.000Z, 2025-01-12T23:00:00.000Z, 2025-01-13T23:00:00.000Z, 2025-01-14T23:00:00.000Z, 2025-01-15T23:00:00.000Z, 2025-01-16T23:00:00.000Z, 2025-01-17T23:00:00.000Z, 2025-01-18T23:00:00.000Z, 2025-01-19T23:00:00.000Z, 2025-01-20T23:00:00.000Z, 2025-01-21T23:00:00.000Z, 2025-01-22T23:00:00.000Z, 2025-01-23T23:00:00.000Z, 2025-01-24T23:00:00.000Z, 2025-01-25T23:00:00.000Z, 2025-01-26T23:00:00.000Z, 2025-01-27T23:00:00.000Z, 2025-01-28T23:00:00.000Z, 2025-01-29T23:00:00.000Z, 2025-01-30T23:00:00.000Z, 2025-01-31T23:00:00.000Z, 2025-02-01T23:00:00.000Z, 2025-02-02T23:00:00.000Z, 2025-02-03T23:00:00.000Z, 2025-02-04T23:00:00.000Z, 2025-02-05T23:00:00.000Z, 2025-02-06T23:00:00.000Z, 2025-02-07T23:00:00.000Z, 2025-02-08T23:00:00.000Z, 2025-02-09T23:00:00.000Z, 2025-02-10T23:00:00.000Z, 2025-02-11T23:00:00.000Z, 2025-02-12T23:00:00.000Z, 2025-02-13T23:00:00.000Z, 2025-02-14T23:00:00.000Z, 2025-02-15T23:00:00.000Z, 2025-02-16T23:00:00.000Z, 2025-02-17T23:00:00.000Z, 2025-02-18T23:00:00.000Z, 2025-02-19T23:00:00.000Z, 2025-02-20T23:00:00.000Z, 2025-02-21T23:00:00.000Z, 2025-02-22T23:00:00.000Z, 2025-02-23T23:00:00.000Z, 2025-02-24T23:00:00.000Z, 2025-02-25T23:00:00.000Z, 2025-02-26T23:00:00.000Z, 2025-02-27T23:00:00.000Z, 2025-02-28T23:00:00.000Z, 2025-03-01T23:00:00.000Z, 2025-03-02T23:00:00.000Z, 2025-03-03T23:00:00.000Z, 2025-03-04T23:00:00.000Z, 2025-03-05T23:00:00.000Z, 2025-03-06T23:00:00.000Z, 2025-03-07T23:00:00.000Z, 2025-03-08T23:00:00.000Z, 2025-03-09T23:00:00.000Z, 2025-03-10T23:00:00.000Z, 2025-03-11T23:00:00.000Z, 2025-03-12T23:00:00.000Z, 2025-03-13T23:00:00.000Z, 2025-03-14T23:00:00.000Z, 2025-03-15T23:00:00.000Z, 2025-03-16T23:00:00.000Z, 2025-03-17T23:00:00.000Z, 2025-03-18T23:00:00.000Z, 2025-03-19T23:00:00.000Z, 2025-03-20T23:00:00.000Z, 2025-03-21T23:00:00.000Z, 2025-03-22T23:00:00.000Z, 2025-03-23T23:00:00.000Z, 2025-03-24T23:00:00.000Z, 2025-03-25T23:00:00.000Z, 2025-03-26T23:00:00.000Z, 2025-03-27T23:00:00.000Z, 2025-03-28T23:00:00.000Z, 2025-03-29T23:00:00.000Z, 2025-03-30T22:00:00.000Z, 2025-03-31T22:00:00.000Z, 2025-04-01T22:00:00.000Z, 2025-04-02T22:00:00.000Z, 2025-04-03T22:00:00.000Z, 2025-04-04T22:00:00.000Z, 2025-04-05T22:00:00.000Z, 2025-04-06T22:00:00.000Z, 2025-04-07T22:00:00.000Z, 2025-04-08T22:00:00.000Z, 2025-04-09T22:00:00.000Z, 2025-04-10T22:00:00.000Z, 2025-04-11T22:00:00.000Z, 2025-04-12T22:00:00.000Z, 2025-04-13T22:00:00.000Z, 2025-04-14T22:00:00.000Z, 2025-04-15T22:00:00.000Z, 2025-04-16T22:00:00.000Z, 2025-04-17T22:00:00.000Z, 2025-04-18T22:00:00.000Z, 2025-04-19T22:00:00.000Z, 2025-04-20T22:00:00.000Z, 2025-04-21T22:00:00.000Z, 2025-04-22T22:00:00.000Z, 2025-04-23T22:00:00.000Z, 2025-04-24T22:00:00.000Z, 2025-04-25T22:00:00.000Z, 2025-04-26T22:00:00.000Z, 2025-04-27T22:00:00.000Z, 2025-04-28T22:00:00.000Z, 2025-04-29T22:00:00.000Z, 2025-04-30T22:00:00.000Z, 2025-05-01T22:00:00.000Z, 2025-05-02T22:00:00.000Z, 2025-05-03T22:00:00.000Z, 2025-05-04T22:00:00.000Z, 2025-05-05T22:00:00.000Z, 2025-05-06T22:00:00.000Z, 2025-05-07T22:00:00.000Z, 2025-05-08T22:00:00.000Z, 2025-05-09T22:00:00.000Z, 2025-05-10T22:00:00.000Z, 2025-05-11T22:00:00.000Z, 2025-05-12T22:00:00.000Z, 2025-05-13T22:00:00.000Z, 2025-05-14T22:00:00.000Z, 2025-05-15T22:00:00.000Z, 2025-05-16T22:00:00.000Z, 2025-05-17T22:00:00.000Z, 2025-05-18T22:00:00.000Z, 2025-05-19T22:00:00.000Z, 2025-05-20T22:00:00.000Z, 2025-05-21T22:00:00.000Z, 2025-05-22T22:00:00.000Z, 2025-05-23T22:00:00.000Z, 2025-05-24T22:00:00.000Z, 2025-05-25T22:00:00.000Z, 2025-05-26T22:00:00.000Z, 2025-05-27T22:00:00.000Z, 2025-05-28T22:00:00.000Z, 2025-05-29T22:00:00.000Z, 2025-05-30T22:00:00.000Z, 2025-05-31T22:00:00.000Z, 2025-06-01T22:00:00.000Z, 2025-06-02T22:00:00.000Z, 2025-06-03T22:00:00.000Z, 2025-06-04T22:00:00.000Z, 2025-06-05T22:00:00.000Z, 2025-06-06T22:00:00.000Z, 2025-06-07T22:00:00.000Z, 2025-06-08T22:00:00.000Z, 2025-06-09T22:00:00.000Z, 2025-06-10T22:00:00.000Z, 2025-06-11T22:00:00.000Z, 2025-06-12T22:00:00.000Z, 2025-06-13T22:00:00.000Z, 2025-06-14T22:00:00.000Z, 2025-06-15T22:00:00.000Z, 2025-06-16T22:00:00.000Z, 2025-06-17T22:00:00.000Z, 2025-06-18T22:00:00.000Z, 2025-06-19T22:00:00.000Z, 2025-06-20T22:00:00.000Z, 2025-06-21T22:00:00.000Z, 2025-06-22T22:00:00.000Z, 2025-06-23T22:00:00.000Z, 2025-06-24T22:00:00.000Z, 2025-06-25T22:00:00.000Z, 2025-06-26T22:00:00.000Z, 2025-06-27T22:00:00.000Z, 2025-06-28T22:00:00.000Z, 2025-06-29T22:00:00.000Z, 2025-06-30T22:00:00.000Z, 2025-07-01T22:00:00.000Z, 2025-07-02T22:00:00.000Z, 2025-07-03T22:00:00.000Z, 2025-07-04T22:00:00.000Z, 2025-07-05T22:00:00.000Z, 2025-07-06T22:00:00.000Z, 2025-07-07T22:00:00.000Z, 2025-07-08T22:00:00.000Z, 2025-07-09T22:00:00.000Z, 2025-07-10T22:00:00.000Z, 2025-07-11T22:00:00.000Z, 2025-07-12T22:00:00.000Z, 2025-07-13T22:00:00.000Z, 2025-07-14T22:00:00.000Z, 2025-07-15T22:00:00.000Z, 2025-07-16T22:00:00.000Z, 2025-07-17T22:00:00.000Z, 2025-07-18T22:00:00.000Z, 2025-07-19T22:00:00.000Z, 2025-07-20T22:00:00.000Z, 2025-07-21T22:00:00.000Z, 2025-07-22T22:00:00.000Z, 2025-07-23T22:00:00.000Z, 2025-07-24T22:00:00.000Z, 2025-07-25T22:00:00.000Z, 2025-07-26T22:00:00.000Z, 2025-07-27T22:00:00.000Z, 2025-07-28T22:00:00.000Z, 2025-07-29T22:00:00.000Z, 2025-07-30T22:00:00.000Z, 2025-07-31T22:00:00.000Z, 2025-08-01T22:00:00.000Z, 2025-08-02T22:00:00.000Z, 2025-08-03T22:00:00.000Z, 2025-08-04T22:00:00.000Z, 2025-08-05T22:00:00.000Z, 2025-08-06T22:00:00.000Z, 2025-08-07T22:00:00.000Z, 2025-08-08T22:00:00.000Z, 2025-08-09T22:00:00.000Z, 2025-08-10T22:00:00.000Z, 2025-08-11T22:00:00.000Z, 2025-08-12T22:00:00.000Z, 2025-08-13T22:00:00.000Z, 2025-08-14T22:00:00.000Z, 2025-08-15T22:00:00.000Z, 2025-08-16T22:00:00.000Z, 2025-08-17T22:00:00.000Z, 2025-08-18T22:00:00.000Z, 2025-08-19T22:00:00.000Z, 2025-08-20T22:00:00.000Z, 2025-08-21T22:00:00.000Z, 2025-08-22T22:00:00.000Z, 2025-08-23T22:00:00.000Z, 2025-08-24T22:00:00.000Z, 2025-08-25T22:00:00.000Z, 2025-08-26T22:00:00.000Z, 2025-08-27T22:00:00.000Z, 2025-08-28T22:00:00.000Z, 2025-08-29T22:00:00.000Z, 2025-08-30T22:00:00.000Z, 2025-08-31T22:00:00.000Z, 2025-09-01T22:00:00.000Z, 2025-09-02T22:00:00.000Z, 2025-09-03T22:00:00.000Z, 2025-09-04T22:00:00.000Z, 2025-09-05T22:00:00.000Z, 2025-09-06T22:00:00.000Z, 2025-09-07T22:00:00.000Z, 2025-09-08T22:00:00.000Z, 2025-09-09T22:00:00.000Z, 2025-09-10T22:00:00.000Z, 2025-09-11T22:00:00.000Z, 2025-09-12T22:00:00.000Z, 2025-09-13T22:00:00.000Z, 2025-09-14T22:00:00.000Z, 2025-09-15T22:00:00.000Z, 2025-09-16T22:00:00.000Z, 2025-09-17T22:00:00.000Z, 2025-09-18T22:00:00.000Z, 2025-09-19T22:00:00.000Z, 2025-09-20T22:00:00.000Z, 2025-09-21T22:00:00.000Z, 2025-09-22T22:00:00.000Z, 2025-09-23T22:00:00.000Z, 2025-09-24T22:00:00.000Z, 2025-09-25T22:00:00.000Z, 2025-09-26T22:00:00.000Z, 2025-09-27T22:00:00.000Z, 2025-09-28T22:00:00.000Z, 2025-09-29T22:00:00.000Z, 2025-09-30T22:00:00.000Z, 2025-10-01T22:00:00.000Z, 2025-10-02T22:00:00.000Z, 2025-10-03T22:00:00.000Z, 2025-10-04T22:00:00.000Z, 2025-10-05T22:00:00.000Z, 2025-10-06T22:00:00.000Z, 2025-10-07T22:00:00.000Z, 2025-10-08T22:00:00.000Z, 2025-10-09T22:00:00.000Z, 2025-10-10T22:00:00.000Z, 2025-10-11T22:00:00.000Z, 2025-10-12T22:00:00.000Z, 2025-10-13T22:00:00.000Z, 2025-10-14T22:00:00.000Z, 2025-10-15T22:00:00.000Z, 2025-10-16T22:00:00.000Z, 2025-10-17T22:00:00.000Z, 2025-10-18T22:00:00.000Z, 2025-10-19T22:00:00.000Z, 2025-10-20T22:00:00.000Z, 2025-10-21T22:00:00.000Z, 2025-10-22T22:00:00.000Z, 2025-10-23T22:00:00.000Z, 2025-10-24T22:00:00.000Z, 2025-10-25T22:00:00.000Z, 2025-10-26T23:00:00.000Z, 2025-10-27T23:00:00.000Z, 2025-10-28T23:00:00.000Z, 2025-10-29T23:00:00.000Z, 2025-10-30T23:00:00.000Z, 2025-10-31T23:00:00.000Z, 2025-11-01T23:00:00.000Z, 2025-11-02T23:00:00.000Z, 2025-11-03T23:00:00.000Z, 2025-11-04T23:00:00.000Z, 2025-11-05T23:00:00.000Z, 2025-11-06T23:00:00.000Z, 2025-11-07T23:00:00.000Z, 2025-11-08T23:00:00.000Z, 2025-11-09T23:00:00.000Z, 2025-11-10T23:00:00.000Z, 2025-11-11T23:00:00.000Z, 2025-11-12T23:00:00.000Z, 2025-11-13T23:00:00.000Z, 2025-11-14T23:00:00.000Z, 2025-11-15T23:00:00.000Z, 2025-11-16T23:00:00.000Z, 2025-11-17T23:00:00.000Z, 2025-11-18T23:00:00.000Z, 2025-11-19T23:00:00.000Z, 2025-11-20T23:00:00.000Z, 2025-11-21T23:00:00.000Z, 2025-11-22T23:00:00.000Z, 2025-11-23T23:00:00.000Z, 2025-11-24T23:00:00.000Z, 2025-11-25T23:00:00.000Z, 2025-11-26T23:00:00.000Z, 2025-11-27T23:00:00.000Z, 2025-11-28T23:00:00.000Z, 2025-11-29T23:00:00.000Z, 2025-11-30T23:00:00.000Z, 2025-12-01T23:00:00.000Z, 2025-12-02T23:00:00.000Z, 2025-12-03T23:00:00.000Z, 2025-12-04T23:00:00.000Z, 2025-12-05T23:00:00.000Z, 2025-12-06T23:00:00.000Z, 2025-12-07T23:00:00.000Z, 2025-12-08T23:00:00.000Z, 2025-12-09T23:00:00.000Z, 2025-12-10T23:00:00.000Z, 2025-12-11T23:00:00.000Z, 2025-12-12T23:00:00.000Z, 2025-12-13T23:00:00.000Z, 2025-12-14T23:00:00.000Z, 2025-12-15T23:00:00.000Z, 2025-12-16T23:00:00.000Z, 2025-12-17T23:00:00.000Z, 2025-12-18T23:00:00.000Z, 2025-12-19T23:00:00.000Z, 2025-12-20T23:00:00.000Z, 2025-12-21T23:00:00.000Z, 2025-12-22T23:00:00.000Z, 2025-12-23T23:00:00.000Z, 2025-12-24T23:00:00.000Z, 2025-12-25T23:00:00.000Z, 2025-12-26T23:00:00.000Z, 2025-12-27T23:00:00.000Z, 2025-12-28T23:00:00.000Z, 2025-12-29T23:00:00.000Z, 2025-12-30T23:00:00.000Z, 2025-12-31T23:00:00.000Z, 2026-01-01T23:00:00.000Z, 2026-01-02T23:00:00.000Z, 2026-01-03T23:00:00.000Z, 2026-01-04T23:00:00.000Z, 2026-01-05T23:00:00.000Z, 2026-01-06T23:00:00.000Z, 2026-01-07T23:00:00.000Z, 2026-01-08T23:00:00.000Z, 2026-01-09T23:00:00.000Z, 2026-01-10T23:00:00.000Z, 2026-01-11T23:00:00.000Z, 2026-01-12T23:00:00.000Z, 2026-01-13T23:00:00.000Z, 2026-01-14T23:00:00.000Z, 2026-01-15T23:00:00.000Z, 2026-01-16T23:00:00.000Z, 2026-01-17T23:00:00.000Z, 2026-01-18T23:00:00.000Z, 2026-01-19T23:00:00.000Z, 2026-01-20T23:00:00.000Z, 2026-01-21T23:00:00.000Z, 2026-01-22T23:00:00.000Z, 2026-01-23T23:00:00.000Z, 2026-01-24T23:00:00.000Z, 2026-01-25T23:00:00.000Z, 2026-01-26T23:00:00.000Z, 2026-01-27T23:00:00.000Z, 2026-01-28T23:00:00.000Z, 2026-01-29T23:00:00.000Z, 2026-01-30T23:00:00.000Z, 2026-01-31T23:00:00.000Z, 2026-02-01T23:00:00.000Z, 2026-02-02T23:00:00.000Z, 2026-02-03T23:00:00.000Z, 2026-02-04T23:00:00.000Z, 2026-02-05T23:00:00.000Z, 2026-02-06T23:00:00.000Z, 2026-02-07T23:00:00.000Z, 2026-02-08T23:00:00.000Z, 2026-02-09T23:00:00.000Z, 2026-02-10T23:00:00.000Z, 2026-02-11T23:00:00.000Z, 2026-02-12T23:00:00.000Z, 2026-02-13T23:00:00.000Z, 2026-02-14T23:00:00.000Z, 2026-02-15T23:00:00.000Z, 2026-02-16T23:00:00.000Z, 2026-02-17T23:00:00.000Z, 2026-02-18T23:00:00.000Z, 2026-02-19T23:00:00.000Z, 2026-02-20T23:00:00.000Z, 2026-02-21T23:00:00.000Z, 2026-02-22T23:00:00.000Z, 2026-02-23T23:00:00.000Z, 2026-02-24T23:00:00.000Z, 2026-02-25T23:00:00.000Z, 2026-02-26T23:00:00.000Z, 2026-02-27T23:00:00.000Z, 2026-02-28T23:00:00.000Z, 2026-03-01T23:00:00.000Z, 2026-03-02T23:00:00.000Z, 2026-03-03T23:00:00.000Z, 2026-03-04T23:00:00.000Z, 2026-03-05T23:00:00.000Z, 2026-03-06T23:00:00.000Z, 2026-03-07T23:00:00.000Z, 2026-03-08T23:00:00.000Z, 2026-03-09T23:00:00.000Z, 2026-03-10T23:00:00.000Z, 2026-03-11T23:00:00.000Z, 2026-03-12T23:00:00.000Z, 2026-03-13T23:00:00.000Z, 2026-03-14T23:00:00.000Z, 2026-03-15T23:00:00.000Z, 2026-03-16T23:00:00.000Z, 2026-03-17T23:00:00.000Z, 2026-03-18T23:00:00.000Z, 2026-03-19T23:00:00.000Z, 2026-03-20T23:00:00.000Z, 2026-03-21T23:00:00.000Z, 2026-03-22T23:00:00.000Z, 2026-03-23T23:00:00.000Z, 2026-03-24T23:00:00.000Z, 2026-03-25T23:00:00.000Z, 2026-03-26T23:00:00.000Z, 2026-03-27T23:00:00.000Z, 2026-03-28T23:00:00.000Z, 2026-03-29T22:00:00.000Z, 2026-03-30T22:00:00.000Z, 2026-03-31T22:00:00.000Z, 2026-04-01T22:00:00.000Z, 2026-04-02T22:00:00.000Z, 2026-04-03T22:00:00.000Z, 2026-04-04T22:00:00.000Z, 2026-04-05T22:00:00.000Z, 2026-04-06T22:00:00.000Z, 2026-04-07T22:00:00.000Z, 2026-04-08T22:00:00.000Z, 2026-04-09T22:00:00.000Z, 2026-04-10T22:00:00.000Z, 2026-04-11T22:00:00.000Z, 2026-04-12T22:00:00.000Z, 2026-04-13T22:00:00.000Z, 2026-04-14T22:00:00.000Z, 2026-04-15T22:00:00.000Z, 2026-04-16T22:00:00.000Z, 2026-04-17T22:00:00.000Z, 2026-04-18T22:00:00.000Z, 2026-04-19T22:00:00.000Z, 2026-04-20T22:00:00.000Z, 2026-04-21T22:00:00.000Z, 2026-04-22T22:00:00.000Z, 2026-04-23T22:00:00.000Z, 2026-04-24T22:00:00.000Z, 2026-04-25T22:00:00.000Z, 2026-04-26T22:00:00.000Z, 2026-04-27T22:00:00.000Z, 2026-04-28T22:00:00.000Z, 2026-04-29T22:00:00.000Z, 2026-04-30T22:00:00.000Z, 2026-05-01T22:00:00.000Z, 2026-05-02T22:00:00.000Z, 2026-05-03T22:00:00.000Z, 2026-05-04T22:00:00.000Z, 2026-05-05T22:00:00.000Z, 2026-05-06T22:00:00.000Z, 2026-05-07T22:00:00.000Z, 2026-05-08T22:00:00.000Z, 2026-05-09T22:00:00.000Z, 2026-05-10T22:00:00.000Z, 2026-05-11T22:00:00.000Z, 2026-05-12T22:00:00.000Z, 2026-05-13T22:00:00.000Z, 2026-05-14T22:00:00.000Z, 2026-05-15T22:00:00.000Z, 2026-05-16T22:00:00.000Z, 2026-05-17T22:00:00.000Z, 2026-05-18T22:00:00.000Z, 2026-05-19T22:00:00.000Z, 2026-05-20T22:00:00.000Z, 2026-05-21T22:00:00.000Z, 2026-05-22T22:00:00.000Z, 2026-05-23T22:00:00.000Z, 2026-05-24T22:00:00.000Z, 2026-05-25T22:00:00.000Z, 2026-05-26T22:00:00.000Z, 2026-05-27T22:00:00.000Z, 2026-05-28T22:00:00.000Z, 2026-05-29T22:00:00.000Z, 2026-05-30T22:00:00.000Z, 2026-05-31T22:00:00.000Z, 2026-06-01T22:00:00.000Z, 2026-06-02T22:00:00.000Z, 2026-06-03T22:00:00.000Z, 2026-06-04T22:00:00.000Z, 2026-06-05T22:00:00.000Z, 2026-06-06T22:00:00.000Z, 2026-06-07T22:00:00.000Z, 2026-06-08T22:00:00.000Z, 2026-06-09T22:00:00.000Z, 2026-06-10T22:00:00.000Z, 2026-06-11T22:00:00.000Z, 2026-06-12T22:00:00.000Z, 2026-06-13T22:00:00.000Z, 2026-06-14T22:00:00.000Z, 2026-06-15T22:00:00.000Z, 2026-06-16T22:00:00.000Z, 2026-06-17T22:00:00.000Z, 2026-06-18T22:00:00.000Z, 2026-06-19T22:00:00.000Z, 2026-06-20T22:00:00.000Z, 2026-06-21T22:00:00.000Z, 2026-06-22T22:00:00.000Z, 2026-06-23T22:00:00.000Z, 2026-06-24T22:00:00.000Z, 2026-06-25T22:00:00.000Z, 2026-06-26T22:00:00.000Z, 2026-06-27T22:00:00.000Z, 2026-06-28T22:00:00.000Z, 2026-06-29T22:00:00.000Z, 2026-06-30T22:00:00.000Z, 2026-07-01T22:00:00.000Z, 2026-07-02T22:00:00.000Z, 2026-07-03T22:00:00.000Z, 2026-07-04T22:00:00.000Z, 2026-07-05T22:00:00.000Z, 2026-07-06T22:00:00.000Z, 2026-07-07T22:00:00.000Z, 2026-07-08T22:00:00.000Z, 2026-07-09T22:00:00.000Z, 2026-07-10T22:00:00.000Z, 2026-07-11T22:00:00.000Z, 2026-07-12T22:00:00.000Z, 2026-07-13T22:00:00.000Z, 2026-07-14T22:00:00.000Z, 2026-07-15T22:00:00.000Z, 2026-07-16T22:00:00.000Z, 2026-07-17T22:00:00.000Z, 2026-07-18T22:00:00.000Z, 2026-07-19T22:00:00.000Z, 2026-07-20T22:00:00.000Z, 2026-07-21T22:00:00.000Z, 2026-07-22T22:00:00.000Z, 2026-07-23T22:00:00.000Z, 2026-07-24T22:00:00.000Z, 2026-07-25T22:00:00.000Z, 2026-07-26T22:00:00.000Z, 2026-07-27T22:00:00.000Z, 2026-07-28T22:00:00.000Z, 2026-07-29T22:00:00.000Z, 2026-07-30T22:00:00.000Z, 2026-07-31T22:00:00.000Z, 2026-08-01T22:00:00.000Z, 2026-08-02T22:00:00.000Z, 2026-08-03T22:00:00.000Z, 2026-08-04T22:00:00.000Z, 2026-08-05T22:00:00.000Z, 2026-08-06T22:00:00.000Z, 2026-08-07T22:00:00.000Z, 2026-08-08T22:00:00.000Z, 2026-08-09T22:00:00.000Z, 2026-08-10T22:00:00.000Z, 2026-08-11T22:00:00.000Z, 2026-08-12T22:00:00.000Z, 2026-08-13T22:00:00.000Z, 2026-08-14T22:00:00.000Z, 2026-08-15T22:00:00.000Z, 2026-08-16T22:00:00.000Z, 2026-08-17T22:00:00.000Z, 2026-08-18T22:00:00.000Z, 2026-08-19T22:00:00.000Z, 2026-08-20T22:00:00.000Z, 2026-08-21T22:00:00.000Z, 2026-08-22T22:00:00.000Z, 2026-08-23T22:00:00.000Z, 2026-08-24T22:00:00.000Z, 2026-08-25T22:00:00.000Z, 2026-08-26T22:00:00.000Z, 2026-08-27T22:00:00.000Z, 2026-08-28T22:00:00.000Z, 2026-08-29T22:00:00.000Z, 2026-08-30T22:00:00.000Z, 2026-08-31T22:00:00.000Z, 2026-09-01T22:00:00.000Z, 2026-09-02T22:00:00.000Z, 2026-09-03T22:00:00.000Z, 2026-09-04T22:00:00.000Z, 2026-09-05T22:00:00.000Z, 2026-09-06T22:00:00.000Z, 2026-09-07T22:00:00.000Z, 2026-09-08T22:00:00.000Z, 2026-09-09T22:00:00.000Z, 2026-09-10T22:00:00.000Z, 2026-09-11T22:00:00.000Z, 2026-09-12T22:00:00.000Z, 2026-09-13T22:00:00.000Z, 2026-09-14T22:00:00.000Z, 2026-09-15T22:00:00.000Z, 2026-09-16T22:00:00.000Z, 2026-09-17T22:00:00.000Z, 2026-09-18T22:00:00.000Z, 2026-09-19T22:00:00.000Z, 2026-09-20T22:00:00.000Z, 2026-09-21T22:00:00.000Z, 2026-09-22T22:00:00.000Z, 2026-09-23T22:00:00.000Z, 2026-09-24T22:00:00.000Z, 2026-09-25T22:00:00.000Z, 2026-09-26T22:00:00.000Z, 2026-09-27T22:00:00.000Z, 2026-09-28T22:00:00.000Z, 2026-09-29T22:00:00.000Z, 2026-09-30T22:00:00.000Z, 2026-10-01T22:00:00.000Z, 2026-10-02T22:00:00.000Z, 2026-10-03T22:00:00.000Z, 2026-10-04T22:00:00.000Z, 2026-10-05T22:00:00.000Z, 2026-10-06T22:00:00.000Z, 2026-10-07T22:00:00.000Z, 2026-10-08T22:00:00.000Z, 2026-10-09T22:00:00.000Z, 2026-10-10T22:00:00.000Z, 2026-10-11T22:00:00.000Z, 2026-10-12T22:00:00.000Z, 2026-10-13T22:00:00.000Z, 2026-10-14T22:00:00.000Z, 2026-10-15T22:00:00.000Z, 2026-10-16T22:00:00.000Z, 2026-10-17T22:00:00.000Z, 2026-10-18T22:00:00.000Z, 2026-10-19T22:00:00.000Z, 2026-10-20T22:00:00.000Z, 2026-10-21T22:00:00.000Z, 2026-10-22T22:00:00.000Z, 2026-10-23T22:00:00.000Z, 2026-10-24T22:00:00.000Z, 2026-10-25T23:00:00.000Z, 2026-10-26T23:00:00.000Z, 2026-10-27T23:00:00.000Z, 2026-10-28T23:00:00.000Z, 2026-10-29T23:00:00.000Z, 2026-10-30T23:00:00.000Z, 2026-10-31T23:00:00.000Z, 2026-11-01T23:00:00.000Z, 2026-11-02T23:00:00.000Z, 2026-11-03T23:00:00.000Z, 2026-11-04T23:00:00.000Z, 2026-11-05T23:00:00.000Z, 2026-11-06T23:00:00.000Z, 2026-11-07T23:00:00.000Z, 2026-11-08T23:00:00.000Z, 2026-11-09T23:00:00.000Z, 2026-11-10T23:00:00.000Z, 2026-11-11T23:00:00.000Z, 2026-11-12T23:00:00.000Z, 2026-11-13T23:00:00.000Z, 2026-11-14T23:00:00.000Z, 2026-11-15T23:00:00.000Z, 2026-11-16T23:00:00.000Z, 2026-11-17T23:00:00.000Z, 2026-11-18T23:00:00.000Z, 2026-11-19T23:00:00.000Z, 2026-11-20T23:00:00.000Z, 2026-11-21T23:00:00.000Z, 2026-11-22T23:00:00.000Z, 2026-11-23T23:00:00.000Z, 2026-11-24T23:00:00.000Z, 2026-11-25T23:00:00.000Z, 2026-11-26T23:00:00.000Z, 2026-11-27T23:00:00.000Z, 2026-11-28T23:00:00.000Z, 2026-11-29T23:00:00.000Z, 2026-11-30T23:00:00.000Z, 2026-12-01T23:00:00.000Z, 2026-12-02T23:00:00.000Z, 2026-12-03T23:00:00.000Z, 2026-12-04T23:00:00.000Z, 2026-12-05T23:00:00.000Z, 2026-12-06T23:00:00.000Z, 2026-12-07T23:00:00.000Z, 2026-12-08T23:00:00.000Z, 2026-12-09T23:00:00.000Z, 2026-12-10T23:00:00.000Z, 2026-12-11T23:00:00.000Z, 2026-12-12T23:00:00.000Z, 2026-12-13T23:00:00.000Z, 2026-12-14T23:00:00.000Z, 2026-12-15T23:00:00.000Z, 2026-12-16T23:00:00.000Z, 2026-12-17T23:00:00.000Z, 2026-12-18T23:00:00.000Z, 2026-12-19T23:00:00.000Z, 2026-12-20T23:00:00.000Z, 2026-12-21T23:00:00.000Z, 2026-12-22T23:00:00.000Z, 2026-12-23T23:00:00.000Z, 2026-12-24T23:00:00.000Z, 2026-12-25T23:00:00.000Z, 2026-12-26T23:00:00.000Z, 2026-12-27T23:00:00.000Z, 2026-12-28T23:00:00.000Z, 2026-12-29T23:00:00.000Z, 2026-12-30T23:00:00.000Z, 2026-12-31T23:00:00.000Z, 2027-01-01T23:00:00.000Z, 2027-01-02T23:00:00.000Z, 2027-01-03T23:00:00.000Z, 2027-01-04T23:00:00.000Z, 2027-01-05T23:00:00.000Z, 2027-01-06T23:00:00.000Z, 2027-01-07T23:00:00.000Z, 2027-01-08T23:00:00.000Z, 2027-01-09T23:00:00.000Z, 2027-01-10T23:00:00.000Z, 2027-01-11T23:00:00.000Z, 2027-01-12T23:00:00.000Z, 2027-01-13T23:00:00.000Z, 2027-01-14T23:00:00.000Z, 2027-01-15T23:00:00.000Z, 2027-01-16T23:00:00.000Z, 2027-01-17T23:00:00.000Z, 2027-01-18T23:00:00.000Z, 2027-01-19T23:00:00.000Z, 2027-01-20T23:00:00.000Z, 2027-01-21T23:00:00.000Z, 2027-01-22T23:00:00.000Z, 2027-01-23T23:00:00.000Z, 2027-01-24T23:00:00.000Z, 2027-01-25T23:00:00.000Z, 2027-01-26T23:00:00.000Z, 2027-01-27T23:00:00.000Z, 2027-01-28T23:00:00.000Z, 2027-01-29T23:00:00.000Z, 2027-01-30T23:00:00.000Z, 2027-01-31T23:00:00.000Z, 2027-02-01T23:00:00.000Z, 2027-02-02T23:00:00.000Z, 2027-02-03T23:00:00.000Z, 2027-02-04T23:00:00.000Z, 2027-02-05T23:00:00.000Z, 2027-02-06T23:00:00.000Z, 2027-02-07T23:00:00.000Z, 2027-02-08T23:00:00.000Z, 2027-02-09T23:00:00.000Z, 2027-02-10T23:00:00.000Z, 9998-12-31T23:00:00.000Z}
-- $6: 2024-05-16T22:00:00.000Z
SELECT s.bucket, s.currency, sum(s.n)::text AS n, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT c.bucket, c.currency, c.n, c.deals, c.price
FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.owner_id = o.id
GROUP BY 1, 2
) c
UNION ALL
SELECT width_bucket(r.expected_close_at, $5::timestamptz[]) AS bucket, r.currency AS currency, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, count(*) AS deals, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS price
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 1, 2
) s
GROUP BY s.bucket, s.currency;
