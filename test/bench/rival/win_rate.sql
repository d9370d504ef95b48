-- $1 organization, $2 people, $3 start and $4 end of the window, $5 start of the previous window, which ends at $3
SELECT
  round(100.0 * count(*) FILTER (WHERE status = 'won' AND closed_at >= $3)
    / nullif(count(*) FILTER (WHERE closed_at >= $3), 0), 1)::float8 AS value,
  round(100.0 * count(*) FILTER (WHERE status = 'won' AND closed_at < $3)
    / nullif(count(*) FILTER (WHERE closed_at < $3), 0), 1)::float8 AS previous
FROM crm.deals
WHERE organization_id = $1
  AND (owner_id = ANY ($2) OR assignee_ids && $2)
  AND closed_at >= $5 AND closed_at < $4
  AND status IN ('won', 'lost')
