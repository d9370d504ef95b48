import type { Mutation } from "./mutations.ts"

/** With these faults, logs, metrics, traces or messages for operators are wrong or reveal too much. */
export const operationMutations: ReadonlyArray<Mutation> = [
  {
    name: "the log of a request contains its token",
    file: "src/http/middleware/pipeline.ts",
    find: "route: allowedMethods.routeOf(method, url),",
    replace: "route: headers[\"authorization\"],",
    tests: ["http/requestLog"]
  },
  {
    name: "the log of a request contains its address with the query",
    file: "src/http/middleware/pipeline.ts",
    find: "path: pathOf(url)",
    replace: "path: url",
    tests: ["http/requestLog"]
  },
  {
    name: "fast requests are logged",
    file: "src/http/middleware/pipeline.ts",
    find: "nanos >= slowNanos",
    replace: "nanos >= 0n * slowNanos",
    tests: ["http/requestLog"]
  },
  {
    name: "failed requests are not logged",
    file: "src/http/middleware/pipeline.ts",
    find: "!isSlow && status < 500",
    replace: "!isSlow && status < 600",
    tests: ["http/requestLog"]
  },
  {
    name: "a metric is labelled with the address of a request",
    file: "src/http/middleware/pipeline.ts",
    find: "measure(method, allowedMethods.routeOf(method, url)",
    replace: "measure(method, annotations.path",
    tests: ["telemetry/metricsPort"]
  },
  {
    name: "a metric is labelled with the method of a request as it was sent",
    file: "src/http/middleware/pipeline.ts",
    find: "methods.has(method) ? method : \"other\"",
    replace: "methods.size > 0 ? method : \"other\"",
    tests: ["telemetry/metricsPort"]
  },
  {
    name: "the port of the metrics serves them at every path",
    file: "src/http/MetricsPort.ts",
    find: "url !== \"/metrics\"",
    replace: "url === \"\"",
    tests: ["telemetry/metricsPort"]
  },
  {
    name: "requests are not counted",
    file: "src/telemetry/telemetry.ts",
    find: "Layer.succeed(IsMeasured, isMeasured)",
    replace: "Layer.succeed(IsMeasured, !isMeasured)",
    tests: ["telemetry/metricsPort"]
  },
  {
    name: "a plan that a replica refuses is timed as counted by a replica",
    file: "src/services/run/replicaReader.ts",
    find: "Exit.isSuccess(exit) && exit.value !== undefined",
    replace: "Exit.isSuccess(exit)",
    tests: ["telemetry/metricsPort"]
  },
  {
    name: "a span has the address of a request with its query",
    file: "src/telemetry/telemetry.ts",
    find: "if (shown.has(key)) attribute(key, value)",
    replace: "attribute(key, value)",
    tests: ["telemetry/otlp"]
  },
  {
    name: "a span is named after the address of a request",
    file: "src/http/middleware/pipeline.ts",
    find: "`${labelOf(method)} ${routeOf(method, url)}`",
    replace: "`${labelOf(method)} ${routeOf(method, url) && url}`",
    tests: ["telemetry/otlp"]
  },
  {
    name: "a statement is not named after its metric",
    file: "src/services/run/Reader.ts",
    find: "`sql ${plan.id}`",
    replace: "`sql ${plan.buckets.length}`",
    tests: ["telemetry/otlp"]
  },
  {
    name: "a start accepts one port for requests and metrics",
    file: "src/commands/freePorts.ts",
    find: "metricsPort === (yield* Config.port)",
    replace: "metricsPort === (yield* Config.port) + 65_536",
    tests: ["commands/wrongUse"]
  },
  {
    name: "the doctor takes any program at its port for the service",
    file: "src/commands/doctor/port.ts",
    find: "onFailure: () => false",
    replace: "onFailure: () => true",
    tests: ["commands/doctor"]
  },
  {
    name: "after a fault of the sign-in, the doctor checks nothing else",
    file: "src/commands/doctor/doctor.ts",
    find: "Effect.catch(port, ",
    replace: "Effect.catchDefect(port, ",
    tests: ["commands/doctor"]
  },
  {
    name: "a start does not warn that the development sign-in is used instead of Clerk",
    file: "src/commands/settingWarnings.ts",
    find: "[misspelt, shortFreeze, unusedClerk]",
    replace: "[misspelt, shortFreeze]",
    tests: ["commands/wrongSettings"]
  },
  {
    name: "the doctor accepts a role that may not read the tables of the CRM",
    file: "src/commands/doctor/rights.ts",
    find: "has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS \"mayUse\"",
    replace: "true AS \"mayUse\"",
    tests: ["commands/doctorDatabase"]
  },
  {
    name: "the doctor accepts every clock",
    file: "src/commands/doctor/clock.ts",
    find: "Math.abs(ahead) * 1000 <= clockSkewMillis",
    replace: "Math.abs(ahead) <= clockSkewMillis",
    tests: ["commands/doctor"]
  },
  {
    name: "the doctor does not say that Clerk refuses the secret key",
    file: "src/commands/doctor/signIn.ts",
    find: "new Set([401, 403])",
    replace: "new Set([403])",
    tests: ["commands/doctor"]
  },
  {
    name: "production starts on an embedded database with demo data",
    file: "src/services/database/Database.ts",
    find: "=== \"production\"",
    replace: "=== \"test\"",
    tests: ["commands/wrongUse"]
  },
  {
    name: "an address for traces or for metrics alone is ignored",
    file: "src/telemetry/telemetry.ts",
    find: "[yield* endpoint, yield* Config.otlpEndpoint]",
    replace: "[yield* Config.otlpEndpoint]",
    tests: ["telemetry/otlp"]
  },
  {
    name: "a start does not say that REPLICA_ROWS has no effect",
    file: "src/services/replica/replicaSettings.ts",
    find: "if (Option.isSome(ignored)) return yield* Effect.logWarning(ignored.value)",
    replace: "",
    tests: ["commands/wrongUse"]
  },
  {
    name: "the doctor recommends replicas with the embedded database",
    file: "src/commands/doctor/replicas.ts",
    find: "if (Option.isNone(yield* Config.databaseUrl)) return []",
    replace: "",
    tests: ["commands/doctorAdvice"]
  },
  {
    name: "a run takes a turn for each of its widgets",
    file: "src/services/run/replicaReader.ts",
    find: ">= longTurn) break",
    replace: ">= 0n) break",
    tests: ["services/replica/replicas"]
  },
  {
    name: "a turn lasts until all widgets of a run are counted",
    file: "src/services/run/replicaReader.ts",
    find: "- started >= longTurn",
    replace: "- started < 0n",
    tests: ["services/replica/replicas"]
  },
  {
    name: "a timer is started for each widget that a replica counts at once",
    file: "src/services/admission/withDeadline.ts",
    find: "if (ended !== undefined)",
    replace: "if (ended === null)",
    tests: ["services/admission/withDeadline"]
  },
  {
    name: "a fault of one plan fails the widget whose turn counts it",
    file: "src/services/run/replicaReader.ts",
    find: "Effect.exit,",
    replace: "Effect.map(Exit.succeed),",
    tests: ["services/run/replicaReader"]
  }
]
