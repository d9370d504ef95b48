WITH counted AS (
SELECT s.lead_id, s.status, s.started_at AS counted_at, s.stay AS n, 1 AS d
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = ANY ($2::text[]) UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT s.lead_id, s.status, s.started_at, greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz), greatest(s.started_at, $3::timestamptz)) * 1000)::bigint, 0) AS stay FROM crm.lead_status_spells s
WHERE s.organization_id = $1 AND s.lead_id = r.lead_id AND s.started_at < $5::timestamptz
  AND least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz) > $3::timestamptz
) s
)
SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT count(*)::text AS total, coalesce(sum(c.n), 0)::numeric(38, 0)::text AS n, coalesce(sum(c.d), 0)::text AS d FROM counted c
) t LEFT JOIN (
SELECT c.id, c.lead_id AS subject, (extract(epoch FROM c.counted_at) * 1000)::bigint::text AS at,
  c.n::numeric(38, 0)::text AS n, c.d::text AS d, json_build_array(s.status, (extract(epoch FROM s.started_at) * 1000)::bigint::text, (extract(epoch FROM s.ended_at) * 1000)::bigint::text)::text AS cells, NULL::text AS labels
FROM (SELECT c.*, replace(replace(c.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM c.counted_at) * 1000)::bigint::text || '/' || c.status AS id FROM counted c
WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (SELECT c.counted_at FROM counted c WHERE true
ORDER BY 1 DESC
LIMIT $6::text::bigint) n)
ORDER BY c.counted_at DESC, (replace(replace(c.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM c.counted_at) * 1000)::bigint::text || '/' || c.status) COLLATE "C" DESC
LIMIT $6::text::bigint) c
JOIN crm.lead_status_spells s ON s.organization_id = $1
  AND s.lead_id = c.lead_id AND s.started_at = c.counted_at AND s.status = c.status
) p ON true;

WITH counted AS (
SELECT s.lead_id, s.status, s.started_at AS counted_at, s.stay AS n, 1 AS d
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = ANY ($2::text[]) UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT s.lead_id, s.status, s.started_at, greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz), greatest(s.started_at, $3::timestamptz)) * 1000)::bigint, 0) AS stay FROM crm.lead_status_spells s
WHERE s.organization_id = $1 AND s.lead_id = r.lead_id AND s.started_at < $5::timestamptz
  AND least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz) > $3::timestamptz
) s
)
SELECT c.id, c.lead_id AS subject, (extract(epoch FROM c.counted_at) * 1000)::bigint::text AS at,
  c.n::numeric(38, 0)::text AS n, c.d::text AS d, json_build_array(s.status, (extract(epoch FROM s.started_at) * 1000)::bigint::text, (extract(epoch FROM s.ended_at) * 1000)::bigint::text)::text AS cells, NULL::text AS labels
FROM (SELECT c.*, replace(replace(c.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM c.counted_at) * 1000)::bigint::text || '/' || c.status AS id FROM counted c
WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (SELECT c.counted_at FROM counted c WHERE true
  AND c.counted_at <= $6::timestamptz AND (c.counted_at < $6::timestamptz OR (replace(replace(c.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM c.counted_at) * 1000)::bigint::text || '/' || c.status) COLLATE "C" < $7::text)
ORDER BY 1 DESC
LIMIT $8::text::bigint) n)
  AND c.counted_at <= $6::timestamptz AND (c.counted_at < $6::timestamptz OR (replace(replace(c.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM c.counted_at) * 1000)::bigint::text || '/' || c.status) COLLATE "C" < $7::text)
ORDER BY c.counted_at DESC, (replace(replace(c.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM c.counted_at) * 1000)::bigint::text || '/' || c.status) COLLATE "C" DESC
LIMIT $8::text::bigint) c
JOIN crm.lead_status_spells s ON s.organization_id = $1
  AND s.lead_id = c.lead_id AND s.started_at = c.counted_at AND s.status = c.status;

