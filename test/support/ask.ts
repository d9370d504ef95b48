import { Effect, Layer } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import type { RunRequest } from "../../src/domain/Run.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { Catalog } from "../../src/services/access/Catalog.ts"
import { Gating } from "../../src/services/access/Gating.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { Admission } from "../../src/services/admission/Admission.ts"
import { Goals } from "../../src/services/goals/Goals.ts"
import { MetricRunner } from "../../src/services/run/MetricRunner.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import { Records } from "../../src/services/run/Records.ts"
import { patient } from "./patient.ts"

export interface Question {
  readonly caller: Caller
  readonly request: RunRequest
}

/** A stage of the random stores has no weight here, and a weight has decimals. */
export const stageWeights = { qualified: 10, viewing: 33.33, offer: 50, reserved: 100 }

const goalsWith = (weights: ReturnType<Goals["Service"]["stageWeights"]>) =>
  Layer.effect(
    Goals,
    Effect.gen(function*() {
      return { ...yield* Goals, stageWeights: () => weights }
    })
  ).pipe(Layer.provide(Goals.layerMemory))

const goals = goalsWith(Effect.succeed(stageWeights))

export const recordsLayer = Records.layer.pipe(
  Layer.provide([Gating.layer, Catalog.layer, goals, Admission.unlimited, patient])
)

const runnerOver = (goals: Layer.Layer<Goals>) =>
  MetricRunner.layer.pipe(Layer.provide([Gating.layer, Catalog.layer, goals, patient]))

export const limitedRunner = runnerOver(goals)

/** The weights of stages come from this effect. */
export const runnerWith = (weights: ReturnType<Goals["Service"]["stageWeights"]>) =>
  Layer.provide(runnerOver(goalsWith(weights)), Admission.unlimited)

export const runner = Layer.provide(limitedRunner, Admission.unlimited)

export const inMemory = (tables: Tables) =>
  runner.pipe(Layer.provide([MetricSource.layerMemory(tables), Organizations.layerMemory(tables)]))

export const ask = ({ caller, request }: Question) =>
  Effect.gen(function*() {
    return yield* (yield* MetricRunner).run(caller, request)
  })
