import { Data } from "effect"

export interface Fault {
  /** The place is `FOLDER`, `FILE`, `FILE:LINE` or `FILE:LINE COLUMN`, so that editors can open it. */
  readonly place: string
  readonly reason: string
}

export class ImportRefused extends Data.TaggedError("ImportRefused")<{
  readonly faults: ReadonlyArray<Fault>
  readonly isCut: boolean
}> {
  override get message() {
    const lines = this.faults.map(({ place, reason }) => `${place}: ${reason}`)
    return [...lines, ...(this.isCut ? [`stopped after ${lines.length} faults; there may be more`] : [])].join("\n")
  }
}

export const mostFaults = 100

export class Faults {
  readonly #faults: Array<Fault> = []

  add(...faults: ReadonlyArray<Fault>) {
    this.#faults.push(...faults.slice(0, mostFaults - this.#faults.length))
  }

  get isEmpty() {
    return this.#faults.length === 0
  }

  get isFull() {
    return this.#faults.length >= mostFaults
  }

  isIn(table: string) {
    return this.#faults.some(({ place }) => place.includes(`${table}.csv`))
  }

  refusal() {
    return new ImportRefused({ faults: this.#faults, isCut: this.isFull })
  }
}
