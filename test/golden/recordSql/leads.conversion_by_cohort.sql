SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT count(*)::text AS total, (count(*) FILTER (WHERE f.became))::text AS n, count(*)::text AS d
FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.lead_id, r.created_at
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.owner_id = o.id
) c
UNION ALL
(SELECT r.lead_id, r.created_at
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $3::timestamptz
  AND r.created_at < $4::timestamptz
  AND (r.source = $5::text OR r.source IS NULL)
  AND r.status = $6::text
  AND r.tag_ids && (SELECT $7::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE)
) r
CROSS JOIN LATERAL (
SELECT coalesce(bool_or(s.status = 'client' AND s.started_at <= r.created_at + $8::text::interval), false) AS became, count(*) > 0 AS has_spells
FROM crm.lead_status_spells s
WHERE s.organization_id = $1 AND s.lead_id = r.lead_id
  AND s.started_at <= $9::timestamptz
) f
WHERE f.has_spells
) t LEFT JOIN (
SELECT r.lead_id AS id, r.lead_id AS subject, (extract(epoch FROM r.created_at) * 1000)::bigint::text AS at,
  f.became::int::text AS n, '1' AS d, json_build_array(r.status, r.source, r.lead_type, r.tag_ids, (extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.first_call_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, (SELECT json_object_agg(t.tag_id, t.name) FROM crm.tags t WHERE t.organization_id = $1 AND t.tag_id = ANY (r.tag_ids))::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.lead_id, r.created_at FROM (SELECT r.*
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $10::timestamptz
  AND r.created_at < $11::timestamptz
  AND (r.source = $12::text OR r.source IS NULL)
  AND r.status = $13::text
  AND r.tag_ids && (SELECT $14::uuid[])
  AND r.owner_id = o.id
) r
CROSS JOIN LATERAL (
SELECT coalesce(bool_or(s.status = 'client' AND s.started_at <= r.created_at + $15::text::interval), false) AS became, count(*) > 0 AS has_spells
FROM crm.lead_status_spells s
WHERE s.organization_id = $1 AND s.lead_id = r.lead_id
  AND s.started_at <= $16::timestamptz
) f
WHERE f.has_spells
ORDER BY r.created_at DESC FETCH FIRST ($17::text::bigint) ROWS WITH TIES
) c
UNION ALL
(SELECT r.lead_id, r.created_at FROM (SELECT r.*
FROM crm.leads r
WHERE r.organization_id = $1
  AND r.created_at >= $10::timestamptz
  AND r.created_at < $11::timestamptz
  AND (r.source = $12::text OR r.source IS NULL)
  AND r.status = $13::text
  AND r.tag_ids && (SELECT $14::uuid[])
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
) r
CROSS JOIN LATERAL (
SELECT coalesce(bool_or(s.status = 'client' AND s.started_at <= r.created_at + $15::text::interval), false) AS became, count(*) > 0 AS has_spells
FROM crm.lead_status_spells s
WHERE s.organization_id = $1 AND s.lead_id = r.lead_id
  AND s.started_at <= $16::timestamptz
) f
WHERE f.has_spells
ORDER BY r.created_at DESC FETCH FIRST ($17::text::bigint) ROWS WITH TIES)
) r ORDER BY r.created_at DESC FETCH FIRST ($17::text::bigint) ROWS WITH TIES) r
ORDER BY r.created_at DESC, r.lead_id COLLATE "C" DESC
LIMIT $17::text::bigint) k
JOIN crm.leads r ON r.organization_id = $1 AND r.lead_id = k.lead_id
CROSS JOIN LATERAL (
SELECT coalesce(bool_or(s.status = 'client' AND s.started_at <= r.created_at + $15::text::interval), false) AS became, count(*) > 0 AS has_spells
FROM crm.lead_status_spells s
WHERE s.organization_id = $1 AND s.lead_id = r.lead_id
  AND s.started_at <= $16::timestamptz
) f
) p ON true;
