SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT count(*)::text AS total, coalesce(sum(s.stay), 0)::text AS n, count(*)::text AS d
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = ANY ($2::text[]) UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz), greatest(s.started_at, $3::timestamptz)) * 1000)::bigint, 0) AS stay FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $5::timestamptz
  AND least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz) > $3::timestamptz
  AND s.lead_id = r.lead_id
) s
) t LEFT JOIN (
WITH near AS (SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM (
SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $8::timestamptz
  AND least(coalesce(s.ended_at, $7::timestamptz), $7::timestamptz) > $6::timestamptz
ORDER BY s.started_at DESC FETCH FIRST ($9::text::bigint * 100) ROWS WITH TIES
) s CROSS JOIN LATERAL (SELECT FROM crm.leads r
WHERE r.organization_id = $1
  AND r.lead_id = s.lead_id
  AND (r.owner_id = ANY ($2::text[]) OR r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[])
OFFSET 0) l
ORDER BY s.started_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES
), page AS (
SELECT s.* FROM near s WHERE (SELECT count(*) FROM near) >= $9::text::bigint
UNION ALL
(SELECT s.lead_id, s.status, s.started_at, s.ended_at
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = ANY ($2::text[]) UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $8::timestamptz
  AND least(coalesce(s.ended_at, $7::timestamptz), $7::timestamptz) > $6::timestamptz
  AND s.lead_id = r.lead_id
) s
WHERE (SELECT count(*) FROM near) < $9::text::bigint
ORDER BY s.started_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES)
)
SELECT (replace(replace(s.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM s.started_at) * 1000)::bigint::text || '/' || s.status) AS id, s.lead_id AS subject, (extract(epoch FROM s.started_at) * 1000)::bigint::text AS at,
  greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $7::timestamptz), $7::timestamptz), greatest(s.started_at, $6::timestamptz)) * 1000)::bigint, 0)::text AS n, '1' AS d, json_build_array(s.status, (extract(epoch FROM s.started_at) * 1000)::bigint::text, (extract(epoch FROM s.ended_at) * 1000)::bigint::text)::text AS cells, NULL::text AS labels
FROM (SELECT s.* FROM page s ORDER BY s.started_at DESC, (replace(replace(s.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM s.started_at) * 1000)::bigint::text || '/' || s.status) COLLATE "C" DESC
LIMIT $9::text::bigint) s
) p ON true;

WITH near AS (SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM (
SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $5::timestamptz
  AND least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz) > $3::timestamptz
  AND s.started_at <= $7::timestamptz AND (s.started_at < $7::timestamptz OR (replace(replace(s.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM s.started_at) * 1000)::bigint::text || '/' || s.status) COLLATE "C" < $8::text)
ORDER BY s.started_at DESC FETCH FIRST ($6::text::bigint * 100) ROWS WITH TIES
) s CROSS JOIN LATERAL (SELECT FROM crm.leads r
WHERE r.organization_id = $1
  AND r.lead_id = s.lead_id
  AND (r.owner_id = ANY ($2::text[]) OR r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[])
OFFSET 0) l
ORDER BY s.started_at DESC FETCH FIRST ($6::text::bigint) ROWS WITH TIES
), page AS (
SELECT s.* FROM near s WHERE (SELECT count(*) FROM near) >= $6::text::bigint
UNION ALL
(SELECT s.lead_id, s.status, s.started_at, s.ended_at
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = ANY ($2::text[]) UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $5::timestamptz
  AND least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz) > $3::timestamptz
  AND s.lead_id = r.lead_id
) s
WHERE (SELECT count(*) FROM near) < $6::text::bigint
  AND s.started_at <= $7::timestamptz AND (s.started_at < $7::timestamptz OR (replace(replace(s.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM s.started_at) * 1000)::bigint::text || '/' || s.status) COLLATE "C" < $8::text)
ORDER BY s.started_at DESC FETCH FIRST ($6::text::bigint) ROWS WITH TIES)
)
SELECT (replace(replace(s.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM s.started_at) * 1000)::bigint::text || '/' || s.status) AS id, s.lead_id AS subject, (extract(epoch FROM s.started_at) * 1000)::bigint::text AS at,
  greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz), greatest(s.started_at, $3::timestamptz)) * 1000)::bigint, 0)::text AS n, '1' AS d, json_build_array(s.status, (extract(epoch FROM s.started_at) * 1000)::bigint::text, (extract(epoch FROM s.ended_at) * 1000)::bigint::text)::text AS cells, NULL::text AS labels
FROM (SELECT s.* FROM page s ORDER BY s.started_at DESC, (replace(replace(s.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM s.started_at) * 1000)::bigint::text || '/' || s.status) COLLATE "C" DESC
LIMIT $6::text::bigint) s;

SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT count(*)::text AS total, coalesce(sum(s.stay), 0)::text AS n, count(*)::text AS d
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = ANY ($2::text[]) UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz), greatest(s.started_at, $3::timestamptz)) * 1000)::bigint, 0) AS stay FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $5::timestamptz
  AND least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz) > $3::timestamptz
  AND s.status = ANY ($6::text[])
  AND s.lead_id = r.lead_id
) s
) t LEFT JOIN (
WITH near AS (SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM (
SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $9::timestamptz
  AND least(coalesce(s.ended_at, $8::timestamptz), $8::timestamptz) > $7::timestamptz
  AND s.status = ANY ($10::text[])
ORDER BY s.started_at DESC FETCH FIRST ($11::text::bigint * 100) ROWS WITH TIES
) s CROSS JOIN LATERAL (SELECT FROM crm.leads r
WHERE r.organization_id = $1
  AND r.lead_id = s.lead_id
  AND (r.owner_id = ANY ($2::text[]) OR r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[])
OFFSET 0) l
ORDER BY s.started_at DESC FETCH FIRST ($11::text::bigint) ROWS WITH TIES
), page AS (
SELECT s.* FROM near s WHERE (SELECT count(*) FROM near) >= $11::text::bigint
UNION ALL
(SELECT s.lead_id, s.status, s.started_at, s.ended_at
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = ANY ($2::text[]) UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $9::timestamptz
  AND least(coalesce(s.ended_at, $8::timestamptz), $8::timestamptz) > $7::timestamptz
  AND s.status = ANY ($10::text[])
  AND s.lead_id = r.lead_id
) s
WHERE (SELECT count(*) FROM near) < $11::text::bigint
ORDER BY s.started_at DESC FETCH FIRST ($11::text::bigint) ROWS WITH TIES)
)
SELECT (replace(replace(s.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM s.started_at) * 1000)::bigint::text || '/' || s.status) AS id, s.lead_id AS subject, (extract(epoch FROM s.started_at) * 1000)::bigint::text AS at,
  greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $8::timestamptz), $8::timestamptz), greatest(s.started_at, $7::timestamptz)) * 1000)::bigint, 0)::text AS n, '1' AS d, json_build_array(s.status, (extract(epoch FROM s.started_at) * 1000)::bigint::text, (extract(epoch FROM s.ended_at) * 1000)::bigint::text)::text AS cells, NULL::text AS labels
FROM (SELECT s.* FROM page s ORDER BY s.started_at DESC, (replace(replace(s.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM s.started_at) * 1000)::bigint::text || '/' || s.status) COLLATE "C" DESC
LIMIT $11::text::bigint) s
) p ON true;

SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT count(*)::text AS total, coalesce(sum(s.stay), 0)::text AS n, count(*)::text AS d
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = $2::text UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz), greatest(s.started_at, $3::timestamptz)) * 1000)::bigint, 0) AS stay FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $5::timestamptz
  AND least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz) > $3::timestamptz
  AND s.lead_id = r.lead_id
OFFSET 0
) s
) t LEFT JOIN (
WITH near AS (SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM (
SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $8::timestamptz
  AND least(coalesce(s.ended_at, $7::timestamptz), $7::timestamptz) > $6::timestamptz
ORDER BY s.started_at DESC FETCH FIRST ($9::text::bigint * 100) ROWS WITH TIES
) s CROSS JOIN LATERAL (SELECT FROM crm.leads r
WHERE r.organization_id = $1
  AND r.lead_id = s.lead_id
  AND (r.owner_id = $2::text OR r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids))
OFFSET 0) l
ORDER BY s.started_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES
), page AS (
SELECT s.* FROM near s WHERE (SELECT count(*) FROM near) >= $9::text::bigint
UNION ALL
(SELECT s.lead_id, s.status, s.started_at, s.ended_at
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = $2::text UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $8::timestamptz
  AND least(coalesce(s.ended_at, $7::timestamptz), $7::timestamptz) > $6::timestamptz
  AND s.lead_id = r.lead_id
OFFSET 0
) s
WHERE (SELECT count(*) FROM near) < $9::text::bigint
ORDER BY s.started_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES)
)
SELECT (replace(replace(s.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM s.started_at) * 1000)::bigint::text || '/' || s.status) AS id, s.lead_id AS subject, (extract(epoch FROM s.started_at) * 1000)::bigint::text AS at,
  greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $7::timestamptz), $7::timestamptz), greatest(s.started_at, $6::timestamptz)) * 1000)::bigint, 0)::text AS n, '1' AS d, json_build_array(s.status, (extract(epoch FROM s.started_at) * 1000)::bigint::text, (extract(epoch FROM s.ended_at) * 1000)::bigint::text)::text AS cells, NULL::text AS labels
FROM (SELECT s.* FROM page s ORDER BY s.started_at DESC, (replace(replace(s.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM s.started_at) * 1000)::bigint::text || '/' || s.status) COLLATE "C" DESC
LIMIT $9::text::bigint) s
) p ON true;

SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT count(*)::text AS total, coalesce(sum(s.stay), 0)::text AS n, count(*)::text AS d
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = ANY ($2::text[]) UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id IN (SELECT unnest($2::text[]))) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz), greatest(s.started_at, $3::timestamptz)) * 1000)::bigint, 0) AS stay FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $5::timestamptz
  AND least(coalesce(s.ended_at, $4::timestamptz), $4::timestamptz) > $3::timestamptz
  AND s.lead_id = r.lead_id
) s
) t LEFT JOIN (
WITH near AS (SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM (
SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $8::timestamptz
  AND least(coalesce(s.ended_at, $7::timestamptz), $7::timestamptz) > $6::timestamptz
ORDER BY s.started_at DESC FETCH FIRST ($9::text::bigint * 100) ROWS WITH TIES
) s CROSS JOIN LATERAL (SELECT FROM crm.leads r
WHERE r.organization_id = $1
  AND r.lead_id = s.lead_id
  AND (r.owner_id = ANY ($2::text[]) OR r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[])
OFFSET 0) l
ORDER BY s.started_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES
), page AS (
SELECT s.* FROM near s WHERE (SELECT count(*) FROM near) >= $9::text::bigint
UNION ALL
(SELECT s.lead_id, s.status, s.started_at, s.ended_at
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = ANY ($2::text[]) UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id IN (SELECT unnest($2::text[]))) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $8::timestamptz
  AND least(coalesce(s.ended_at, $7::timestamptz), $7::timestamptz) > $6::timestamptz
  AND s.lead_id = r.lead_id
) s
WHERE (SELECT count(*) FROM near) < $9::text::bigint
ORDER BY s.started_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES)
)
SELECT (replace(replace(s.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM s.started_at) * 1000)::bigint::text || '/' || s.status) AS id, s.lead_id AS subject, (extract(epoch FROM s.started_at) * 1000)::bigint::text AS at,
  greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $7::timestamptz), $7::timestamptz), greatest(s.started_at, $6::timestamptz)) * 1000)::bigint, 0)::text AS n, '1' AS d, json_build_array(s.status, (extract(epoch FROM s.started_at) * 1000)::bigint::text, (extract(epoch FROM s.ended_at) * 1000)::bigint::text)::text AS cells, NULL::text AS labels
FROM (SELECT s.* FROM page s ORDER BY s.started_at DESC, (replace(replace(s.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM s.started_at) * 1000)::bigint::text || '/' || s.status) COLLATE "C" DESC
LIMIT $9::text::bigint) s
) p ON true;

SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT count(*)::text AS total, coalesce(sum(s.stay), 0)::text AS n, count(*)::text AS d
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = ANY ($2::text[]) UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $3::timestamptz), $3::timestamptz), s.started_at) * 1000)::bigint, 0) AS stay FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $4::timestamptz
  AND s.lead_id = r.lead_id
) s
) t LEFT JOIN (
WITH near AS (SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM (
SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $6::timestamptz
ORDER BY s.started_at DESC FETCH FIRST ($7::text::bigint * 100) ROWS WITH TIES
) s CROSS JOIN LATERAL (SELECT FROM crm.leads r
WHERE r.organization_id = $1
  AND r.lead_id = s.lead_id
  AND (r.owner_id = ANY ($2::text[]) OR r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[])
OFFSET 0) l
ORDER BY s.started_at DESC FETCH FIRST ($7::text::bigint) ROWS WITH TIES
), page AS (
SELECT s.* FROM near s WHERE (SELECT count(*) FROM near) >= $7::text::bigint
UNION ALL
(SELECT s.lead_id, s.status, s.started_at, s.ended_at
FROM (SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.owner_id = ANY ($2::text[]) UNION ALL SELECT r.lead_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE) r
CROSS JOIN LATERAL (
SELECT s.lead_id, s.status, s.started_at, s.ended_at FROM crm.lead_status_spells s
WHERE s.organization_id = $1
  AND s.started_at < $6::timestamptz
  AND s.lead_id = r.lead_id
) s
WHERE (SELECT count(*) FROM near) < $7::text::bigint
ORDER BY s.started_at DESC FETCH FIRST ($7::text::bigint) ROWS WITH TIES)
)
SELECT (replace(replace(s.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM s.started_at) * 1000)::bigint::text || '/' || s.status) AS id, s.lead_id AS subject, (extract(epoch FROM s.started_at) * 1000)::bigint::text AS at,
  greatest((tstzrange_subdiff(least(coalesce(s.ended_at, $5::timestamptz), $5::timestamptz), s.started_at) * 1000)::bigint, 0)::text AS n, '1' AS d, json_build_array(s.status, (extract(epoch FROM s.started_at) * 1000)::bigint::text, (extract(epoch FROM s.ended_at) * 1000)::bigint::text)::text AS cells, NULL::text AS labels
FROM (SELECT s.* FROM page s ORDER BY s.started_at DESC, (replace(replace(s.lead_id, '~', '~0'), '/', '~1') || '/' || (extract(epoch FROM s.started_at) * 1000)::bigint::text || '/' || s.status) COLLATE "C" DESC
LIMIT $7::text::bigint) s
) p ON true;
