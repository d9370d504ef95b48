-- $1 organization, $2 people, $3 start and $4 end of the window, $5 the organization's currency
WITH won AS (
  SELECT deal_id, currency,
    CASE
      WHEN commission_mode = 'percent' OR (commission_mode IS DISTINCT FROM 'fixed' AND commission_amount IS NULL)
      THEN round(coalesce(price, 0) * coalesce(commission_percent, 0) / 100, 2)
      ELSE coalesce(commission_amount, 0)
    END AS total
  FROM crm.deals
  WHERE organization_id = $1
    AND (owner_id = ANY ($2) OR assignee_ids && $2)
    AND closed_at >= $3 AND closed_at < $4
    AND status = 'won'
), dominant AS (
  SELECT currency
  FROM won
  GROUP BY currency
  ORDER BY count(*) DESC, (currency = $5) DESC, currency
  LIMIT 1
), kept AS (
  SELECT w.deal_id, w.total, w.total - coalesce(c.payout, 0) AS agency
  FROM won w
  LEFT JOIN LATERAL (
    SELECT sum(CASE WHEN s.mode = 'percent' OR (s.mode <> 'fixed' AND s.amount IS NULL)
      THEN round(w.total * coalesce(s.percent, 0) / 100, 2) ELSE coalesce(s.amount, 0) END) AS payout
    FROM crm.deal_shares s
    WHERE s.organization_id = $1 AND s.deal_id = w.deal_id AND s.party = 'collaborator'
  ) c ON true
  WHERE w.currency = (SELECT currency FROM dominant)
), paid AS (
  SELECT sum(k.total) AS total, sum(k.agency) AS agency, sum(coalesce(a.payout, 0)) AS agents
  FROM kept k
  LEFT JOIN LATERAL (
    SELECT sum(CASE WHEN s.mode = 'percent' OR (s.mode <> 'fixed' AND s.amount IS NULL)
      THEN round(k.agency * coalesce(s.percent, 0) / 100, 2) ELSE coalesce(s.amount, 0) END) AS payout
    FROM crm.deal_shares s
    WHERE s.organization_id = $1 AND s.deal_id = k.deal_id AND s.party = 'agent'
  ) a ON true
)
SELECT key, amount::float8 AS value
FROM paid
CROSS JOIN LATERAL (VALUES
  ('total_commission', total),
  ('collaborator_payout', total - agency),
  ('agency_commission', agency),
  ('internal_agent_payout', agents),
  ('agency_net', agency - agents)
) AS points(key, amount)
