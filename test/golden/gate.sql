SELECT t.*, q.answer FROM (
SELECT s.bucket, s.id::text AS "group", s.n::text AS n
FROM (
SELECT 1 AS bucket, r.outcome AS id, count(*) AS n
FROM crm.calls r
WHERE r.organization_id = $1
  AND r.started_at >= $3::timestamptz
  AND r.started_at < $4::timestamptz
  AND r.owner_id = $2::text
GROUP BY 2
) s
) t FULL JOIN (
SELECT json_build_array((
SELECT json_build_array(o.time_zone, o.week_start, o.currency) FROM crm.organizations o
WHERE o.organization_id = $1), (
SELECT json_build_array(json_build_array(m.user_id, m.name, m.left_at)) FROM crm.members m
WHERE m.organization_id = $1 AND m.user_id = $5::text))::text AS answer
) q ON false;

SELECT t.*, q.answer FROM (
SELECT s.bucket, s.id::text AS "group", s.n::text AS n
FROM (
SELECT 1 AS bucket, r.outcome AS id, count(*) AS n
FROM crm.calls r
WHERE r.organization_id = $1
  AND r.started_at >= $3::timestamptz
  AND r.started_at < $4::timestamptz
  AND r.owner_id = ANY ($2::text[])
GROUP BY 2
) s
) t FULL JOIN (
SELECT json_build_array((
SELECT json_build_array(o.time_zone, o.week_start, o.currency) FROM crm.organizations o
WHERE o.organization_id = $1), (
SELECT json_agg(json_build_array(m.user_id, m.name, m.left_at)) FROM crm.members m
WHERE m.organization_id = $1 AND m.user_id = ANY ($5::text[])))::text AS answer
) q ON false;
