import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { fixedClock } from "../src/testing/fixedClock.ts"
import { records } from "./proof/records.ts"
import { storesFor } from "./proof/storesFor.ts"
import { sum } from "./proof/Tried.ts"
import { postgresTest } from "./support/Postgres.ts"
import { now } from "./support/randomTables.ts"

const stores = storesFor({ quick: 1, full: 10 })

layer(postgresTest, { excludeTestServices: true })("records", (it) => {
  it.effect(
    `the records of a point add up to its number, by SQL and in memory, in ${stores} random stores`,
    () =>
      Effect.gen(function*() {
        const tried = yield* Effect.forEach(Array.from({ length: stores }, (_, seed) => seed), records)
        assert.isAbove(sum(tried).telling, stores * 100)
      }).pipe(fixedClock(now))
  )
})
