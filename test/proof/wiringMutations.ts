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
    file: "src/http/door.ts",
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
    find: "older = recent",
    replace: "older.clear()",
    tests: ["domain/boundedCache"]
  },
  {
    name: "runs wait for connections without a limit of connections",
    file: "src/services/admission/Admission.ts",
    find: "connections.withConnection(organizationId))",
    replace: "(work) => work)",
    tests: ["services/admission/eachLimit"]
  },
  {
    name: "transactions and loads of replicas need no connection",
    file: "src/services/admission/Admission.ts",
    find: "connections.withLongConnection(organizationId))",
    replace: "(work) => work)",
    tests: ["services/admission/eachLimit"]
  },
  {
    name: "runs that a service asks for need no place",
    file: "src/services/admission/Admission.ts",
    find: "if (resource === \"runs\") return ofRuns(organizationId)",
    replace: "if (resource === \"runs\") return identity",
    tests: ["services/admission/eachLimit"]
  },
  {
    name: "runs of requests need no place",
    file: "src/services/admission/Admission.ts",
    find: "? ofRuns(caller.organizationId)(work) : work",
    replace: "? work : work",
    tests: ["services/admission/eachLimit"]
  },
  {
    name: "a read may take any time",
    file: "src/services/admission/Admission.ts",
    find: "withDeadline(readTimeout)(limit(work))",
    replace: "limit(work)",
    tests: ["services/admission/eachLimit"]
  },
  {
    name: "an organization uses every place for runs in the background",
    file: "src/services/admission/limits.ts",
    find: "background_runs: { places: 4, most: mostOf(4)",
    replace: "background_runs: { places: 4, most: anyNumber",
    tests: ["services/admission/eachLimit"]
  },
  {
    name: "any number of small files is made at a time",
    file: "src/services/admission/limits.ts",
    find: "small_files: { places: smallProcesses",
    replace: "small_files: { places: 1_000",
    tests: ["services/admission/eachLimit"]
  },
  {
    name: "any number of large files is made at a time",
    file: "src/services/admission/limits.ts",
    find: " files: { places: processes",
    replace: " files: { places: 1_000",
    tests: ["services/admission/eachLimit"]
  },
  {
    name: "unknown keys are checked without a limit",
    file: "src/services/admission/Admission.ts",
    find: "unknownKeys.withPlace(visitor)(work)",
    replace: "work",
    tests: ["services/admission/eachLimit"]
  },
  {
    name: "any number of files is computed at a time",
    file: "src/services/run/MetricRunner.ts",
    find: "admission.withPlace(\"background_runs\", caller.organizationId)(",
    replace: "(",
    tests: ["services/run/pacing"]
  },
  {
    name: "a freeze needs no place",
    file: "src/services/run/MetricRunner.ts",
    find: "admission.withPlace(\"runs\", caller.organizationId)(frozen(caller, request))",
    replace: "frozen(caller, request)",
    tests: ["services/run/pacing"]
  },
  {
    name: "a run needs no place",
    file: "src/services/run/MetricRunner.ts",
    find: "admission.withPlace(\"runs\", caller.organizationId)(runWith(",
    replace: "(runWith(",
    tests: ["services/run/pacing"]
  },
  {
    name: "the streams of an organization count all at once",
    file: "src/services/live/LiveRuns.ts",
    find: "admission.withPlace(\"background_runs\", organizationId)(runAgain)",
    replace: "runAgain",
    tests: ["services/live/liveLoad"]
  }
]
