-- team.deals_won_by_agent, this month by week in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 'won'
SELECT s.bucket, s.currency, s.id::text AS "group", NULL::text AS label,
  sum(s.n)::text AS n, sum(s.d)::text AS d, sum(s.deals)::text AS deals, sum(s.price)::text AS price
FROM (
SELECT 1 AS bucket, NULL::text AS currency, r.owner_id AS id,
  count(*) AS n, 0 AS d, 0 AS deals, 0 AS price
FROM (
SELECT r.closed_at, r.owner_id
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.status = $5::text
) r
GROUP BY 3
UNION ALL
SELECT c.bucket, c.currency, g.id, c.n, c.d,
  CASE WHEN g.place = 1 AND (c.owner = ANY ($2::text[])) IS NOT TRUE THEN c.deals ELSE 0 END AS deals, CASE WHEN g.place = 1 AND (c.owner = ANY ($2::text[])) IS NOT TRUE THEN c.price ELSE 0 END AS price
FROM (
SELECT 1 AS bucket, NULL::text AS currency, r.owner_id AS owner, r.assignee_ids AS list,
  count(*) AS n, 0 AS d, 0 AS deals, 0 AS price
FROM (
SELECT r.closed_at, r.owner_id, r.assignee_ids
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.status = $5::text
) r
GROUP BY 3, 4
) c
CROSS JOIN LATERAL (SELECT id, row_number() OVER (ORDER BY id::text COLLATE "C") AS place FROM (SELECT DISTINCT id FROM unnest(c.list) AS id WHERE id = ANY ($2::text[]) AND id IS DISTINCT FROM c.owner) ids) g
) s
GROUP BY 1, 2, s.id;
