-- $1 organization, $2 people, $3 start and $4 end of the window, $5 time zone
SELECT to_char(date_trunc('month', created_at, $5) AT TIME ZONE $5, 'YYYY-MM-DD') AS bucket, count(*)::int AS value
FROM crm.leads
WHERE organization_id = $1
  AND (owner_id = ANY ($2) OR assignee_ids && $2)
  AND created_at >= $3 AND created_at < $4
GROUP BY date_trunc('month', created_at, $5)
