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
SELECT f.thread_id, f.first_at, count(r.sent_at) > 0 AS is_answered
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
), counted AS (
SELECT t.thread_id, t.first_at AS counted_at, t.is_answered::int AS n, 1 AS d FROM threads t
)
SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT count(*)::text AS total, coalesce(sum(c.n), 0)::numeric(38, 0)::text AS n, coalesce(sum(c.d), 0)::text AS d FROM counted c
) t LEFT JOIN (
SELECT c.id, c.id AS subject, (extract(epoch FROM c.counted_at) * 1000)::bigint::text AS at,
  c.n::numeric(38, 0)::text AS n, c.d::text AS d, json_build_array(r.direction, (extract(epoch FROM r.sent_at) * 1000)::bigint::text, r.owner_id)::text AS cells, NULL::text AS labels
FROM (SELECT c.*, (SELECT r.email_id FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.sent_at = c.counted_at
  AND r.thread_id = c.thread_id
  AND r.direction = 'outbound'
ORDER BY r.email_id COLLATE "C" LIMIT 1) AS id FROM counted c
WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (SELECT c.counted_at FROM counted c WHERE true
ORDER BY 1 DESC
LIMIT $6::text::bigint) n)
ORDER BY c.counted_at DESC, ((SELECT r.email_id FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.sent_at = c.counted_at
  AND r.thread_id = c.thread_id
  AND r.direction = 'outbound'
ORDER BY r.email_id COLLATE "C" LIMIT 1)) COLLATE "C" DESC
LIMIT $6::text::bigint) c
JOIN crm.emails r ON r.organization_id = $1 AND r.email_id = c.id
) p ON true;

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
SELECT f.thread_id, f.first_at, count(r.sent_at) > 0 AS is_answered
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
), counted AS (
SELECT t.thread_id, t.first_at AS counted_at, t.is_answered::int AS n, 1 AS d FROM threads t
)
SELECT c.id, c.id AS subject, (extract(epoch FROM c.counted_at) * 1000)::bigint::text AS at,
  c.n::numeric(38, 0)::text AS n, c.d::text AS d, json_build_array(r.direction, (extract(epoch FROM r.sent_at) * 1000)::bigint::text, r.owner_id)::text AS cells, NULL::text AS labels
