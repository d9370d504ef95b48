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
), paid AS (
SELECT k.*, paid.sum AS agents
FROM kept k CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(k.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(k.agency * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = k.deal_id AND s.party = 'agent') paid
), counted AS (
SELECT k.deal_id, k.closed_at AS counted_at,
  (SELECT coalesce(sum(p.n), 0) FROM (VALUES
  ('total_commission', total),
  ('collaborator_payout', total - agency),
  ('agency_commission', agency),
  ('internal_agent_payout', agents),
  ('agency_net', agency - agents)
) AS p("group", n) WHERE p."group" = ANY ($5::text[])) * 100 AS n, 0 AS d
FROM paid k WHERE k.currency = $6::text
)
SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT count(*)::text AS total, coalesce(sum(c.n), 0)::numeric(38, 0)::text AS n, coalesce(sum(c.d), 0)::text AS d FROM counted c
) t LEFT JOIN (
SELECT c.id, c.deal_id AS subject, (extract(epoch FROM c.counted_at) * 1000)::bigint::text AS at,
  c.n::numeric(38, 0)::text AS n, c.d::text AS d, json_build_array(r.stage, r.status, (r.price * 100)::numeric(38, 0)::text, r.currency, r.lost_reason, (extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.closed_at) * 1000)::bigint::text, (extract(epoch FROM r.expected_close_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, NULL::text AS labels
FROM (SELECT c.*, c.deal_id AS id FROM counted c
WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (SELECT c.counted_at FROM counted c WHERE true
ORDER BY 1 DESC
LIMIT $7::text::bigint) n)
ORDER BY c.counted_at DESC, (c.deal_id) COLLATE "C" DESC
LIMIT $7::text::bigint) c
JOIN crm.deals r ON r.organization_id = $1 AND r.deal_id = c.deal_id
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
), paid AS (
SELECT k.*, paid.sum AS agents
FROM kept k CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(k.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(k.agency * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = k.deal_id AND s.party = 'agent') paid
), counted AS (
SELECT k.deal_id, k.closed_at AS counted_at,
  (SELECT coalesce(sum(p.n), 0) FROM (VALUES
  ('total_commission', total),
  ('collaborator_payout', total - agency),
  ('agency_commission', agency),
  ('internal_agent_payout', agents),
  ('agency_net', agency - agents)
) AS p("group", n) WHERE p."group" = ANY ($5::text[])) * 100 AS n, 0 AS d
FROM paid k WHERE k.currency = $6::text
)
SELECT c.id, c.deal_id AS subject, (extract(epoch FROM c.counted_at) * 1000)::bigint::text AS at,
  c.n::numeric(38, 0)::text AS n, c.d::text AS d, json_build_array(r.stage, r.status, (r.price * 100)::numeric(38, 0)::text, r.currency, r.lost_reason, (extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.closed_at) * 1000)::bigint::text, (extract(epoch FROM r.expected_close_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, NULL::text AS labels
FROM (SELECT c.*, c.deal_id AS id FROM counted c
WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (SELECT c.counted_at FROM counted c WHERE true
  AND c.counted_at <= $7::timestamptz AND (c.counted_at < $7::timestamptz OR (c.deal_id) COLLATE "C" < $8::text)
ORDER BY 1 DESC
LIMIT $9::text::bigint) n)
  AND c.counted_at <= $7::timestamptz AND (c.counted_at < $7::timestamptz OR (c.deal_id) COLLATE "C" < $8::text)
ORDER BY c.counted_at DESC, (c.deal_id) COLLATE "C" DESC
LIMIT $9::text::bigint) c
JOIN crm.deals r ON r.organization_id = $1 AND r.deal_id = c.deal_id;

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
), paid AS (
SELECT k.*, paid.sum AS agents
FROM kept k CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(k.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(k.agency * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = k.deal_id AND s.party = 'agent') paid
), counted AS (
SELECT k.deal_id, k.closed_at AS counted_at,
  (SELECT coalesce(sum(p.n), 0) FROM (VALUES
  ('total_commission', total),
  ('collaborator_payout', total - agency),
  ('agency_commission', agency),
  ('internal_agent_payout', agents),
  ('agency_net', agency - agents)
) AS p("group", n) WHERE p."group" = ANY ($5::text[])) * 100 AS n, 0 AS d
FROM paid k WHERE k.currency = $6::text
)
SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT count(*)::text AS total, coalesce(sum(c.n), 0)::numeric(38, 0)::text AS n, coalesce(sum(c.d), 0)::text AS d FROM counted c
) t LEFT JOIN (
SELECT c.id, c.deal_id AS subject, (extract(epoch FROM c.counted_at) * 1000)::bigint::text AS at,
  c.n::numeric(38, 0)::text AS n, c.d::text AS d, json_build_array(r.stage, r.status, (r.price * 100)::numeric(38, 0)::text, r.currency, r.lost_reason, (extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.closed_at) * 1000)::bigint::text, (extract(epoch FROM r.expected_close_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, NULL::text AS labels
FROM (SELECT c.*, c.deal_id AS id FROM counted c
WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (SELECT c.counted_at FROM counted c WHERE true
ORDER BY 1 DESC
LIMIT $7::text::bigint) n)
ORDER BY c.counted_at DESC, (c.deal_id) COLLATE "C" DESC
LIMIT $7::text::bigint) c
JOIN crm.deals r ON r.organization_id = $1 AND r.deal_id = c.deal_id
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
), paid AS (
SELECT k.*, paid.sum AS agents
FROM kept k CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(k.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(k.agency * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = k.deal_id AND s.party = 'agent') paid
), counted AS (
SELECT k.deal_id, k.closed_at AS counted_at,
  (SELECT coalesce(sum(p.n), 0) FROM (VALUES
  ('total_commission', total),
  ('collaborator_payout', total - agency),
  ('agency_commission', agency),
  ('internal_agent_payout', agents),
  ('agency_net', agency - agents)
) AS p("group", n) WHERE p."group" = ANY ($5::text[])) * 100 AS n, 0 AS d
FROM paid k WHERE k.currency = $6::text
)
SELECT c.id, c.deal_id AS subject, (extract(epoch FROM c.counted_at) * 1000)::bigint::text AS at,
  c.n::numeric(38, 0)::text AS n, c.d::text AS d, json_build_array(r.stage, r.status, (r.price * 100)::numeric(38, 0)::text, r.currency, r.lost_reason, (extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.closed_at) * 1000)::bigint::text, (extract(epoch FROM r.expected_close_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, NULL::text AS labels
FROM (SELECT c.*, c.deal_id AS id FROM counted c
WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (SELECT c.counted_at FROM counted c WHERE true
  AND c.counted_at <= $7::timestamptz AND (c.counted_at < $7::timestamptz OR (c.deal_id) COLLATE "C" < $8::text)
ORDER BY 1 DESC
LIMIT $9::text::bigint) n)
  AND c.counted_at <= $7::timestamptz AND (c.counted_at < $7::timestamptz OR (c.deal_id) COLLATE "C" < $8::text)
ORDER BY c.counted_at DESC, (c.deal_id) COLLATE "C" DESC
LIMIT $9::text::bigint) c
JOIN crm.deals r ON r.organization_id = $1 AND r.deal_id = c.deal_id;
