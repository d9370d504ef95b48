import { Effect, Redacted } from "effect"
import { serving } from "../bench/Process.ts"
import { replicaLoads } from "../bench/replicaLoads.ts"
import { seeded, type Size } from "../bench/seeded.ts"
import { organizationId, others, report, year } from "../bench/widgets.ts"
import { eventually } from "../support/eventually.ts"
import { withoutRateLimits } from "../support/RunningService.ts"
import { claims, clerkSettings, makeKeyPair, seconds, sign } from "../support/Tokens.ts"
import { type Call, send } from "./Sender.ts"

const key = makeKeyPair()

interface Terms {
  readonly size: Size
  readonly replicaRows: number
  readonly rateLimits: boolean
  readonly env?: Record<string, string>
  readonly flags?: ReadonlyArray<string>
}

/** Runs the service in its own process, on the database of the bench. Callers are admins. */
export const largeService = Effect.fnUntraced(
  function*({ env = {}, flags = [], rateLimits, replicaRows, size }: Terms) {
    const { url } = yield* seeded(size)
    const { child, pid, port } = yield* serving("src/main.ts", {
      ...(rateLimits ? {} : withoutRateLimits),
      DATABASE_URL: Redacted.value(url),
      HOST: "127.0.0.1",
      REPLICA_ROWS: String(replicaRows),
      ...clerkSettings(key.publicPem),
      ...env
    }, { execArgs: flags, stdout: "pipe" })
    const loads = replicaLoads(child)
    const runOf = (organizationId: string, userId: string, widgets: ReadonlyArray<object>): Call => ({
      port,
      method: "POST",
      path: "/crm-reports/metrics/run",
      token: sign(key, { ...claims(), sub: userId, exp: seconds() + 3_600, o: { id: organizationId, rol: "admin" } }),
      body: JSON.stringify({ everyone: true, widgets })
    })
    /** Sends each run ten times a second, until its organization has a replica. */
    const loaded = Effect.fnUntraced(function*(calls: ReadonlyArray<Call>) {
      for (const call of replicaRows === 0 ? [] : calls) {
        const needed = loads() + 1
        const asked = Effect.promise(() => send(() => call, 10, 1))
        yield* eventually(Effect.map(asked, () => loads()), (count) => count >= needed)
      }
    })
    return { pid, port, url, runOf, loaded }
  }
)

/** The organization `large` has at least half of all leads, and `small` has a fortieth of the others. */
export const [large, small] = [organizationId, "org_harbor"]

const named = (widgets: ReadonlyArray<object>) => widgets.map((widget, at) => ({ ...widget, instanceId: String(at) }))

export const wholeReport = named(report.map(({ request }) => request))

/** Each widget has a window of a year, and no two widgets are equal. */
export const heavyWidgets = named(
  Array.from({ length: 12 }, (_, month) =>
    others.map(({ request }) => {
      const from = new Date(Date.UTC(2024, month, 1)).toISOString().slice(0, 10)
      const to = new Date(Date.UTC(2025, month, 1)).toISOString().slice(0, 10)
      return { ...request, timeframe: { ...year.timeframe, from, to } }
    })).flat()
)

const light = new Set(["total_leads", "win_rate", "completion_rate"])

export const lightWidgets = named(report.filter(({ name }) => light.has(name)).map(({ request }) => request))
