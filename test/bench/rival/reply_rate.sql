-- $1 organization, $2 people, $3 start and $4 end of the window, $5 start of the previous window, which ends at $3
WITH firsts AS (
  SELECT thread_id, min(sent_at) AS first_at
  FROM crm.emails
  WHERE organization_id = $1
    AND owner_id = ANY ($2)
    AND thread_id IS NOT NULL
    AND direction = 'outbound'
  GROUP BY thread_id
  HAVING min(sent_at) >= $5 AND min(sent_at) < $4
), threads AS (
  SELECT f.first_at, EXISTS (
    SELECT
    FROM crm.emails e
    WHERE e.organization_id = $1
      AND e.owner_id = ANY ($2)
      AND e.thread_id = f.thread_id
      AND e.direction = 'inbound'
      AND e.sent_at > f.first_at AND e.sent_at <= f.first_at + interval '336 hours'
  ) AS is_answered
  FROM firsts f
)
SELECT
  round(100.0 * count(*) FILTER (WHERE is_answered AND first_at >= $3)
    / nullif(count(*) FILTER (WHERE first_at >= $3), 0), 1)::float8 AS value,
  round(100.0 * count(*) FILTER (WHERE is_answered AND first_at < $3)
    / nullif(count(*) FILTER (WHERE first_at < $3), 0), 1)::float8 AS previous
FROM threads
