-- leads.created_over_time, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {'web'}
-- $6: {'client'}
-- $7: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
-- $8: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
SELECT width_bucket(r.created_at, $8::timestamptz[]) AS bucket, NULL::text AS currency, NULL::text AS "group", NULL::text AS label,
  count(*)::text AS n, 0::text AS d, 0::text AS deals, 0::text AS price
FROM (
SELECT r.created_at
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && $7::uuid[]
UNION ALL
SELECT r.created_at
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && $7::uuid[]
) r
GROUP BY 1;

-- leads.created_over_time by status, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {'web'}
-- $6: {'client'}
-- $7: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
-- $8: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
SELECT width_bucket(r.created_at, $8::timestamptz[]) AS bucket, NULL::text AS currency, r.status AS "group", NULL::text AS label,
  count(*)::text AS n, 0::text AS d, 0::text AS deals, 0::text AS price
FROM (
SELECT r.created_at, r.status
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && $7::uuid[]
UNION ALL
SELECT r.created_at, r.status
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && $7::uuid[]
) r
GROUP BY 1, 3;

-- leads.created_over_time by source, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {'web'}
-- $6: {'client'}
-- $7: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
-- $8: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
SELECT width_bucket(r.created_at, $8::timestamptz[]) AS bucket, NULL::text AS currency, r.source AS "group", NULL::text AS label,
  count(*)::text AS n, 0::text AS d, 0::text AS deals, 0::text AS price
FROM (
SELECT r.created_at, r.source
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && $7::uuid[]
UNION ALL
SELECT r.created_at, r.source
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && $7::uuid[]
) r
GROUP BY 1, 3;

-- leads.created_over_time by type, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {'web'}
-- $6: {'client'}
-- $7: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
-- $8: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
SELECT width_bucket(r.created_at, $8::timestamptz[]) AS bucket, NULL::text AS currency, r.lead_type AS "group", NULL::text AS label,
  count(*)::text AS n, 0::text AS d, 0::text AS deals, 0::text AS price
FROM (
SELECT r.created_at, r.lead_type
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && $7::uuid[]
UNION ALL
SELECT r.created_at, r.lead_type
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && $7::uuid[]
) r
GROUP BY 1, 3;

-- leads.created_over_time by assignee, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {'web'}
-- $6: {'client'}
-- $7: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
-- $8: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
-- $9: {2024-04-30T22:00:00.000Z, 2024-05-05T22:00:00.000Z, 2024-05-12T22:00:00.000Z, 2024-05-17T09:30:00.001Z}
SELECT s.bucket, s.currency, s.id::text AS "group", NULL::text AS label,
  sum(s.n)::text AS n, sum(s.d)::text AS d, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT width_bucket(r.created_at, $8::timestamptz[]) AS bucket, NULL::text AS currency, r.owner_id AS id,
  count(*) AS n, 0 AS d, 0 AS deals, 0 AS price
FROM (
SELECT r.created_at, r.owner_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && $7::uuid[]
) r
GROUP BY 1, 3
UNION ALL
SELECT c.bucket, c.currency, g.id, c.n, c.d,
  CASE WHEN g.place = 1 AND (c.owner = ANY ($2::text[])) IS NOT TRUE THEN c.deals ELSE 0 END AS deals, CASE WHEN g.place = 1 AND (c.owner = ANY ($2::text[])) IS NOT TRUE THEN c.price ELSE 0 END AS price
FROM (
SELECT width_bucket(r.created_at, $9::timestamptz[]) AS bucket, NULL::text AS currency, r.owner_id AS owner, r.assignee_ids AS list,
  count(*) AS n, 0 AS d, 0 AS deals, 0 AS price
FROM (
SELECT r.created_at, r.owner_id, r.assignee_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && $7::uuid[]
) r
GROUP BY 1, 3, 4
) c
CROSS JOIN LATERAL (SELECT id, row_number() OVER (ORDER BY id::text COLLATE "C") AS place FROM (SELECT DISTINCT id FROM unnest(c.list) AS id WHERE id = ANY ($2::text[]) AND id IS DISTINCT FROM c.owner) ids) g
) s
GROUP BY 1, 2, s.id;
