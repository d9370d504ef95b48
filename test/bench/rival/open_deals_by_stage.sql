-- $1 organization, $2 people
SELECT stage AS key, count(*)::int AS value
FROM crm.deals
WHERE organization_id = $1
  AND (owner_id = ANY ($2) OR assignee_ids && $2)
  AND status = 'open'
GROUP BY stage
