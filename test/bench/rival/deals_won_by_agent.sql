-- $1 organization, $2 people, $3 start and $4 end of the window
SELECT person AS key, count(*)::int AS value
FROM crm.deals
CROSS JOIN LATERAL (SELECT DISTINCT unnest(owner_id || assignee_ids) AS person) seen_by
WHERE organization_id = $1
  AND (owner_id = ANY ($2) OR assignee_ids && $2)
  AND closed_at >= $3 AND closed_at < $4
  AND status = 'won'
  AND person = ANY ($2)
GROUP BY person
