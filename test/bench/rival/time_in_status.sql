-- $1 organization, $2 people, $3 start and $4 end of the window, both in the past
SELECT s.status AS key,
  round(extract(epoch FROM avg(
    greatest(least(coalesce(s.ended_at, $4), $4) - greatest(s.started_at, $3), interval '0')
  )) / 86400, 1)::float8 AS value
FROM crm.lead_status_spells s
JOIN crm.leads l ON l.organization_id = s.organization_id AND l.lead_id = s.lead_id
WHERE s.organization_id = $1
  AND (l.owner_id = ANY ($2) OR l.assignee_ids && $2)
  AND s.started_at < $4 AND (s.ended_at IS NULL OR s.ended_at > $3)
GROUP BY s.status
