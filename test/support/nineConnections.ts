import { assert } from "@effect/vitest"
import { Clock, Duration, Effect } from "effect"
import { constVoid } from "effect/Function"
import { TestClock } from "effect/testing"
import { makeFairQueue, ownPlace } from "../../src/services/admission/FairQueue.ts"

export const [flooding, other] = ["flooding", "other"]

/** A load of a replica. */
export const longPlace = { owner: flooding, key: "long flooding" }

/** Nine connections, of which an organization may use seven. */
export const nine = Effect.gen(function*() {
  const terms = {
    limit: "connections",
    places: 9,
    most: () => 7,
    share: 2,
    maxWaiting: 4_096,
    newestFirstAfter: Duration.millis(500)
  } as const
  const queue = yield* makeFairQueue(terms, yield* Clock.Clock)
  const started: Array<string> = []
  const running = new Map<string, number>()
  const add = (organizationId: string, by: number) =>
    Effect.sync(() => void running.set(organizationId, (running.get(organizationId) ?? 0) + by))
  const statement = (organizationId: string, millis: number, name = organizationId) =>
    Effect.gen(function*() {
      started.push(name)
      yield* add(organizationId, 1)
      yield* Effect.sleep(millis)
    }).pipe(Effect.ensuring(add(organizationId, -1)), queue.withPlace(ownPlace(organizationId)))
  const many = (organizationId: string, times: number, millis: number) =>
    Effect.forEach(Array.from({ length: times }), () => Effect.forkChild(statement(organizationId, millis)))
  return { queue, started, statement, many, runningOf: (organizationId: string) => running.get(organizationId) ?? 0 }
})

type Queue = Effect.Success<typeof nine>

/** Lets a second pass. The other organization sends a statement of 5 ms every 50 ms. */
export const oneSecond = ({ statement }: Queue, note: () => void = constVoid) =>
  Effect.gen(function*() {
    for (let passed = 0; passed < 1_000; passed += 50) {
      const sent = yield* Effect.forkChild(statement(other, 5))
      yield* TestClock.adjust("5 millis")
      assert.isDefined(sent.pollUnsafe(), "a statement of the other organization waited")
      yield* TestClock.adjust("45 millis")
      note()
    }
  })

/** The connections of the flooding organization after each of these seconds beside the other organization. */
export const inSeconds = Effect.fnUntraced(function*(queue: Queue, seconds: number) {
  const seen: Array<number> = []
  for (let second = 0; second < seconds; second++) {
    yield* oneSecond(queue)
    seen.push(queue.runningOf(flooding))
  }
  return seen
})
