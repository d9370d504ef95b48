import type { Mutation } from "./mutations.ts"

/** With these faults, an organization that floods the process delays other organizations. */
export const fairnessMutations: ReadonlyArray<Mutation> = [
  {
    name: "the counts of one organization delay the counts of every other organization",
    file: "src/services/admission/countingTurns.ts",
    find: "order.add(organizationId, start)",
    replace: "order.add(\"\", start)",
    tests: ["services/admission/countLimiter"]
  },
  {
    name: "the time that an organization counts is not charged to it",
    file: "src/services/admission/countingTurns.ts",
    find: "order.charge(organizationId, took)",
    replace: "order.charge(\"\", took)",
    tests: ["services/admission/countLimiter"]
  },
  {
    name: "an organization that has not counted for long may count for as long as the others did",
    file: "src/services/admission/fairness.ts",
    find: "spent === undefined ? served - 1 : Math.max(served, spent)",
    replace: "spent ?? served - 1",
    tests: ["services/admission/countLimiter"]
  },
  {
    name: "a new key waits for every key that has used the resource",
    file: "src/services/admission/fairness.ts",
    find: "spent === undefined ? served - 1 :",
    replace: "spent === undefined ? served + 1e12 :",
    tests: ["services/admission/fairQueue"]
  },
  {
    name: "requests wait for all counts of a run",
    file: "src/services/admission/countingTurns.ts",
    find: "while (spent < sliceNanos)",
    replace: "while (spent >= 0)",
    tests: ["services/admission/countLimiter"]
  },
  {
    name: "each short count waits for turns of the event loop",
    file: "src/services/admission/countingTurns.ts",
    find: "while (spent < sliceNanos)",
    replace: "while (spent === 0)",
    tests: ["services/admission/countLimiter"]
  },
  {
    name: "a count that was interrupted keeps its place in the queue",
    file: "src/services/admission/countingTurns.ts",
    find: "order.remove(organizationId, start)",
    replace: "undefined",
    tests: ["services/admission/countLimiter"]
  },
  {
    name: "a free place goes to any key that waits",
    file: "src/services/admission/FairQueue.ts",
    find: "order.charge(key, count * passed)",
    replace: "order.charge(key, 0)",
    tests: ["services/admission/fairShares"]
  },
  {
    name: "an owner that uses places for long has most of them beside an active owner",
    file: "src/services/admission/fairness.ts",
    find: "!activity.isOtherActive(owner, now)",
    replace: "true",
    tests: ["services/admission/fairShares"]
  },
  {
    name: "an owner that is alone has only its share",
    file: "src/services/admission/fairness.ts",
    find: "latest?.[0] === owner ? previous : latest",
    replace: "latest",
    tests: ["services/admission/fairShares"]
  },
  {
    name: "an owner has only its share after every other owner has left",
    file: "src/services/admission/fairness.ts",
    find: "now - other[1] < activeNanos",
    replace: "now >= other[1]",
    tests: ["services/admission/fairShares"]
  },
  {
    name: "a burst of short works is limited like long works",
    file: "src/services/admission/fairness.ts",
    find: "return surplus + held * average > burstNanos",
    replace: "return surplus + held > 0",
    tests: ["services/admission/fairShares"]
  },
  {
    name: "many long works are started together before the first one has ended",
    file: "src/services/admission/fairness.ts",
    find: "surplus + held * average > burstNanos",
    replace: "surplus > burstNanos",
    tests: ["services/admission/fairShares"]
  },
  {
    name: "an owner holds every place",
    file: "src/services/admission/FairQueue.ts",
    find: "held >= most(free) || ",
    replace: "",
    tests: ["services/admission/fairQueueLimits"]
  },
  {
    name: "work that was interrupted stays in the queue",
    file: "src/services/admission/FairQueue.ts",
    find: "return Effect.sync(() => void leave(entry))",
    replace: "return Effect.void",
    tests: ["services/admission/fairQueue"]
  },
  {
    name: "each statement of an organization waits until its deadline, and none is answered in time",
    file: "src/services/admission/FairQueue.ts",
    find: "at - oldest.at > lateNanos ? firstOfNewestRun(oldest, entries) : oldest",
    replace: "at - oldest.at > lateNanos ? oldest : oldest",
    tests: ["services/admission/statementOrder"]
  },
  {
    name: "the newest statement of a run goes before its other statements, which wait until their deadline",
    file: "src/services/admission/fairness.ts",
    find: "if (entry.began > found.began) found = entry",
    replace: "if (entry.began >= found.began) found = entry",
    tests: ["services/admission/statementOrder"]
  },
  {
    name: "an owner that is alone fills the queue",
    file: "src/services/admission/FairQueue.ts",
    find: "own >= maxWaitingAlone && !shares.isOtherActive(owner, at)",
    replace: "own < 0",
    tests: ["services/admission/fairQueueLimits"]
  },
  {
    name: "beside another active owner, works are refused at once",
    file: "src/services/admission/FairQueue.ts",
    find: "own >= maxWaitingAlone && !shares.isOtherActive(owner, at)",
    replace: "own >= maxWaitingAlone",
    tests: ["services/admission/fairQueueLimits"]
  },
  {
    name: "a full queue refuses the newcomer",
    file: "src/services/admission/FairQueue.ts",
    find: "if (newest === undefined || newest.owner === owner",
    replace: "if (newest !== undefined || owner === \"\"",
    tests: ["services/admission/fairQueueLimits"]
  },
  {
    name: "any number of works waits",
    file: "src/services/admission/FairQueue.ts",
    find: "if (order.size() < maxWaiting) return false",
    replace: "if (order.size() >= 0) return false",
    tests: ["services/admission/fairQueueLimits"]
  },
  {
    name: "newer statements of an overloaded organization overtake its load",
    file: "src/services/admission/connections.ts",
    find: "key: `long ${organizationId}`",
    replace: "key: organizationId",
    tests: ["services/admission/eachLimit"]
  },
  {
    name: "a load uses the share of its organization's statements",
    file: "src/services/admission/FairQueue.ts",
    find: "shares.mayTake(owner, heldByKey.get(key) ?? 0,",
    replace: "shares.mayTake(owner, heldBy(owner),",
    tests: ["services/admission/fairShares"]
  },
  {
    name: "a place is lost when its work is interrupted just after the grant",
    file: "src/services/admission/FairQueue.ts",
    find: "if (isGranted && !Exit.isSuccess(exit)) release(place)",
    replace: "if (isGranted && Exit.isSuccess(exit)) void place",
    tests: ["services/admission/fairQueue"]
  },
  {
    name: "a place is lost when its work is interrupted as it starts",
    file: "src/services/admission/FairQueue.ts",
    find: "Effect.uninterruptibleMask((restore) =>\n      Effect.flatMap(enter(place, restore)",
    replace: "((work) => work((effect) => effect))((restore) =>\n      Effect.flatMap(enter(place, restore)",
    tests: ["services/admission/interruptions"]
  },
  {
    name: "a place is lost when its work fails",
    file: "src/services/admission/FairQueue.ts",
    find: "noteEnd(place, Number(now() - since), exit)\n            release(place)",
    replace: "noteEnd(place, Number(now() - since), exit)\n            if (Exit.isSuccess(exit)) release(place)",
    tests: ["services/admission/fairQueue"]
  },
  {
    name: "work waits without end",
    file: "src/services/admission/FairQueue.ts",
    find: "maxWait === undefined\n        ? granted",
    replace: "maxWait !== undefined\n        ? granted",
    tests: ["services/admission/fairQueueLimits"]
  }
]
