SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
WITH won AS (
SELECT r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.status = 'won'
  AND r.owner_id = ANY ($2::text[])
UNION ALL
SELECT r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
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
)
SELECT count(*)::text AS total, (coalesce(sum(CASE s.mode WHEN 'percent' THEN round(k.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(k.agency * coalesce(s.percent, 0) * 0.01, 2)) END), 0) * 100)::numeric(38, 0)::text AS n, '0' AS d
FROM kept k
JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = k.deal_id
WHERE k.currency = $5::text AND s.party = 'agent' AND s.user_id = ANY ($2::text[])
) t LEFT JOIN (
SELECT (replace(replace(k.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(k.share_id, '~', '~0'), '/', '~1')) AS id, r.deal_id AS subject, (extract(epoch FROM r.closed_at) * 1000)::bigint::text AS at,
  (CASE s.mode WHEN 'percent' THEN round(a.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(a.agency * coalesce(s.percent, 0) * 0.01, 2)) END * 100)::numeric(38, 0)::text AS n, '0' AS d, json_build_array(s.user_id, s.name, s.mode, (s.percent * 10000)::numeric(38, 0)::text, (s.amount * 100)::numeric(38, 0)::text)::text AS cells, NULL::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.* FROM (
SELECT r.*, s.share_id FROM (SELECT r.closed_at, r.deal_id
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $6::timestamptz
  AND r.closed_at < $7::timestamptz
  AND r.currency = $8::text
  AND r.status = 'won'
  AND r.owner_id = o.id
) r JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = r.deal_id
WHERE s.party = 'agent' AND s.user_id = ANY ($2::text[])
) r WHERE true
ORDER BY r.closed_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES
) c
UNION ALL
(SELECT r.* FROM (
SELECT r.*, s.share_id FROM (SELECT r.closed_at, r.deal_id
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $6::timestamptz
  AND r.closed_at < $7::timestamptz
  AND r.currency = $8::text
  AND r.status = 'won'
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
) r JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = r.deal_id
WHERE s.party = 'agent' AND s.user_id = ANY ($2::text[])
) r WHERE true
ORDER BY r.closed_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES)
) r ORDER BY r.closed_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES) r
ORDER BY r.closed_at DESC, (replace(replace(r.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(r.share_id, '~', '~0'), '/', '~1')) COLLATE "C" DESC
LIMIT $9::text::bigint) k
JOIN crm.deals r ON r.organization_id = $1 AND r.deal_id = k.deal_id
CROSS JOIN LATERAL (
SELECT w.total, w.total - paid.sum AS agency FROM (SELECT CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total) w
CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(w.total * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(w.total * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = r.deal_id AND s.party = 'collaborator') paid
) a
JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = k.deal_id AND s.share_id = k.share_id
) p ON true;

