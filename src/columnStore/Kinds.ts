import type { Field } from "../metrics/Table.ts"

export interface Kind {
  text(field: Field<"text">): string | null
  has(field: Field): boolean
}

/** SQL counts tables with more kinds. Classifying so many kinds for a plan would block the process for over 100 ms. */
export const maxKinds = 2 ** 16

export interface Kinds {
  readonly all: ReadonlyArray<Kind>
  /** The memory of all kinds, as this many rows. */
  readonly cost: number
  codeOf(image: ReadonlyArray<unknown>): number
}

type Cell = string | true | null

interface Node {
  code: number | undefined
  readonly next: Map<Cell, Node>
}

/** A row takes about 50 bytes, a kind about 450, and each node of the tree of cells about 220. */
export const rowsPerKind = 9
export const rowsPerNode = 4

const makeNode = (): Node => ({ code: undefined, next: new Map() })

const isOfKind = ({ isNullable, kind }: Field) =>
  kind === "text" || (isNullable && kind !== "texts" && kind !== "uuids")

const cellOf = ({ kind }: Field, value: unknown): Cell => {
  if (kind === "text") return typeof value === "string" ? value : null
  return value === null || value === undefined ? null : true
}

export const makeKinds = (fields: ReadonlyArray<Field>, owner: Field): Kinds => {
  const columns = fields.flatMap((field, index) => field !== owner && isOfKind(field) ? [{ field, index }] : [])
  const places = new Map(columns.map(({ field }, place) => [field, place]))
  const all: Array<Kind> = []
  const root = makeNode()
  let nodes = 0
  const child = ({ next }: Node, cell: Cell): Node => {
    const known = next.get(cell)
    if (known !== undefined) return known
    const node = makeNode()
    next.set(cell, node)
    nodes += 1
    return node
  }
  const kindOf = (cells: ReadonlyArray<Cell>): Kind => {
    const cell = (field: Field) => cells[places.get(field) ?? -1]
    return {
      text: (field) => {
        const text = cell(field)
        return typeof text === "string" ? text : null
      },
      has: (field) => !field.isNullable || cell(field) !== null
    }
  }
  const codeOf = (image: ReadonlyArray<unknown>) => {
    if (all.length > maxKinds) return maxKinds
    let node = root
    for (const { field, index } of columns) node = child(node, cellOf(field, image[index]))
    return node.code ??= all.push(kindOf(columns.map(({ field, index }) => cellOf(field, image[index])))) - 1
  }
  return {
    all,
    get cost() {
      return all.length * rowsPerKind + nodes * rowsPerNode
    },
    codeOf
  }
}
