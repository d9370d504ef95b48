import { assert, it, layer } from "@effect/vitest"
import { Data, Effect, Option, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { findingsOf } from "../../src/data/check/findingsOf.ts"
import type { Finding } from "../../src/data/check/Kind.ts"
import { run } from "../support/commandLine.ts"
import { assertNamed, dataFaults, soundRows, tableOf } from "../support/dataFaults.ts"
import { say } from "../support/locks.ts"
import { directDatabase, postgresTest } from "../support/Postgres.ts"

class Undo extends Data.TaggedError("Undo")<{ readonly found: ReadonlyArray<Finding> }> {}

/** Takes the statements back after the findings are read. */
const findingsAfter = Effect.fnUntraced(function*(statements: ReadonlyArray<string>) {
  const sql = yield* SqlClient.SqlClient
  const work = Effect.gen(function*() {
    yield* Effect.forEach([...soundRows, ...statements], (text) => sql.unsafe(text))
    const found = yield* findingsOf(Option.none())
    return yield* Effect.fail(new Undo({ found }))
  })
  const undone = yield* Effect.flip(sql.withTransaction(work))
  return "found" in undone ? undone.found : yield* Effect.die(undone)
})

layer(postgresTest, { excludeTestServices: true })("a check", (it) => {
  it.effect("a check finds nothing in sound rows", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* findingsAfter([]), [])
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
