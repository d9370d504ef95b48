import { Effect, Fiber } from "effect"
import { eventually } from "./eventually.ts"
import { callerOf, type Heard } from "./RunningService.ts"
import type { KeyPair } from "./Tokens.ts"

const layout = { widgets: [{ instanceId: "a", metricId: "leads.total", chart: "stat", x: 0, y: 0, w: 1, h: 1 }] }

export const report = (title: string) => ({ title, layout })

interface Load {
  readonly heard: ReadonlyArray<Heard>
  /** Waits until at least 60 more requests have been answered. */
  readonly goesOn: Effect.Effect<void>
}

const clientCount = 6

/** Clients run widgets, and list and create reports, until `work` has ended. Returns all responses. */
export const underLoad = Effect.fnUntraced(
  function*<A, E, R>(port: number, key: KeyPair, work: (load: Load) => Effect.Effect<A, E, R>) {
    const heard: Array<Heard> = []
    let isOver = false
    const { get, post, run } = callerOf(port, key)
    const asked = [run("leads.total", "deals.total"), get("/crm-reports"), post("/crm-reports", report("Loaded"))]
    const round = Effect.forEach(asked, (ask) => Effect.map(ask, (found) => heard.push(found)), { discard: true })
    const client = Effect.repeat(round, { until: () => isOver })
    const clients = yield* Effect.forkChild(
      Effect.all(Array.from({ length: clientCount }, () => client), { concurrency: clientCount })
    )
    const goesOn = Effect.suspend(() => {
      const wanted = heard.length + 60
      const answered = eventually(Effect.sync(() => heard.length), (count) => count >= wanted)
      return Effect.raceFirst(Effect.asVoid(answered), Effect.asVoid(Fiber.join(clients)))
    })
    yield* goesOn
    yield* work({ heard, goesOn })
    isOver = true
    yield* Fiber.join(clients)
    return heard
  }
)
