WITH won AS (
SELECT r.closed_at, r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.status = 'won'
  AND r.owner_id = ANY ($2::text[])
UNION ALL
SELECT r.closed_at, r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.status = 'won'
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
), kept AS (
SELECT w.*, w.total - paid.sum AS agency
FROM won w CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(w.total * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(w.total * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = w.deal_id AND s.party = 'collaborator') paid
), counted AS (
SELECT s.deal_id, s.share_id, k.closed_at AS counted_at, CASE s.mode WHEN 'percent' THEN round(k.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(k.agency * coalesce(s.percent, 0) * 0.01, 2)) END * 100 AS n, 0 AS d
FROM kept k
JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = k.deal_id
WHERE s.party = 'agent' AND s.user_id = ANY ($2::text[])
  AND k.currency = $5::text
)
SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT count(*)::text AS total, coalesce(sum(c.n), 0)::numeric(38, 0)::text AS n, coalesce(sum(c.d), 0)::text AS d FROM counted c
) t LEFT JOIN (
SELECT c.id, c.deal_id AS subject, (extract(epoch FROM c.counted_at) * 1000)::bigint::text AS at,
  c.n::numeric(38, 0)::text AS n, c.d::text AS d, json_build_array(s.user_id, s.name, s.mode, (s.percent * 10000)::numeric(38, 0)::text, (s.amount * 100)::numeric(38, 0)::text)::text AS cells, NULL::text AS labels
FROM (SELECT c.*, replace(replace(c.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(c.share_id, '~', '~0'), '/', '~1') AS id FROM counted c
WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (SELECT c.counted_at FROM counted c WHERE true
ORDER BY 1 DESC
LIMIT $6::text::bigint) n)
ORDER BY c.counted_at DESC, (replace(replace(c.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(c.share_id, '~', '~0'), '/', '~1')) COLLATE "C" DESC
LIMIT $6::text::bigint) c
JOIN crm.deal_shares s ON s.organization_id = $1
  AND s.deal_id = c.deal_id AND s.share_id = c.share_id
) p ON true;

WITH won AS (
SELECT r.closed_at, r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.status = 'won'
  AND r.owner_id = ANY ($2::text[])
UNION ALL
SELECT r.closed_at, r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.status = 'won'
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
), kept AS (
SELECT w.*, w.total - paid.sum AS agency
FROM won w CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(w.total * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(w.total * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = w.deal_id AND s.party = 'collaborator') paid
), counted AS (
SELECT s.deal_id, s.share_id, k.closed_at AS counted_at, CASE s.mode WHEN 'percent' THEN round(k.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(k.agency * coalesce(s.percent, 0) * 0.01, 2)) END * 100 AS n, 0 AS d
FROM kept k
JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = k.deal_id
WHERE s.party = 'agent' AND s.user_id = ANY ($2::text[])
  AND k.currency = $5::text
)
SELECT c.id, c.deal_id AS subject, (extract(epoch FROM c.counted_at) * 1000)::bigint::text AS at,
  c.n::numeric(38, 0)::text AS n, c.d::text AS d, json_build_array(s.user_id, s.name, s.mode, (s.percent * 10000)::numeric(38, 0)::text, (s.amount * 100)::numeric(38, 0)::text)::text AS cells, NULL::text AS labels
FROM (SELECT c.*, replace(replace(c.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(c.share_id, '~', '~0'), '/', '~1') AS id FROM counted c
WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (SELECT c.counted_at FROM counted c WHERE true
  AND c.counted_at <= $6::timestamptz AND (c.counted_at < $6::timestamptz OR (replace(replace(c.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(c.share_id, '~', '~0'), '/', '~1')) COLLATE "C" < $7::text)
ORDER BY 1 DESC
LIMIT $8::text::bigint) n)
  AND c.counted_at <= $6::timestamptz AND (c.counted_at < $6::timestamptz OR (replace(replace(c.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(c.share_id, '~', '~0'), '/', '~1')) COLLATE "C" < $7::text)
ORDER BY c.counted_at DESC, (replace(replace(c.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(c.share_id, '~', '~0'), '/', '~1')) COLLATE "C" DESC
LIMIT $8::text::bigint) c
JOIN crm.deal_shares s ON s.organization_id = $1
  AND s.deal_id = c.deal_id AND s.share_id = c.share_id;

WITH won AS (
SELECT r.closed_at, r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.status = 'won'
  AND r.owner_id = $2::text
UNION ALL
SELECT r.closed_at, r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.status = 'won'
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
), kept AS (
SELECT w.*, w.total - paid.sum AS agency
FROM won w CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(w.total * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(w.total * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = w.deal_id AND s.party = 'collaborator') paid
), counted AS (
SELECT s.deal_id, s.share_id, k.closed_at AS counted_at, CASE s.mode WHEN 'percent' THEN round(k.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(k.agency * coalesce(s.percent, 0) * 0.01, 2)) END * 100 AS n, 0 AS d
FROM kept k
JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = k.deal_id
WHERE s.party = 'agent' AND s.user_id = $2::text
  AND k.currency = $5::text
)
SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT count(*)::text AS total, coalesce(sum(c.n), 0)::numeric(38, 0)::text AS n, coalesce(sum(c.d), 0)::text AS d FROM counted c
) t LEFT JOIN (
SELECT c.id, c.deal_id AS subject, (extract(epoch FROM c.counted_at) * 1000)::bigint::text AS at,
  c.n::numeric(38, 0)::text AS n, c.d::text AS d, json_build_array(s.user_id, s.name, s.mode, (s.percent * 10000)::numeric(38, 0)::text, (s.amount * 100)::numeric(38, 0)::text)::text AS cells, NULL::text AS labels
FROM (SELECT c.*, replace(replace(c.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(c.share_id, '~', '~0'), '/', '~1') AS id FROM counted c
WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (SELECT c.counted_at FROM counted c WHERE true
ORDER BY 1 DESC
LIMIT $6::text::bigint) n)
ORDER BY c.counted_at DESC, (replace(replace(c.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(c.share_id, '~', '~0'), '/', '~1')) COLLATE "C" DESC
LIMIT $6::text::bigint) c
JOIN crm.deal_shares s ON s.organization_id = $1
  AND s.deal_id = c.deal_id AND s.share_id = c.share_id
) p ON true;

WITH won AS (
SELECT r.closed_at, r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.status = 'won'
  AND r.owner_id = $2::text
UNION ALL
SELECT r.closed_at, r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.status = 'won'
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
), kept AS (
SELECT w.*, w.total - paid.sum AS agency
FROM won w CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(w.total * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(w.total * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = w.deal_id AND s.party = 'collaborator') paid
), counted AS (
SELECT s.deal_id, s.share_id, k.closed_at AS counted_at, CASE s.mode WHEN 'percent' THEN round(k.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(k.agency * coalesce(s.percent, 0) * 0.01, 2)) END * 100 AS n, 0 AS d
FROM kept k
JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = k.deal_id
WHERE s.party = 'agent' AND s.user_id = $2::text
  AND k.currency = $5::text
)
SELECT c.id, c.deal_id AS subject, (extract(epoch FROM c.counted_at) * 1000)::bigint::text AS at,
  c.n::numeric(38, 0)::text AS n, c.d::text AS d, json_build_array(s.user_id, s.name, s.mode, (s.percent * 10000)::numeric(38, 0)::text, (s.amount * 100)::numeric(38, 0)::text)::text AS cells, NULL::text AS labels
FROM (SELECT c.*, replace(replace(c.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(c.share_id, '~', '~0'), '/', '~1') AS id FROM counted c
WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (SELECT c.counted_at FROM counted c WHERE true
  AND c.counted_at <= $6::timestamptz AND (c.counted_at < $6::timestamptz OR (replace(replace(c.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(c.share_id, '~', '~0'), '/', '~1')) COLLATE "C" < $7::text)
ORDER BY 1 DESC
LIMIT $8::text::bigint) n)
  AND c.counted_at <= $6::timestamptz AND (c.counted_at < $6::timestamptz OR (replace(replace(c.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(c.share_id, '~', '~0'), '/', '~1')) COLLATE "C" < $7::text)
ORDER BY c.counted_at DESC, (replace(replace(c.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(c.share_id, '~', '~0'), '/', '~1')) COLLATE "C" DESC
LIMIT $8::text::bigint) c
JOIN crm.deal_shares s ON s.organization_id = $1
  AND s.deal_id = c.deal_id AND s.share_id = c.share_id;
