import { Effect } from "effect"
import { harbor } from "../../src/data/demoOrganizations.ts"
import { ask, type Contender } from "./Contender.ts"
import type { service } from "./contenders.ts"
import { secondsOf } from "./cpu.ts"
import { percentile } from "./figures.ts"
import { digits } from "./tables.ts"
import { organizationId } from "./widgets.ts"

const small = "calls_by_outcome"
const warmUpRuns = 500
const runsBeforeLoading = 10

/** Sends one request after the other, and returns the milliseconds that each of them took. */
const asked = Effect.fnUntraced(function*(contender: Contender, person: string, isDone: (times: number) => boolean) {
  const body = contender.bodyOf([person], [small])
  const millis: Array<number> = []
  while (!isDone(millis.length)) {
    const sent = performance.now()
    yield* ask(contender, body)
    millis.push(performance.now() - sent)
    yield* Effect.sleep("2 millis")
  }
  return millis
})

const said = (millis: ReadonlyArray<number>) =>
  [percentile(millis, 0.5), percentile(millis, 0.99), Math.max(...millis)].map(digits).join(" / ")

/** Measures the runs of one organization while the replica of another one is loaded. */
export const loading = Effect.fnUntraced(
  function*({ asAdmin, hasReplica }: Effect.Success<ReturnType<typeof service>>, person: string) {
    const [{ userId }] = harbor.people
    const [own, other] = [yield* asAdmin(organizationId, person), yield* asAdmin(harbor.organizationId, userId)]
    const idle = yield* asked(other, userId, (times) => times === warmUpRuns)
    yield* asked(own, person, (times) => times === runsBeforeLoading)
    const [before, started] = [secondsOf(own.pid) ?? Number.NaN, performance.now()]
    const millis = yield* asked(other, userId, hasReplica)
    const spent = (secondsOf(own.pid) ?? Number.NaN) - before
    return `The replica was loaded in ${digits((performance.now() - started) / 1000)} s with ${
      digits(spent)
    } s of CPU of the server, including ${
      millis.length.toLocaleString("en")
    } runs of another organization, which took ${said(millis)} ms (p50 / p99 / longest), and ${
      said(idle.slice(idle.length / 2))
    } ms before.`
  }
)
