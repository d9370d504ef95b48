import { assert } from "@effect/vitest"
import type { IncomingHttpHeaders } from "node:http"

/** Fails if there is no request, or if a header of a request has the ids of a trace. */
export const assertUntraced = (requests: ReadonlyArray<IncomingHttpHeaders>) => {
  const names = new Set(requests.flatMap((headers) => Object.keys(headers)))
  assert.isTrue(names.has("authorization"))
  for (const name of ["b3", "traceparent", "tracestate"]) assert.isFalse(names.has(name), name)
}