FROM (SELECT c.*, (SELECT r.email_id FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.sent_at = c.counted_at
  AND r.thread_id = c.thread_id
  AND r.direction = 'outbound'
ORDER BY r.email_id COLLATE "C" LIMIT 1) AS id FROM counted c
WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (SELECT c.counted_at FROM counted c WHERE true
  AND c.counted_at <= $6::timestamptz AND (c.counted_at < $6::timestamptz OR ((SELECT r.email_id FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.sent_at = c.counted_at
  AND r.thread_id = c.thread_id
  AND r.direction = 'outbound'
ORDER BY r.email_id COLLATE "C" LIMIT 1)) COLLATE "C" < $7::text)
ORDER BY 1 DESC
LIMIT $8::text::bigint) n)
  AND c.counted_at <= $6::timestamptz AND (c.counted_at < $6::timestamptz OR ((SELECT r.email_id FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.sent_at = c.counted_at
  AND r.thread_id = c.thread_id
  AND r.direction = 'outbound'
ORDER BY r.email_id COLLATE "C" LIMIT 1)) COLLATE "C" < $7::text)
ORDER BY c.counted_at DESC, ((SELECT r.email_id FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.sent_at = c.counted_at
  AND r.thread_id = c.thread_id
  AND r.direction = 'outbound'
ORDER BY r.email_id COLLATE "C" LIMIT 1)) COLLATE "C" DESC
LIMIT $8::text::bigint) c
JOIN crm.emails r ON r.organization_id = $1 AND r.email_id = c.id;

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
SELECT f.thread_id, f.first_at, count(r.sent_at) > 0 AS is_answered
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
), counted AS (
SELECT t.thread_id, t.first_at AS counted_at, t.is_answered::int AS n, 1 AS d FROM threads t
)
SELECT t.total, t.n AS total_n, t.d AS total_d, p.id, p.subject, p.at, p.n, p.d, p.cells, p.labels
FROM (
SELECT count(*)::text AS total, coalesce(sum(c.n), 0)::numeric(38, 0)::text AS n, coalesce(sum(c.d), 0)::text AS d FROM counted c
) t LEFT JOIN (
SELECT c.id, c.id AS subject, (extract(epoch FROM c.counted_at) * 1000)::bigint::text AS at,
  c.n::numeric(38, 0)::text AS n, c.d::text AS d, json_build_array(r.direction, (extract(epoch FROM r.sent_at) * 1000)::bigint::text, r.owner_id)::text AS cells, NULL::text AS labels
FROM (SELECT c.*, (SELECT r.email_id FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = $2::text
  AND r.sent_at = c.counted_at
  AND r.thread_id = c.thread_id
  AND r.direction = 'outbound'
ORDER BY r.email_id COLLATE "C" LIMIT 1) AS id FROM counted c
WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (SELECT c.counted_at FROM counted c WHERE true
ORDER BY 1 DESC
LIMIT $6::text::bigint) n)
ORDER BY c.counted_at DESC, ((SELECT r.email_id FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = $2::text
  AND r.sent_at = c.counted_at
  AND r.thread_id = c.thread_id
  AND r.direction = 'outbound'
ORDER BY r.email_id COLLATE "C" LIMIT 1)) COLLATE "C" DESC
LIMIT $6::text::bigint) c
JOIN crm.emails r ON r.organization_id = $1 AND r.email_id = c.id
) p ON true;

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
SELECT f.thread_id, f.first_at, count(r.sent_at) > 0 AS is_answered
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
), counted AS (
SELECT t.thread_id, t.first_at AS counted_at, t.is_answered::int AS n, 1 AS d FROM threads t
)
SELECT c.id, c.id AS subject, (extract(epoch FROM c.counted_at) * 1000)::bigint::text AS at,
  c.n::numeric(38, 0)::text AS n, c.d::text AS d, json_build_array(r.direction, (extract(epoch FROM r.sent_at) * 1000)::bigint::text, r.owner_id)::text AS cells, NULL::text AS labels
FROM (SELECT c.*, (SELECT r.email_id FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = $2::text
  AND r.sent_at = c.counted_at
  AND r.thread_id = c.thread_id
  AND r.direction = 'outbound'
ORDER BY r.email_id COLLATE "C" LIMIT 1) AS id FROM counted c
WHERE c.counted_at >= (SELECT min(n.counted_at) FROM (SELECT c.counted_at FROM counted c WHERE true
  AND c.counted_at <= $6::timestamptz AND (c.counted_at < $6::timestamptz OR ((SELECT r.email_id FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = $2::text
  AND r.sent_at = c.counted_at
  AND r.thread_id = c.thread_id
  AND r.direction = 'outbound'
ORDER BY r.email_id COLLATE "C" LIMIT 1)) COLLATE "C" < $7::text)
ORDER BY 1 DESC
LIMIT $8::text::bigint) n)
  AND c.counted_at <= $6::timestamptz AND (c.counted_at < $6::timestamptz OR ((SELECT r.email_id FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = $2::text
  AND r.sent_at = c.counted_at
  AND r.thread_id = c.thread_id
  AND r.direction = 'outbound'
ORDER BY r.email_id COLLATE "C" LIMIT 1)) COLLATE "C" < $7::text)
ORDER BY c.counted_at DESC, ((SELECT r.email_id FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = $2::text
  AND r.sent_at = c.counted_at
  AND r.thread_id = c.thread_id
  AND r.direction = 'outbound'
ORDER BY r.email_id COLLATE "C" LIMIT 1)) COLLATE "C" DESC
LIMIT $8::text::bigint) c
JOIN crm.emails r ON r.organization_id = $1 AND r.email_id = c.id;
