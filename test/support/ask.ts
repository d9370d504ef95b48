import { ConfigProvider, Effect, Layer } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import type { RunRequest } from "../../src/domain/Run.ts"
import type { Tables } from "../../src/metrics/populations.ts"
import { Catalog } from "../../src/services/Catalog.ts"
import { Directory } from "../../src/services/Directory.ts"
import { Gating } from "../../src/services/Gating.ts"
import { MetricRunner } from "../../src/services/MetricRunner.ts"
import { MetricSource } from "../../src/services/MetricSource.ts"

export interface Question {
  readonly caller: Caller
  readonly request: RunRequest
}

/** A busy machine is slow, not wrong. */
const patient = ConfigProvider.layer(ConfigProvider.fromEnv({ env: { WIDGET_TIMEOUT: "5 minutes" } }))

export const runner = MetricRunner.layer.pipe(Layer.provide([Gating.layer, Catalog.layer, patient]))

export const inMemory = (tables: Tables) =>
  runner.pipe(Layer.provide([MetricSource.layerMemory(tables), Directory.layerMemory(tables)]))

export const ask = ({ caller, request }: Question) =>
  Effect.gen(function*() {
    return yield* (yield* MetricRunner).run(caller, request)
  })
