import { Effect, Layer, Metric, Option, References } from "effect"
import { Config } from "../Config.ts"
import { IsMeasured } from "./measure.ts"

/** Several services in one process, as in tests, do not share their metrics. */
const ownRegistry = Layer.sync(Metric.MetricRegistry, () => new Map())

const measured = Layer.effect(IsMeasured, Effect.map(Config.metricsPort, Option.isSome))

/** Tracing takes a tenth of a request's time, and nothing exports the spans. */
const untraced = Layer.succeed(References.TracerEnabled, false)

export const Telemetry = Layer.mergeAll(ownRegistry, measured, untraced)
