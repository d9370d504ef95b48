import { Effect, Layer } from "effect"
import { type Random, random, seedOf } from "../../src/data/Random.ts"
import type { RecordsAt, RecordsRequest, RecordsResponse } from "../../src/domain/Records.ts"
import type { WidgetRequest } from "../../src/domain/Run.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import { Records } from "../../src/services/run/Records.ts"
import { ask, inMemory, type Question, recordsLayer } from "../support/ask.ts"
import { randomTables } from "../support/randomTables.ts"
import { expect, expectSame } from "./Broken.ts"
import { questionsOf } from "./questions.ts"
import { amountsOf } from "./recordSums.ts"
import { expectVisible } from "./recordsVisible.ts"
import { withStored } from "./storedTables.ts"
import { amongStrangers } from "./strangers.ts"
import { sum, type Tried } from "./Tried.ts"
import { peopleOf, seenBy } from "./visible.ts"

type Reading = Records["Service"]

const keysOf = (series: MetricSeries): ReadonlyArray<string> =>
  series.shape === "timeseries" ?
    series.series.map(({ key }) => key) :
    series.points.flatMap((point) => typeof point["category"] === "string" ? [point["category"]] : [])

const anyOf = <A>(chance: Random, [first, ...others]: ReadonlyArray<A>): ReadonlyArray<A> =>
  first === undefined ? [] : [chance.pick([first, ...others])]

const pointsOf = (chance: Random, series: MetricSeries): ReadonlyArray<RecordsAt> => {
  const keys = keysOf(series)
  const own = keys.filter((key) => key.startsWith("~"))
  const key = chance.chance(0.5) && own.length > 0 ? anyOf(chance, own) : anyOf(chance, keys)
  switch (series.shape) {
    case "stat":
      return [{}, { period: "previous" }]
    case "timeseries": {
      const told = series.points.filter((point) =>
        Object.values(point).some((value) => typeof value === "number" && value !== 0)
      )
      const at = anyOf(chance, chance.chance(0.8) && told.length > 0 ? told : series.points)
      return [
        {},
        ...key.map((series) => ({ series })),
        ...at.flatMap(({ bucket }) => [{ bucket }, ...key.map((series) => ({ bucket, series }))]),
        ...anyOf(chance, series.previousPoints ?? []).flatMap(({ bucket }) => [
          { bucket, period: "previous" as const },
          ...key.map((series) => ({ bucket, series, period: "previous" as const }))
        ])
      ]
    }
    case "category":
    case "leaderboard":
      return [{}, ...key.map((category) => ({ category })), ...anyOf(chance, keys).map((category) => ({ category }))]
  }
}

const pagesOf = Effect.fnUntraced(function*(reading: Reading, { caller }: Question, request: RecordsRequest) {
  const pages: Array<RecordsResponse> = []
  let cursor: string | null = null
  do {
    const page: RecordsResponse = yield* Effect.orDie(
      reading.page(caller, cursor === null ? request : { ...request, cursor })
    )
    // The seal is left out, because each store has a secret of its own.
    pages.push({ ...page, next: page.next?.split(".")[0] ?? null })
    cursor = page.next
  } while (cursor !== null)
  return pages
})

/** Requests the two parts of the first page separately, and joins them. */
const joinedParts = Effect.fnUntraced(function*(reading: Reading, { caller }: Question, request: RecordsRequest) {
  const records = yield* Effect.orDie(reading.page(caller, { ...request, part: "records" }))
  const { results, sums, total } = yield* Effect.orDie(reading.page(caller, { ...request, part: "totals" }))
  return { ...records, results: [...records.results, ...results], sums, total, next: null }
})

interface Readings {
  readonly memory: Reading
  /** Reads a store that has only the rows in scope. */
  readonly alone: Reading
  /** Reads a store that also has rows outside the scope. */
  readonly among: Reading
  readonly sql?: Reading
}

