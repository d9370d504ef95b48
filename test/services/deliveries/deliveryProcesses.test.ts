import { assert, it } from "@effect/vitest"
import { DateTime, Effect, Latch, Layer, Redacted } from "effect"
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { UserId } from "../../../src/domain/Ids.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import * as Database from "../../../src/services/database/Database.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SubscriptionRepo, type Terms } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { layout, people } from "../../conformance/people.ts"
import { termsDue } from "../../conformance/subscriptionScene.ts"
import { send } from "../../support/deliveries.ts"
import { workerOver } from "../../support/deliveryWorker.ts"
import { freshDatabase, settingsOf } from "../../support/Postgres.ts"
import { type Received, smtpServer } from "../../support/smtpServer.ts"
import { webhookServer } from "../../support/webhookServer.ts"

const worker = new URL("../../support/deliveryWorker.ts", import.meta.url).pathname
const due = DateTime.toEpochMillis(termsDue.nextAt)
const minute = 60_000

const reposOn = (url: Redacted.Redacted) =>
  Layer.merge(ReportRepo.layerSql, SubscriptionRepo.layerSql).pipe(
    Layer.provide([Database.clientOf(settingsOf(url)), Admission.unlimited])
  )

/** Makes deliveries that are due at one minute, a hundred in each subscription. */
const makeDeliveries = Effect.fnUntraced(function*(count: number, more: Partial<Terms> = {}) {
  const { owner } = people()
  const reports = yield* ReportRepo
  const repo = yield* SubscriptionRepo
  const { id } = yield* reports.create(owner, { title: "Saved", visibility: "organization", layout })
  for (let made = 0; made < count; made += 100) {
    const size = Math.min(100, count - made)
    const to = Array.from({ length: size }, (_, at) => UserId.make(`person${made + at}`))
    yield* repo.create(owner, id, { ...termsDue, ...more }, to)
  }
  const now = DateTime.makeUnsafe(due)
  for (const found of yield* repo.due(owner.organizationId, now)) {
    yield* repo.makeDeliveries(found, { dueAt: now, nextAt: DateTime.add(now, { days: 1 }), settled: undefined })
  }
  return owner
})

const copiesOf = (mails: ReadonlyArray<Received>) => {
  const copies = Map.groupBy(mails, ({ messageId }) => messageId)
  return [...copies.values()].map((all) => all.map(({ isMarked }) => isMarked))
}

const process = (url: Redacted.Redacted, port: number, now = due) =>
  Effect.acquireRelease(
    Effect.sync(() =>
      spawn(globalThis.process.execPath, [worker, Redacted.value(url), String(port), String(now)], { stdio: "inherit" })
    ),
    (child) => Effect.sync(() => child.kill("SIGKILL"))
  )

const ended = (child: ChildProcess) =>
  Effect.promise(async () => {
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit")
  })

const drain = (now: number) => send.pipe(fixedClock(now))

it.live("of 500 mails due at one minute, two processes send each once, also if one is killed, or twice with a mark", () =>
  Effect.gen(function*() {
    const url = yield* freshDatabase
    const server = yield* smtpServer()
    yield* Effect.provide(makeDeliveries(500), reposOn(url))
    const [first, second] = [yield* process(url, server.port), yield* process(url, server.port)]
    server.behaviour.onMail = (count) => {
      if (count === 150) first.kill("SIGKILL")
    }
    yield* ended(second)
    yield* ended(first)
    assert.strictEqual(first.signalCode, "SIGKILL")
    assert.isAtLeast(server.mails.length, 490)
    // The lease of the killed process has ended.
    yield* Effect.provide(drain(due + 2 * minute), workerOver(url, server.port))
    const copies = copiesOf(server.mails)
    assert.strictEqual(copies.length, 500)
    const repeated = copies.filter(({ length }) => length > 1)
    assert.isAtMost(repeated.length, 4)
    for (const marks of repeated) assert.deepStrictEqual(marks, [false, true])
  }))

