import type { Mutation } from "./mutations.ts"

/** With these faults, a request is refused too late, without a reason, or although it should be accepted. */
export const refusalMutations: ReadonlyArray<Mutation> = [
  {
    name: "a body with a character in two pieces is not read as it was sent",
    file: "src/http/middleware/requestGuard.ts",
    find: "chunks.push(chunk)",
    replace: "chunks.push(Buffer.from(chunk.toString()))",
    tests: ["http/hostileRequests"]
  },
  {
    name: "refusals fill the log",
    file: "src/http/middleware/pipeline.ts",
    find: "? logRefusal : log",
    replace: "? log : log",
    tests: ["http/requestLog"]
  },
  {
    name: "refusals hide slow requests in the log",
    file: "src/http/middleware/pipeline.ts",
    find: "!isSlow && status === 503",
    replace: "status === 503",
    tests: ["http/requestLog"]
  },
  {
    name: "a query that begins with a semicolon is not checked, and is logged",
    file: "src/http/middleware/requestGuard.ts",
    find: "/[?;#]/",
    replace: "/[?#]/",
    tests: ["services/reports/reportQuery", "http/requestLog"]
  },
  {
    name: "a query parameter after two question marks is neither checked nor used",
    file: "src/http/middleware/requestGuard.ts",
    find: "`?${url.slice(start + 1)}`",
    replace: "url.slice(start + 1)",
    tests: ["services/reports/reportQuery"]
  },
  {
    name: "a run is accepted although its organization gets no place",
    file: "src/services/admission/Admission.ts",
    find: "kind === \"runs\" || kind === \"records\"",
    replace: "kind === \"records\"",
    tests: ["services/admission/door"]
  },
  {
    name: "records are read although the organization gets no place",
    file: "src/services/admission/Admission.ts",
    find: "kind === \"runs\" || kind === \"records\"",
    replace: "kind === \"runs\"",
    tests: ["services/admission/door"]
  },
  {
    name: "a live stream holds the place of a run for its life",
    file: "src/http/door.ts",
    find: "if (Context.get(annotations, OffersEvents) && prefersEventsIn(accept, formats)) return \"streams\"",
    replace: "",
    tests: ["services/admission/door"]
  },
  {
    name: "a client that prefers a file to events gets a stream that does not end",
    file: "src/http/negotiation.ts",
    find: "[...offeredWith(formats), eventStream]",
    replace: "[json, eventStream]",
    tests: ["http/negotiation"]
  },
  {
    name: "a freeze whose client accepts events holds no place of a run",
    file: "src/http/door.ts",
    find: "Context.get(annotations, OffersEvents) && ",
    replace: "",
    tests: ["services/admission/door"]
  },
  {
    name: "the computation of a file holds the place of a run",
    file: "src/http/door.ts",
    find: "=== undefined ? kind : \"files\"",
    replace: "!== null ? kind : \"files\"",
    tests: ["services/admission/door"]
  },
  {
    name: "a request above a rate limit takes a place",
    file: "src/services/admission/Admission.ts",
    find: "if (spent.refusal !== undefined)",
    replace: "if (spent.refusal === null)",
    tests: ["services/admission/rateLimits", "services/admission/door"]
  },
  {
    name: "work inside a run waits for a second place",
    file: "src/services/admission/Admission.ts",
    find: "if (outer.get(resource)?.isHeld === true) return work",
    replace: "",
    tests: ["services/admission/circuits", "services/admission/door"]
  },
  {
    name: "work that outlives its request uses the place that the request gave back",
    file: "src/services/admission/Admission.ts",
    find: "holding.isHeld = false",
    replace: "holding.isHeld = true",
    tests: ["services/admission/door"]
  },
  {
    name: "the log does not name the limit that refused a request",
    file: "src/http/door.ts",
    find: "Effect.tapError(noteLimit)",
    replace: "Effect.tapError(() => Effect.void)",
    tests: ["services/admission/door"]
  },
  {
    name: "a refusal does not name its limit",
    file: "src/domain/Unavailable.ts",
    find: "new Unavailable({ limit, retryAfter, message:",
    replace: "new Unavailable({ message:",
    tests: ["services/admission/fairQueueLimits"]
  },
  {
    name: "a refusal is missing in the metrics",
    file: "src/services/admission/limits.ts",
    find: "refusals += 1",
    replace: "refusals += 0",
    tests: ["services/admission/fairQueueLimits"]
  },
  {
    name: "a verified token stays known for a minute, even if it expires before",
    file: "src/http/authentication/SignIn.ts",
    find: "Math.min(identity.expiresAt - now, maxCacheMillis)",
    replace: "maxCacheMillis",
    tests: ["http/tokenAges"]
  },
  {
    name: "works of an owner slow each other down until none ends in time",
    file: "src/services/admission/FairQueue.ts",
    find: "if (nanos > slowNanos)",
    replace: "if (nanos < 0)",
    tests: ["services/admission/fairQueueLimits"]
  },
  {
    name: "an owner begins as many works at once as it may ever have",
    file: "src/services/admission/FairQueue.ts",
    find: "const firstWorks = 2",
    replace: "const firstWorks = 16",
    tests: ["services/admission/fairQueueLimits", "services/admission/runLimits"]
  },
  {
    name: "an owner never gets more than two works at a time",
    file: "src/services/admission/FairQueue.ts",
    find: "nanos < slowNanos / 2",
    replace: "nanos < 0",
    tests: ["services/admission/fairQueueLimits"]
  },
  {
    name: "works that clients leave early count as fast",
    file: "src/services/admission/FairQueue.ts",
    find: "Exit.isSuccess(exit) && nanos <",
    replace: "exit !== undefined && nanos <",
    tests: ["services/admission/fairQueueLimits"]
  },
  {
    name: "a client that sends its body slowly keeps the place of a run",
    file: "src/http/middleware/requestGuard.ts",
    find: "withDeadline(bodyTimeout)",
    replace: "withDeadline(\"1 hour\")",
    tests: ["http/slowBodies"]
  },
  {
    name: "an idempotency key whose response cannot be stored looks alive for ever",
    file: "src/http/Idempotent.ts",
    find: "Effect.matchCauseEffect(settled",
    replace: "Effect.matchEffect(settled",
    tests: ["services/reports/idempotencyRelease"]
  }
]
