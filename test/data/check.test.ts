import { assert, it, layer } from "@effect/vitest"
import { Data, Effect, Option, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { findingsOf } from "../../src/data/check/findingsOf.ts"
import type { Finding } from "../../src/data/check/Kind.ts"
import { kindsOf } from "../../src/data/check/rowFindings.ts"
import { peopleInDatabase } from "../../src/data/people.ts"
import { contract } from "../../src/metrics/crm.ts"
import type { Table } from "../../src/metrics/Table.ts"
import { run } from "../support/commandLine.ts"
import { assertNamed, dataFaults, soundRows, tableOf } from "../support/dataFaults.ts"
import { say } from "../support/locks.ts"
import { directDatabase, postgresTest } from "../support/Postgres.ts"

class Undo extends Data.TaggedError("Undo") {}

/** Takes the statements back after the effect. */
const after = Effect.fnUntraced(function*<A, E, R>(statements: ReadonlyArray<string>, effect: Effect.Effect<A, E, R>) {
  const sql = yield* SqlClient.SqlClient
  const found: Array<A> = []
  yield* Effect.forEach([...soundRows, ...statements], (text) => sql.unsafe(text)).pipe(
    Effect.andThen(effect),
    Effect.flatMap((one) => {
      found.push(one)
      return Effect.fail(new Undo())
    }),
    sql.withTransaction,
    Effect.catchIf((error) => error instanceof Undo, () => Effect.void)
  )
  return found
})

const findingsAfter = (statements: ReadonlyArray<string>) =>
  Effect.map(after(statements, findingsOf(Option.none())), (found) => found.flat())

/** The number of rows that PostgreSQL reads or compares to evaluate all conditions on the rows of a table. */
const rowsReadFor = Effect.fnUntraced(function*(table: Table) {
  const sql = yield* SqlClient.SqlClient
  const conditions = kindsOf(table).map(({ where }) => `(${where})`).join(", ")
  const plan = yield* sql.unsafe(
    `EXPLAIN (ANALYZE, TIMING OFF) SELECT ${conditions} FROM crm.${table.name} t WHERE t.organization_id = $1`,
    ["org_ok"]
  )
  let [loops, total] = [1, 0]
  for (const line of plan.flatMap((row) => Object.values(row)).map(String)) {
    const [, rows, times] = /actual rows=([\d.]+) loops=(\d+)/.exec(line) ?? []
    const [, removed] = /Rows Removed by [^:]+: (\d+)/.exec(line) ?? []
    if (times !== undefined) loops = Number(times)
    total += Number(rows ?? removed ?? 0) * loops
  }
  return total
})

layer(postgresTest, { excludeTestServices: true })("a check", (it) => {
  it.effect("a check finds nothing in sound rows", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* findingsAfter([]), [])
    }))

  it.effect("a planned leave and a planned archiving are no faults, and the person can sign in until then", () =>
    Effect.gen(function*() {
      const set = (time: string) => [
        `UPDATE crm.members SET left_at = '${time}' WHERE user_id = 'user_b'`,
        `UPDATE crm.tags SET archived_at = '${time}' WHERE organization_id = 'org_ok'`
      ]
      assert.deepStrictEqual(yield* findingsAfter(set("2099-01-01")), [])
      const old = (yield* findingsAfter(set("1970-01-01"))).filter(({ kind }) => kind === "time_long_ago")
      assert.deepStrictEqual(old.map(({ table }) => table), ["members", "tags"])
      const peopleAfter = (time: string) =>
        Effect.map(
          after(set(time), peopleInDatabase),
          (found) => found.flat().flatMap(({ people }) => people.map(({ userId }) => userId))
        )
      assert.deepStrictEqual(yield* peopleAfter("2099-01-01"), ["user_a", "user_b"])
      assert.deepStrictEqual(yield* peopleAfter("2020-01-01"), ["user_a"])
    }))

  it.effect("a check reads the members and the tags once, and not for each row", () =>
    Effect.gen(function*() {
      const count = 500
      const many = [
        `INSERT INTO crm.members SELECT 'org_ok', 'user_' || n, 'P', NULL FROM generate_series(1, ${count}) n`,
        `INSERT INTO crm.calls SELECT 'org_ok', 'g' || n, 'l1', 'USER_' || n, 'outbound', 'success', 60, '2024-03-01'
         FROM generate_series(1, ${count}) n`,
        `INSERT INTO crm.tags SELECT 'org_ok', gen_random_uuid(), 'Tag ' || n, 'red', NULL
         FROM generate_series(1, ${count}) n`,
        "ANALYZE crm.members, crm.calls, crm.tags"
      ]
      for (const table of [contract.calls, contract.tags]) {
        const [rows = 0] = yield* after(many, rowsReadFor(table))
        assert.isAtLeast(rows, count)
        assert.isBelow(rows, 20 * count)
      }
    }))

  const named = dataFaults.map((fault) => [`${fault.kind} in ${tableOf(fault)}`, fault] as const)
  it.effect.each(named)(
    "a check finds %s, with the number of rows, an example and a remedy",
    ([, fault]) =>
      Effect.gen(function*() {
        const allowing = fault.refusal === undefined ? [] : [fault.refusal.allowing]
        assertNamed(yield* findingsAfter([...allowing, ...fault.statements]), fault)
      })
  )
})

