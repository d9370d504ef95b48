-- $1 organization, $2 people, $3 start and $4 end of the window, $5 start of the previous window, which ends at $3
SELECT count(*) FILTER (WHERE created_at >= $3)::int AS value, count(*) FILTER (WHERE created_at < $3)::int AS previous
FROM crm.leads
WHERE organization_id = $1
  AND (owner_id = ANY ($2) OR assignee_ids && $2)
  AND created_at >= $5 AND created_at < $4
