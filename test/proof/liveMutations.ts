import type { Mutation } from "./mutations.ts"

/** These faults send events that a caller must not get, or let streams cost too much. */
export const liveMutations: ReadonlyArray<Mutation> = [
  {
    name: "a stream checks the credential only when it opens",
    file: "src/services/live/LiveRuns.ts",
    find: "const admitted = yield* stillAdmitted(asking)",
    replace: "const admitted = caller",
    tests: ["services/live/liveEnds"]
  },
  {
    name: "a stream without changes never checks the credential",
    file: "src/services/live/LiveRuns.ts",
    find: "if (expiresAt === undefined || now.epoch >= expiresAt) yield* stillAdmitted(asking)",
    replace: "yield* Effect.void",
    tests: ["services/live/liveEnds"]
  },
  {
    name: "a demoted admin keeps a stream or a file of records",
    file: "src/services/access/Gating.ts",
    find: "now.role === caller.role ?",
    replace: "now.role !== \"\" ?",
    tests: ["services/live/liveEnds", "services/export/recordFileAccess"]
  },
  {
    name: "a stream reads the report only when it opens",
    file: "src/services/live/LiveRuns.ts",
    find: "reportId, request } = asking",
    replace: "reportId, request: read } = asking\n          const request = yield* Effect.cached(read)",
    tests: ["services/live/liveEnds"]
  },
  {
    name: "a stream does not notice that its report became private",
    file: "src/services/reports/ReportRepo/memory.ts",
    find: ".map(({ id, version }) => [id, version])",
    replace: ".map(({ id }) => [id, 1])",
    tests: ["services/live/liveEnds", "services/reports/repos"]
  },
  {
    name: "the versions of reports of other organizations are read",
    file: "src/services/reports/ReportRepo/sql.ts",
    find: "WHERE r.organization_id = ${organizationId} AND r.id = ANY",
    replace: "WHERE r.organization_id > ${\"\"} AND r.id = ANY",
    tests: ["query/sql/tenantSql", "services/reports/repos"]
  },
  {
    name: "a stream does not notice that a member left",
    file: "src/services/live/ChangeFeed.ts",
    find: "next.access !== access || ",
    replace: "",
    tests: ["services/live/liveRuns"]
  },
  {
    name: "streams do not notice changes of members in the change log",
    file: "src/services/replica/changesSince.ts",
    find: "unseenIn(\"crm_capture.changes\", \"1\", 1, hasOpen)",
    replace: "unseenIn(changeTable(\"leads\"), \"1\", 1, hasOpen)",
    tests: ["services/replica/changeLook"]
  },
  {
    name: "the look for changes reads all members although the change log contains their changes",
    file: "src/services/live/ChangeFeed.ts",
    find: "log?.isLogged === true ? lastAccess : yield*",
    replace: "yield*",
    tests: ["services/live/liveRuns"]
  },
  {
    name: "all organizations get the changes of one organization",
    file: "src/services/live/ChangeFeed.ts",
    find: "feeds.get(organizationId)",
    replace: "feeds.get([\"org\" as OrgId, organizationId].toSorted()[0] ?? organizationId)",
    tests: ["services/live/liveRuns"]
  },
  {
    name: "each stream looks for changes itself",
    file: "src/services/live/ChangeFeed.ts",
    find: "yield* feeds.get(organizationId)",
    replace: "yield* feedOf(organizationId)",
    tests: ["services/live/liveRuns"]
  },
  {
    name: "a person may open any number of streams",
    file: "src/services/admission/limits.ts",
    find: "(most) => () => most",
    replace: "(most) => () => most * Infinity",
    tests: ["services/live/liveLimits"]
  },
  {
    name: "the service opens any number of streams",
    file: "src/services/admission/limits.ts",
    find: "streams: { places: yield* Config.liveStreams",
    replace: "streams: { places: (yield* Config.liveStreams) * 1_000",
    tests: ["services/live/liveLimits"]
  },
  {
    name: "a stream that has ended still counts toward the limits",
    file: "src/services/admission/FairQueue.ts",
    find: "Effect.acquireRelease(enter(place, identity), () => Effect.sync(() => release(place)))",
    replace: "enter(place, identity)",
    tests: ["services/live/liveLimits"]
  },
  {
    name: "an unchanged series is sent again",
    file: "src/services/live/Resumes.ts",
    find: "?.digest === digest",
    replace: "?.digest === \"\"",
    tests: ["services/live/liveRuns", "services/live/live"]
  },
  {
    name: "a person can resume the stream of another person",
    file: "src/services/live/Resumes.ts",
    find: "found.progress.owner !== owner || ",
    replace: "",
    tests: ["services/live/liveResume"]
  },
  {
    name: "a report that was changed back while its stream was closed keeps the series of the change",
    file: "src/services/live/LiveRuns.ts",
    find: "progress.owner = ownerWith(asked)\n",
    replace: "\n",
    tests: ["services/live/liveResume"]
  },
  {
    name: "a series that the client did not receive is not sent again",
    file: "src/services/live/Resumes.ts",
    find: "number > received",
    replace: "number > received + 1e9",
    tests: ["services/live/liveResume"]
  },
  {
    name: "a stream that is opened again misses the changes since it was closed",
    file: "src/services/live/LiveRuns.ts",
    find: "version <= progress.version &&",
    replace: "version <= progress.version + 1e9 &&",
    tests: ["services/live/liveResume"]
  },
  {
    name: "a stream that is opened again leaves out a run that is due",
    file: "src/services/live/LiveRuns.ts",
    find: "!agenda.isDue(begun, watch.isLogged())",
    replace: "(agenda.isDue(begun, true) || true)",
    tests: ["services/live/liveResume"]
  },
  {
    name: "an open stream delays the end of the process",
    file: "src/services/live/ChangeFeed.ts",
    find: "Effect.andThen(readiness.drained, waits.stop)",
    replace: "Effect.andThen(readiness.drained, Effect.void)",
    tests: ["services/live/liveEnds"]
  },
  {
    name: "a stream counts again after a good run, because a check failed during the run",
    file: "src/services/live/Agenda.ts",
    find: "    ran: (): void => {\n      retryAt = Infinity",
    replace: "    ran: (): void => {\n      retryAt = Math.min(retryAt, Infinity)",
    tests: ["services/live/liveLoad"]
  },
  {
    name: "a dropped trigger goes unnoticed by streams",
    file: "src/services/replica/changeLook.ts",
    find: "state.captureEpoch === last.state.captureEpoch && ",
    replace: "",
    tests: ["services/replica/changeLook"]
  },
  {
    name: "the look for changes never finds a change",
    file: "src/services/replica/changeLook.ts",
    find: "hasChanged: hasChanges,",
    replace: "hasChanged: hasChanges && last.hasChanged,",
    tests: ["services/replica/changeLook"]
  },
  {
    name: "the query that looks for changes has the caller of the first stream",
    file: "src/domain/shared.ts",
    find: "Context.merge(own, fromCaller(context))",
    replace: "Context.merge(own, context)",
    tests: ["services/live/liveRuns", "domain/shared"]
  },
  {
    name: "a stream that could not open keeps the other streams of the organization closed",
    file: "src/domain/shared.ts",
    find: "Effect.tapCause(open(key), () => RcMap.invalidate(opened, key))",
    replace: "open(key)",
    tests: ["services/live/liveOutages", "domain/shared"]
  },
  {
    name: "the failure of a shared lookup is kept",
    file: "src/domain/shared.ts",
    find: "Exit.isSuccess(exit) ? cacheMillis(exit.value) : 0",
    replace: "Exit.isSuccess(exit) ? cacheMillis(exit.value) : 60_000",
    tests: ["domain/shared"]
  }
]
