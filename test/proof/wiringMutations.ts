import type { Mutation } from "./mutations.ts"

/** With these faults, a limit exists, but the work that it should limit does not use it. */
export const wiringMutations: ReadonlyArray<Mutation> = [
  {
    name: "the service is started without limits",
    file: "src/App.ts",
    find: "Layer.provide(Admission.layer)",
    replace: "Layer.provide(Admission.unlimited)",
    tests: ["telemetry/metricsPort"]
  },
  {
    name: "any number of lists is read at a time",
    file: "src/http/Reports.ts",
    find:
      "admission.withPlace(\"reads\", caller.organizationId)(\n          reports.list(caller, { ...query, ...pageOf(query) })\n        )",
    replace: "reports.list(caller, { ...query, ...pageOf(query) })",
    tests: ["services/admission/readLimiter"]
  },
  {
    name: "any number of snapshots is read at a time",
    file: "src/http/Snapshots.ts",
    find: "admission.withPlace(\"reads\", caller.organizationId)(snapshots.find(caller, params.snapshotId))",
    replace: "snapshots.find(caller, params.snapshotId)",
    tests: ["services/admission/readLimiter"]
  },
  {
    name: "an organization uses every place for reads",
    file: "src/services/admission/limits.ts",
    find: "reads: { places: 3, most: mostOf(3)",
    replace: "reads: { places: 3, most: anyNumber",
    tests: ["services/admission/readLimiter"]
  },
  {
    name: "any number of files is made at a time",
    file: "src/services/export/Exporting.ts",
    find: "admission.withPlace(place, caller.organizationId)(documents.make(document, format))",
    replace: "documents.make(document, format)",
    tests: ["services/admission/door"]
  },
  {
    name: "any number of streams is open",
    file: "src/services/live/LiveRuns.ts",
    find: "yield* admission.takeStream(caller)",
    replace: "",
    tests: ["services/live/liveLimits"]
  },
  {
    name: "an organization opens every stream",
    file: "src/services/admission/limits.ts",
    find: "most: (free) => 3 * free",
    replace: "most: anyNumber",
    tests: ["services/live/liveLimits"]
  },
  {
    name: "a person has streams in each organization",
    file: "src/services/admission/Admission.ts",
    find: "streamsOfPerson.take(ownPlace(userId))",
    replace: "streamsOfPerson.take(ownPlace(userId + organizationId))",
    tests: ["services/live/liveLimits"]
  },
  {
    name: "counts in memory are made without turns",
    file: "src/services/run/MetricSource.ts",
    find: "const { withTurn } = yield* Admission",
    replace: "const { withTurn } = { withTurn: () => <A, E, R>(work: Effect.Effect<A, E, R>) => work }",
    tests: ["services/replica/replicas"]
  },
  {
    name: "invented keys delay a valid key without end",
    file: "src/services/keys/clerk/clerkCallers.ts",
    find: "forVisitor(verify(digest))",
    replace: "verify(digest)",
    tests: ["services/keys/clerkOutages"]
  },
  {
    name: "all connections of an address share one turn",
    file: "src/http/Authentication.ts",
    find: "key: `${owner} ${port ?? \"\"}`",
    replace: "key: owner",
    tests: ["services/admission/unknownKeys"]
  },
  {
    name: "each request for /ready asks the database",
    file: "src/services/database/Readiness.ts",
    find: "yield* sharedOnce(Effect.exit(probed), keptFor)",
    replace: "Effect.exit(probed)",
    tests: ["http/system"]
  },
  {
    name: "the caches forget everything when they are full",
    file: "src/domain/boundedCache.ts",
    find: "values.delete(oldest)",
    replace: "values.clear()",
    tests: ["domain/boundedCache"]
  }
]
