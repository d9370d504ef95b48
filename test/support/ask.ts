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

export const recordsLayer = Records.layer.pipe(
  Layer.provide([Gating.layer, Catalog.layer, Admission.unlimited, patient])
)

export const limitedRunner = MetricRunner.layer.pipe(
  Layer.provide([Gating.layer, Catalog.layer, Goals.layerMemory, patient])
)

export const runner = Layer.provide(limitedRunner, Admission.unlimited)

export const inMemory = (tables: Tables) =>
  runner.pipe(Layer.provide([MetricSource.layerMemory(tables), Organizations.layerMemory(tables)]))

export const ask = ({ caller, request }: Question) =>
  Effect.gen(function*() {
    return yield* (yield* MetricRunner).run(caller, request)
  })
