SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT coalesce(sum(r.total), 0)::text AS total, coalesce(sum(r.n), 0)::text AS n,
  coalesce(sum(r.d), 0)::text AS d
FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT count(*) AS total, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, 0 AS d
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.currency = $5::text
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.owner_id = o.id
) c
UNION ALL
(SELECT count(*) AS total, coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, 0 AS d
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.currency = $5::text
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE)
) r
) t LEFT JOIN (
SELECT r.deal_id AS id, r.deal_id AS subject, (extract(epoch FROM r.expected_close_at) * 1000)::bigint::text AS at,
  (w.n * (1))::text AS n, (w.d * (1))::text AS d, json_build_array(r.stage, r.status, (r.price * 100)::numeric(38, 0)::text, r.currency, r.lost_reason, (extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.closed_at) * 1000)::bigint::text, (extract(epoch FROM r.expected_close_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, NULL::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.expected_close_at, r.deal_id
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.currency = $5::text
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.owner_id = o.id
ORDER BY r.expected_close_at DESC FETCH FIRST ($7::text::bigint) ROWS WITH TIES
) c
UNION ALL
(SELECT r.expected_close_at, r.deal_id
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.expected_close_at >= $3::timestamptz
  AND r.expected_close_at < $4::timestamptz
  AND r.currency = $5::text
  AND r.status = 'open' AND (r.expected_close_at < $6::timestamptz) IS NOT TRUE
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
ORDER BY r.expected_close_at DESC FETCH FIRST ($7::text::bigint) ROWS WITH TIES)
) r ORDER BY r.expected_close_at DESC FETCH FIRST ($7::text::bigint) ROWS WITH TIES) r
ORDER BY r.expected_close_at DESC, r.deal_id COLLATE "C" DESC
LIMIT $7::text::bigint) k
JOIN crm.deals r ON r.organization_id = $1 AND r.deal_id = k.deal_id
CROSS JOIN LATERAL (SELECT coalesce(sum(r.price) * 100, 0)::numeric(38, 0) AS n, 0 AS d FROM (SELECT r.*) r) w
) p ON true;
