import type { Mutation } from "./mutations.ts"

/** With these faults, an organization that floods the process delays other organizations. */
export const fairnessMutations: ReadonlyArray<Mutation> = [
  {
    name: "the counts of one organization delay the counts of every other organization",
    file: "src/services/limits/CountLimiter.ts",
    find: "queue.add(organizationId, start)",
    replace: "queue.add(\"\", start)",
    tests: ["countLimiter"]
  },
  {
    name: "the time that an organization counts is not charged to it",
    file: "src/services/limits/CountLimiter.ts",
    find: "queue.charge(organizationId, took)",
    replace: "queue.charge(\"\", took)",
    tests: ["countLimiter"]
  },
  {
    name: "an organization that has not counted for long may count for as long as the others did",
    file: "src/services/admission/fairOrder.ts",
    find: "spent === undefined ? served - 1 : Math.max(served, spent)",
    replace: "spent ?? served - 1",
    tests: ["countLimiter"]
  },
  {
    name: "requests wait for all counts of a run",
    file: "src/services/limits/CountLimiter.ts",
    find: "while (spent < sliceNanos)",
    replace: "while (spent >= 0)",
    tests: ["countLimiter"]
  },
  {
    name: "each short count waits for turns of the event loop",
    file: "src/services/limits/CountLimiter.ts",
    find: "while (spent < sliceNanos)",
    replace: "while (spent === 0)",
    tests: ["countLimiter"]
  },
  {
    name: "a count that was interrupted keeps its place in the queue",
    file: "src/services/limits/CountLimiter.ts",
    find: "queue.remove(organizationId, start)",
    replace: "undefined",
    tests: ["countLimiter"]
  },
  {
    name: "any number of runs of an organization is computed at a time",
    file: "src/services/limits/RunLimiter.ts",
    find: "const maxAtOnce = 16",
    replace: "const maxAtOnce = 1_000",
    tests: ["runLimits"]
  },
  {
    name: "a run waits for the runs of other organizations",
    file: "src/services/run/MetricRunner.ts",
    find: "limiter.withPermit(caller.organizationId)",
    replace: "limiter.withPermit(caller.userId)",
    tests: ["runLimits"]
  },
  {
    name: "a free connection goes to any organization that waits",
    file: "src/services/limits/connectionQueue.ts",
    find: "queue.charge(key, count * passed)",
    replace: "queue.charge(key, 0)",
    tests: ["connectionQueue"]
  },
  {
    name: "an organization with long statements uses most connections beside an active organization",
    file: "src/services/limits/connectionQueue.ts",
    find: "return !activity.isOtherActive(organizationId, now)",
    replace: "return true",
    tests: ["connectionQueue"]
  },
  {
    name: "an organization that is alone uses only a quarter of the connections",
    file: "src/services/limits/activity.ts",
    find: "latest?.[0] === organizationId ? previous : latest",
    replace: "latest",
    tests: ["connectionQueue"]
  },
  {
    name: "an organization uses only a quarter of the connections after every other one has left",
    file: "src/services/limits/activity.ts",
    find: "now - other[1] < activeNanos",
    replace: "now >= other[1]",
    tests: ["connectionQueue"]
  },
  {
    name: "a burst of short statements is limited like long statements",
    file: "src/services/limits/connectionUse.ts",
    find: "return surplus + running * average > allowed",
    replace: "return surplus + running > 0",
    tests: ["connectionQueue"]
  },
  {
    name: "many long statements are started together before the first one has ended",
    file: "src/services/limits/connectionUse.ts",
    find: "surplus + running * average > allowed",
    replace: "surplus > allowed",
    tests: ["connectionQueue"]
  },
  {
    name: "newer statements of an overloaded organization overtake its load",
    file: "src/services/limits/connectionQueue.ts",
    find: "const key = keyOf(organizationId, isLong)",
    replace: "const key = keyOf(organizationId, false)",
    tests: ["connectionQueue"]
  },
  {
    name: "a load uses the share of its organization's statements",
    file: "src/services/limits/connectionQueue.ts",
    find:
      "const own = isLongKey(key) ? long : short\n    if (own < share || !use.isTooHigh(organizationId, short, share, now)) return true",
    replace:
      "const own = long + short\n    if (own < share || !use.isTooHigh(organizationId, own, share, now)) return true",
    tests: ["connectionQueue"]
  },
  {
    name: "an organization uses all connections",
    file: "src/services/limits/connectionQueue.ts",
    find: "free === 0 || short + long >= most",
    replace: "free === 0",
    tests: ["connectionQueue"]
  },
  {
    name: "an interrupted statement stays in the queue",
    file: "src/services/limits/connectionQueue.ts",
    find: "return () => queue.remove(key, entry)",
    replace: "return () => {}",
    tests: ["connectionQueue"]
  },
  {
    name: "each statement of an organization waits until its deadline, and none is answered in time",
    file: "src/services/admission/fairOrder.ts",
    find: "isLate(oldest) ? [...entries].at(-1) ?? oldest : oldest",
    replace: "isLate(oldest) ? oldest : oldest",
    tests: ["connectionQueue"]
  },
  {
    name: "a key with several waiters gets no permit while other keys have fewer waiters",
    file: "src/domain/fairPermits.ts",
    find: "    const [first] = waiting\n",
    replace: "    const first = [...waiting].toSorted(([, a], [, b]) => a.size - b.size)[0]\n",
    tests: ["fairPermits"]
  },
  {
    name: "a permit is lost when its waiter is interrupted just after the grant",
    file: "src/domain/waitForGrant.ts",
    find: "() => isGranted ? release : Effect.void",
    replace: "() => Effect.void",
    tests: ["fairPermits"]
  },
  {
    name: "a waiter that was interrupted still gets a permit",
    file: "src/domain/fairPermits.ts",
    find: "return () => remove(key, start)",
    replace: "return () => {}",
    tests: ["fairPermits"]
  }
]
