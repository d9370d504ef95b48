import type { Mutation } from "./mutations.ts"

/** With these faults, the limits on runs, statements, and requests are too loose or too strict. */
export const limitMutations: ReadonlyArray<Mutation> = [
  {
    name: "runs are accepted although the runs in progress take too long at their pace",
    file: "src/services/limits/backlog.ts",
    find: "return BigInt(work.pending) * spentNanos > limit * BigInt(endedWidgets)",
    replace: "return false",
    tests: ["backlog"]
  },
  {
    name: "during a long overload, as many runs wait as in a burst",
    file: "src/services/limits/backlog.ts",
    find: "now - work.crowdedAt > burstNanos ? maxNanos / 4n : maxNanos",
    replace: "maxNanos",
    tests: ["backlog"]
  },
  {
    name: "a burst of runs is refused like a long overload",
    file: "src/services/limits/backlog.ts",
    find: "now - work.crowdedAt > burstNanos ? maxNanos / 4n : maxNanos",
    replace: "maxNanos / 4n",
    tests: ["backlog"]
  },
  {
    name: "after the first overload of an organization, its next burst is refused like a long overload",
    file: "src/services/limits/backlog.ts",
    find: "work.crowdedAt = now",
    replace: "",
    tests: ["backlog"]
  },
  {
    name: "runs are accepted although no widget of the runs in progress ends",
    file: "src/services/limits/backlog.ts",
    find: "if (now - work.since > maxNanos) return true",
    replace: "",
    tests: ["backlog"]
  },
  {
    name: "a burst of runs is accepted while the pace is unknown",
    file: "src/services/limits/backlog.ts",
    find: "if (endedWidgets === 0) return work.pending > maxUnknown",
    replace: "if (endedWidgets === 0) return false",
    tests: ["backlog"]
  },
  {
    name: "widgets of an ended run stay pending",
    file: "src/services/limits/backlog.ts",
    find: "work.pending -= left\n",
    replace: "",
    tests: ["backlog"]
  },
  {
    name: "the runs in progress of all organizations count for each one",
    file: "src/services/limits/RunLimiter.ts",
    find: "backlog.isTooLong(organizationId, now)",
    replace: "backlog.isTooLong(\"acme\", now)",
    tests: ["runLimits"]
  },
  {
    name: "the body of a run is read before it is refused",
    file: "src/http/RateLimited.ts",
    find: "CountsAs) === \"runs\"",
    replace: "CountsAs) === \"files\"",
    tests: ["runLimits"]
  },
  {
    name: "the file of a snapshot is refused like a run",
    file: "src/http/RateLimited.ts",
    find: "CountsAs) === \"runs\"",
    replace: "CountsAs) !== \"requests\"",
    tests: ["runLimits"]
  },
  {
    name: "records are read while the runs in progress take too long",
    file: "src/services/run/Records.ts",
    find: "yield* limiter.shedLoad(caller.organizationId)",
    replace: "",
    tests: ["runLimits"]
  },
  {
    name: "the pace of few runs is taken for the pace of many",
    file: "src/services/limits/backlog.ts",
    find: "if (work.runs >= minRuns) addTo",
    replace: "if (work.runs > 0) addTo",
    tests: ["backlog"]
  },
  {
    name: "the rate limit of an organization counts the requests of all organizations",
    file: "src/services/limits/RateLimits.ts",
    find: "JSON.stringify([policy, organizationId])",
    replace: "JSON.stringify([policy, organizationId.length > 0])",
    tests: ["rateLimits", "rateLimitRequests"]
  },
  {
    name: "the rate limit of a person counts the requests of the whole organization",
    file: "src/services/limits/RateLimits.ts",
    find: "JSON.stringify([policy, organizationId, userId])",
    replace: "JSON.stringify([policy, organizationId, userId.length > 0, \"person\"])",
    tests: ["rateLimits", "rateLimitRequests"]
  },
  {
    name: "a request of a person above the rate limit counts for the organization",
    file: "src/services/limits/RateLimits.ts",
    find: "if (spent.retryAfter !== undefined) return { rates, retryAfter: spent.retryAfter }",
    replace: "if (spent.retryAfter === 0) return { rates, retryAfter: spent.retryAfter }",
    tests: ["rateLimits"]
  },
  {
    name: "a request fails when Redis does not answer",
    file: "src/services/limits/redisRateStore.ts",
    find: "Effect.catch(() => own.fixedWindow(options))",
    replace: "Effect.orDie",
    tests: ["rateLimitsInRedis"]
  },
  {
    name: "requests are not limited while Redis does not answer",
    file: "src/services/limits/redisRateStore.ts",
    find: "Effect.catch(() => own.fixedWindow(options))",
    replace: "Effect.catch(() => Effect.succeed([0, 0] as const))",
    tests: ["rateLimitsInRedis"]
  },
  {
    name: "the body of a request above its rate limit is read",
    file: "src/api/Api.ts",
    find: ".middleware(RequestGuard)\n  .middleware(RateLimit)",
    replace: ".middleware(RateLimit)\n  .middleware(RequestGuard)",
    tests: ["rateLimitRequests"]
  },
  {
    name: "runs by a tool for agents do not count toward the rate limit",
    file: "src/http/mcp/handlers.ts",
    find: "Effect.andThen(countRun(caller), runs.run(caller, request))",
    replace: "runs.run(caller, request)",
    tests: ["rateLimitRequests"]
  },
  {
    name: "the circuit of an organization never opens",
    file: "src/services/limits/circuits.ts",
    find: "const maxLate = 3",
    replace: "const maxLate = Infinity",
    tests: ["circuits"]
  },
  {
    name: "an open circuit admits every statement",
    file: "src/services/limits/circuits.ts",
    find: "return isOpen(circuit) && hasProbe(circuit)",
    replace: "return isOpen(circuit) && circuit.running.size < 0",
    tests: ["circuits"]
  },
  {
    name: "an organization uses every connection",
    file: "src/services/limits/perOrganization.ts",
    find: "most === permits ?",
    replace: "most <= permits ?",
    tests: ["readLimiter"]
  },
  {
    name: "statements of reports use the connections of no organization",
    file: "src/services/database/SqlFailures.ts",
    find: "({ organizationId }) => withConnection(organizationId)(effect)",
    replace: "() => effect",
    tests: ["circuits"]
  },
  {
    name: "a statement inside a transaction waits for a second connection",
    file: "src/services/limits/ConnectionLimiter.ts",
    find: "Effect.provideService(effect, HasConnection, true)",
    replace: "Effect.provideService(effect, HasConnection, false)",
    tests: ["circuits"]
  },
  {
    name: "the open circuit of an organization without requests is never forgotten",
    file: "src/services/limits/circuits.ts",
    find: "now - lateAt > memoryNanos",
    replace: "now - lateAt > memoryNanos * memoryNanos",
    tests: ["circuits"]
  },
  {
    name: "after the wall clock was set back, a process does not ask Redis again",
    file: "src/services/limits/redisRateStore.ts",
    find: "byMonotonicClock(circuit.execute(byWallClock(asked), { key: \"redis\" }))",
    replace: "circuit.execute(byWallClock(asked), { key: \"redis\" })",
    tests: ["rateLimitsInRedis"]
  },
  {
    name: "a statement that is interrupted as it starts stays the only one of an open circuit",
    file: "src/services/limits/ConnectionLimiter.ts",
    find: "Effect.uninterruptibleMask((restore) =>",
    replace: "((work) => work((effect) => effect))((restore) =>",
    tests: ["interruptions"]
  }
]