WITH counted AS (
SELECT s.lead_id, s.status, s.started_at AS counted_at, s.stay AS n, 1 AS d
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = $2::text UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT s.lead_id, s.status, s.started_at, greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz), greatest(s.started_at, $3::timestamptz)) * 1000)::bigint, 0) AS stay FROM crm.lead_status_spells s
WHERE s.organization_id = $1 AND s.lead_id = r.lead_id AND s.started_at < $5::timestamptz
  AND least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz) > $3::timestamptz
OFFSET 0
) s
)
SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT count(*)::text AS total, coalesce(sum(c.n), 0)::numeric(38, 0)::text AS n, coalesce(sum(c.d), 0)::text AS d FROM counted c
) t LEFT JOIN (
SELECT c.id, c.lead_id AS subject, (extract(epoch FROM c.counted_at) * 1000)::bigint::text AS at,
  c.n::numeric(38, 0)::text AS n, c.d::text AS d, json_build_array(s.status, (extract(epoch FROM s.started_at) * 1000)::bigint::text, (extract(epoch FROM s.ended_at) * 1000)::bigint::text)::text AS cells, NULL::text AS labels
FROM (SELECT c.*, replace(replace(c.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM c.counted_at) * 1000)::bigint::text || '/' || c.status AS id FROM counted c
WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (SELECT c.counted_at FROM counted c WHERE true
ORDER BY 1 DESC
LIMIT $6::text::bigint) n)
ORDER BY c.counted_at DESC, (replace(replace(c.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM c.counted_at) * 1000)::bigint::text || '/' || c.status) COLLATE "C" DESC
LIMIT $6::text::bigint) c
JOIN crm.lead_status_spells s ON s.organization_id = $1
  AND s.lead_id = c.lead_id AND s.started_at = c.counted_at AND s.status = c.status
) p ON true;

WITH counted AS (
SELECT s.lead_id, s.status, s.started_at AS counted_at, s.stay AS n, 1 AS d
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = $2::text UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT s.lead_id, s.status, s.started_at, greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz), greatest(s.started_at, $3::timestamptz)) * 1000)::bigint, 0) AS stay FROM crm.lead_status_spells s
WHERE s.organization_id = $1 AND s.lead_id = r.lead_id AND s.started_at < $5::timestamptz
  AND least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz) > $3::timestamptz
OFFSET 0
) s
)
SELECT c.id, c.lead_id AS subject, (extract(epoch FROM c.counted_at) * 1000)::bigint::text AS at,
  c.n::numeric(38, 0)::text AS n, c.d::text AS d, json_build_array(s.status, (extract(epoch FROM s.started_at) * 1000)::bigint::text, (extract(epoch FROM s.ended_at) * 1000)::bigint::text)::text AS cells, NULL::text AS labels
FROM (SELECT c.*, replace(replace(c.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM c.counted_at) * 1000)::bigint::text || '/' || c.status AS id FROM counted c
WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (SELECT c.counted_at FROM counted c WHERE true
  AND c.counted_at <= $6::timestamptz AND (c.counted_at < $6::timestamptz OR (replace(replace(c.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM c.counted_at) * 1000)::bigint::text || '/' || c.status) COLLATE "C" < $7::text)
ORDER BY 1 DESC
LIMIT $8::text::bigint) n)
  AND c.counted_at <= $6::timestamptz AND (c.counted_at < $6::timestamptz OR (replace(replace(c.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM c.counted_at) * 1000)::bigint::text || '/' || c.status) COLLATE "C" < $7::text)
ORDER BY c.counted_at DESC, (replace(replace(c.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM c.counted_at) * 1000)::bigint::text || '/' || c.status) COLLATE "C" DESC
LIMIT $8::text::bigint) c
JOIN crm.lead_status_spells s ON s.organization_id = $1
  AND s.lead_id = c.lead_id AND s.started_at = c.counted_at AND s.status = c.status;
