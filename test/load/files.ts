import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Clock, Console, Data, Duration, Effect } from "effect"
import { DocumentFormat } from "../../src/domain/DocumentFormat.ts"
import { median, percentile } from "../bench/figures.ts"
import { machine } from "../bench/tables.ts"
import { report } from "../bench/widgets.ts"
import { fileService } from "./FileService.ts"

class Broken extends Data.TaggedError("Broken")<{ readonly message: string }> {}

type Service = Effect.Success<ReturnType<typeof fileService>>

const widgets = report.map(({ request: { timeframe: _timeframe, ...asked } }, index) => ({
  ...asked,
  instanceId: `w${index}`,
  x: 3 * (index % 4),
  y: 4 * Math.floor(index / 4),
  w: 3,
  h: 4
}))
const timeframe = { preset: "last_12m", bucket: "month" }

const roundMillis = 8_000
const mostRatio = 1.5

const saved = Effect.fnUntraced(function*({ ask, tokenOf }: Service) {
  const admin = tokenOf("user_ana", "admin")
  const layout = { widgets }
  const body = JSON.stringify({ title: "Load", visibility: "organization", defaultTimeframe: timeframe, layout })
  const { bytes, status } = yield* ask(admin, "", { method: "POST", body })
  if (status !== 201) return yield* new Broken({ message: `a report is answered with ${status}: ${String(bytes)}` })
  const exportOf = Effect.fnUntraced(function*(format: string) {
    const path = `/${JSON.parse(String(bytes)).id}/export?format=${format}&everyone=true`
    const answer = yield* ask(admin, path)
    if (answer.status !== 200) return yield* new Broken({ message: `a ${format} is answered with ${answer.status}` })
  })
  return { exportOf }
})

/** Measures how long each run of one member takes, in milliseconds. The next run starts 20 ms after a response. */
const runsFor = Effect.fnUntraced(function*({ ask, tokenOf }: Service, millis: number) {
  const member = tokenOf("user_bea", "member")
  const body = JSON.stringify({ timeframe, widgets: widgets.map(({ h: _h, w: _w, x: _x, y: _y, ...asked }) => asked) })
  const until = (yield* Clock.currentTimeMillis) + millis
  const taken: Array<number> = []
  while ((yield* Clock.currentTimeMillis) < until) {
    const [took, { status }] = yield* Effect.timed(ask(member, "/metrics/run", { method: "POST", body }))
    if (status !== 200) return yield* new Broken({ message: `a run is answered with ${status}` })
    taken.push(Duration.toMillis(took))
    yield* Effect.sleep("20 millis")
  }
  return taken
})

const shown = (millis: ReadonlyArray<number>) =>
  `${millis.length} runs, p50 ${percentile(millis, 0.5).toFixed(1)} ms, p95 ${percentile(millis, 0.95).toFixed(1)} ms`

/** Compares a member's runs alone with runs while eight PDF files are always being made. */
const fairness = Effect.fnUntraced(function*(service: Service) {
  const { exportOf } = yield* saved(service)
  yield* runsFor(service, 2_000)
  yield* exportOf("pdf")
  const ratios: Array<number> = []
  for (const _round of [1, 2, 3]) {
    const quiet = yield* runsFor(service, roundMillis)
    let made = 0
    const flood = Effect.forever(Effect.andThen(exportOf("pdf"), Effect.sync(() => made++)))
    const loaded = yield* Effect.raceFirst(
      runsFor(service, roundMillis),
      Effect.all(Array.from({ length: 8 }, () => flood), { concurrency: 8, discard: true })
    )
    if (loaded === undefined) return yield* new Broken({ message: "the files ended" })
    ratios.push(percentile(loaded, 0.95) / percentile(quiet, 0.95))
    yield* Console.log(`quiet: ${shown(quiet)}; beside eight PDF files: ${shown(loaded)}; ${made} files made`)
    yield* Effect.sleep("3 seconds")
  }
  yield* Console.log(`p95 beside eight PDF files / quiet: ${ratios.map((ratio) => ratio.toFixed(2)).join(", ")}`)
  if (median(ratios) > mostRatio) return yield* new Broken({ message: `the median ratio is above ${mostRatio}` })
})

const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`

/** Prints the memory in use after 50 to 1,000 files, of all formats in turn. */
const memory = Effect.fnUntraced(function*(service: Service) {
  const { exportOf } = yield* saved(service)
  let made = 0
  for (const count of [50, 200, 500, 1_000]) {
    for (; made < count; made++) {
      yield* exportOf(DocumentFormat.literals[made % DocumentFormat.literals.length] ?? "csv")
    }
    const { arrayBuffers, external, heapUsed, rss } = yield* service.memory
    const children = yield* service.childRss
    yield* Console.log(
      `${count} files: heap ${mebibytes(heapUsed)}, external ${mebibytes(external)}, buffers ${
        mebibytes(arrayBuffers)
      }, RSS ${mebibytes(rss)}, RSS of document processes ${children.map(mebibytes).join(" + ")}`
    )
  }
})

Effect.gen(function*() {
  yield* Console.log(machine())
  const service = yield* fileService(10_000)
  yield* process.argv[2] === "memory" ? memory(service) : fairness(service)
}).pipe(Effect.scoped, NodeRuntime.runMain)
