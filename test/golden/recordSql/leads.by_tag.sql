SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT coalesce(sum(r.total), 0)::text AS total, coalesce(sum(r.n * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true))), 0)::text AS n,
  coalesce(sum(r.d * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true))), 0)::text AS d
FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT count(*) AS total, count(*) AS n, 0 AS d, r.tag_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id
GROUP BY 4
) c
UNION ALL
(SELECT count(*) AS total, count(*) AS n, 0 AS d, r.tag_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 4)
) r
) t LEFT JOIN (
SELECT r.lead_id AS id, r.lead_id AS subject, (extract(epoch FROM r.created_at) * 1000)::bigint::text AS at,
  (w.n * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true)))::text AS n, (w.d * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true)))::text AS d, json_build_array(r.status, r.source, r.lead_type, r.tag_ids, (extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.first_call_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, (SELECT json_object_agg(t.tag_id, t.name) FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = ANY (r.tag_ids))::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.created_at, r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id
ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES
) c
UNION ALL
(SELECT r.created_at, r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES)
) r ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES) r
ORDER BY r.created_at DESC, r.lead_id COLLATE "C" DESC
LIMIT $8::text::bigint) k
JOIN crm.leads r ON r.organization_id = $1 AND r.lead_id = k.lead_id
CROSS JOIN LATERAL (SELECT count(*) AS n, 0 AS d FROM (SELECT r.*) r) w
) p ON true;

SELECT r.lead_id AS id, r.lead_id AS subject, (extract(epoch FROM r.created_at) * 1000)::bigint::text AS at,
  (w.n * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true)))::text AS n, (w.d * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true)))::text AS d, json_build_array(r.status, r.source, r.lead_type, r.tag_ids, (extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.first_call_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, (SELECT json_object_agg(t.tag_id, t.name) FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = ANY (r.tag_ids))::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.created_at, r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id
  AND r.created_at <= $9::timestamptz AND (r.created_at < $9::timestamptz OR r.lead_id COLLATE "C" < $10::text)
ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES
) c
UNION ALL
(SELECT r.created_at, r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
  AND r.created_at <= $9::timestamptz AND (r.created_at < $9::timestamptz OR r.lead_id COLLATE "C" < $10::text)
ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES)
) r ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES) r
ORDER BY r.created_at DESC, r.lead_id COLLATE "C" DESC
LIMIT $8::text::bigint) k
JOIN crm.leads r ON r.organization_id = $1 AND r.lead_id = k.lead_id
CROSS JOIN LATERAL (SELECT count(*) AS n, 0 AS d FROM (SELECT r.*) r) w;

SELECT t.total, t.n AS total_n, t.d AS total_d FROM (
SELECT coalesce(sum(r.total), 0)::text AS total, coalesce(sum(r.n * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true))), 0)::text AS n,
  coalesce(sum(r.d * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true))), 0)::text AS d
FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT count(*) AS total, count(*) AS n, 0 AS d, r.tag_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id
GROUP BY 4
) c
UNION ALL
(SELECT count(*) AS total, count(*) AS n, 0 AS d, r.tag_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 4)
) r
) t;

SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT coalesce(sum(r.total), 0)::text AS total, coalesce(sum(r.n * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE ARRAY[a.id] && (SELECT $3::uuid[])))), 0)::text AS n,
  coalesce(sum(r.d * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE ARRAY[a.id] && (SELECT $3::uuid[])))), 0)::text AS d
FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT count(*) AS total, count(*) AS n, 0 AS d, r.tag_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $4::timestamptz
  AND r.created_at < $5::timestamptz
  AND r.tag_ids && (SELECT $3::uuid[])
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.owner_id = o.id
GROUP BY 4
) c
UNION ALL
(SELECT count(*) AS total, count(*) AS n, 0 AS d, r.tag_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $4::timestamptz
  AND r.created_at < $5::timestamptz
  AND r.tag_ids && (SELECT $3::uuid[])
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 4)
) r
) t LEFT JOIN (
SELECT r.lead_id AS id, r.lead_id AS subject, (extract(epoch FROM r.created_at) * 1000)::bigint::text AS at,
  (w.n * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE ARRAY[a.id] && (SELECT $3::uuid[]))))::text AS n, (w.d * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE ARRAY[a.id] && (SELECT $3::uuid[]))))::text AS d, json_build_array(r.status, r.source, r.lead_type, r.tag_ids, (extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.first_call_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, (SELECT json_object_agg(t.tag_id, t.name) FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = ANY (r.tag_ids))::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.created_at, r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $4::timestamptz
  AND r.created_at < $5::timestamptz
  AND r.tag_ids && (SELECT $3::uuid[])
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.owner_id = o.id
ORDER BY r.created_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES
) c
UNION ALL
(SELECT r.created_at, r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $4::timestamptz
  AND r.created_at < $5::timestamptz
  AND r.tag_ids && (SELECT $3::uuid[])
  AND (r.source = $6::text OR r.source IS NULL)
  AND r.status = $7::text
  AND r.tag_ids && (SELECT $8::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
ORDER BY r.created_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES)
) r ORDER BY r.created_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES) r
ORDER BY r.created_at DESC, r.lead_id COLLATE "C" DESC
LIMIT $9::text::bigint) k
JOIN crm.leads r ON r.organization_id = $1 AND r.lead_id = k.lead_id
CROSS JOIN LATERAL (SELECT count(*) AS n, 0 AS d FROM (SELECT r.*) r) w
) p ON true;

SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT coalesce(sum(r.total), 0)::text AS total, coalesce(sum(r.n * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true))), 0)::text AS n,
  coalesce(sum(r.d * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true))), 0)::text AS d
FROM (
(SELECT count(*) AS total, count(*) AS n, 0 AS d, r.tag_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = $2::text
GROUP BY 4)
UNION ALL
(SELECT count(*) AS total, count(*) AS n, 0 AS d, r.tag_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
GROUP BY 4)
) r
) t LEFT JOIN (
SELECT r.lead_id AS id, r.lead_id AS subject, (extract(epoch FROM r.created_at) * 1000)::bigint::text AS at,
  (w.n * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true)))::text AS n, (w.d * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true)))::text AS d, json_build_array(r.status, r.source, r.lead_type, r.tag_ids, (extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.first_call_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, (SELECT json_object_agg(t.tag_id, t.name) FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = ANY (r.tag_ids))::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
(SELECT r.created_at, r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = $2::text
ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES)
UNION ALL
(SELECT r.created_at, r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES)
) r ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES) r
ORDER BY r.created_at DESC, r.lead_id COLLATE "C" DESC
LIMIT $8::text::bigint) k
JOIN crm.leads r ON r.organization_id = $1 AND r.lead_id = k.lead_id
CROSS JOIN LATERAL (SELECT count(*) AS n, 0 AS d FROM (SELECT r.*) r) w
) p ON true;

WITH RECURSIVE owners(id) AS (
(SELECT r.owner_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' ORDER BY 1 LIMIT 1)
UNION ALL
SELECT (SELECT r.owner_id FROM crm.leads r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.owner_id > o.id ORDER BY 1 LIMIT 1) FROM owners o WHERE o.id IS NOT NULL
)
SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT coalesce(sum(r.total), 0)::text AS total, coalesce(sum(r.n * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true))), 0)::text AS n,
  coalesce(sum(r.d * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true))), 0)::text AS d
FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT count(*) AS total, count(*) AS n, 0 AS d, r.tag_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id
GROUP BY 4
) c
UNION ALL
SELECT c.* FROM (SELECT id FROM owners WHERE (id = ANY ($2::text[])) IS NOT TRUE) AS o CROSS JOIN LATERAL (
SELECT count(*) AS total, count(*) AS n, 0 AS d, r.tag_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
GROUP BY 4
) c
UNION ALL
(SELECT count(*) AS total, count(*) AS n, 0 AS d, r.tag_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id IS NULL AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
GROUP BY 4)
) r
) t LEFT JOIN (
SELECT r.lead_id AS id, r.lead_id AS subject, (extract(epoch FROM r.created_at) * 1000)::bigint::text AS at,
  (w.n * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true)))::text AS n, (w.d * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true)))::text AS d, json_build_array(r.status, r.source, r.lead_type, r.tag_ids, (extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.first_call_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, (SELECT json_object_agg(t.tag_id, t.name) FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = ANY (r.tag_ids))::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.created_at, r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id
ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES
) c
UNION ALL
SELECT c.* FROM (SELECT id FROM owners WHERE (id = ANY ($2::text[])) IS NOT TRUE) AS o CROSS JOIN LATERAL (
SELECT r.created_at, r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES
) c
UNION ALL
(SELECT r.created_at, r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id IS NULL AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES)
) r ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES) r
ORDER BY r.created_at DESC, r.lead_id COLLATE "C" DESC
LIMIT $8::text::bigint) k
JOIN crm.leads r ON r.organization_id = $1 AND r.lead_id = k.lead_id
CROSS JOIN LATERAL (SELECT count(*) AS n, 0 AS d FROM (SELECT r.*) r) w
) p ON true;

SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT coalesce(sum(r.total), 0)::text AS total, coalesce(sum(r.n * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true))), 0)::text AS n,
  coalesce(sum(r.d * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true))), 0)::text AS d
FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT count(*) AS total, count(*) AS n, 0 AS d, r.tag_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND (r.status = ANY ($6::text[]) OR r.status IS NULL)
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id
GROUP BY 4
) c
UNION ALL
(SELECT count(*) AS total, count(*) AS n, 0 AS d, r.tag_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND (r.status = ANY ($6::text[]) OR r.status IS NULL)
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 4)
) r
) t LEFT JOIN (
SELECT r.lead_id AS id, r.lead_id AS subject, (extract(epoch FROM r.created_at) * 1000)::bigint::text AS at,
  (w.n * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true)))::text AS n, (w.d * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true)))::text AS d, json_build_array(r.status, r.source, r.lead_type, r.tag_ids, (extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.first_call_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, (SELECT json_object_agg(t.tag_id, t.name) FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = ANY (r.tag_ids))::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.created_at, r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND (r.status = ANY ($6::text[]) OR r.status IS NULL)
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id
ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES
) c
UNION ALL
(SELECT r.created_at, r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND (r.source = ANY ($5::text[]) OR r.source IS NULL)
  AND (r.status = ANY ($6::text[]) OR r.status IS NULL)
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES)
) r ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES) r
ORDER BY r.created_at DESC, r.lead_id COLLATE "C" DESC
LIMIT $8::text::bigint) k
JOIN crm.leads r ON r.organization_id = $1 AND r.lead_id = k.lead_id
CROSS JOIN LATERAL (SELECT count(*) AS n, 0 AS d FROM (SELECT r.*) r) w
) p ON true;

SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT coalesce(sum(r.total), 0)::text AS total, coalesce(sum(r.n * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true))), 0)::text AS n,
  coalesce(sum(r.d * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true))), 0)::text AS d
FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT count(*) AS total, count(*) AS n, 0 AS d, r.tag_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND r.source = $5::text
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id
GROUP BY 4
) c
UNION ALL
(SELECT count(*) AS total, count(*) AS n, 0 AS d, r.tag_ids
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND r.source = $5::text
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
GROUP BY 4)
) r
) t LEFT JOIN (
SELECT r.lead_id AS id, r.lead_id AS subject, (extract(epoch FROM r.created_at) * 1000)::bigint::text AS at,
  (w.n * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true)))::text AS n, (w.d * ((SELECT count(DISTINCT a.id) FROM unnest(r.tag_ids) AS a(id) WHERE true)))::text AS d, json_build_array(r.status, r.source, r.lead_type, r.tag_ids, (extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.first_call_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, (SELECT json_object_agg(t.tag_id, t.name) FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = ANY (r.tag_ids))::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.created_at, r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND r.source = $5::text
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id
ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES
) c
UNION ALL
(SELECT r.created_at, r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.tag_ids <> '{}'
  AND r.source = $5::text
  AND r.status = ANY ($6::text[])
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES)
) r ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES) r
ORDER BY r.created_at DESC, r.lead_id COLLATE "C" DESC
LIMIT $8::text::bigint) k
JOIN crm.leads r ON r.organization_id = $1 AND r.lead_id = k.lead_id
CROSS JOIN LATERAL (SELECT count(*) AS n, 0 AS d FROM (SELECT r.*) r) w
) p ON true;
