import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { fixedClock } from "../../src/testing/fixedClock.ts"
import { agree } from "../proof/agreement.ts"
import { proofLimit, seedsFor } from "../proof/storesFor.ts"
import { sum } from "../proof/Tried.ts"
import { postgresTest } from "../support/Postgres.ts"
import { now } from "../support/randomTables.ts"

const seeds = seedsFor({ quick: 1, full: 40 })

layer(postgresTest, { excludeTestServices: true })("the agreement of the interpreters", (it) => {
  it.effect(
    `SQL, memory and replicas return equal aggregate rows in ${seeds.length} random stores`,
    () =>
      Effect.gen(function*() {
        const tried = yield* Effect.forEach(seeds, agree)
        assert.isAbove(sum(tried).telling, seeds.length * 100)
      }).pipe(fixedClock(now)),
    proofLimit(seeds)
  )
})
