-- deals.commission_by_agent, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
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
SELECT bucket, currency, NULL::text AS "group", '0' AS n, count(*)::text AS deals, (sum(price) * 100)::numeric(38, 0)::text AS price
FROM kept GROUP BY 1, 2
UNION ALL
SELECT k.bucket, k.currency, s.user_id, (sum(CASE s.mode WHEN 'percent' THEN round(k.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(k.agency * coalesce(s.percent, 0) * 0.01, 2)) END) * 100)::numeric(38, 0)::text, '0', '0'
FROM kept k
JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = k.deal_id
WHERE s.party = 'agent' AND s.user_id = ANY ($2::text[])
GROUP BY 1, 2, 3;

-- deals.commission_by_agent, 1 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
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
SELECT bucket, currency, NULL::text AS "group", '0' AS n, count(*)::text AS deals, (sum(price) * 100)::numeric(38, 0)::text AS price
FROM kept GROUP BY 1, 2
UNION ALL
SELECT k.bucket, k.currency, s.user_id, (sum(CASE s.mode WHEN 'percent' THEN round(k.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(k.agency * coalesce(s.percent, 0) * 0.01, 2)) END) * 100)::numeric(38, 0)::text, '0', '0'
FROM kept k
JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = k.deal_id
WHERE s.party = 'agent' AND s.user_id = $2::text
GROUP BY 1, 2, 3;

-- deals.commission_by_agent, 12 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2', 'user_3', 'user_4', 'user_5', 'user_6', 'user_7', 'user_8', 'user_9', 'user_10', 'user_11', 'user_12'}
-- $3: 2024-04-30T22:00:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
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
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id IN (SELECT unnest($2::text[]))) IS NOT TRUE
), kept AS (
SELECT w.*, w.total - paid.sum AS agency
FROM won w CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(w.total * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(w.total * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = w.deal_id AND s.party = 'collaborator') paid
)
SELECT bucket, currency, NULL::text AS "group", '0' AS n, count(*)::text AS deals, (sum(price) * 100)::numeric(38, 0)::text AS price
FROM kept GROUP BY 1, 2
UNION ALL
SELECT k.bucket, k.currency, s.user_id, (sum(CASE s.mode WHEN 'percent' THEN round(k.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(k.agency * coalesce(s.percent, 0) * 0.01, 2)) END) * 100)::numeric(38, 0)::text, '0', '0'
FROM kept k
JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = k.deal_id
WHERE s.party = 'agent' AND s.user_id = ANY ($2::text[])
GROUP BY 1, 2, 3;

-- deals.commission_by_agent, 2 in scope, all_time in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-05-17T09:30:00.001Z
WITH won AS (
SELECT r.deal_id, r.currency, coalesce(r.price, 0) AS price, 0 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at < $3::timestamptz
  AND r.status = 'won'
  AND r.owner_id = ANY ($2::text[])
UNION ALL
SELECT r.deal_id, r.currency, coalesce(r.price, 0) AS price, 0 AS bucket,
  CASE r.commission_mode WHEN 'percent' THEN round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(r.commission_amount, 0) ELSE coalesce(r.commission_amount, round(coalesce(r.price, 0) * coalesce(r.commission_percent, 0) * 0.01, 2)) END AS total
FROM crm.deals r
WHERE r.organization_id = $1
  AND r.closed_at < $3::timestamptz
  AND r.status = 'won'
  AND r.assignee_ids <> '{}' AND r.assignee_ids && $2::text[] AND (r.owner_id = ANY ($2::text[])) IS NOT TRUE
), kept AS (
SELECT w.*, w.total - paid.sum AS agency
FROM won w CROSS JOIN LATERAL (SELECT coalesce(sum(CASE s.mode WHEN 'percent' THEN round(w.total * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(w.total * coalesce(s.percent, 0) * 0.01, 2)) END), 0) AS sum FROM crm.deal_shares s
  WHERE s.organization_id = $1 AND s.deal_id = w.deal_id AND s.party = 'collaborator') paid
)
SELECT bucket, currency, NULL::text AS "group", '0' AS n, count(*)::text AS deals, (sum(price) * 100)::numeric(38, 0)::text AS price
FROM kept GROUP BY 1, 2
UNION ALL
SELECT k.bucket, k.currency, s.user_id, (sum(CASE s.mode WHEN 'percent' THEN round(k.agency * coalesce(s.percent, 0) * 0.01, 2) WHEN 'fixed' THEN coalesce(s.amount, 0) ELSE coalesce(s.amount, round(k.agency * coalesce(s.percent, 0) * 0.01, 2)) END) * 100)::numeric(38, 0)::text, '0', '0'
FROM kept k
JOIN crm.deal_shares s ON s.organization_id = $1 AND s.deal_id = k.deal_id
WHERE s.party = 'agent' AND s.user_id = ANY ($2::text[])
GROUP BY 1, 2, 3;
