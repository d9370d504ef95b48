import { Clock, Effect, Exit } from "effect"
import type { ViewersInScope } from "../../columnStore/viewers.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { AggregateRow } from "../../query/AggregateRow.ts"
import type { Plan } from "../../query/Plan.ts"
import { traced } from "../../telemetry/measure.ts"
import { countedBy } from "../../telemetry/requestFacts.ts"
import type { Admission } from "../admission/Admission.ts"
import type { Replica } from "../replica/Replica.ts"
import type { Reader } from "./Reader.ts"

/** Undefined if the replica was discarded or cannot count the plan. */
type Counted = ReadonlyArray<AggregateRow> | undefined

const byReplica = countedBy(
  "replica",
  (exit) => Exit.isSuccess(exit) && exit.value !== undefined
)

/** After this many nanoseconds of a turn, no other count of the run begins in it. */
const longTurn = 300_000n

interface Counting {
  readonly opened: Effect.Effect<Replica | undefined>
  readonly organizationId: OrgId
  readonly viewers: ViewersInScope | undefined
  readonly withTurn: Admission["Service"]["withTurn"]
}

interface Counts extends Pick<Counting, "opened" | "organizationId" | "withTurn"> {
  readonly known: Map<Plan, Exit.Exit<Counted>>
  readonly counted: (plan: Plan) => Effect.Effect<void>
}

// V8 frees what a generator function refers to only when it collects the whole heap, so no run makes such a function.

const countInTurn = Effect.fnUntraced(function*({ counted, known }: Counts, plans: ReadonlyArray<Plan>) {
  const started = yield* Clock.monotonicTimeNanos
  for (const plan of plans) {
    if (known.has(plan)) continue
    yield* counted(plan)
    if ((yield* Clock.monotonicTimeNanos) - started >= longTurn) break
  }
})

const countAll = Effect.fnUntraced(
  function*(counts: Counts, plans: ReadonlyArray<Plan>) {
    const { known, opened, organizationId, withTurn } = counts
    while (!plans.every((plan) => known.has(plan)) && (yield* opened) !== undefined) {
      yield* withTurn(organizationId)(countInTurn(counts, plans))
    }
  }
)

const waitForRows = Effect.fnUntraced(function*(counts: Counts, reader: Reader, plan: Plan) {
  yield* countAll(counts, [plan])
  const exit = counts.known.get(plan)
  return (exit && (yield* exit)) ?? (yield* reader.rows(plan))
})

/** Counts in the replica, and asks `reader` for what the replica cannot count. Serves one run. */
export const replicaReader = ({ opened, organizationId, viewers, withTurn }: Counting, reader: Reader): Reader => {
  const known = new Map<Plan, Exit.Exit<Counted>>()

  // The replica may be discarded while the count waits, so `opened` is evaluated after the wait.
  const counted = (plan: Plan) =>
    Effect.map(opened, (replica) => replica?.count(plan, viewers)).pipe(
      traced(`count ${plan.id}`),
      byReplica,
      Effect.exit,
      Effect.map((exit) => void known.set(plan, exit))
    )

  const counts: Counts = { known, counted, opened, organizationId, withTurn }

  const countedRows = (plan: Plan): Counted => {
    const exit = known.get(plan)
    return exit !== undefined && Exit.isSuccess(exit) ? exit.value : undefined
  }

  const rows = (plan: Plan) => {
    const found = countedRows(plan)
    return found === undefined ? waitForRows(counts, reader, plan) : Effect.succeed(found)
  }
  return {
    ...reader,
    rows,
    ahead: {
      count: (plans) => countAll(counts, plans),
      isCounted: (plan) => countedRows(plan) !== undefined
    }
  }
}
