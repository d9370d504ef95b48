import type { Mutation } from "./mutations.ts"

/** With these faults, the limits on runs, statements, and requests are too loose or too strict. */
export const limitMutations: ReadonlyArray<Mutation> = [
  {
    name: "the rate limit of an organization counts the requests of all organizations",
    file: "src/services/admission/limits.ts",
    find: "JSON.stringify([policy, organizationId])",
    replace: "JSON.stringify([policy, organizationId.length > 0])",
    tests: ["services/admission/rateLimits", "services/admission/rateLimitRequests"]
  },
  {
    name: "the rate limit of a person counts the requests of the whole organization",
    file: "src/services/admission/limits.ts",
    find: "JSON.stringify([policy, organizationId, userId])",
    replace: "JSON.stringify([policy, organizationId, userId.length > 0, \"person\"])",
    tests: ["services/admission/rateLimits", "services/admission/rateLimitRequests"]
  },
  {
    name: "a request of a person above the rate limit counts for the organization",
    file: "src/services/admission/limits.ts",
    find: "return { rates, refusal: TooManyRequests.by(`rate:${name}`, resetSeconds) }",
    replace: "Object.assign(rates, { refusal: TooManyRequests.by(`rate:${name}`, resetSeconds) })",
    tests: ["services/admission/rateLimits"]
  },
  {
    name: "a request fails when Redis does not answer",
    file: "src/services/admission/redisRateStore.ts",
    find: "Effect.catch(() => own(options))",
    replace: "Effect.orDie",
    tests: ["services/admission/rateLimitsInRedis"]
  },
  {
    name: "requests are not limited while Redis does not answer",
    file: "src/services/admission/redisRateStore.ts",
    find: "Effect.catch(() => own(options))",
    replace: "Effect.catch(() => Effect.succeed([0, 0] as const))",
    tests: ["services/admission/rateLimitsInRedis"]
  },
  {
    name: "the body of a request above its rate limit is read",
    file: "src/api/Api.ts",
    find: ".middleware(RequestGuard)\n  .middleware(RateLimit)",
    replace: ".middleware(RateLimit)\n  .middleware(RequestGuard)",
    tests: ["services/admission/rateLimitRequests"]
  },
  {
    name: "runs by a tool for agents do not count toward the rate limit",
    file: "src/http/mcp/handlers.ts",
    find: "admission.admit(caller, \"runs\")(runs.run(caller, request))",
    replace: "runs.run(caller, request)",
    tests: ["services/admission/rateLimitRequests"]
  },
  {
    name: "the circuit of an organization never opens",
    file: "src/services/admission/connections.ts",
    find: "const maxLate = 3",
    replace: "const maxLate = Infinity",
    tests: ["services/admission/circuits"]
  },
  {
    name: "an open circuit admits every statement",
    file: "src/services/admission/connections.ts",
    find: "return isOpen(circuit) && [...circuit.running].some(({ isProbe }) => isProbe)",
    replace: "return isOpen(circuit) && circuit.running.size < 0",
    tests: ["services/admission/circuits"]
  },
  {
    name: "statements of reports use the connections of no organization",
    file: "src/services/database/statements.ts",
    find: "({ organizationId }) => withConnection(organizationId)(effect)",
    replace: "() => effect",
    tests: ["services/admission/circuits"]
  },
  {
    name: "a statement inside a transaction waits for a second connection",
    file: "src/services/admission/Admission.ts",
    find: "Effect.provideService(Held, new Map(outer).set(resource, holding))",
    replace: "Effect.provideService(Held, outer)",
    tests: ["services/admission/circuits"]
  },
  {
    name: "the open circuit of an organization without requests is never forgotten",
    file: "src/services/admission/connections.ts",
    find: "now - lateAt > memoryNanos",
    replace: "now - lateAt > memoryNanos * memoryNanos",
    tests: ["services/admission/circuits"]
  },
  {
    name: "after the wall clock was set back, a process does not ask Redis again",
    file: "src/services/admission/redisRateStore.ts",
    find: "byMonotonicClock(circuit.execute(byWallClock(asked), { key: \"redis\" }))",
    replace: "circuit.execute(byWallClock(asked), { key: \"redis\" })",
    tests: ["services/admission/rateLimitsInRedis"]
  },
  {
    name: "a statement that is interrupted as it starts stays the only one of an open circuit",
    file: "src/services/admission/connections.ts",
    find: "Effect.uninterruptibleMask((restore): Effect.Effect<A, E | Unavailable, R> =>",
    replace: "((work) => work((effect) => effect))((restore): Effect.Effect<A, E | Unavailable, R> =>",
    tests: ["services/admission/interruptions"]
  },
  {
    name: "a run does not say when it began, so its statements are served newest first",
    file: "src/services/run/MetricRunner.ts",
    find: "Effect.provideService(RunBegan, until - runNanos)",
    replace: "Effect.provideService(RunBegan, undefined)",
    tests: ["services/admission/runLimits"]
  },
  {
    name: "later pages of a file of records or of the audit log use the connections of no organization",
    file: "src/http/negotiation.ts",
    find: "Stream.provideContext(bytes, context)",
    replace: "bytes",
    tests: ["http/responseOwner"]
  },
  {
    name: "a compressed response that is unread counts toward no person's budget",
    file: "src/http/middleware/responseBudget.ts",
    find: "note(response, { ...reservation, bytes })",
    replace: "note(response, { owner: \"\", bytes })",
    tests: ["http/responseBudget"]
  },
  {
    name: "a freeze whose client has disconnected goes on without the place of a run",
    file: "src/http/Idempotent.ts",
    find: "Effect.raceFirst(Fiber.await(fiber), readiness.drained)",
    replace: "Effect.raceFirst(Effect.void, readiness.drained)",
    tests: ["services/reports/idempotencyRelease"]
  },
  {
    name: "the work of wrapping a caption grows with the square of its length",
    file: "src/documents/fonts.ts",
    find: "(lines.length < most && measureText(longer, fontSize) > width)",
    replace: "(measureText(longer, fontSize) > width && lines.length < most)",
    tests: ["documents/wrappedText"]
  },
  {
    name: "any number of requests is sent to Clerk at a time",
    file: "src/services/admission/Admission.ts",
    find: "forClerk: clerk.withPlace",
    replace: "forClerk: () => identity",
    tests: ["services/admission/eachLimit"]
  },
  {
    name: "all organizations share one turn at Clerk",
    file: "src/services/keys/clerk/clerkApi.ts",
    find: "forClerk(place)",
    replace: "forClerk({ ...place, owner: \"\", key: \"\" })",
    tests: ["services/keys/clerkOutages"]
  },
  {
    name: "a subscription is stored after its idempotency key has become free",
    file: "src/services/deliveries/Subscriptions.ts",
    find: "const membersDeadline = \"15 seconds\"",
    replace: "const membersDeadline = \"1 hour\"",
    tests: ["services/deliveries/slowMembers"]
  }
]
