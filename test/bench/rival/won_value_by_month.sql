-- $1 organization, $2 people, $3 start and $4 end of the window, $5 time zone, $6 the organization's currency
WITH won AS (
  SELECT date_trunc('month', closed_at, $5) AS month, currency, count(*) AS deals, coalesce(sum(price), 0) AS value
  FROM crm.deals
  WHERE organization_id = $1
    AND (owner_id = ANY ($2) OR assignee_ids && $2)
    AND closed_at >= $3 AND closed_at < $4
    AND status = 'won'
  GROUP BY 1, 2
), dominant AS (
  SELECT currency
  FROM won
  GROUP BY currency
  ORDER BY sum(deals) DESC, (currency = $6) DESC, currency
  LIMIT 1
)
SELECT to_char(month AT TIME ZONE $5, 'YYYY-MM-DD') AS bucket, value::float8 AS value
FROM won
WHERE currency = (SELECT currency FROM dominant)
