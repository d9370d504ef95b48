import type { Mutation } from "./mutations.ts"

/** With these faults, busy organizations delay or end streams, or streams hold too many connections. */
export const liveLoadMutations: ReadonlyArray<Mutation> = [
  {
    name: "the query that looks for changes does not wait for a connection",
    file: "src/services/live/ChangeFeed.ts",
    find: "        }).pipe(\n          admission.withConnection(organizationId),\n",
    replace: "        }).pipe(\n",
    tests: ["services/live/liveRuns"]
  },
  {
    name: "a look for changes that passed its deadline gives its connection back before its statement ends",
    file: "src/services/live/ChangeFeed.ts",
    find: "          admission.withConnection(organizationId),\n          withDeadline(deadline),\n",
    replace: "          withDeadline(deadline),\n          admission.withConnection(organizationId),\n",
    tests: ["services/live/liveLoad"]
  },
  {
    name: "later runs of a stream wait for a permit",
    file: "src/services/live/LiveRuns.ts",
    find: "runner.runInBackground(admitted, asked)",
    replace: "runner.run(admitted, asked)",
    tests: ["services/live/liveLoad"]
  },
  {
    name: "a stream sends no comment while its run waits",
    file: "src/services/live/LiveRuns.ts",
    find: "watch.waitFor(running, agenda.quietUntil(yield* currentMoment, expiresAt))",
    replace: "watch.waitFor(running, Infinity)",
    tests: ["services/live/liveLoad"]
  },
  {
    name: "a clock that is set back delays the next run of a stream",
    file: "src/services/live/Agenda.ts",
    find: "stepOf(now) === step ?",
    replace: "stepOf(now) <= step ?",
    tests: ["services/live/liveLoad"]
  },
  {
    name: "a run that waits loses its place at each comment",
    file: "src/services/live/LiveRuns.ts",
    find: "if (ended === undefined) return yield* patient(comment)",
    replace:
      "if (ended === undefined) {\n              running.interruptUnsafe()\n              running = undefined\n              agenda.retry(yield* currentMoment, 1)\n              return yield* patient(comment)\n            }",
    tests: ["services/live/liveLoad"]
  },
  {
    name: "live runs of one organization delay those of every other organization",
    file: "src/services/live/LiveRuns.ts",
    find: "withPlace(\"background_runs\", organizationId)(runAgain)",
    replace: "withPlace(\"background_runs\", \"all\")(runAgain)",
    tests: ["services/live/liveRuns"]
  }
]
