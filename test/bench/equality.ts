import { Data, Effect, Schema } from "effect"
import { isDeepStrictEqual } from "node:util"
import { RunResponse } from "../../src/domain/Run.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { ask } from "./Contender.ts"
import type { Contenders } from "./contenders.ts"
import type { Gate } from "./gates.ts"

const RivalRow = Schema.Struct({
  bucket: Schema.optionalKey(Schema.String),
  key: Schema.optionalKey(Schema.String),
  value: Schema.NullOr(Schema.Finite),
  previous: Schema.optionalKey(Schema.NullOr(Schema.Finite))
})
const RivalResponse = Schema.Struct({ results: Schema.Array(Schema.Array(RivalRow)) })

const decodeOurs = Schema.decodeUnknownEffect(Schema.fromJsonString(RunResponse))
const decodeRival = Schema.decodeUnknownEffect(Schema.fromJsonString(RivalResponse))

/** The numbers of a series other than 0, by bucket, group or category. Plain SQL does not fill gaps with 0. */
type Cells = ReadonlyMap<string, number>

const cellsOf = (entries: ReadonlyArray<readonly [string, unknown]>): Cells =>
  new Map(
    entries.flatMap(([cell, value]) => typeof value === "number" && value !== 0 ? [[cell, value] as const] : []).sort()
  )

const ourCells = (series: MetricSeries): Cells => {
  switch (series.shape) {
    case "timeseries":
      return cellsOf(
        series.points.flatMap((point) =>
          series.series.map(({ key }) => [`${point.bucket} ${key}`, point[key]] as const)
        )
      )
    case "stat":
      return cellsOf([["value", series.stat?.value], ["previous", series.stat?.previous]])
    case "category":
    case "leaderboard":
      return cellsOf(series.points.map(({ category, value }) => [category, value]))
  }
}

const rivalCells = (rows: ReadonlyArray<typeof RivalRow.Type>): Cells =>
  cellsOf(rows.flatMap(({ bucket, key, previous, value }) => [
    [bucket === undefined ? key ?? "value" : `${bucket} ${key ?? "value"}`, value],
    ["previous", previous]
  ]))

/** The contenders gave different numbers, so their speeds cannot be compared. */
export class Disagreement extends Data.TaggedError("Disagreement")<{
  readonly widget: string
  readonly people: ReadonlyArray<string>
  readonly ours: Cells
  readonly rival: Cells
}> {
  override get message() {
    const said = (cells: Cells) => JSON.stringify(Object.fromEntries(cells))
    return `${this.widget} of ${this.people.join(", ")}: ours ${said(this.ours)}, plain SQL ${said(this.rival)}`
  }
}

const compare = Effect.fnUntraced(function*(
  { ours, rival }: Contenders,
  people: ReadonlyArray<string>,
  widgets: ReadonlyArray<string>
) {
  const our = yield* decodeOurs(yield* ask(ours, ours.bodyOf(people, widgets)))
  const their = yield* decodeRival(yield* ask(rival, rival.bodyOf(people, widgets)))
  for (const [index, widget] of widgets.entries()) {
    const series = our.results[index]
    if (series === undefined) return yield* Effect.die(`${widget} has no series`)
    if (series.error !== undefined) return yield* Effect.die(`${widget}: ${series.error.message}`)
    const cells = { ours: ourCells(series), rival: rivalCells(their.results[index] ?? []) }
    if (!isDeepStrictEqual(cells.ours, cells.rival)) return yield* new Disagreement({ widget, people, ...cells })
  }
})

/** Compares the numbers of both contenders for three choices of people from each gate. */
export const agree = (contenders: Contenders, gates: ReadonlyArray<Gate>, widgets: ReadonlyArray<string>) =>
  Effect.forEach(
    gates.flatMap((gate) => [gate.peopleAt(0), gate.peopleAt(3), gate.peopleAt(8)]),
    (people) => compare(contenders, people, widgets),
    { discard: true }
  )
