import { Effect } from "effect"
import type { HttpServerRequest } from "effect/http"
import { requests, requestSeconds } from "../../telemetry/metrics.ts"
import type { AllowedMethods } from "./allowedMethods.ts"

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])

/** A client can send any method, so unknown methods share one label. */
const labelOf = (method: string) => methods.has(method) ? method : "other"

export const requestMeasure = Effect.map(
  Effect.context<never>(),
  (context) => (method: string, route: string, status: number, nanos: bigint): void => {
    const labels = { method: labelOf(method), route }
    requests({ ...labels, status: String(status) }).updateUnsafe(1, context)
    requestSeconds(labels).updateUnsafe(Number(nanos) / 1e9, context)
  }
)

export const spanName = ({ routeOf }: AllowedMethods) => ({ method, url }: HttpServerRequest.HttpServerRequest) =>
  `${labelOf(method)} ${routeOf(method, url)}`
