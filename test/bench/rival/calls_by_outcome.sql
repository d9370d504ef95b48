-- $1 organization, $2 people, $3 start and $4 end of the window
SELECT outcome AS key, count(*)::int AS value
FROM crm.calls
WHERE organization_id = $1
  AND owner_id = ANY ($2)
  AND started_at >= $3 AND started_at < $4
GROUP BY outcome
