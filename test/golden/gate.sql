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
SELECT json_build_object(
'organization', (SELECT row_to_json(known) FROM (
SELECT o.time_zone AS "timeZone", o.week_start AS "weekStart", o.currency FROM crm.organizations o
WHERE o.organization_id = $1) known),
'members', (SELECT json_build_array(row_to_json(known)) FROM (
SELECT m.user_id AS "userId", m.name, m.left_at AS "leftAt" FROM crm.members m
WHERE m.organization_id = $1 AND m.user_id = $5::text) known)
)::text AS answer
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
SELECT json_build_object(
'organization', (SELECT row_to_json(known) FROM (
SELECT o.time_zone AS "timeZone", o.week_start AS "weekStart", o.currency FROM crm.organizations o
WHERE o.organization_id = $1) known),
'members', (SELECT json_agg(known) FROM (
SELECT m.user_id AS "userId", m.name, m.left_at AS "leftAt" FROM crm.members m
WHERE m.organization_id = $1 AND m.user_id = ANY ($5::text[])) known)
)::text AS answer
) q ON false;
