SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT s.deals AS total, (SELECT (coalesce(sum(p.n), 0) * 100)::numeric(38, 0)::text FROM (VALUES
  ('total_commission', total),
  ('collaborator_payout', total - agency),
  ('agency_commission', agency),
  ('internal_agent_payout', agents),
  ('agency_net', agency - agents)
) AS p("group", n) WHERE p."group" = ANY ($3::text[])) AS n, '0' AS d FROM (
WITH won AS (
SELECT r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $4::timestamptz
  AND r.closed_at < $5::timestamptz
  AND r.status = 'won'
  AND r.owner_id = ANY ($2::text[])
UNION ALL
SELECT r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $4::timestamptz
  AND r.closed_at < $5::timestamptz
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
)
SELECT count(*)::text AS deals, coalesce(sum(k.total), 0) AS total, coalesce(sum(k.agency), 0) AS agency,
  coalesce(sum(k.agents), 0) AS agents
FROM paid k WHERE k.currency = $6::text
) s
) t LEFT JOIN (
SELECT r.deal_id AS id, r.deal_id AS subject, (extract(epoch FROM r.closed_at) * 1000)::bigint::text AS at,
  (SELECT (coalesce(sum(p.n), 0) * 100)::numeric(38, 0)::text FROM (VALUES
  ('total_commission', total),
  ('collaborator_payout', total - agency),
  ('agency_commission', agency),
  ('internal_agent_payout', agents),
  ('agency_net', agency - agents)
) AS p("group", n) WHERE p."group" = ANY ($11::text[])) AS n, '0' AS d, json_build_array(r.stage, r.status, (r.price * 100)::numeric(38, 0)::text, r.currency, r.lost_reason, (extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.closed_at) * 1000)::bigint::text, (extract(epoch FROM r.expected_close_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, NULL::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.closed_at, r.deal_id
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $7::timestamptz
  AND r.closed_at < $8::timestamptz
  AND r.currency = $9::text
  AND r.status = 'won'
  AND r.owner_id = o.id
ORDER BY r.closed_at DESC FETCH FIRST ($10::text::bigint) ROWS WITH TIES
) c
UNION ALL
(SELECT r.closed_at, r.deal_id
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $7::timestamptz
  AND r.closed_at < $8::timestamptz
  AND r.currency = $9::text
  AND r.status = 'won'
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
ORDER BY r.closed_at DESC FETCH FIRST ($10::text::bigint) ROWS WITH TIES)
) r ORDER BY r.closed_at DESC FETCH FIRST ($10::text::bigint) ROWS WITH TIES) r
ORDER BY r.closed_at DESC, r.deal_id COLLATE "C" DESC
LIMIT $10::text::bigint) k
JOIN crm.deals r ON r.organization_id = $1 AND r.deal_id = k.deal_id
CROSS JOIN LATERAL (
SELECT w.total, w.total - paid.sum AS agency FROM (SELECT CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total) w
CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(w.total * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(w.total * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = r.deal_id AND s.party = 'collaborator') paid
) a
CROSS JOIN LATERAL (SELECT paid.sum AS agents FROM (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(a.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(a.agency * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = r.deal_id AND s.party = 'agent') paid) b
) p ON true;

SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT s.deals AS total, (SELECT (coalesce(sum(p.n), 0) * 100)::numeric(38, 0)::text FROM (VALUES
  ('total_commission', total),
  ('collaborator_payout', total - agency),
  ('agency_commission', agency),
  ('internal_agent_payout', agents),
  ('agency_net', agency - agents)
) AS p("group", n) WHERE p."group" = ANY ($3::text[])) AS n, '0' AS d FROM (
WITH won AS (
SELECT r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $4::timestamptz
  AND r.closed_at < $5::timestamptz
  AND r.status = 'won'
  AND r.owner_id = ANY ($2::text[])
UNION ALL
SELECT r.deal_id, r.currency, coalesce(r.price, 0) AS price, 1 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $4::timestamptz
  AND r.closed_at < $5::timestamptz
  AND r.status = 'won'
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id IN (SELECT unnest($2::text[]))) IS NOT TRUE
), kept AS (
SELECT w.*, w.total - paid.sum AS agency
FROM won w CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(w.total * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(w.total * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = w.deal_id AND s.party = 'collaborator') paid
), paid AS (
SELECT k.*, paid.sum AS agents
FROM kept k CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(k.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(k.agency * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = k.deal_id AND s.party = 'agent') paid
)
SELECT count(*)::text AS deals, coalesce(sum(k.total), 0) AS total, coalesce(sum(k.agency), 0) AS agency,
  coalesce(sum(k.agents), 0) AS agents
FROM paid k WHERE k.currency = $6::text
) s
) t LEFT JOIN (
WITH RECURSIVE owners(id) AS (
(SELECT r.owner_id FROM crm.deals r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' ORDER BY 1 LIMIT 1)
UNION ALL
SELECT (SELECT r.owner_id FROM crm.deals r WHERE r.organization_id = $1 AND r.assignee_ids <> '{}' AND r.owner_id > o.id ORDER BY 1 LIMIT 1) FROM owners o WHERE o.id IS NOT NULL
)
SELECT r.deal_id AS id, r.deal_id AS subject, (extract(epoch FROM r.closed_at) * 1000)::bigint::text AS at,
  (SELECT (coalesce(sum(p.n), 0) * 100)::numeric(38, 0)::text FROM (VALUES
  ('total_commission', total),
  ('collaborator_payout', total - agency),
  ('agency_commission', agency),
  ('internal_agent_payout', agents),
  ('agency_net', agency - agents)
) AS p("group", n) WHERE p."group" = ANY ($11::text[])) AS n, '0' AS d, json_build_array(r.stage, r.status, (r.price * 100)::numeric(38, 0)::text, r.currency, r.lost_reason, (extract(epoch FROM r.created_at) * 1000)::bigint::text, (extract(epoch FROM r.closed_at) * 1000)::bigint::text, (extract(epoch FROM r.expected_close_at) * 1000)::bigint::text, r.owner_id, r.assignee_ids)::text AS cells, NULL::text AS labels
FROM (SELECT r.* FROM (SELECT r.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT r.closed_at, r.deal_id
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $7::timestamptz
  AND r.closed_at < $8::timestamptz
  AND r.currency = $9::text
  AND r.status = 'won'
  AND r.owner_id = o.id
ORDER BY r.closed_at DESC FETCH FIRST ($10::text::bigint) ROWS WITH TIES
) c
UNION ALL
SELECT c.* FROM (SELECT id FROM owners WHERE (id = ANY ($2::text[])) IS NOT TRUE) AS o CROSS JOIN LATERAL (
SELECT r.closed_at, r.deal_id
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $7::timestamptz
  AND r.closed_at < $8::timestamptz
  AND r.currency = $9::text
  AND r.status = 'won'
  AND r.owner_id = o.id AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
ORDER BY r.closed_at DESC FETCH FIRST ($10::text::bigint) ROWS WITH TIES
) c
UNION ALL
(SELECT r.closed_at, r.deal_id
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at >= $7::timestamptz
  AND r.closed_at < $8::timestamptz
  AND r.currency = $9::text
  AND r.status = 'won'
  AND r.owner_id IS NULL AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[]
ORDER BY r.closed_at DESC FETCH FIRST ($10::text::bigint) ROWS WITH TIES)
) r ORDER BY r.closed_at DESC FETCH FIRST ($10::text::bigint) ROWS WITH TIES) r
ORDER BY r.closed_at DESC, r.deal_id COLLATE "C" DESC
LIMIT $10::text::bigint) k
JOIN crm.deals r ON r.organization_id = $1 AND r.deal_id = k.deal_id
CROSS JOIN LATERAL (
SELECT w.total, w.total - paid.sum AS agency FROM (SELECT CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total) w
CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(w.total * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(w.total * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = r.deal_id AND s.party = 'collaborator') paid
) a
CROSS JOIN LATERAL (SELECT paid.sum AS agents FROM (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(a.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(a.agency * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = r.deal_id AND s.party = 'agent') paid) b
) p ON true;
