-- $1 organization, $2 people, $3 start and $4 end of the window, $5 start of the previous window, which ends at $3
SELECT
  round(100.0 * count(completed_at) FILTER (WHERE due_at >= $3)
    / nullif(count(*) FILTER (WHERE due_at >= $3), 0), 1)::float8 AS value,
  round(100.0 * count(completed_at) FILTER (WHERE due_at < $3)
    / nullif(count(*) FILTER (WHERE due_at < $3), 0), 1)::float8 AS previous
FROM crm.tasks
WHERE organization_id = $1
  AND (owner_id = ANY ($2) OR assignee_ids && $2)
  AND due_at >= $5 AND due_at < $4
