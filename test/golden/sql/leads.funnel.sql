-- leads.funnel, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 'web'
-- $6: 'asked for'
-- $7: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
-- $8: 2024-05-17T09:30:00.000Z
SELECT 1 AS bucket, g."group", sum(r.leads)::text AS n, sum(r.spelled)::text AS d
FROM (
SELECT r.status, f.potential, f.client, count(*) AS leads,
  count(*) FILTER (WHERE f.has_spells) AS spelled
FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.lead_id, r.status
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id
) c
UNION ALL
(SELECT r.lead_id, r.status
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE)
) r
CROSS JOIN LATERAL (
SELECT r.status IN ('potential', 'client') OR coalesce(bool_or(s.status IN ('potential', 'client')), false) AS potential, r.status IN ('client') OR coalesce(bool_or(s.status IN ('client')), false) AS client, count(*) > 0 AS has_spells
FROM crm.lead_status_spells s
WHERE s.organization_id = $1 AND s.lead_id = r.lead_id
  AND s.started_at <= $8::timestamptz
) f
GROUP BY 1, 2, 3
) r CROSS JOIN LATERAL (VALUES
  ('lead', true), ('potential', r.potential), ('client', r.client), (r.status, r.status NOT IN ('lead', 'potential', 'client'))
) AS g("group", is_in)
WHERE g.is_in
GROUP BY 2;

-- leads.funnel, 1 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 'web'
-- $6: 'asked for'
-- $7: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
-- $8: 2024-05-17T09:30:00.000Z
SELECT 1 AS bucket, g."group", sum(r.leads)::text AS n, sum(r.spelled)::text AS d
FROM (
SELECT r.status, f.potential, f.client, count(*) AS leads,
  count(*) FILTER (WHERE f.has_spells) AS spelled
FROM (
(SELECT r.lead_id, r.status
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = $2::text)
UNION ALL
(SELECT r.lead_id, r.status
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE)
) r
CROSS JOIN LATERAL (
SELECT r.status IN ('potential', 'client') OR coalesce(bool_or(s.status IN ('potential', 'client')), false) AS potential, r.status IN ('client') OR coalesce(bool_or(s.status IN ('client')), false) AS client, count(*) > 0 AS has_spells
FROM crm.lead_status_spells s
WHERE s.organization_id = $1 AND s.lead_id = r.lead_id
  AND s.started_at <= $8::timestamptz
) f
GROUP BY 1, 2, 3
) r CROSS JOIN LATERAL (VALUES
  ('lead', true), ('potential', r.potential), ('client', r.client), (r.status, r.status NOT IN ('lead', 'potential', 'client'))
) AS g("group", is_in)
WHERE g.is_in
GROUP BY 2;

-- leads.funnel, 12 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2', 'user_3', 'user_4', 'user_5', 'user_6', 'user_7', 'user_8', 'user_9', 'user_10', 'user_11', 'user_12'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 'web'
-- $6: 'asked for'
-- $7: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
-- $8: 2024-05-17T09:30:00.000Z
WITH RECURSIVE owners(id) AS (
(SELECT r.owner_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' ORDER BY 1 LIMIT 1)
UNION ALL
SELECT (SELECT r.owner_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.owner_id > o.id ORDER BY 1 LIMIT 1) FROM owners o WHERE o.id IS NOT NULL
)
SELECT 1 AS bucket, g."group", sum(r.leads)::text AS n, sum(r.spelled)::text AS d
FROM (
SELECT r.status, f.potential, f.client, count(*) AS leads,
  count(*) FILTER (WHERE f.has_spells) AS spelled
FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.lead_id, r.status
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id
) c
UNION ALL
SELECT c.* FROM (SELECT id FROM owners WHERE (id = ANY ($2::text[])) IS NOT TRUE) AS o CROSS JOIN LATERAL (
SELECT r.lead_id, r.status
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
) c
UNION ALL
(SELECT r.lead_id, r.status
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id IS NULL AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[])
) r
CROSS JOIN LATERAL (
SELECT r.status IN ('potential', 'client') OR coalesce(bool_or(s.status IN ('potential', 'client')), false) AS potential, r.status IN ('client') OR coalesce(bool_or(s.status IN ('client')), false) AS client, count(*) > 0 AS has_spells
FROM crm.lead_status_spells s
WHERE s.organization_id = $1 AND s.lead_id = r.lead_id
  AND s.started_at <= $8::timestamptz
) f
GROUP BY 1, 2, 3
) r CROSS JOIN LATERAL (VALUES
  ('lead', true), ('potential', r.potential), ('client', r.client), (r.status, r.status NOT IN ('lead', 'potential', 'client'))
) AS g("group", is_in)
WHERE g.is_in
GROUP BY 2;

-- leads.funnel, 2 in scope, all_time in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-05-17T09:30:00.001Z
-- $4: 'web'
-- $5: 'asked for'
-- $6: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
-- $7: 2024-05-17T09:30:00.000Z
SELECT 0 AS bucket, g."group", sum(r.leads)::text AS n, sum(r.spelled)::text AS d
FROM (
SELECT r.status, f.potential, f.client, count(*) AS leads,
  count(*) FILTER (WHERE f.has_spells) AS spelled
FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.lead_id, r.status
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at < $3::timestamptz
  AND (r.source = $4::text OR r.source IS NULL)
  AND r.status = $5::text
  AND r.tag_ids && (SELECT $6::uuid[])
  AND r.owner_id = o.id
) c
UNION ALL
(SELECT r.lead_id, r.status
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at < $3::timestamptz
  AND (r.source = $4::text OR r.source IS NULL)
  AND r.status = $5::text
  AND r.tag_ids && (SELECT $6::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE)
) r
CROSS JOIN LATERAL (
SELECT r.status IN ('potential', 'client') OR coalesce(bool_or(s.status IN ('potential', 'client')), false) AS potential, r.status IN ('client') OR coalesce(bool_or(s.status IN ('client')), false) AS client, count(*) > 0 AS has_spells
FROM crm.lead_status_spells s
WHERE s.organization_id = $1 AND s.lead_id = r.lead_id
  AND s.started_at <= $7::timestamptz
) f
GROUP BY 1, 2, 3
) r CROSS JOIN LATERAL (VALUES
  ('lead', true), ('potential', r.potential), ('client', r.client), (r.status, r.status NOT IN ('lead', 'potential', 'client'))
) AS g("group", is_in)
WHERE g.is_in
GROUP BY 2;
