import type { Mutation } from "./mutations.ts"

/** With these faults, a chart shows the wrong target, or the tables of targets and weights have wrong numbers. */
export const drawnTargetMutations: ReadonlyArray<Mutation> = [
  {
    name: "a number that is better if it is lower is on track above its target",
    file: "src/presentation/targetOf.ts",
    find: "moreIsBetter === false ? reached",
    replace: "moreIsBetter === undefined ? reached",
    tests: ["presentation/targets"]
  },
  {
    name: "the line of a target ends at the last point",
    file: "src/presentation/targetLines.ts",
    find: "due.map(({ value }) => value), true)",
    replace: "due.slice(0, points.length).map(({ value }) => value), true)",
    tests: ["presentation/targets"]
  },
  {
    name: "the target of an average has an axis of totals",
    file: "src/presentation/targetLines.ts",
    find: "if (!meta.additive) return",
    replace: "if (meta.additive === undefined) return",
    tests: ["presentation/targets"]
  },
  {
    name: "a ranking has no mark at the target of a person",
    file: "src/presentation/barDrawing.ts",
    find: "target === undefined ? [] : [[target, row]]",
    replace: "target === undefined ? [] : []",
    tests: ["presentation/targets"]
  },
  {
    name: "the mark of a target is in the row of another person",
    file: "src/presentation/barDrawing.ts",
    find: "[[target, row]]",
    replace: "[[target, row + 1]]",
    tests: ["presentation/targets"]
  },
  {
    name: "all targets of a table are in the currency of the newest one",
    file: "src/page/targets/cells.ts",
    find: "targets.find((target) => target.for === owner)?.currency",
    replace: "targets[0]?.currency",
    tests: ["page/targetCells"]
  },
  {
    name: "a stage whose deals could not be counted has 0 deals",
    file: "src/page/targets/cells.ts",
    find: "series.error !== undefined) return null",
    replace: "series.error !== undefined) return 0",
    tests: ["page/targetCells"]
  },
  {
    name: "a refused target ends the save while others are still stored",
    file: "src/page/targets/cells.ts",
    find: "await Promise.allSettled(saves)",
    replace: "",
    tests: ["page/targetCells"]
  }
]
