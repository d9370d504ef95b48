-- leads.avg_time_in_status, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.000Z
-- $5: 2024-05-17T09:30:00.001Z
SELECT 1 AS bucket, s.status AS "group",
  sum(s.stay)::text AS n, count(*)::text AS d
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = ANY ($2::text[]) UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT s.status, greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz), greatest(s.started_at, $3::timestamptz)) * 1000)::bigint, 0) AS stay FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $5::timestamptz
  AND least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz) > $3::timestamptz
  AND s.lead_id = r.lead_id
) s
GROUP BY s.status;

-- leads.avg_time_in_status, 1 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.000Z
-- $5: 2024-05-17T09:30:00.001Z
SELECT 1 AS bucket, s.status AS "group",
  sum(s.stay)::text AS n, count(*)::text AS d
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = $2::text UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT s.status, greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz), greatest(s.started_at, $3::timestamptz)) * 1000)::bigint, 0) AS stay FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $5::timestamptz
  AND least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz) > $3::timestamptz
  AND s.lead_id = r.lead_id
OFFSET 0
) s
GROUP BY s.status;

-- leads.avg_time_in_status, 12 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2', 'user_3', 'user_4', 'user_5', 'user_6', 'user_7', 'user_8', 'user_9', 'user_10', 'user_11', 'user_12'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.000Z
-- $5: 2024-05-17T09:30:00.001Z
SELECT 1 AS bucket, s.status AS "group",
  sum(s.stay)::text AS n, count(*)::text AS d
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = ANY ($2::text[]) UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id IN (SELECT unnest($2::text[]))) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT s.status, greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz), greatest(s.started_at, $3::timestamptz)) * 1000)::bigint, 0) AS stay FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $5::timestamptz
  AND least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz) > $3::timestamptz
  AND s.lead_id = r.lead_id
) s
GROUP BY s.status;

-- leads.avg_time_in_status, 2 in scope, all_time in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-05-17T09:30:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
SELECT 0 AS bucket, s.status AS "group",
  sum(s.stay)::text AS n, count(*)::text AS d
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = ANY ($2::text[]) UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT s.status, greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $3::timestamptz), $3::timestamptz), s.started_at) * 1000)::bigint, 0) AS stay FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $4::timestamptz
  AND s.lead_id = r.lead_id
) s
GROUP BY s.status;
