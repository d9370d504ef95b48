import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { globSync, readFileSync } from "node:fs"
import { resolve } from "node:path"
import { OrgId } from "../../../src/domain/Ids.ts"
import { withAccessQuery } from "../../../src/services/access/accessQuery.ts"
import { accessQueryFor } from "../../../src/services/access/Organizations.ts"
import { recordStatementsOf } from "../../proof/recordStatements.ts"
import { everyForm, statementOf } from "../../proof/statements.ts"
import type { Sent } from "../../support/recording.ts"
import { distributionFaults } from "../../support/sql/distributionFaults.ts"
import { sentStatements } from "../../support/sql/sentStatements.ts"

const isOwn = (params: ReadonlyArray<unknown>) => (parameter: unknown) =>
  typeof parameter === "number" && /^org(_\w+)?$/.test(String(params[parameter - 1]))

const faultsOf = ({ params, text }: Sent) => distributionFaults(text, isOwn(params))

/** These statements need several shards, and are not sent to answer a request. */
const exceptions = [
  {
    reason: "the nightly cleanup finds organizations that have expired snapshots",
    text: /^SELECT DISTINCT r.organization_id AS "organizationId" FROM crm_report_snapshots r WHERE r.expires_at/
  },
  {
    reason: "the scheduled freezes find organizations that have a time due",
    text: /^SELECT DISTINCT r.organization_id AS "organizationId" FROM crm_reports r\s+WHERE r.freeze_at/
  },
  {
    reason: "the scheduled deliveries find organizations that have a subscription due",
    text: /^SELECT DISTINCT s.organization_id AS "organizationId" FROM crm_report_subscriptions s\s+WHERE s.next_at/
  },
  {
    reason: "the scheduled deliveries find organizations that have a mail to send",
    text: /^SELECT DISTINCT d.organization_id AS "organizationId" FROM crm_report_deliveries d\s+WHERE d.state/
  },
  {
    reason: "each minute, organizations that have alerts are found",
    text: /^SELECT DISTINCT s.organization_id AS "organizationId", l.looked FROM crm_report_subscriptions s/
  },
  {
    reason: "the nightly cleanup finds organizations that have old deliveries",
    text: /^SELECT DISTINCT r.organization_id AS "organizationId" FROM crm_report_deliveries r\s+WHERE r.settled_at/
  },
  {
    reason: "the nightly cleanup finds organizations that have old audit events",
    text: /^SELECT DISTINCT r.organization_id AS "organizationId" FROM crm_report_audit r\s+WHERE r.at/
  },
  {
    reason: "the nightly cleanup finds organizations that have old idempotency keys",
    text: /^SELECT DISTINCT r.organization_id AS "organizationId" FROM crm_report_idempotency_keys r\s+WHERE/
  },
  {
    reason: "the cleanup of the change log does not run on Citus",
    text: /^SELECT DISTINCT c.organization_id AS "organizationId" FROM crm_capture.changes c$/
  },
  {
    reason: "the marks of this cleanup belong to the server, and have no rows of an organization",
    text: /^(INSERT INTO crm_capture.cleanup_marks \(server\)|WITH taken AS \(DELETE FROM crm_capture.cleanup_marks) /
  },
  {
    reason: "the import and the seed write rows of several organizations in one statement",
    text: /^INSERT INTO crm\.\w+ \([^)]+\)\s+SELECT sent.organization_id, .+\s+FROM unnest\(/
  },
  {
    reason: "the development sign-in lists the people of all organizations",
    text: /^SELECT o.organization_id AS "organizationId", o.name, coalesce\(/
  },
  {
    reason: "npm run check reads the rows of all organizations",
    text: /^SELECT t.organization_id AS "organizationId"(,| FROM crm.organizations t) /
  },
  {
    reason: "the first start looks for an organization in the embedded database",
    text: /^SELECT organization_id FROM crm.organizations LIMIT 1$/
  },
  {
    reason: "a start forgets the unanswered keys in the embedded database",
    text: /^DELETE FROM crm_report_idempotency_keys WHERE status IS NULL$/
  }
]

const exceptionFor = ({ text }: Sent) => exceptions.find((exception) => exception.text.test(text.trim()))

const distinct = (statements: ReadonlyArray<Sent>) => [
  ...new Map(statements.map((statement) => [statement.text, statement])).values()
]

const assertSound = (statements: ReadonlyArray<Sent>) => {
  for (const statement of distinct(statements)) {
    assert.deepStrictEqual(faultsOf(statement), [], statement.text)
  }
}

describe("statements on Citus", () => {
  it.effect("the statements of requests, cleanups, replicas and commands run on one shard, apart from fifteen exceptions", () =>
    Effect.gen(function*() {
      const sent = yield* sentStatements
      assert.isAbove(sent.length, 300)
      assertSound(sent.filter((statement) => exceptionFor(statement) === undefined))
      const used = new Set(sent.filter((statement) => faultsOf(statement).length > 0).map(exceptionFor))
      assert.deepStrictEqual(exceptions.filter((exception) => !used.has(exception)), [])
    }))

  it("the statements of all metrics run on one shard", () => {
    assertSound(everyForm.map(statementOf))
  })

  it("the statements that list the records of all metrics run on one shard", () => {
    assertSound(everyForm.flatMap(recordStatementsOf))
  })

  it("the statements that include the access query run on one shard", () => {
    const selections = ["everyone", ["ana"], ["ana", "bo"]] as const
    const checks = selections.map((selected) => accessQueryFor(OrgId.make("org_demo"), selected))
    assertSound(everyForm.flatMap((asked) => checks.map((check) => withAccessQuery(statementOf(asked), check))))
  })
})

const root = resolve(import.meta.dirname, "../../..")

/** The file changeLog.ts is left out, because the triggers of replicas are not made on Citus. */
const files = globSync("src/**/*.ts", { cwd: root }).filter((file) => !file.endsWith("replica/changeLog.ts"))

/** Matches the name of a table and the rest of the line, up to a value or the end of the text. */
const naming = /\b(?:FROM|JOIN|INTO|UPDATE) crm[\w.]+(?: AS)? \w+[^`"'$\n]*/g

it.effect("these tests check every line of SQL in src that names a table, except in changeLog.ts", () =>
  Effect.gen(function*() {
    const sent = yield* sentStatements
    const all = [...sent, ...everyForm.map(statementOf), ...everyForm.flatMap(recordStatementsOf)]
    const texts = all.map(({ text }) => text).join("\n")
    const named = files.flatMap((file) =>
      [...readFileSync(resolve(root, file), "utf8").matchAll(naming)].map(([line]) => ({ file, line: line.trim() }))
    )
    assert.isAbove(named.length, 40)
    assert.deepStrictEqual(named.filter(({ line }) => !texts.includes(line)), [])
  }))

it.each([
  ["SELECT FROM crm.leads r, crm.deals d WHERE r.organization_id = $1", "crm.deals d lacks organization_id = $n"],
  ["SELECT FROM crm.leads r WHERE r.organization_id = $2", "crm.leads r lacks organization_id = $n"],
  ["SELECT FROM crm.leads r WHERE r.organization_id = $1 OR true", "crm.leads r lacks organization_id = $n"],
  ["SELECT FROM crm.leads r WHERE r.organization_id || '' = $1", "crm.leads r lacks organization_id = $n"],
  [
    "SELECT FROM crm.leads r LEFT JOIN crm.tags t ON t.organization_id = $1 AND r.organization_id = $1",
    "crm.leads r lacks organization_id = $n"
  ],
  [
    "SELECT FROM crm.leads r WHERE r.organization_id = $1 AND EXISTS (SELECT FROM crm_reports s WHERE s.organization_id = r.organization_id)",
    "crm_reports s lacks organization_id = $n"
  ],
  ["DELETE FROM crm.leads r WHERE r.organization_id = $1 AND ctid IS NOT NULL", "uses ctid"],
  ["INSERT INTO crm.tags (organization_id) VALUES ($1), ($2)", "inserts rows of several organizations"],
  [
    "INSERT INTO crm.tags (organization_id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET at = now()",
    "calls now in ON CONFLICT"
  ],
  ["UPDATE crm.tags SET at = random() WHERE organization_id = $1", "sets a column to random()"],
  ["UPDATE crm.tags SET organization_id = $1 WHERE organization_id = $1", "changes organization_id"],
  ["DELETE FROM crm.tags WHERE organization_id = $1 RETURNING id::text", "returns something other than a column"],
  ["DELETE FROM crm.tags WHERE organization_id = $1 RETURNING *", "returns something other than a column"],
  ["SELECT at::date FROM crm.tags WHERE organization_id = $1", "casts to date, in the time zone of a node"],
  ["SELECT pg_advisory_xact_lock(1)", "calls pg_advisory_xact_lock"],
  ["MERGE INTO crm.tags USING (SELECT 1) x ON true WHEN MATCHED THEN DELETE", "is a MergeStmt"]
])("the check of statements finds the fault of %s", (text, fault) => {
  assert.include(distributionFaults(text, (parameter) => parameter === 1), fault)
})
