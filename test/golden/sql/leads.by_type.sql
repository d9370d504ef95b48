-- leads.by_type, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {'web'}
-- $6: {'client'}
-- $7: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT 1 AS bucket, NULL::text AS currency, r.lead_type AS "group", NULL::text AS label,
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
GROUP BY 3;
