import { layer } from "@effect/vitest"
import { Layer } from "effect"
import { IdempotencyKeys } from "../../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { idempotencyCases } from "../../conformance/idempotencyCases.ts"
import { Passing } from "../../conformance/Passing.ts"
import { postgresTest } from "../../support/Postgres.ts"

const inMemory = Layer.mergeAll(IdempotencyKeys.layerMemory, Passing.layerMemory)

const inSql = Layer.mergeAll(IdempotencyKeys.layerSql, Passing.layerSql).pipe(Layer.provide(postgresTest))

layer(inMemory)("idempotency keys in memory", (it) => {
  it.effect.each(idempotencyCases)("%s", ([, act]) => act)
})

layer(inSql, { excludeTestServices: true })("idempotency keys in PostgreSQL", (it) => {
  it.effect.each(idempotencyCases)("%s", ([, act]) => act)
})
