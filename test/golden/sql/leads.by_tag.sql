-- leads.by_tag, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: {'web'}
-- $6: {'client'}
-- $7: {'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'}
SELECT s.bucket, s.currency, s.id::text AS "group", (SELECT t.name FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = s.id) AS label,
  sum(s.n)::text AS n, sum(s.d)::text AS d, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT c.bucket, c.currency, g.id, c.n, c.d,
  CASE WHEN g.place = 1 THEN c.deals ELSE 0 END AS deals, CASE WHEN g.place = 1 THEN c.price ELSE 0 END AS price
FROM (
SELECT 1 AS bucket, NULL::text AS currency, r.tag_ids AS list,
  count(*) AS n, 0 AS d, 0 AS deals, 0 AS price
FROM (
SELECT r.created_at, r.tag_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && $7::uuid[]
UNION ALL
SELECT r.created_at, r.tag_ids FROM crm.leads r WHERE r.organization_id = $1 AND r.lead_id IN (
SELECT r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && $7::uuid[]
OFFSET 0)
) r
GROUP BY 3
) c
CROSS JOIN LATERAL (SELECT id, row_number() OVER (ORDER BY id::text COLLATE "C") AS place FROM (SELECT DISTINCT id FROM unnest(c.list) AS id) ids) g
) s
GROUP BY 1, 2, s.id;
