import { Flag } from "effect/cli"
import { others, report } from "./widgets.ts"

const names = [...report, ...others].map(({ name }) => name)

export const flags = {
  size: Flag.Literals("size", ["S", "M", "L"]).pipe(
    Flag.withDescription("10 thousand, 1 million or 2.5 million leads"),
    Flag.withDefault("S")
  ),
  rounds: Flag.Int("rounds").pipe(Flag.withDescription("Each asks both, in alternating order"), Flag.withDefault(5)),
  warmUp: Flag.Int("warm-up").pipe(
    Flag.withDescription(
      "Seconds that both are asked in turn before anything counts: what has just started is not compiled yet"
    ),
    Flag.withDefault(240)
  ),
  widgets: Flag.String("widgets").pipe(
    Flag.withDescription(`Only these, separated by commas, or none: ${names.join(", ")}`),
    Flag.map((list) => list === "none" ? [] : list.split(",")),
    Flag.filter(
      (list) => list.every((name) => names.includes(name)),
      () => `some of ${names.join(",")}`
    ),
    Flag.withDefault(names)
  ),
  concurrency: Flag.String("concurrency").pipe(
    Flag.withDescription("How many reports at a time, separated by commas"),
    Flag.withDefault("1,8,32"),
    Flag.map((list) => list.split(",").map(Number))
  ),
  replicaRows: Flag.Int("replica-rows").pipe(
    Flag.withDescription("How many rows the service may keep in memory; 0 measures its SQL"),
    Flag.withDefault(50_000_000)
  ),
  writer: Flag.Int("writer").pipe(
    Flag.withDescription("How many rows a second another process writes meanwhile"),
    Flag.withDefault(0)
  ),
  contender: Flag.Literals("contender", ["none", "drizzle-cube"]).pipe(
    Flag.withDescription("Also compares this with plain SQL. npm installs it into the folder of the bench"),
    Flag.withDefault("none")
  ),
  folder: Flag.String("folder").pipe(
    Flag.withDescription("The files of the databases, which are seeded once"),
    Flag.withDefault(".data/bench")
  ),
  quick: Flag.Boolean("quick").pipe(
    Flag.withDescription("A few requests on a tiny seed: tells whether the bench works, not how fast anything is"),
    Flag.withDefault(false)
  )
}
