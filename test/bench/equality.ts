import { Data, Effect } from "effect"
import { isDeepStrictEqual } from "node:util"
import type { Cells } from "./cells.ts"
import { ask, type Contender, type Pair } from "./Contender.ts"
import type { Gate } from "./gates.ts"

/** The contenders gave different numbers, so their speeds cannot be compared. */
export class Disagreement extends Data.TaggedError("Disagreement")<{
  readonly widget: string
  readonly people: ReadonlyArray<string>
  readonly pair: Pair
  readonly cells: Cells | undefined
  readonly rivalCells: Cells | undefined
}> {
  override get message() {
    const said = (cells: Cells = new Map()) => JSON.stringify(Object.fromEntries(cells))
    return `${this.widget} of ${this.people.join(", ")}: ${this.pair.contender.name} ${
      said(this.cells)
    }, ${this.pair.rival.name} ${said(this.rivalCells)}`
  }
}

const compare = Effect.fnUntraced(function*(pair: Pair, people: ReadonlyArray<string>, widgets: ReadonlyArray<string>) {
  const numbers = Effect.fnUntraced(function*(contender: Contender) {
    return yield* contender.cellsIn(yield* ask(contender, contender.bodyOf(people, widgets)), widgets)
  })
  const [all, rival] = [yield* numbers(pair.contender), yield* numbers(pair.rival)]
  for (const [index, widget] of widgets.entries()) {
    const [cells, rivalCells] = [all[index], rival[index]]
    if (cells === undefined || !isDeepStrictEqual(cells, rivalCells)) {
      return yield* new Disagreement({ widget, people, pair, cells, rivalCells })
    }
  }
})

/** Compares the numbers of both contenders for three choices of people from each gate. */
export const agree = (pair: Pair, gates: ReadonlyArray<Gate>, widgets: ReadonlyArray<string>) =>
  Effect.forEach(
    gates.flatMap((gate) => [gate.peopleAt(0), gate.peopleAt(3), gate.peopleAt(8)]),
    (people) => compare(pair, people, widgets),
    { discard: true }
  )
