SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
WITH firsts AS (
SELECT r.thread_id, min(r.sent_at) AS first_at
FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.thread_id IS NOT NULL
  AND r.direction = 'outbound'
  AND r.sent_at < $4::timestamptz
GROUP BY 1
HAVING min(r.sent_at) >= $5::timestamptz
), threads AS (
SELECT f.first_at, count(r.sent_at) > 0 AS is_answered
FROM firsts f LEFT JOIN crm.emails r
ON r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.direction = 'inbound'
  AND r.sent_at >= $5::timestamptz
  AND r.sent_at < $4::timestamptz + interval '336 hours'
  AND r.sent_at <= $3::timestamptz
  AND r.thread_id = f.thread_id
  AND r.sent_at > f.first_at
  AND r.sent_at <= f.first_at + interval '336 hours'
GROUP BY f.thread_id, f.first_at
)
SELECT count(*)::text AS total, (count(*) FILTER (WHERE t.is_answered))::text AS n, count(*)::text AS d
FROM threads t
) t LEFT JOIN (
SELECT f.email_id AS id, f.email_id AS subject, (extract(epoch FROM f.sent_at) * 1000)::bigint::text AS at,
  w.n::text AS n, '1' AS d, json_build_array(f.direction, (extract(epoch FROM f.sent_at) * 1000)::bigint::text, f.owner_id)::text AS cells, NULL::text AS labels
FROM (SELECT f.* FROM (SELECT f.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT f.sent_at, f.email_id FROM (SELECT r.*
FROM crm.emails r
WHERE r.organization_id = $1
  AND r.sent_at >= $7::timestamptz
  AND r.sent_at < $8::timestamptz
  AND r.thread_id IS NOT NULL
  AND r.direction = 'outbound'
  AND r.owner_id = o.id
) f WHERE f.email_id = (SELECT r.email_id FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.thread_id = f.thread_id
  AND r.direction = 'outbound'
ORDER BY r.sent_at, r.email_id COLLATE "C" LIMIT 1)
ORDER BY f.sent_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES
) c
) f ORDER BY f.sent_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES) f
ORDER BY f.sent_at DESC, f.email_id COLLATE "C" DESC
LIMIT $9::text::bigint) k
JOIN crm.emails f ON f.organization_id = $1 AND f.email_id = k.email_id
CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.thread_id = f.thread_id
  AND r.direction = 'inbound'
  AND r.sent_at > f.sent_at
  AND r.sent_at <= least(f.sent_at + interval '336 hours', $6::timestamptz))::int AS n) w
) p ON true;

SELECT f.email_id AS id, f.email_id AS subject, (extract(epoch FROM f.sent_at) * 1000)::bigint::text AS at,
  w.n::text AS n, '1' AS d, json_build_array(f.direction, (extract(epoch FROM f.sent_at) * 1000)::bigint::text, f.owner_id)::text AS cells, NULL::text AS labels
FROM (SELECT f.* FROM (SELECT f.* FROM (
SELECT c.* FROM unnest($2::text[]) AS o(id) CROSS JOIN LATERAL (
SELECT f.sent_at, f.email_id FROM (SELECT r.*
FROM crm.emails r
WHERE r.organization_id = $1
  AND r.sent_at >= $4::timestamptz
  AND r.sent_at < $5::timestamptz
  AND r.thread_id IS NOT NULL
  AND r.direction = 'outbound'
  AND r.owner_id = o.id
) f WHERE f.email_id = (SELECT r.email_id FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.thread_id = f.thread_id
  AND r.direction = 'outbound'
ORDER BY r.sent_at, r.email_id COLLATE "C" LIMIT 1)
  AND f.sent_at <= $7::timestamptz AND (f.sent_at < $7::timestamptz OR f.email_id COLLATE "C" < $8::text)
ORDER BY f.sent_at DESC FETCH FIRST ($6::text::bigint) ROWS WITH TIES
) c
) f ORDER BY f.sent_at DESC FETCH FIRST ($6::text::bigint) ROWS WITH TIES) f
ORDER BY f.sent_at DESC, f.email_id COLLATE "C" DESC
LIMIT $6::text::bigint) k
JOIN crm.emails f ON f.organization_id = $1 AND f.email_id = k.email_id
CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.thread_id = f.thread_id
  AND r.direction = 'inbound'
  AND r.sent_at > f.sent_at
  AND r.sent_at <= least(f.sent_at + interval '336 hours', $3::timestamptz))::int AS n) w;

SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
WITH firsts AS (
SELECT r.thread_id, min(r.sent_at) AS first_at
FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = $2::text
  AND r.thread_id IS NOT NULL
  AND r.direction = 'outbound'
  AND r.sent_at < $4::timestamptz
GROUP BY 1
HAVING min(r.sent_at) >= $5::timestamptz
), threads AS (
SELECT f.first_at, count(r.sent_at) > 0 AS is_answered
FROM firsts f LEFT JOIN crm.emails r
ON r.organization_id = $1
  AND r.owner_id = $2::text
  AND r.direction = 'inbound'
  AND r.sent_at >= $5::timestamptz
  AND r.sent_at < $4::timestamptz + interval '336 hours'
  AND r.sent_at <= $3::timestamptz
  AND r.thread_id = f.thread_id
  AND r.sent_at > f.first_at
  AND r.sent_at <= f.first_at + interval '336 hours'
GROUP BY f.thread_id, f.first_at
)
SELECT count(*)::text AS total, (count(*) FILTER (WHERE t.is_answered))::text AS n, count(*)::text AS d
FROM threads t
) t LEFT JOIN (
SELECT f.email_id AS id, f.email_id AS subject, (extract(epoch FROM f.sent_at) * 1000)::bigint::text AS at,
  w.n::text AS n, '1' AS d, json_build_array(f.direction, (extract(epoch FROM f.sent_at) * 1000)::bigint::text, f.owner_id)::text AS cells, NULL::text AS labels
FROM (SELECT f.* FROM (SELECT f.* FROM (
(SELECT f.sent_at, f.email_id FROM (SELECT r.*
FROM crm.emails r
WHERE r.organization_id = $1
  AND r.sent_at >= $7::timestamptz
  AND r.sent_at < $8::timestamptz
  AND r.thread_id IS NOT NULL
  AND r.direction = 'outbound'
  AND r.owner_id = $2::text
) f WHERE f.email_id = (SELECT r.email_id FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = $2::text
  AND r.thread_id = f.thread_id
  AND r.direction = 'outbound'
ORDER BY r.sent_at, r.email_id COLLATE "C" LIMIT 1)
ORDER BY f.sent_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES)
) f ORDER BY f.sent_at DESC FETCH FIRST ($9::text::bigint) ROWS WITH TIES) f
ORDER BY f.sent_at DESC, f.email_id COLLATE "C" DESC
LIMIT $9::text::bigint) k
JOIN crm.emails f ON f.organization_id = $1 AND f.email_id = k.email_id
CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = $2::text
  AND r.thread_id = f.thread_id
  AND r.direction = 'inbound'
  AND r.sent_at > f.sent_at
  AND r.sent_at <= least(f.sent_at + interval '336 hours', $6::timestamptz))::int AS n) w
) p ON true;
