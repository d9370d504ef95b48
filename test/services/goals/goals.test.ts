import { layer } from "@effect/vitest"
import { Layer } from "effect"
import { Goals } from "../../../src/services/goals/Goals.ts"
import { targetCases } from "../../conformance/targetCases.ts"
import { weightCases } from "../../conformance/weightCases.ts"
import { postgresTest } from "../../support/Postgres.ts"

const cases = [...weightCases, ...targetCases]

layer(Goals.layerMemory)("goals in memory", (it) => {
  it.effect.each(cases)("%s", ([, act]) => act)
})

layer(Goals.layerSql.pipe(Layer.provide(postgresTest)), { excludeTestServices: true })("goals in PostgreSQL", (it) => {
  it.effect.each(cases)("%s", ([, act]) => act)
})
