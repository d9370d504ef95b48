import { assert, it, layer } from "@effect/vitest"
import { Data, Effect, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { everyFinding } from "../../src/data/check/everyFinding.ts"
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
    const found = yield* everyFinding
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
