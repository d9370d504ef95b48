/** A report with so many versions that a change deletes the oldest. */
const report = {
  id: "00000000-0000-4000-8000-000000000001",
  organizationId: "org",
  ownerId: "ana",
  title: "Stored",
  description: null,
  visibility: "private",
  people: null,
  layout: { widgets: [] },
  defaultTimeframe: { preset: "today" },
  defaultFilters: null,
  defaultPeople: null,
  snapshotCount: 0,
  version: 60,
  createdAt: new Date(),
  updatedAt: new Date()
}

const id = report.id

const schedule = { every: "day", at: "07:00", timeZone: "UTC", weekStart: 1 }

const subscription = {
  id,
  reportId: id,
  createdBy: "ana",
  schedule,
  channel: "email",
  locale: "en",
  url: null,
  format: "csv",
  view: {},
  when: null,
  paused: false,
  pauseReason: null,
  to: [],
  lastTest: null,
  nextAt: new Date(),
  createdAt: new Date()
}

const claimed = {
  id,
  subscriptionId: id,
  userId: "ana",
  claim: id,
  dueAt: new Date(),
  isTest: false,
  attempts: 1,
  handed: 0,
  reason: null,
  judged: null
}

const answers = [
  ["        ORDER BY s.created_at, s.id", [subscription]],
  ["        ORDER BY s.next_at, s.id LIMIT 100", [{ id, schedule, nextAt: new Date() }]],
  ["d.is_test AS \"isTest\", d.attempts, d.handed, d.reason, d.judged", [claimed]],
  ["UPDATE crm_report_subscriptions s SET next_at", [{ id }]],
  ["UPDATE crm_report_deliveries d SET", [{ id }]],
  ["DELETE FROM crm_report_subscriptions s", [{ id }]],
  ["SELECT s.report_id AS \"reportId\", s.schedule", [{ reportId: id, schedule }]],
  ["DELETE FROM crm_report_recipients p", [{ userId: "ana", endedAt: new Date() }]],
  ["SELECT p.user_id AS \"userId\" FROM crm_report_recipients p", [{ userId: "ana" }]],
  [" FOR UPDATE", [report]],
  [" FOR NO KEY UPDATE", [report]],
  [" AS \"snapshotCount\"\n      FROM crm_reports r", [report]],
  ["DELETE FROM crm_reports r", [{ id: "00000000-0000-4000-8000-000000000001" }]],
  ["SELECT now() AS now", [{ now: new Date() }]],
  [" AS \"isEnabled\"", [{ isPossible: true, isEnabled: true }]],
  [" AS at", [{ snapshot: "1:1:", captureEpoch: "", at: "0" }]],
  [" AS counts", [{ counts: [] }]],
  ["WITH taken", [{ xid: "0" }]],
  ["SELECT DISTINCT s.organization_id AS \"organizationId\", l.looked", []],
  ["SELECT DISTINCT", [{ organizationId: "org" }]],
  ["SELECT to_regclass('crm_report_targets')", [{ isMade: true }]],
  ["SELECT t.organization_id AS \"organizationId\", t.id, t.metric_id", []],
  ["SELECT t.organization_id AS \"organizationId\", count(*)", []],
  ["SELECT t.organization_id AS \"organizationId\" FROM crm.organizations t", [{ organizationId: "org" }]],
  ["SELECT json_build_array(json_build_object('count'", [{ found: [] }]]
] as const

/** Returns the rows that a statement finds, if other statements are sent only after it has found some. */
export const answerTo = (text: string) =>
  answers.find(([part]) => text.endsWith(part) || text.includes(`${part}\n`) || text.trim().startsWith(part))?.[1]