SELECT (replace(replace(k.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(k.share_id, '~', '~0'), '/', '~1')) AS id, r.deal_id AS subject, (extract(epoch FROM r.closed_at) * 1000)::bigint::text AS at,
  (CASE s.mode WHEN 'percent' THEN round(a.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(a.agency * coalesce(s.percent, 0) * 0.01, 2)) END * 100)::numeric(38, 0)::text AS n, '0' AS d, json_build_array(s.user_id, s.name, s.mode, (s.percent * 10000)::numeric(38, 0)::text, (s.amount * 100)::numeric(38, 0)::text)::text AS cells, NULL::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.* FROM (
SELECT r.*, s.share_id FROM (SELECT r.closed_at, r.deal_id
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.currency = $5::text
  AND r.status = 'won'
  AND r.owner_id = o.id
) r JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = r.deal_id
WHERE s.party = 'agent' AND s.user_id = ANY ($2::text[])
) r WHERE true
  AND r.closed_at <= $7::timestamptz AND (r.closed_at < $7::timestamptz OR (replace(replace(r.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(r.share_id, '~', '~0'), '/', '~1')) COLLATE "C" < $8::text)
ORDER BY r.closed_at DESC FETCH FIRST ($6::text::bigint) ROWS WITH TIES
) c
UNION ALL
(SELECT r.* FROM (
SELECT r.*, s.share_id FROM (SELECT r.closed_at, r.deal_id
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.currency = $5::text
  AND r.status = 'won'
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
) r JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = r.deal_id
WHERE s.party = 'agent' AND s.user_id = ANY ($2::text[])
) r WHERE true
  AND r.closed_at <= $7::timestamptz AND (r.closed_at < $7::timestamptz OR (replace(replace(r.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(r.share_id, '~', '~0'), '/', '~1')) COLLATE "C" < $8::text)
ORDER BY r.closed_at DESC FETCH FIRST ($6::text::bigint) ROWS WITH TIES)
) r ORDER BY r.closed_at DESC FETCH FIRST ($6::text::bigint) ROWS WITH TIES) r
ORDER BY r.closed_at DESC, (replace(replace(r.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(r.share_id, '~', '~0'), '/', '~1')) COLLATE "C" DESC
LIMIT $6::text::bigint) k
JOIN crm.deals r ON r.organization_id = $1 AND r.deal_id = k.deal_id
CROSS JOIN LATERAL (
SELECT w.total, w.total - paid.sum AS agency FROM (SELECT CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total) w
CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(w.total * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(w.total * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = r.deal_id AND s.party = 'collaborator') paid
) a
JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = k.deal_id AND s.share_id = k.share_id;

SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
WITH won AS (
SELECT r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.status = 'won'
  AND r.owner_id = ANY ($2::text[])
UNION ALL
SELECT r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
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
)
SELECT count(*)::text AS total, (coalesce(sum(CASE s.mode WHEN 'percent' THEN round(k.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(k.agency * coalesce(s.percent, 0) * 0.01, 2)) END), 0) * 100)::numeric(38, 0)::text AS n, '0' AS d
FROM kept k
JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = k.deal_id
WHERE k.currency = $5::text AND s.party = 'agent' AND s.user_id = ANY ($2::text[])
  AND (s.user_id = ANY ($6::text[]) OR (s.user_id = ANY ($7::text[])) IS NOT TRUE)
) t LEFT JOIN (
SELECT (replace(replace(k.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(k.share_id, '~', '~0'), '/', '~1')) AS id, r.deal_id AS subject, (extract(epoch FROM r.closed_at) * 1000)::bigint::text AS at,
  (CASE s.mode WHEN 'percent' THEN round(a.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(a.agency * coalesce(s.percent, 0) * 0.01, 2)) END * 100)::numeric(38, 0)::text AS n, '0' AS d, json_build_array(s.user_id, s.name, s.mode, (s.percent * 10000)::numeric(38, 0)::text, (s.amount * 100)::numeric(38, 0)::text)::text AS cells, NULL::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.* FROM (
SELECT r.*, s.share_id FROM (SELECT r.closed_at, r.deal_id
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $8::timestamptz
  AND r.closed_at < $9::timestamptz
  AND r.currency = $10::text
  AND r.status = 'won'
  AND r.owner_id = o.id
) r JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = r.deal_id
WHERE s.party = 'agent' AND s.user_id = ANY ($2::text[])
  AND (s.user_id = ANY ($11::text[]) OR (s.user_id = ANY ($12::text[])) IS NOT TRUE)
) r WHERE true
ORDER BY r.closed_at DESC FETCH FIRST ($13::text::bigint) ROWS WITH TIES
) c
UNION ALL
(SELECT r.* FROM (
SELECT r.*, s.share_id FROM (SELECT r.closed_at, r.deal_id
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $8::timestamptz
  AND r.closed_at < $9::timestamptz
  AND r.currency = $10::text
  AND r.status = 'won'
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
) r JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = r.deal_id
WHERE s.party = 'agent' AND s.user_id = ANY ($2::text[])
  AND (s.user_id = ANY ($11::text[]) OR (s.user_id = ANY ($12::text[])) IS NOT TRUE)
) r WHERE true
ORDER BY r.closed_at DESC FETCH FIRST ($13::text::bigint) ROWS WITH TIES)
) r ORDER BY r.closed_at DESC FETCH FIRST ($13::text::bigint) ROWS WITH TIES) r
ORDER BY r.closed_at DESC, (replace(replace(r.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(r.share_id, '~', '~0'), '/', '~1')) COLLATE "C" DESC
LIMIT $13::text::bigint) k
JOIN crm.deals r ON r.organization_id = $1 AND r.deal_id = k.deal_id
CROSS JOIN LATERAL (
SELECT w.total, w.total - paid.sum AS agency FROM (SELECT CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total) w
CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(w.total * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(w.total * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = r.deal_id AND s.party = 'collaborator') paid
) a
JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = k.deal_id AND s.share_id = k.share_id
) p ON true;

SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
WITH won AS (
SELECT r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $3::timestamptz
  AND r.closed_at < $4::timestamptz
  AND r.status = 'won'
  AND r.owner_id = $2::text
UNION ALL
SELECT r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
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
)
SELECT count(*)::text AS total, (coalesce(sum(CASE s.mode WHEN 'percent' THEN round(k.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(k.agency * coalesce(s.percent, 0) * 0.01, 2)) END), 0) * 100)::numeric(38, 0)::text AS n, '0' AS d
FROM kept k
JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = k.deal_id
WHERE k.currency = $5::text AND s.party = 'agent' AND s.user_id = $2::text
) t LEFT JOIN (
SELECT (replace(replace(k.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(k.share_id, '~', '~0'), '/', '~1')) AS id, r.deal_id AS subject, (extract(epoch FROM r.closed_at) * 1000)::bigint::text AS at,
  (CASE s.mode WHEN 'percent' THEN round(a.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(a.agency * coalesce(s.percent, 0) * 0.01, 2)) END * 100)::numeric(38, 0)::text AS n, '0' AS d, json_build_array(s.user_id, s.name, s.mode, (s.percent * 10000)::numeric(38, 0)::text, (s.amount * 100)::numeric(38, 0)::text)::text AS cells, NULL::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
(SELECT r.* FROM (
SELECT r.*, s.share_id FROM (SELECT r.closed_at, r.deal_id
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $6::timestamptz
  AND r.closed_at < $7::timestamptz
  AND r.currency = $8::text
  AND r.status = 'won'
  AND r.owner_id = $2::text
) r JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = r.deal_id
WHERE s.party = 'agent' AND s.user_id = $2::text
) r WHERE true
ORDER BY r.closed_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES)
UNION ALL
(SELECT r.* FROM (
SELECT r.*, s.share_id FROM (SELECT r.closed_at, r.deal_id
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $6::timestamptz
  AND r.closed_at < $7::timestamptz
  AND r.currency = $8::text
  AND r.status = 'won'
  AND r.assignee_ids <> '{}' AND $2::text = ANY (r.assignee_ids) AND (r.owner_id = $2::text) IS NOT TRUE
) r JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = r.deal_id
WHERE s.party = 'agent' AND s.user_id = $2::text
) r WHERE true
ORDER BY r.closed_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES)
) r ORDER BY r.closed_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES) r
ORDER BY r.closed_at DESC, (replace(replace(r.deal_id, '~', '~0'), '/', '~1') || '/' || replace(replace(r.share_id, '~', '~0'), '/', '~1')) COLLATE "C" DESC
LIMIT $9::text::bigint) k
JOIN crm.deals r ON r.organization_id = $1 AND r.deal_id = k.deal_id
CROSS JOIN LATERAL (
SELECT w.total, w.total - paid.sum AS agency FROM (SELECT CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total) w
CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(w.total * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(w.total * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = r.deal_id AND s.party = 'collaborator') paid
) a
JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = k.deal_id AND s.share_id = k.share_id
) p ON true;