type Repo = SubscriptionRepo["Service"]

/** `stop` never ends, as if the process were killed there. */
type Change = (repo: Repo, stop: Effect.Effect<never>) => Partial<Repo>

const steps: ReadonlyArray<readonly [name: string, marks: ReadonlyArray<boolean>, change: Change]> = [
  ["has taken it", [false], (_repo, stop) => ({ ordered: () => stop })],
  ["knows what to send", [false], ({ ordered }, stop) => ({ ordered: (one) => Effect.andThen(ordered(one), stop) })],
  ["is about to send it", [false], (_repo, stop) => ({ hand: () => stop })],
  ["says that it sends it", [true], ({ hand }, stop) => ({ hand: (one, now) => Effect.andThen(hand(one, now), stop) })],
  ["has sent it", [false, true], (_repo, stop) => ({ settle: () => stop })],
  ["says that it has sent it", [false], ({ settle }, stop) => ({
    settle: (one, now, outcome) => Effect.andThen(settle(one, now, outcome), stop)
  })]
]

/** A process ends in the middle of a delivery, and another one goes on. */
const stopped = Effect.fnUntraced(function*(change: Change, port: number, more?: Partial<Terms>) {
  const url = yield* freshDatabase
  yield* Effect.provide(makeDeliveries(1, more), reposOn(url))
  const hasStopped = yield* Latch.make()
  const stop = Effect.andThen(hasStopped.open, Effect.never)
  const stopping = Layer.effect(
    SubscriptionRepo,
    Effect.map(SubscriptionRepo, (repo) => ({ ...repo, ...change(repo, stop) }))
  )
  const broken = yield* Layer.build(
    Layer.fresh(workerOver(url, port, Layer.provide(stopping, SubscriptionRepo.layerSql)))
  )
  yield* Effect.forkDetach(Effect.provide(drain(due), broken))
  yield* hasStopped.await
  const other = yield* Layer.build(Layer.fresh(workerOver(url, port)))
  for (const minutes of [2, 10, 30]) yield* Effect.provide(drain(due + minutes * minute), other)
})

it.live.each(steps)(
  "if a process ends when it %s, a mail has the marks %j",
  ([_name, marks, change]) =>
    Effect.gen(function*() {
      const { mails, port } = yield* smtpServer()
      yield* stopped(change, port)
      assert.deepStrictEqual(mails.map(({ isMarked }) => isMarked), marks)
    })
)

it.live.each(steps)(
  "if a process ends when it %s, a webhook gets a message for each of the marks %j, with one id",
  ([_name, marks, change]) =>
    Effect.gen(function*() {
      const { posts, url } = yield* webhookServer()
      yield* stopped(change, 1, { channel: "webhook", url, format: "link" })
      assert.strictEqual(posts.length, marks.length)
      assert.strictEqual(new Set(posts.map(({ headers }) => headers["webhook-id"])).size, 1)
    })
)

it.live("a process that was stopped for longer than its lease sends nothing afterwards", () =>
  Effect.gen(function*() {
    const url = yield* freshDatabase
    const server = yield* smtpServer()
    yield* Effect.provide(makeDeliveries(1), reposOn(url))
    const late = Layer.effect(
      SubscriptionRepo,
      Effect.map(SubscriptionRepo, (repo) => ({
        ...repo,
        hand: (claimed, now) => repo.hand(claimed, DateTime.add(now, { minutes: 1 }))
      } satisfies Repo))
    )
    const slow = yield* Layer.build(
      Layer.fresh(workerOver(url, server.port, Layer.provide(late, SubscriptionRepo.layerSql)))
    )
    yield* Effect.provide(drain(due), slow)
    assert.strictEqual(server.mails.length, 0)
    yield* Effect.provide(drain(due + minute), workerOver(url, server.port))
    assert.deepStrictEqual(server.mails.map(({ isMarked }) => isMarked), [false])
  }))
