import { cpus, totalmem } from "node:os"
import { median, percentile, sum } from "./figures.ts"
import type { Block, Measured, Round } from "./measure.ts"

const p50 = ({ millis }: Block) => percentile(millis, 0.5)

/** A ratio above 1 means that the contender is faster than plain SQL. */
const ratioOf = ({ contender, rival }: Round) => p50(rival) / p50(contender)

export const ratios = ({ rounds }: Measured) => rounds.map(ratioOf)
export const ratio = (measured: Measured) => median(ratios(measured))

const rangeOf = (values: ReadonlyArray<number>) =>
  `**${median(values).toFixed(2)}** (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`

export const digits = (value: number) => value.toFixed(value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0)

const millisOf = (blocks: ReadonlyArray<Block>) => {
  const all = blocks.flatMap(({ millis }) => millis)
  return `${digits(percentile(all, 0.5))} / ${digits(percentile(all, 0.95))}`
}

const perSecond = (blocks: ReadonlyArray<Block>) =>
  digits(sum(blocks.map(({ requests }) => requests)) / sum(blocks.map(({ seconds }) => seconds)))

const per1000 = (blocks: ReadonlyArray<Block>) => {
  const requests = sum(blocks.map((block) => block.requests))
  const each = (seconds: (block: Block) => number | null) => {
    const known = blocks.map(seconds).filter((value) => value !== null)
    return known.length < blocks.length ? "–" : digits(sum(known) / requests * 1000)
  }
  return `${each(({ serverSeconds }) => serverSeconds)} + ${each(({ databaseSeconds }) => databaseSeconds)}`
}

const own = ({ rounds }: Measured) => rounds.map((round) => round.contender)
const rival = ({ rounds }: Measured) => rounds.map((round) => round.rival)

const row = (cells: ReadonlyArray<string>) => `| ${cells.join(" | ")} |`
export const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>) =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n")

const inGate = (measured: ReadonlyArray<Measured>, gate: string) => measured.filter((one) => one.gate.name === gate)

const gatesIn = (measured: ReadonlyArray<Measured>) => [...new Set(measured.map(({ gate }) => gate.name))]

/** Returns a table with a line for each widget. For each gate, it has the ratio to plain SQL and the times. */
export const widgetTable = (measured: ReadonlyArray<Measured>): string => {
  const gates = gatesIn(measured)
  const names = [...new Set(measured.map(({ name }) => name))]
  return table(
    ["widget", ...gates.flatMap((gate) => [gate, "p50 / p95 ms, of plain SQL"])],
    names.map((name) => [
      `\`${name}\``,
      ...gates.flatMap((gate) =>
        inGate(measured, gate).flatMap((one) =>
          one.name === name ? [rangeOf(ratios(one)), `${millisOf(own(one))}, ${millisOf(rival(one))}`] : []
        )
      )
    ])
  )
}

export const reportTable = (measured: ReadonlyArray<Measured>): string =>
  table(
    [
      "report",
      "at a time",
      "ratio",
      "p50 / p95 ms",
      "plain SQL",
      "reports/s",
      "plain SQL",
      "CPU s per 1,000, server + PostgreSQL",
      "plain SQL"
    ],
    measured.map((one) => [
      one.gate.name,
      String(one.concurrency),
      rangeOf(ratios(one)),
      millisOf(own(one)),
      millisOf(rival(one)),
      perSecond(own(one)),
      perSecond(rival(one)),
      per1000(own(one)),
      per1000(rival(one))
    ])
  )

/** Returns the median and the worst ratio of all widgets, for each gate. */
export const headline = (measured: ReadonlyArray<Measured>): string =>
  gatesIn(measured).map((gate) => {
    const all = inGate(measured, gate)
    const worst = all.toSorted((a, b) => ratio(a) - ratio(b))[0]
    const least = worst === undefined ? "" : ` (worst ${ratio(worst).toFixed(2)}, \`${worst.name}\`)`
    return `${gate} **${median(all.map(ratio)).toFixed(2)}**${least}`
  }).join(", ")

export const machine = (): string => {
  const [first] = cpus()
  return `${cpus().length} × ${first?.model.trim() ?? "unknown"}, ${
    Math.round(totalmem() / 1024 ** 3)
  } GB, ${process.platform} ${process.arch}, Node ${process.versions.node}`
}
