SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT coalesce(sum(r.total), 0)::text AS total, coalesce(sum(r.n), 0)::text AS n,
  coalesce(sum(r.d), 0)::text AS d
FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT count(*) AS total, coalesce(sum(r.duration_seconds), 0)::numeric(38, 0) AS n, count(r.duration_seconds) AS d
FROM crm.calls r
WHERE r.organization_id = $1
  AND r.started_at >= $3::timestamptz
  AND r.started_at < $4::timestamptz
  AND r.outcome = 'success'
  AND r.owner_id = o.id
) c
) r
) t LEFT JOIN (
SELECT r.call_id AS id, r.call_id AS subject, (extract(epoch FROM r.started_at) * 1000)::bigint::text AS at,
  (w.n * (1))::text AS n, (w.d * (1))::text AS d, json_build_array(r.direction, r.outcome, r.duration_seconds::text, (extract(epoch FROM r.started_at) * 1000)::bigint::text, r.owner_id)::text AS cells, NULL::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.started_at, r.call_id
FROM crm.calls r
WHERE r.organization_id = $1
  AND r.started_at >= $3::timestamptz
  AND r.started_at < $4::timestamptz
  AND r.outcome = 'success'
  AND r.owner_id = o.id
ORDER BY r.started_at DESC FETCH FIRST ($5::text::bigint) ROWS WITH TIES
) c
) r ORDER BY r.started_at DESC FETCH FIRST ($5::text::bigint) ROWS WITH TIES) r
ORDER BY r.started_at DESC, r.call_id COLLATE "C" DESC
LIMIT $5::text::bigint) k
JOIN crm.calls r ON r.organization_id = $1 AND r.call_id = k.call_id
CROSS JOIN LATERAL (SELECT coalesce(sum(r.duration_seconds), 0)::numeric(38, 0) AS n, count(r.duration_seconds) AS d FROM (SELECT r.*) r) w
) p ON true;