/** Checks the records of some points of a widget in memory, and compares them with those in SQL if `sql` is given. */
const holds = Effect.fnUntraced(function*(
  seed: number,
  chance: Random,
  tables: Tables,
  question: Question,
  widget: WidgetRequest,
  series: MetricSeries,
  { alone, among, memory, sql }: Readings
) {
  const { widgets: _, ...selection } = question.request
  const people = peopleOf(question, tables)
  const tried: Array<Tried> = []
  const points = pointsOf(chance, series)
  const others = points.filter(({ category, series }) => series === "~other" || category === "~other")
  for (const at of [...anyOf(chance, points), ...anyOf(chance, others)]) {
    const request = { widget, ...selection, at, limit: chance.pick([3, 11, 200]) }
    const asked = { seed, caller: question.caller, request }
    const pages = yield* pagesOf(memory, question, request)
    const found = JSON.stringify(pages)
    for (const reading of [alone, among]) {
      const others = JSON.stringify(yield* pagesOf(reading, question, request))
      yield* expectSame("rows outside the scope change no byte of the records", asked, { found, others })
    }
    if (sql !== undefined) {
      yield* expectSame("SQL and memory find the same records", asked, {
        memory: pages,
        sql: yield* pagesOf(sql, question, request)
      })
    }
    const [first] = pages
    for (const reading of [memory, among, ...(sql === undefined ? [] : [sql])]) {
      yield* expectSame("the parts of the first page together are the first page", asked, {
        first: { ...first, next: null },
        joined: yield* joinedParts(reading, question, request)
      })
    }
    if (first === undefined || first.error !== undefined || first.meta.gated !== undefined) continue
    const records = pages.flatMap(({ results }) => results)
    const ids = new Set(records.map(({ id }) => id))
    const isWhole = records.length === first.total && ids.size === first.total
    yield* expect(isWhole, "the pages together have each record once", asked, { total: first.total, records })
    yield* expectSame("the weights of the records add up to the sums", asked, {
      records: amountsOf.records(records, first),
      sums: first.sums
    })
    yield* expectSame("the sums are the numerator and denominator of the point", asked, {
      sums: first.sums,
      point: yield* amountsOf.point(question, widget, series, at, tables)
    })
    yield* expectVisible(asked, question, people, tables, records)
    tried.push({ cases: 1, telling: records.length > 0 ? 1 : 0 })
  }
  return sum(tried)
})

const inMemoryOf = (tables: Tables) =>
  Effect.service(Records).pipe(
    Effect.provide(
      recordsLayer.pipe(Layer.provide([MetricSource.layerMemory(tables), Organizations.layerMemory(tables)]))
    ),
    Effect.orDie
  )

/** Checks every metric × groupBy × filter set × scope, at one point each. */
const addUp = Effect.fnUntraced(function*(seed: number, tables: Tables, sql?: Reading) {
  const chance = random(seedOf(seed, 99))
  const memory = yield* inMemoryOf(tables)
  const others = randomTables(seed + 1_000_003)
  const tried: Array<Tried> = []
  for (const question of questionsOf(seed, tables)) {
    const answers = yield* Effect.provide(ask(question), inMemory(tables))
    const people = peopleOf(question, tables)
    const { visible } = seenBy(question.caller, people, tables)
    const readings = {
      memory,
      alone: yield* inMemoryOf(visible),
      among: yield* inMemoryOf(amongStrangers(question, people, visible, others)),
      ...(sql !== undefined && { sql })
    }
    for (const [index, widget] of question.request.widgets.entries()) {
      const series = answers[index]
      if (series !== undefined) tried.push(yield* holds(seed, chance, tables, question, widget, series, readings))
    }
  }
  return sum(tried)
})

/** Checks the records in memory only. Without SQL, many more cases run in the same time. */
export const recordsInMemory = (seed: number) => addUp(seed, randomTables(seed))

/** Compares the records in SQL with those in memory. */
export const records = (seed: number) => {
  const tables = randomTables(seed)
  return withStored(tables, (source) =>
    Effect.gen(function*() {
      const layer = recordsLayer.pipe(
        Layer.provide([Layer.succeed(MetricSource, source), Organizations.layerSql])
      )
      return yield* addUp(seed, tables, yield* Effect.orDie(Effect.provide(Effect.service(Records), layer)))
    }))
}
