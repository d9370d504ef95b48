import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Exit, Fiber, Layer, Predicate } from "effect"
import { TestClock } from "effect/testing"
import { Processes } from "../../../src/documents/Documents.ts"
import { OrgId } from "../../../src/domain/Ids.ts"
import { ratePolicies } from "../../../src/domain/Limit.ts"
import { Admission, Visitor } from "../../../src/services/admission/Admission.ts"
import { ownPlace } from "../../../src/services/admission/FairQueue.ts"
import { caller } from "../../support/TestApp.ts"

type Service = Admission["Service"]
type Take = (
  admission: Service,
  owner: string,
  index: number,
  work: Effect.Effect<void>
) => Effect.Effect<void, unknown>

const env = {
  DATABASE_POOL: "7",
  LIVE_STREAMS: "8",
  LIVE_STREAMS_PER_PERSON: "4",
  ...Object.fromEntries(ratePolicies.map((policy) => [`RATE_LIMIT_${policy.toUpperCase()}`, "3"])),
  RATE_LIMIT_ORGANIZATION: "5"
}

const admission = Admission.layer.pipe(
  Layer.provide([ConfigProvider.layer(ConfigProvider.fromEnv({ env })), Layer.succeed(Processes, 2)])
)

const placeOf = (resource: Parameters<Service["withPlace"]>[0]): Take => ({ withPlace }, owner, _, work) =>
  withPlace(resource, OrgId.make(owner))(work)

const admit = (kind: Parameters<Service["admit"]>[1]): Take => ({ admit }, owner, index, work) =>
  admit(caller("member", `person ${index % 20}`, owner), kind)(work)

const stream = (person: (owner: string, index: number) => string): Take => ({ takeStream }, owner, index, work) =>
  Effect.scoped(Effect.andThen(takeStream(caller("member", person(owner, index), owner)), work))

interface Limited {
  readonly limit: string
  /** An owner does this number of works at a time. */
  readonly ofOne: number
  /** Two owners do this number of works at a time. */
  readonly ofTwo: number
  /** The works that are refused, or take too long, get these failures. */
  readonly refused: ReadonlyArray<string>
  readonly take: Take
}

/** 3 requests of each person, and 15 of the organization, are within these limits. */
const rates = ["requests", "files", "design", "keys"] as const

const limits: ReadonlyArray<Limited> = [
  { limit: "runs", ofOne: 2, ofTwo: 4, refused: ["runs"], take: placeOf("runs") },
  {
    limit: "runs of requests",
    ofOne: 2,
    ofTwo: 4,
    refused: ["rate:runs", "rate:runs-organization", "runs"],
    take: admit("runs")
  },
  {
    limit: "records",
    ofOne: 2,
    ofTwo: 4,
    refused: ["rate:records", "rate:records-organization", "runs"],
    take: admit("records")
  },
  { limit: "background_runs", ofOne: 3, ofTwo: 4, refused: [], take: placeOf("background_runs") },
  {
    limit: "connections of statements",
    ofOne: 5,
    ofTwo: 6,
    refused: [],
    take: ({ withConnection }, owner, _, work) => withConnection(OrgId.make(owner))(work)
  },
  {
    limit: "connections of transactions",
    ofOne: 5,
    ofTwo: 6,
    refused: [],
    take: ({ withLongConnection }, owner, _, work) => withLongConnection(OrgId.make(owner))(work)
  },
  { limit: "reads", ofOne: 2, ofTwo: 3, refused: ["TimedOut"], take: placeOf("reads") },
  { limit: "small_files", ofOne: 1, ofTwo: 1, refused: ["small_files"], take: placeOf("small_files") },
  { limit: "files", ofOne: 2, ofTwo: 2, refused: ["files"], take: placeOf("files") },
  {
    limit: "streams",
    ofOne: 6,
    ofTwo: 8,
    refused: ["streams"],
    take: stream((owner, index) => `${owner} ${index}`)
  },
  { limit: "streams of a person", ofOne: 4, ofTwo: 4, refused: ["streams_of_person"], take: stream(() => "ana") },
  {
    limit: "unknown_keys",
    ofOne: 5,
    ofTwo: 6,
    refused: ["unknown_keys"],
    take: ({ forVisitor }, owner, index, work) =>
      Effect.provideService(forVisitor(work), Visitor, { owner, key: `${owner} ${index}` })
  },
  {
    limit: "clerk",
    ofOne: 8,
    ofTwo: 10,
    refused: ["clerk"],
    take: ({ forClerk }, owner, _, work) => forClerk(ownPlace(owner))(work)
  },
  ...rates.map((policy) => ({
    limit: `the rate of ${policy}`,
    ofOne: 15,
    ofTwo: 30,
    refused: [`rate:${policy}`, `rate:${policy}-organization`],
    take: admit(policy)
  }))
]

const nameOf = (failure: unknown) => {
  if (Predicate.hasProperty(failure, "limit")) return String(failure.limit)
  return Predicate.hasProperty(failure, "_tag") ? String(failure._tag) : String(failure)
}

const works = 100

describe.each(limits)("the limit: $limit", ({ ofOne, ofTwo, refused, take }) => {
  it.effect(`an owner does ${ofOne} works at a time, and two owners do ${ofTwo}`, () =>
    Effect.gen(function*() {
      const admission = yield* Admission
      let begun = 0
      const work = Effect.andThen(Effect.sync(() => void (begun += 1)), Effect.never)
      const asked = (owner: string) =>
        Effect.forEach(
          Array.from({ length: works }),
          (_, index) => Effect.forkChild(take(admission, owner, index, work))
        )
      const first = yield* asked("first")
      yield* TestClock.adjust("1 millis")
      assert.strictEqual(begun, ofOne)
      const second = yield* asked("second")
      yield* TestClock.adjust("1 millis")
      assert.strictEqual(begun, ofTwo)
      yield* TestClock.adjust("5 seconds")
      const ended = [...first, ...second].flatMap((fiber) => fiber.pollUnsafe() ?? [])
      const failures = yield* Effect.forEach(ended, Effect.flip)
      assert.deepStrictEqual([...new Set(failures.map(nameOf))].sort(), refused)
      yield* Fiber.interruptAll([...first, ...second])
      const after = yield* Effect.forkChild(take(admission, "third", 0, Effect.void))
      yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(after.pollUnsafe(), Exit.void)
    }).pipe(Effect.provide(admission)))
})

it.effect("a load of an organization that sends more statements than are answered in time is not overtaken", () =>
  Effect.gen(function*() {
    const { withConnection, withLongConnection } = yield* Admission
    const organizationId = OrgId.make("flooding")
    const statement = withConnection(organizationId)(Effect.sleep("600 millis"))
    const flood = Effect.andThen(Effect.forkChild(statement), Effect.sleep("50 millis"))
    yield* Effect.forkChild(Effect.forever(flood))
    yield* TestClock.adjust("5 seconds")
    const load = yield* Effect.forkChild(withLongConnection(organizationId)(Effect.void))
    yield* TestClock.adjust("1 second")
    assert.deepStrictEqual(load.pollUnsafe(), Exit.void)
  }).pipe(Effect.provide(admission)))
