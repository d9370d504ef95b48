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
SELECT json_build_object('organization', (
SELECT json_build_object('timeZone', o.time_zone, 'weekStart', o.week_start, 'currency', o.currency)
FROM crm.organizations o WHERE o.organization_id = $1
), 'members', (
SELECT coalesce(json_agg(
json_build_object('userId', m.user_id, 'name', m.name, 'leftAt', m.left_at) ORDER BY m.user_id
), '[]'::json)
FROM crm.members m WHERE m.organization_id = $1 AND m.user_id = $5::text
))::text AS answer
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
SELECT json_build_object('organization', (
SELECT json_build_object('timeZone', o.time_zone, 'weekStart', o.week_start, 'currency', o.currency)
FROM crm.organizations o WHERE o.organization_id = $1
), 'members', (
SELECT coalesce(json_agg(
json_build_object('userId', m.user_id, 'name', m.name, 'leftAt', m.left_at) ORDER BY m.user_id
), '[]'::json)
FROM crm.members m WHERE m.organization_id = $1 AND m.user_id = ANY ($5::text[])
))::text AS answer
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
SELECT json_build_object('organization', (
SELECT json_build_object('timeZone', o.time_zone, 'weekStart', o.week_start, 'currency', o.currency)
FROM crm.organizations o WHERE o.organization_id = $1
), 'members', (
SELECT coalesce(json_agg(
json_build_object('userId', m.user_id, 'name', m.name, 'leftAt', m.left_at) ORDER BY m.user_id
), '[]'::json)
FROM crm.members m WHERE m.organization_id = $1 AND true
))::text AS answer
) q ON false;
