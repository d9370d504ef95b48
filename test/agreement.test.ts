import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { fixedClock } from "../src/testing/fixedClock.ts"
import { agree } from "./proof/agreement.ts"
import { storesFor } from "./proof/storesFor.ts"
import { sum } from "./proof/Tried.ts"
import { postgresTest } from "./support/Postgres.ts"
import { now } from "./support/randomTables.ts"

const stores = storesFor({ quick: 1, full: 60 })

layer(postgresTest, { excludeTestServices: true })("agreement", (it) => {
  it.effect(
    `SQL, memory and replicas return equal aggregate rows in ${stores} random stores`,
    () =>
      Effect.gen(function*() {
        const tried = yield* Effect.forEach(Array.from({ length: stores }, (_, seed) => seed), agree)
        assert.isAbove(sum(tried).telling, stores * 100)
      }).pipe(fixedClock(now))
  )
})
