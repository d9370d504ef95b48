/** A report with so many versions that a change deletes the oldest. */
const report = {
  id: "00000000-0000-4000-8000-000000000001",
  organizationId: "org",
  ownerId: "ana",
  title: "Stored",
  description: null,
  visibility: "private",
  layout: { widgets: [] },
  defaultTimeframe: { preset: "today" },
  defaultFilters: null,
  defaultPeople: null,
  snapshotCount: 0,
  version: 60,
  createdAt: new Date(),
  updatedAt: new Date()
}

const answers = [
  [" FOR UPDATE", [report]],
  [" AS \"snapshotCount\"\n      FROM crm_reports r", [report]],
  ["DELETE FROM crm_reports r", [{ id: "00000000-0000-4000-8000-000000000001" }]],
  ["SELECT now() AS now", [{ now: new Date() }]],
  [" AS \"isEnabled\"", [{ isPossible: true, isEnabled: true }]],
  [" AS at", [{ snapshot: "1:1:", captureEpoch: "", at: "0" }]],
  [" AS counts", [{ counts: [] }]],
  ["WITH taken", [{ xid: "0" }]],
  ["SELECT DISTINCT", [{ organizationId: "org" }]],
  ["SELECT to_regclass('crm_report_targets')", [{ isMade: true }]],
  ["SELECT t.organization_id AS \"organizationId\", t.id, t.metric_id", []],
  ["SELECT json_build_array(json_build_object('count'", [{ found: [] }]]
] as const

/** Returns the rows that a statement finds, if other statements are sent only after it has found some. */
export const answerTo = (text: string) =>
  answers.find(([part]) => text.endsWith(part) || text.includes(`${part}\n`) || text.trim().startsWith(part))?.[1]
