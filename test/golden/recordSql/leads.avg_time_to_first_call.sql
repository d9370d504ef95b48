SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT coalesce(sum(r.total), 0)::text AS total, coalesce(sum(r.n), 0)::text AS n,
  coalesce(sum(r.d), 0)::text AS d
FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT count(*) AS total, coalesce(sum(greatest((tstzrange_subdiff(r.first_call_at, r.created_at) * 1000)::bigint, 0)), 0)::numeric(38, 0) AS n, count(*) FILTER (WHERE r.first_call_at IS NOT NULL) AS d
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.first_call_at IS NOT NULL
  AND r.first_call_at IS NOT NULL
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id
) c
UNION ALL
(SELECT count(*) AS total, coalesce(sum(greatest((tstzrange_subdiff(r.first_call_at, r.created_at) * 1000)::bigint, 0)), 0)::numeric(38, 0) AS n, count(*) FILTER (WHERE r.first_call_at IS NOT NULL) AS d
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.first_call_at IS NOT NULL
  AND r.first_call_at IS NOT NULL
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE)
) r
) t LEFT JOIN (
SELECT r.lead_id AS id, r.lead_id AS subject, (extract(epoch FROM r.created_at) * 1000)::bigint::text AS at,
  (w.n * (1))::text AS n, (w.d * (1))::text AS d, json_build_array(r.status, r.source, r.lead_type, r.tag_ids, (extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.first_call_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, (SELECT json_object_agg(t.tag_id, t.name) FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = ANY (r.tag_ids))::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.created_at, r.lead_id
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND r.first_call_at IS NOT NULL
  AND r.first_call_at IS NOT NULL
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
  AND r.first_call_at IS NOT NULL
  AND r.first_call_at IS NOT NULL
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES)
) r ORDER BY r.created_at DESC FETCH FIRST ($8::text::bigint) ROWS WITH TIES) r
ORDER BY r.created_at DESC, r.lead_id COLLATE "C" DESC
LIMIT $8::text::bigint) k
JOIN crm.leads r ON r.organization_id = $1 AND r.lead_id = k.lead_id
CROSS JOIN LATERAL (SELECT coalesce(sum(greatest((tstzrange_subdiff(r.first_call_at, r.created_at) * 1000)::bigint, 0)), 0)::numeric(38, 0) AS n, count(*) FILTER (WHERE r.first_call_at IS NOT NULL) AS d FROM (SELECT r.*) r) w
) p ON true;
