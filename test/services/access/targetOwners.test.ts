import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { writeTables } from "../../../src/data/writeTables.ts"
import { Catalog } from "../../../src/services/access/Catalog.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { TargetValidation } from "../../../src/services/access/TargetValidation.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { person, sales, wonValue } from "../../support/targets.ts"

const owners = ["organization", "ana", "bo", "cy", "zoe", "stranger", "~nobody", "~none", ""]

/** Returns each owner for whom an admin cannot create a target. */
const refused = Effect.gen(function*() {
  const { created } = yield* TargetValidation
  const target = { metricId: wonValue.metricId, period: "month", values: { "2026-10": 1 } } as const
  const answers = yield* Effect.forEach(
    owners,
    (owner) =>
      created(person("ana", "admin"), { ...target, for: owner }).pipe(
        Effect.as([]),
        Effect.catchTag("InvalidRequest", ({ issues }) => Effect.succeed(issues.map(({ path }) => [path, owner])))
      )
  )
  return answers.flat()
})

const refusedOver = (organizations: Layer.Layer<Organizations>) =>
  Effect.provide(refused, TargetValidation.layer.pipe(Layer.provide([Catalog.layer, organizations])))

layer(postgresTest, { excludeTestServices: true })("the owner of a target", (it) => {
  it.effect("is the organization or one of its members, in SQL and in memory", () =>
    Effect.gen(function*() {
      yield* writeTables(sales)
      const expected = ["zoe", "stranger", "~nobody", "~none", ""].map((owner) => ["for", owner])
      assert.deepStrictEqual(yield* refusedOver(Organizations.layerMemory(sales)), expected)
      assert.deepStrictEqual(
        yield* Effect.provide(
          refused,
          TargetValidation.layer.pipe(Layer.provide([Catalog.layer, Organizations.layerSql]))
        ),
        expected
      )
    }))
})
