-- $1 organization, $2 people, $3 start and $4 end of the window
SELECT c.tag_id::text AS key, coalesce(t.name, c.tag_id::text) AS label, c.leads AS value
FROM (
  SELECT tag_id, count(*)::int AS leads
  FROM crm.leads, unnest(tag_ids) AS tag_id
  WHERE organization_id = $1
    AND (owner_id = ANY ($2) OR assignee_ids && $2)
    AND created_at >= $3 AND created_at < $4
  GROUP BY tag_id
) c
LEFT JOIN crm.tags t ON t.organization_id = $1 AND t.tag_id = c.tag_id
