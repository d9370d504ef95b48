import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Console, Effect, Redacted } from "effect"
import { embeddedServer } from "../support/embeddedServer.ts"
import { eventually } from "../support/eventually.ts"
import { isReady, listen, type LiveStream } from "../support/liveStream.ts"
import { say } from "../support/locks.ts"
import { claims, clerkSettings, makeKeyPair, sign } from "../support/Tokens.ts"
import { secondsOf } from "./cpu.ts"
import { percentile } from "./figures.ts"
import { serving } from "./Process.ts"
import { machine, table } from "./tables.ts"
import { report } from "./widgets.ts"

const streams = 1_000
const idleSeconds = 30
const commits = 10

const key = makeKeyPair()
const tokenOf = (person: number) => sign(key, { ...claims(), sub: `user_${person}` })

const timeframe = { preset: "last_90d", bucket: "week" }
const body = { widgets: report.map(({ name, request }) => ({ ...request, instanceId: name, timeframe })) }

const seed = `
  INSERT INTO crm.organizations (organization_id, name, time_zone, week_start, currency)
  VALUES ('org_a', 'A', 'Europe/Madrid', 1, 'EUR');
  INSERT INTO crm.members (organization_id, user_id, name)
  SELECT 'org_a', 'user_' || n, 'Person ' || n FROM generate_series(1, ${streams}) n;
  INSERT INTO crm.leads (organization_id, lead_id, owner_id, status, created_at)
  SELECT 'org_a', 'lead_' || n, 'user_' || (n % ${streams} + 1), 'lead', now() - n * interval '1 minute'
  FROM generate_series(1, 100000) n`

const inserted = (person: number, id: string) => `
  INSERT INTO crm.leads (organization_id, lead_id, owner_id, status, created_at)
  VALUES ('org_a', '${id}', 'user_${person}', 'lead', now() - interval '1 hour')`

/** Inserts a lead of the person. Returns the milliseconds from the commit to the series on the person's stream. */
const delayOf = Effect.fnUntraced(function*(url: Redacted.Redacted, stream: LiveStream, person: number, id: string) {
  const before = stream.text().length
  yield* say(url, inserted(person, id))
  const committed = performance.now()
  yield* eventually(Effect.sync(() => stream.text().includes("event: series", before)), Boolean)
  return performance.now() - committed
})

const measured = Effect.scoped(Effect.gen(function*() {
  const url = yield* embeddedServer
  const { pid, port } = yield* serving("src/main.ts", {
    DATABASE_URL: Redacted.value(url),
    HOST: "127.0.0.1",
    ...clerkSettings(key.publicPem),
    REPLICA_ROWS: "1000000"
  })
  yield* say(url, seed)
  const address = `http://127.0.0.1:${port}/crm-reports/metrics/run`
  const opened = Effect.fnUntraced(function*(person: number) {
    const stream = yield* listen({ address, token: tokenOf(person), body })
    yield* eventually(Effect.sync(() => isReady(stream)), Boolean)
    return stream
  })
  const used = Effect.sync(() => secondsOf(pid) ?? Number.NaN)
  const idle = Effect.gen(function*() {
    const before = yield* used
    yield* Effect.sleep(`${idleSeconds} seconds`)
    return `${(((yield* used) - before) / idleSeconds * 100).toFixed(1)} %`
  })
  const delays = Effect.fnUntraced(function*(all: ReadonlyArray<LiveStream>, round: string) {
    const millis: Array<number> = []
    for (let at = 0; at < commits; at++) {
      const person = Math.floor(at * all.length / commits)
      const stream = all[person]
      if (stream !== undefined) millis.push(yield* delayOf(url, stream, person + 1, `${round}_${at}`))
      yield* Effect.sleep("3 seconds")
    }
    return [percentile(millis, 0.5), Math.max(...millis)].map((value) => value.toFixed(0)).join(" / ")
  })
  // The change log is written from the tenth run on.
  for (let run = 0; run < 10; run++) yield* Effect.scoped(opened(1))
  yield* Effect.sleep("5 seconds")
  const quiet = yield* idle
  const one = [yield* opened(1)]
  const delayOfOne = yield* delays(one, "one")
  const people = Array.from({ length: streams - 1 }, (_, at) => at + 2)
  const all = [...one, ...(yield* Effect.forEach(people, opened, { concurrency: 10 }))]
  yield* Effect.sleep("2 seconds")
  const shareOfAll = yield* idle
  const delayOfAll = yield* delays(all, "all")
  yield* Console.log(table(["streams", "CPU of the service, idle", "commit to event, p50 / maximum, ms"], [
    ["0", quiet, "–"],
    ["1", "–", delayOfOne],
    [String(streams), shareOfAll, delayOfAll]
  ]))
  yield* Console.log(`\n${machine()}`)
}))

NodeRuntime.runMain(measured)
