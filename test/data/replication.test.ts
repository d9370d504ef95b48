import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import type { Finding } from "../../src/data/check/Kind.ts"
import { subscriptions } from "../../src/data/check/subscriptions.ts"
import { fieldsOf, keyFields } from "../../src/data/writeTables.ts"
import { crmTables } from "../../src/metrics/crm.ts"
import type { Kind, Table } from "../../src/metrics/Table.ts"
import { run } from "../support/captured.ts"
import { run as command } from "../support/commandLine.ts"
import { assertNamed, type DataFault, dataFaults, soundRows } from "../support/dataFaults.ts"
import { names } from "../support/doctor.ts"
import { eventually } from "../support/eventually.ts"
import { leads } from "../support/feeding.ts"
import { say } from "../support/locks.ts"
import { beside, documented, lsnOf, running, Server, skipped, stopped, subscribed } from "../support/replication.ts"

const types: { readonly [K in Kind]: string } = {
  text: "text",
  uuid: "uuid",
  instant: "timestamptz",
  integer: "integer",
  money: "numeric",
  percent: "numeric",
  texts: "text[]",
  uuids: "uuid[]"
}

/** A table of the CRM has the columns and the key of our table, but not its other constraints. */
const copyOf = (table: Table) => {
  const columns = fieldsOf(table).map(({ column, kind }) => `${column} ${types[kind]}`)
  return `CREATE TABLE crm.${table.name} (${columns.join(", ")},
    PRIMARY KEY (${keyFields(table).map(({ column }) => column).join(", ")}))`
}

const isOfCrm = (statement: string) => !statement.includes("crm_report_targets")

/** Each fault has an organization of its own, so that all of them can be there at once. */
const faults = dataFaults.map((fault, at) => ({ fault, organization: `org_${String(at).padStart(3, "0")}` }))
  .filter(({ fault }) => fault.statements.some(isOfCrm))
const arriving = faults.filter(({ fault }) => fault.refusal === undefined)

const inOrganization = (organization: string, statements: ReadonlyArray<string>) =>
  statements.map((statement) => statement.replaceAll("org_ok", organization))

const faultyStatements = ({ fault, organization }: { readonly fault: DataFault; readonly organization: string }) =>
  inOrganization(organization, fault.statements)

const script = (statements: ReadonlyArray<string>) => statements.join(";\n")

/** The name of an organization without a fault tells how far changes have arrived. */
const renamed = (name: string) => `UPDATE crm.organizations SET name = '${name}' WHERE organization_id = 'org_ok'`

const arrived = Effect.fnUntraced(function*(name: string) {
  const sql = yield* SqlClient.SqlClient
  const found = sql`SELECT 1 FROM crm.organizations WHERE organization_id = 'org_ok' AND name = ${name}`
  yield* eventually(found, ({ length }) => length === 1)
})

layer(Server.layer, { excludeTestServices: true })("logical replication", (it) => {
  it.effect("the logical replication in docs/data.md goes on after a refused row, and the check reports its state", () =>
    beside("documented", (crm, env) =>
      Effect.gen(function*() {
        const { log } = yield* Server
        const aLead = (id: number, status: string) =>
          say(crm, `INSERT INTO crm.leads VALUES ('org_acme', '${id}', 'user_a', '${status}', '2024-01-01')`)
        const haveArrived = (count: number) => eventually(leads, (rows) => rows.length === count)
        yield* Effect.forEach(documented.publishing, (statement) => say(crm, statement))
        yield* aLead(1, "~copied")
        yield* subscribed(crm)
        yield* stopped(1)
        yield* eventually(log, (text) => text.includes("COPY leads, line 1"))
        yield* say(crm, "UPDATE crm.leads SET status = 'lead'")
        yield* run(documented.enabling)
        assert.deepStrictEqual(yield* haveArrived(1), ["1 lead"])
        assert.match((yield* running)[0]?.text ?? "", /^the subscription crm_reports has a worker, .+ 1 error so far$/)
        yield* aLead(3, "lead")
        yield* haveArrived(2)
        yield* aLead(2, "~refused")
        yield* aLead(4, "lead")
        yield* stopped(2)
        const checked = yield* command(["check"], env)
        assert.include(checked.out, "fault  the subscription crm_reports is disabled")
        assert.strictEqual(checked.code, 1)
        yield* names(env, /^the subscription crm_reports is disabled, after 2 errors /)
        yield* skipped(yield* lsnOf(crm))
        assert.deepStrictEqual(yield* haveArrived(3), ["1 lead", "3 lead", "4 lead"])
        yield* say(crm, documented.resending)
        assert.deepStrictEqual(yield* haveArrived(4), ["1 lead", "2 lead", "3 lead", "4 lead"])
        yield* running
      })))

  it.effect("the check names each fault that arrives by logical replication, and PostgreSQL's log the refused ones", () =>
    beside("faulty", (crm, env) =>
      Effect.gen(function*() {
        const { log } = yield* Server
        const sound = ["org_ok", ...faults.map(({ organization }) => organization)].flatMap((organization) =>
          inOrganization(organization, soundRows)
        )
        const [schema = "", , publication = "", slot = ""] = documented.publishing
        const all = crmTables.map(({ name }) => `crm.${name}`).join(", ")
        yield* say(crm, script([schema, ...crmTables.map(copyOf), publication.replace("crm.leads", all)]))
        yield* say(crm, slot)
        yield* say(crm, script(sound.filter(isOfCrm)))
        yield* run(sound.filter((statement) => !isOfCrm(statement)))
        yield* subscribed(crm)
        yield* eventually(subscriptions, ([one]) => one?.isRunning === true && !one.text.includes("still copied"))

        const statements = arriving.flatMap(faultyStatements)
        yield* run(statements.filter((statement) => !isOfCrm(statement)))
        yield* say(crm, script([...statements.filter(isOfCrm), renamed("Faults")]))
        yield* arrived("Faults")

        const refused = faults.flatMap(({ fault, organization }) =>
          fault.refusal === undefined ? [] : [{ fault, organization, error: fault.refusal.error }]
        )
        yield* Effect.forEach(refused, ({ error, ...planted }, index) =>
          Effect.gen(function*() {
            yield* say(crm, script(faultyStatements(planted)))
            yield* stopped(index + 1)
            const lsn = yield* lsnOf(crm)
            const row = `${error}.*\n.+Failing row contains \\(${planted.organization}, .+\n.+, finished at ${lsn}\n`
            yield* eventually(log, (text) => new RegExp(row).test(text))
            yield* skipped(lsn)
            yield* running
          }))
        yield* say(crm, renamed("Later"))
        yield* arrived("Later")

        const { err, out } = yield* command(["check", "--json"], env)
        const { findings }: { readonly findings: ReadonlyArray<Finding> } = JSON.parse(out)
        assert.strictEqual(err, `crm-reports: ${findings.length} kinds of faults found\n`)
        for (const { fault, organization } of arriving) assertNamed(findings, fault, organization)
        const others = new Set(["org_ok", ...refused.map(({ organization }) => organization)])
        assert.deepStrictEqual(findings.filter(({ organizationId }) => others.has(organizationId ?? "")), [])
      })))
})
