import { Clock, type Config as Env, Effect } from "effect"
import { SqlClient } from "effect/sql"
import { crmTables, type Tables } from "../metrics/crm.ts"
import { transaction } from "../services/database/statements.ts"
import { demoParts } from "./demo.ts"
import { type Demo, demoOrganizationIds } from "./demo/organizations.ts"
import { progressBar } from "./progressBar.ts"
import { vacuumAnalyze, writeTables } from "./writeTables.ts"

const leadsAtOnce = 500

const countOf = (part: Tables) => Object.values(part).reduce((total, rows) => total + rows.length, 0)

const removed = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const places = crmTables.flatMap(({ name }) => demoOrganizationIds.map((id) => ({ id, table: sql(`crm.${name}`) })))
  yield* Effect.forEach(places, ({ id, table }) => sql`DELETE FROM ${table} WHERE organization_id = ${id}`, {
    discard: true
  })
})

const written = Effect.fnUntraced(function*(demo: Demo) {
  const advance = yield* progressBar("Seeding", "leads", demo.leads)
  let rows = 0
  for (const part of demoParts(demo, leadsAtOnce)) {
    yield* writeTables(part)
    rows += countOf(part)
    advance(part.leads.length)
  }
  return rows
})

/** Runs `andThen` in the transaction that writes the rows. */
export const seed = Effect.fn("seed")(function*<E, R>(demo: Demo, andThen: Effect.Effect<void, E, R>) {
  const sql = yield* SqlClient.SqlClient
  const work = removed.pipe(Effect.andThen(Effect.scoped(written(demo))), Effect.tap(andThen))
  const rows = yield* transaction(sql)(work)
  yield* vacuumAnalyze(crmTables)
  return rows
})

export const byDefault = { seed: 1, leads: 5_000 }

export const seedIfEmpty = Effect.fnUntraced(function*<E, R>(
  before: Effect.Effect<void, Env.ConfigError>,
  andThen: Effect.Effect<void, E, R>
) {
  const sql = yield* SqlClient.SqlClient
  const known = yield* sql`SELECT organization_id FROM crm.organizations LIMIT 1`
  if (known.length > 0) return 0
  yield* before
  return yield* seed({ ...byDefault, now: yield* Clock.currentTimeMillis }, andThen)
})
