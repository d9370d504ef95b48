import { Effect, Schema } from "effect"
import { Snapshot } from "../../src/domain/Snapshot.ts"
import { ask, type Contender, type Pair } from "./Contender.ts"
import { cellsInSeries } from "./contenders.ts"
import { report, requests } from "./widgets.ts"

const decodeReport = Schema.decodeUnknownEffect(Schema.fromJsonString(Schema.Struct({ id: Schema.String })))
const decodeSnapshot = Schema.decodeUnknownEffect(Schema.fromJsonString(Snapshot))

const place = { x: 0, y: 0, w: 4, h: 2 }

const layout = { widgets: report.map(({ name }) => ({ ...requests.get(name), ...place })) }

/** Saves the report of the bench. Deletes the report and its snapshots when the scope closes. */
const savedReport = (service: Contender) =>
  Effect.acquireRelease(
    ask({ ...service, path: "/crm-reports" }, JSON.stringify({ title: "Bench", layout })).pipe(
      Effect.flatMap(decodeReport)
    ),
    ({ id }) => ask({ ...service, path: `/crm-reports/${id}` }, "", "DELETE")
  )

/** Both contenders freeze the whole report. Plain SQL runs its statements in one transaction, and stores their rows. */
export const freezing = Effect.fnUntraced(function*({ contender, rival }: Pair) {
  const { id } = yield* savedReport(contender)
  return {
    contender: {
      ...contender,
      path: `/crm-reports/${id}/snapshots`,
      bodyOf: (assigneeIds) => JSON.stringify({ assigneeIds }),
      cellsIn: (answer) => Effect.flatMap(decodeSnapshot(answer), ({ series }) => cellsInSeries(series))
    },
    rival: { ...rival, path: "/freeze" }
  } satisfies Pair
})
