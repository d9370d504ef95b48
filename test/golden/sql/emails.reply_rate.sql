-- emails.reply_rate, 2 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-05-17T09:30:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 2024-03-31T22:00:00.000Z
-- $6: {1, 3}
-- $7: {2024-03-31T22:00:00.000Z, 2024-04-30T22:00:00.000Z}
-- $8: {2024-04-17T09:30:00.001Z, 2024-05-17T09:30:00.001Z}
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
SELECT b.bucket AS bucket, (count(*) FILTER (WHERE t.is_answered))::text AS n, count(*)::text AS d
FROM threads t CROSS JOIN unnest($6::integer[], $7::timestamptz[], $8::timestamptz[]) AS b(bucket, "from", "to")
WHERE t.first_at >= b."from"
  AND t.first_at < b."to"
GROUP BY 1;

-- emails.reply_rate, 1 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: 'user_1'
-- $3: 2024-05-17T09:30:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 2024-03-31T22:00:00.000Z
-- $6: {1, 3}
-- $7: {2024-03-31T22:00:00.000Z, 2024-04-30T22:00:00.000Z}
-- $8: {2024-04-17T09:30:00.001Z, 2024-05-17T09:30:00.001Z}
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
SELECT b.bucket AS bucket, (count(*) FILTER (WHERE t.is_answered))::text AS n, count(*)::text AS d
FROM threads t CROSS JOIN unnest($6::integer[], $7::timestamptz[], $8::timestamptz[]) AS b(bucket, "from", "to")
WHERE t.first_at >= b."from"
  AND t.first_at < b."to"
GROUP BY 1;

-- emails.reply_rate, 12 in scope, this_month in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2', 'user_3', 'user_4', 'user_5', 'user_6', 'user_7', 'user_8', 'user_9', 'user_10', 'user_11', 'user_12'}
-- $3: 2024-05-17T09:30:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 2024-03-31T22:00:00.000Z
-- $6: {1, 3}
-- $7: {2024-03-31T22:00:00.000Z, 2024-04-30T22:00:00.000Z}
-- $8: {2024-04-17T09:30:00.001Z, 2024-05-17T09:30:00.001Z}
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
SELECT b.bucket AS bucket, (count(*) FILTER (WHERE t.is_answered))::text AS n, count(*)::text AS d
FROM threads t CROSS JOIN unnest($6::integer[], $7::timestamptz[], $8::timestamptz[]) AS b(bucket, "from", "to")
WHERE t.first_at >= b."from"
  AND t.first_at < b."to"
GROUP BY 1;

-- emails.reply_rate, 2 in scope, all_time in Europe/Madrid, on 2024-05-17 at 09:30 UTC
-- $1: 'org_demo'
-- $2: {'user_1', 'user_2'}
-- $3: 2024-05-17T09:30:00.000Z
-- $4: 2024-05-17T09:30:00.001Z
-- $5: 2024-05-17T09:30:00.001Z
WITH firsts AS (
SELECT r.thread_id, min(r.sent_at) AS first_at
FROM crm.emails r
WHERE r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.thread_id IS NOT NULL
  AND r.direction = 'outbound'
  AND r.sent_at < $4::timestamptz
GROUP BY 1
), threads AS (
SELECT f.first_at, count(r.sent_at) > 0 AS is_answered
FROM firsts f LEFT JOIN crm.emails r
ON r.organization_id = $1
  AND r.owner_id = ANY ($2::text[])
  AND r.direction = 'inbound'
  AND r.sent_at < $4::timestamptz + interval '336 hours'
  AND r.sent_at <= $3::timestamptz
  AND r.thread_id = f.thread_id
  AND r.sent_at > f.first_at
  AND r.sent_at <= f.first_at + interval '336 hours'
GROUP BY f.thread_id, f.first_at
)
SELECT 0 AS bucket, (count(*) FILTER (WHERE t.is_answered))::text AS n, count(*)::text AS d
FROM threads t
WHERE t.first_at < $5::timestamptz
GROUP BY 1;
