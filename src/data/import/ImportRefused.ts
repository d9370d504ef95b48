import { Data } from "effect"
import { counted } from "../../domain/counted.ts"

export interface Fault {
  /** The place is `FOLDER`, `FILE`, `FILE:LINE` or `FILE:LINE COLUMN`, so that editors can open it. */
  readonly place: string
  readonly reason: string
  /** Without `kind`, faults with the same reason are of one kind. */
  readonly kind?: string
}

interface Kind {
  readonly first: Fault
  readonly count: number
}

export class ImportRefused extends Data.TaggedError("ImportRefused")<{
  readonly kinds: ReadonlyArray<Kind>
  readonly isCut: boolean
}> {
  static readonly of = (...faults: ReadonlyArray<Fault>) => {
    const all = new Faults()
    all.add(...faults)
    return all.refusal()
  }

  override get message() {
    const lines = this.kinds.map(({ count, first: { place, reason } }) => {
      const more = count === 1 ? "" : ` (and ${counted(count - 1, "more row", "more rows")})`
      return `${place}: ${reason}${more}`
    })
    const cut = `stopped after ${lines.length} kinds of faults; there may be more`
    return [...lines, ...(this.isCut ? [cut] : [])].join("\n")
  }
}

const mostKinds = 100

const withoutLine = (place: string) => place.replace(/:\d+(-\d+)?(?= |$)/, "")

/** Keeps the first fault of each kind in each column, and counts the others. */
export class Faults {
  readonly #kinds = new Map<string, Kind>()

  add(...faults: ReadonlyArray<Fault>) {
    for (const fault of faults) {
      const key = `${withoutLine(fault.place)}\0${fault.kind ?? fault.reason}`
      const { count, first } = this.#kinds.get(key) ?? { count: 0, first: fault }
      if (count > 0 || !this.isFull) this.#kinds.set(key, { first, count: count + 1 })
    }
  }

  get isEmpty() {
    return this.#kinds.size === 0
  }

  get isFull() {
    return this.#kinds.size >= mostKinds
  }

  isIn(table: string) {
    return [...this.#kinds.values()].some(({ first: { place } }) => place.includes(`${table}.csv`))
  }

  refusal() {
    return new ImportRefused({ kinds: [...this.#kinds.values()], isCut: this.isFull })
  }
}