it.live("the check command prints each fault in a line, and the newest rows, and exits with 1", () =>
  Effect.gen(function*() {
    const url = yield* directDatabase
    for (const text of soundRows) yield* say(url, text)
    const env = { DATABASE_URL: Redacted.value(url) }
    const sound = yield* run(["check"], env)
    assert.strictEqual(sound.err, "")
    assert.match(sound.out, /^newest org_ok calls: 2024-03-01, [\d,]+ days ago\n[^]+\nNo fault found\n$/)
    yield* say(url, "UPDATE crm.deals SET closed_at = NULL WHERE deal_id = 'd1'")
    const { code, err, out } = yield* run(["check"], env)
    assert.strictEqual(code, 1)
    assert.strictEqual(err, "crm-reports: 1 kind of fault found\n")
    assert.match(
      out,
      /^fault {2}org_ok deals: 1 row is won or lost without closed_at, .+ \(first id d1\): write the time .+\n/
    )
    const { findings } = JSON.parse((yield* run(["check", "--json"], env)).out)
    assert.deepInclude(findings[0], { kind: "closed_without_time", table: "deals", count: 1, example: "d1" })
  }))

it.live("the check command with --org prints the faults and the newest rows of this organization alone", () =>
  Effect.gen(function*() {
    const url = yield* directDatabase
    for (const text of soundRows) yield* say(url, text)
    yield* say(
      url,
      "INSERT INTO crm.organizations (organization_id, name, time_zone) VALUES ('org_other', 'Other', 'europe/madrid')"
    )
    yield* say(
      url,
      "INSERT INTO crm.leads (organization_id, lead_id, owner_id, status, created_at) " +
        "VALUES ('org_other', 'l1', 'nobody', 'lead', '2024-01-01')"
    )
    const env = { DATABASE_URL: Redacted.value(url) }
    const sound = yield* run(["check", "--org", "org_ok"], env)
    assert.strictEqual(sound.code, 0)
    assert.notInclude(sound.out, "org_other")
    assert.match(sound.out, /^newest org_ok calls: [^]+\nNo fault found\n$/)
    const other = yield* run(["check", "--org", "org_other", "--json"], env)
    assert.strictEqual(other.code, 1)
    const { findings, newest } = JSON.parse(other.out)
    const kinds = findings.map(({ kind, organizationId }: Finding) => `${organizationId} ${kind}`)
    assert.includeMembers(kinds, ["org_other unknown_time_zone", "org_other unknown_person"])
    assert.lengthOf(newest, 1)
    assert.notInclude(other.out, "org_ok")
    const wrong = yield* run(["check", "--org", "org_typo"], env)
    assert.strictEqual(wrong.code, 1)
    assert.strictEqual(
      wrong.err,
      "crm-reports: no CRM table has rows of org_typo: see organization_id in crm.organizations\n"
    )
  }))

it.live("the check command with --org accepts an organization that has only members, and finds the fault of the last of 1,001 unknown organizations", () =>
  Effect.gen(function*() {
    const url = yield* directDatabase
    yield* say(url, "INSERT INTO crm.organizations (organization_id, name) VALUES ('org_new', 'New')")
    yield* say(url, "INSERT INTO crm.members (organization_id, user_id, name) VALUES ('org_new', 'u1', 'Ana')")
    yield* say(
      url,
      "INSERT INTO crm.members (organization_id, user_id, name) " +
        "SELECT 'org_' || lpad(n::text, 4, '0'), 'u1', 'Ana' FROM generate_series(1, 1001) n"
    )
    const env = { DATABASE_URL: Redacted.value(url) }
    assert.deepStrictEqual(yield* run(["check", "--org", "org_new"], env), {
      code: 0,
      out: "No fault found\n",
      err: ""
    })
    const last = yield* run(["check", "--org", "org_1001"], env)
    assert.strictEqual(last.code, 1)
    assert.match(
      last.out,
      /^fault {2}org_1001 members: 1 row is of an organization that is not in organizations[^\n]+\n$/
    )
  }))
