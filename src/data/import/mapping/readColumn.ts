import { Result } from "effect"
import type { Field } from "../../../metrics/Table.ts"
import { listText } from "../../writeTables.ts"
import { entriesOf } from "../cell.ts"
import type { Column, Mapping, Source } from "./Mapping.ts"
import { numberReader, secondsOf } from "./numbers.ts"
import type { People } from "./People.ts"
import { timeReader } from "./times.ts"
import { asList, folded, type Get, meets } from "./words.ts"

export interface Context {
  readonly mapping: Mapping
  readonly decimal: "." | ","
  readonly zone: string
  readonly currency: string
  readonly people: People
  /** Maps a value of our file to the value that a lookup or an earliest time gives, if there are files to look into. */
  readonly found: (source: Source) => ReadonlyMap<string, string> | undefined
}

export interface Value {
  /** The text has the form that the column stores. An empty text means null. */
  readonly text: string
  /** The text of the file that it comes from. */
  readonly said: string
  /** False if the column has a table of values without this word. */
  readonly isKnown: boolean
  readonly isRounded: boolean
}

type Ours = (column: string) => string
type Read = (
  get: Get,
  ours: Ours
) => Result.Result<Value | undefined, { readonly said: string; readonly reason: string }>

const nothing = Result.succeed(undefined)

export const textOf = (get: Get, from: Source["from"]): string => {
  for (const one of asList(from)) {
    const text = asList(one).map(get).filter((part) => part !== "").join(" ")
    if (text !== "") return text
  }
  return ""
}

const digitsOf = ({ kind }: Field) => kind === "percent" ? 4 : kind === "money" ? 2 : 0

/** Without `as`, a value is read as the kind of our column needs. */
const asOf = ({ as, earliest }: Source, { kind }: Field): NonNullable<Source["as"]> => {
  if (as !== undefined || earliest !== undefined) return as ?? "text"
  switch (kind) {
    case "instant":
      return "time"
    case "money":
    case "percent":
    case "integer":
      return "number"
    case "texts":
    case "uuids":
      return "list"
    default:
      return "text"
  }
}

const converter = (source: Source, field: Field, { decimal, mapping: { read = {} }, people, zone }: Context) => {
  const listed = (text: string) =>
    text.startsWith("{") ? entriesOf(text) : text.split(read.list ?? "|").map((one) => one.trim()).filter(Boolean)
  const plain = (text: string) => Result.succeed({ text, isRounded: false })
  const time = timeReader({
    formats: read.times ?? [],
    zone: read.zone === undefined || read.zone === "organization" ? zone : read.zone
  })
  const number = numberReader(decimal)
  const as = asOf(source, field)
  return (text: string): Result.Result<{ readonly text: string; readonly isRounded: boolean }, string> => {
    switch (as) {
      case "text":
        return plain(text)
      case "time":
      case "date":
        return Result.flatMap(time(text, as === "date"), plain)
      case "number":
        return number(text, digitsOf(field))
      case "seconds":
        return Result.flatMap(secondsOf(text, source.unit ?? "s"), plain)
      case "first":
        return plain(listed(text)[0] ?? "")
      case "list":
        return plain(listText(listed(text)))
      case "person":
        return plain(people.idOf(text))
      case "people":
        return plain(listText(listed(text).map((one) => people.idOf(one))))
    }
  }
}

const wordsOf = ({ values }: Source, { mapping }: Context) => {
  const words = typeof values === "string" ? mapping.values?.[values] : values
  return words && new Map(Object.entries(words).map(([word, ours]) => [folded(word), ours]))
}

export const isIndexed = ({ earliest, lookup }: Source): boolean => lookup !== undefined || earliest !== undefined

const readSource = (source: Source, field: Field, context: Context): Read => {
  const convert = converter(source, field, context)
  const words = wordsOf(source, context)
  const found = isIndexed(source) ? context.found(source) : undefined
  const [theirs] = Object.values(source.match ?? {})
  const given = (get: Get, ours: Ours): string => {
    if (isIndexed(source)) return found?.get(theirs === undefined ? ours(source.by ?? "") : get(theirs)) ?? ""
    return source.constant ?? (source.organization === undefined ? textOf(get, source.from) : context.currency)
  }
  const becomes = (said: string): string | null | undefined => {
    if (words === undefined) return said
    const known = words.get(folded(said))
    return known === undefined ? source.otherwise : known
  }
  // The conditions of a lookup are on the rows of the other file.
  const isMeant = (get: Get, ours: Ours) =>
    Object.entries(source.when ?? {}).every(([column, words]) => asList(words).includes(ours(column))) &&
    (isIndexed(source) || meets(get, source))
  return (get, ours) => {
    if (!isMeant(get, ours)) return nothing
    const said = given(get, ours)
    if (said === "" || !said.startsWith(source.startsWith ?? "")) return nothing
    const word = becomes(said)
    if (word === null) return nothing
    return Result.mapBoth(convert(word ?? said), {
      onSuccess: ({ isRounded, text }) =>
        text === "" ? undefined : { text, said, isKnown: word !== undefined, isRounded },
      onFailure: (reason) => ({ said, reason })
    })
  }
}

export const asSource = (one: string | Source): Source => typeof one === "string" ? { from: one } : one

/** The first source that gives a value counts. */
const readSources = (column: Column, field: Field, context: Context): Read => {
  const reads = asList(column).map((one) => readSource(asSource(one), field, context))
  return (get, ours) => {
    for (const read of reads) {
      const value = read(get, ours)
      if (Result.isFailure(value) || value.success !== undefined) return value
    }
    return nothing
  }
}

export interface Cell {
  readonly field: Field
  readonly value: Result.Result<Value | undefined, { readonly said: string; readonly reason: string }>
}

/** The text of a cell, which is empty if it has no value or a fault. */
export const cellText = ({ value }: Cell): string => Result.isSuccess(value) ? value.success?.text ?? "" : ""

/** Reads columns of ours in their order, because a column may depend on those before it. */
export const rowReader = (columns: ReadonlyArray<readonly [Field, Column]>, context: Context) => {
  const reads = columns.map(([field, column]) => ({ field, read: readSources(column, field, context) }))
  return (get: Get): ReadonlyArray<Cell> => {
    const texts = new Map<string, string>()
    return reads.map(({ field, read }) => {
      const value = read(get, (column) => texts.get(column) ?? "")
      if (Result.isSuccess(value)) texts.set(field.column, value.success?.text ?? "")
      return { field, value }
    })
  }
}
