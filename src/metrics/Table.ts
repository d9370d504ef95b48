import type { ColorName } from "../domain/Color.ts"

/** Times are epoch milliseconds, money is in cents, and percentages are in ten-thousandths of a percent. */
export interface Cells {
  readonly text: string
  readonly uuid: string
  readonly instant: number
  readonly money: bigint
  readonly percent: bigint
  readonly integer: number
  readonly texts: ReadonlyArray<string>
  readonly uuids: ReadonlyArray<string>
}
export type Kind = keyof Cells

export interface Known<Value extends string = string> {
  readonly value: Value
  readonly label: string
  readonly color?: ColorName
}

export interface Column<K extends Kind = Kind, Null extends boolean = boolean, Value extends string = string> {
  readonly kind: K
  readonly isNullable: Null
  readonly known: ReadonlyArray<Known<Value>>
  /** If `label` is undefined, the label is made from the dimension's key. */
  readonly label: string | undefined
  readonly noneLabel: string
  /** If true, values that differ only in case or outer spaces are equal. */
  readonly isFolded: boolean
  readonly namedBy: "tags" | undefined
}

/** A wrong name, kind, or value of a field does not compile. */
export interface Field<K extends Kind = Kind, Null extends boolean = boolean, Value extends string = string>
  extends Column<K, Null, Value>
{
  readonly _tag: "Field"
  readonly table: string
  readonly name: string
  readonly column: string
  /** The field of the lead that has this value, if the row names a lead, such as the lead behind a deal. */
  readonly ofLead?: Field
}

const column = <K extends Kind>(kind: K): Column<K, false> => ({
  kind,
  isNullable: false,
  known: [],
  label: undefined,
  noneLabel: "Unknown",
  isFolded: false,
  namedBy: undefined
})

export const text = column("text")
export const uuid = column("uuid")
export const instant = column("instant")
export const money = column("money")
export const percent = column("percent")
export const integer = column("integer")
export const texts = column("texts")
export const tagIds: Column<"uuids", false> = { ...column("uuids"), label: "Tag", namedBy: "tags" }

export const nullable = <K extends Kind, Value extends string>(
  of: Column<K, boolean, Value>,
  options?: { readonly noneLabel?: string; readonly isFolded?: boolean; readonly label?: string }
): Column<K, true, Value> => ({ ...of, ...options, isNullable: true })

/** A series shows the known values in this order. The CRM may store other values too. */
export const ordered = <const Value extends string>(
  known: { readonly [V in Value]: string },
  colors: { readonly [V in Value]?: ColorName } = {}
): Column<"text", false, Value> => ({
  ...text,
  known: Object.entries(known).map(([key, label]) => {
    const value = key as Value
    const color: ColorName | undefined = colors[value]
    return { value, label: String(label), ...(color !== undefined && { color }) }
  })
})

type Columns = { readonly [name: string]: Column }

type Fields<C extends Columns> = {
  readonly [N in keyof C]: C[N] extends Column<infer K, infer Null, infer Value> ? Field<K, Null, Value> : never
}

type Cell<C extends Column> = C["isNullable"] extends true ? Cells[C["kind"]] | null : Cells[C["kind"]]

export type Row<C extends Columns> = { readonly [N in keyof C]: Cell<C[N]> }
export type RowOf<T> = T extends { readonly columns: infer C extends Columns } ? Row<C> : never

export interface Table<C extends Columns = Columns> {
  readonly name: string
  readonly columns: C
  readonly fields: Fields<C>
  readonly key: ReadonlyArray<keyof C & string>
}

export interface SeenBy {
  readonly owner: Field<"text">
  readonly assignees: Field<"texts"> | undefined
}

export interface Population {
  readonly table: string
  readonly seenBy: SeenBy
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)

export const table = <const C extends Columns>(
  name: string,
  columns: C,
  key: ReadonlyArray<keyof C & string>
): Table<C> => ({
  name,
  columns,
  key,
  fields: Object.fromEntries(
    Object.entries(columns).map(([field, of]) => [
      field,
      { ...of, _tag: "Field", table: name, name: field, column: snakeCase(field) }
    ])
  ) as Fields<C>
})
