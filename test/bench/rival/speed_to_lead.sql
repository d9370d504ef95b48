-- $1 organization, $2 people, $3 start and $4 end of the window, $5 start of the previous window, which ends at $3
SELECT round(extract(epoch FROM avg(waited) FILTER (WHERE created_at >= $3)) / 60, 1)::float8 AS value,
  round(extract(epoch FROM avg(waited) FILTER (WHERE created_at < $3)) / 60, 1)::float8 AS previous
FROM (
  SELECT created_at, greatest(first_call_at - created_at, interval '0') AS waited
  FROM crm.leads
  WHERE organization_id = $1
    AND (owner_id = ANY ($2) OR assignee_ids && $2)
    AND created_at >= $5 AND created_at < $4
    AND first_call_at IS NOT NULL
) called
