import type { Mutation } from "./mutations.ts"

/** With these faults, a run is refused too late, or although it should be accepted, or refusals slow other organizations. */
export const refusalMutations: ReadonlyArray<Mutation> = [
  {
    name: "a run of an overloaded organization is refused only after its route and its middlewares",
    file: "src/http/middleware/pipeline.ts",
    find: "Effect.andThen(refuseEarly(request), handler)",
    replace: "handler",
    tests: ["earlyRefusal"]
  },
  {
    name: "no run is refused early, because no organization seems to have many runs in progress",
    file: "src/services/limits/backlog.ts",
    find: "if (work.runs === minRuns) {",
    replace: "if (work.runs === 0) {",
    tests: ["backlog"]
  },
  {
    name: "a body with a character in two pieces is not read as it was sent",
    file: "src/http/middleware/requestBody.ts",
    find: "chunks.push(chunk)",
    replace: "chunks.push(Buffer.from(chunk.toString()))",
    tests: ["hostileRequests"]
  },
  {
    name: "an early refusal does not count toward the rate limit",
    file: "src/http/earlyRefusal.ts",
    find: "yield* within(caller, endpoint)",
    replace: "",
    tests: ["earlyRefusal"]
  },
  {
    name: "a refused run is missing in the metrics",
    file: "src/services/limits/RunLimiter.ts",
    find: "refusals += 1",
    replace: "refusals += 0",
    tests: ["earlyRefusal"]
  },
  {
    name: "every request of an overloaded organization is refused early",
    file: "src/http/earlyRefusal.ts",
    find: "!isRun(endpoint)",
    replace: "endpoint.path === \"\"",
    tests: ["earlyRefusal"]
  },
  {
    name: "a run of another organization is refused early",
    file: "src/http/earlyRefusal.ts",
    find: "limiter.isOverloaded(caller.organizationId)",
    replace: "limiter.isOverloaded(\"acme\")",
    tests: ["earlyRefusal"]
  },
  {
    name: "an early refusal ignores the organization that the request names",
    file: "src/http/earlyRefusal.ts",
    find: "!isOfOrganization(caller, request)",
    replace: "caller.userId === \"\"",
    tests: ["earlyRefusal"]
  },
  {
    name: "a verified token stays known for a minute, even if it expires before",
    file: "src/http/authentication/SignIn.ts",
    find: "Math.min(identity.expiresAt - now, maxCacheMillis)",
    replace: "maxCacheMillis",
    tests: ["earlyRefusal"]
  },
  {
    name: "refusals fill the log",
    file: "src/http/middleware/requestLog.ts",
    find: "? logRefusal : log",
    replace: "? log : log",
    tests: ["requestLog"]
  },
  {
    name: "refusals hide slow requests in the log",
    file: "src/http/middleware/requestLog.ts",
    find: "!isSlow && status === 503",
    replace: "status === 503",
    tests: ["requestLog"]
  },
  {
    name: "a query that begins with a semicolon is not checked, and is logged",
    file: "src/http/middleware/requestGuard.ts",
    find: "/[?;#]/",
    replace: "/[?#]/",
    tests: ["reportQuery", "requestLog"]
  },
  {
    name: "a query parameter after two question marks is neither checked nor used",
    file: "src/http/middleware/requestGuard.ts",
    find: "`?${url.slice(start + 1)}`",
    replace: "url.slice(start + 1)",
    tests: ["reportQuery"]
  },
  {
    name: "no refusal of an organization is delayed, so a flood of refused runs fills the process",
    file: "src/services/limits/RefusalPace.ts",
    find: "if (until - now > maxAhead) return false",
    replace: "",
    tests: ["refusalPace"]
  },
  {
    name: "the refusals of an organization delay those of another one",
    file: "src/services/limits/RefusalPace.ts",
    find: "paidUntil.get(organizationId) ?? now",
    replace: "paidUntil.get(\"flooding\") ?? now",
    tests: ["refusalPace"]
  },
  {
    name: "beside an active organization, an organization gets as many refusals at once as alone",
    file: "src/services/limits/RefusalPace.ts",
    find: "activity.isOtherActive(organizationId, now) ? besideOthers : alone",
    replace: "alone",
    tests: ["refusalPace"]
  },
  {
    name: "an organization that is alone gets its refusals as late as beside an active organization",
    file: "src/services/limits/RefusalPace.ts",
    find: "activity.isOtherActive(organizationId, now) ? besideOthers : alone",
    replace: "besideOthers",
    tests: ["refusalPace"]
  },
  {
    name: "an organization that is only refused counts as active",
    file: "src/http/middleware/pipeline.ts",
    find: "else refusalPace.noteAnswer(",
    replace: "refusalPace.noteAnswer(",
    tests: ["refusalPace"]
  },
  {
    name: "any number of refusals is held in memory",
    file: "src/services/limits/RefusalPace.ts",
    find: "delayed >= maxDelayed",
    replace: "delayed < 0",
    tests: ["refusalPace"]
  },
  {
    name: "after 2,000 delayed refusals, none is delayed any more",
    file: "src/services/limits/RefusalPace.ts",
    find: "() => Effect.sync(() => void (delayed -= 1))",
    replace: "() => Effect.void",
    tests: ["refusalPace"]
  },
  {
    name: "refusals by a rate limit are not delayed",
    file: "src/http/middleware/pipeline.ts",
    find: "new Set([429, 503])",
    replace: "new Set([503])",
    tests: ["refusalPace"]
  }
]
