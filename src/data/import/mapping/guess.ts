import { Effect, Stream } from "effect"
import { distance } from "fastest-levenshtein"
import type { Field, Table } from "../../../metrics/Table.ts"
import { fieldsOf } from "../../writeTables.ts"
import { isRequired } from "../header.ts"
import { nearColumn, nearTable } from "./guessedNames.ts"
import type { Column, Entry, Mapping } from "./Mapping.ts"
import { anyRowsOf, type RawFile, rawFilesIn, userIdsFile } from "./rawFiles.ts"
import { folded } from "./words.ts"

/** The order of the parts of a date such as `03/07/2024` follows from a part that is greater than 12. */
const numeric = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:,? (\d{1,2}):(\d{2})(:\d{2})?( ?[AaPp]\.?[Mm]\.?)?)?$/

const iso = /^\d{4}-\d{2}-\d{2}([T ]|$)/

interface Parts {
  readonly text: string
  readonly first: number
  readonly second: number
  readonly sign: string
  readonly clock: string
}

const clockOf = (text: string, hour = "", seconds = "", half = "") => {
  if (hour === "") return ""
  const comma = text.includes(",") ? "," : ""
  const blank = half.startsWith(" ") ? " A" : half === "" ? "" : "A"
  return `${comma} ${half === "" ? "H" : "h"}:mm${seconds === "" ? "" : ":ss"}${blank}`
}

const partsOf = (text: string): ReadonlyArray<Parts> => {
  const [all, first, sign = "", second, , hour, , seconds, half] = numeric.exec(text) ?? []
  if (all === undefined) return []
  return [{ text, first: Number(first), second: Number(second), sign, clock: clockOf(text, hour, seconds, half) }]
}

/** If no date tells whether the day or the month stands first, a point or a 24-hour clock means the day. */
const formatsOf = (columns: ReadonlyArray<ReadonlyArray<string>>) => {
  const found = columns.filter((values) =>
    values.length > 0 && values.every((text) => numeric.test(text) || iso.test(text))
  )
  const parts = found.flat().flatMap(partsOf)
  const isDayFirst = parts.some(({ first }) => first > 12)
  const isMonthFirst = parts.some(({ second }) => second > 12)
  const isAmbiguous = parts.some(({ sign }) => sign !== ".") && isDayFirst === isMonthFirst
  const order = isMonthFirst && !isDayFirst
    ? (sign: string) => `M${sign}D${sign}YYYY`
    : (sign: string) => `D${sign}M${sign}YYYY`
  const formats = [...new Set(parts.map(({ clock, sign }) => `${order(sign)}${clock}`))]
  return { formats, isAmbiguous: parts.length > 0 && isAmbiguous }
}

const sampleRows = 2_000
const mostWords = 40

type Samples = ReadonlyMap<string, ReadonlyArray<string>>

const samplesOf = Effect.fnUntraced(function*(file: RawFile) {
  const rows = yield* anyRowsOf(file).pipe(Stream.take(sampleRows), Stream.runCollect)
  return new Map(file.header.map((name) => [name, rows.map(({ get }) => get(name)).filter((text) => text !== "")]))
})

interface Guess {
  readonly column: Column
  readonly comment: string
}

const shown = (words: ReadonlyArray<string>) => words.map((word) => JSON.stringify(word)).join(", ")

const nearWord = ({ known }: Field, word: string): string | undefined => {
  const said = folded(word)
  const names = known.flatMap(({ label, value }) => [[folded(value), value], [folded(label), value]] as const)
  const equal = names.find(([name]) => name === said)
  const near = names.find(([name]) => distance(name, said) <= (name.length > 5 ? 2 : 0))
  return (equal ?? near)?.[1]
}

/** A word that is near none of ours is left for somebody to fill in. */
const wordsGuess = (field: Field, from: string, words: ReadonlyArray<string>): Guess => {
  const values = words.map((word) => [word, nearWord(field, word) ?? word] as const)
  const open = words.filter((word) => nearWord(field, word) === undefined)
  return {
    column: { from, values: Object.fromEntries(values) },
    comment: `from the column ${JSON.stringify(from)}` +
      (open.length === 0
        ? ""
        : `. Choose a word of ours for ${shown(open)}: ${field.known.map(({ value }) => value).join(", ")}`)
  }
}

const columnGuess = (field: Field, from: string, samples: Samples): Guess => {
  const words = [...new Set(samples.get(from))]
  if (field.known.length > 0 && words.length <= mostWords) return wordsGuess(field, from, words)
  const comment = `from the column ${JSON.stringify(from)}`
  const isPerson = ["owner_id", "user_id"].includes(field.column)
  if (isPerson) return { column: { from, as: "person" }, comment }
  if (field.column === "assignee_ids") return { column: { from, as: "people" }, comment }
  return field.column === "duration_seconds"
    ? { column: { from, as: "seconds", unit: "s" }, comment: `${comment}. Check the unit: s, ms, min, or HH:mm` }
    : { column: from, comment }
}

const defaults: { readonly [column: string]: Column } = {
  status: { constant: "lead" },
  currency: { organization: "currency" },
  duration_seconds: { constant: "0" },
  direction: { constant: "outbound" },
  outcome: { constant: "success" },
  stage: { constant: "qualified" }
}

const missing = (field: Field): Guess | undefined => {
  if (!isRequired(field)) return undefined
  const column = field.table === "deals" && field.column === "status" ? { constant: "open" } : defaults[field.column]
  const comment = "no column of the file has a near name: write one here"
  return column === undefined
    ? { column: `? ${field.column}`, comment }
    : { column, comment: `${comment}, or keep this value for all rows` }
}

const outcomes = { won: /won|gewonnen|ganad[oa]/i, lost: /lost|verloren|perdid[oa]/i }

/** Some CRMs write into the stage whether a deal was won or lost. */
const statusFromStage = (stage: string | undefined, samples: Samples): Guess | undefined => {
  const words = [...new Set(samples.get(stage ?? ""))]
  const values = words.flatMap((word) =>
    Object.entries(outcomes).filter(([, pattern]) => pattern.test(word)).map(([status]) => [word, status] as const)
  )
  if (stage === undefined || values.length === 0) return undefined
  return {
    column: { from: stage, values: Object.fromEntries(values), otherwise: "open" },
    comment: `from the words of the column ${JSON.stringify(stage)}. Check which of them are won and lost`
  }
}

const entryOf = (file: RawFile, table: Table, samples: Samples): Entry => {
  const fields = fieldsOf(table).filter(({ column }) => column !== "organization_id")
  const guesses = fields.flatMap((field) => {
    const from = nearColumn(field, table, file.header)
    const isStatus = from === undefined && table.name === "deals" && field.column === "status"
    const stage = isStatus
      ? statusFromStage(nearColumn(table.fields["stage"] ?? field, table, file.header), samples)
      : undefined
    const guess = stage ?? (from === undefined ? missing(field) : columnGuess(field, from, samples))
    return guess === undefined ? [] : [[field.column, guess] as const]
  })
  return {
    table: table.name,
    files: [file.name],
    comments: Object.fromEntries(guesses.map(([name, { comment }]) => [name, comment])),
    columns: Object.fromEntries(guesses.map(([name, { column }]) => [name, column]))
  }
}

/** Writes a mapping from the headers and the values of all files in the folders. */
export const guess = Effect.fn("guess")(function*(folders: ReadonlyArray<string>, encoding: string | undefined) {
  const found = yield* Effect.forEach(folders, (folder) => rawFilesIn(folder, encoding, { encoding: "windows-1252" }))
  const files = found.flat().filter(({ name }) => name !== userIdsFile)
  const read = yield* Effect.forEach(files, (file) => Effect.map(samplesOf(file), (samples) => ({ file, samples })))
  const entries = read.flatMap(({ file, samples }) => {
    const table = nearTable(file)
    return table === undefined ? [] : [entryOf(file, table, samples)]
  })
  const unread = files.filter((file) => nearTable(file) === undefined).map(({ name }) => name)
  const { formats, isAmbiguous } = formatsOf(read.flatMap(({ samples }) => [...samples.values()]))
  const [first, ...others] = entries
  if (first === undefined) return undefined
  const mapping: Mapping = {
    mapping: "guessed",
    notes: [
      "This mapping was guessed. Read its comments, and run a dry run before the import.",
      ...(isAmbiguous ? ["It is not clear whether the day or the month stands first in dates: see `times`."] : []),
      ...(unread.length === 0 ? [] : [`No table was found for ${unread.join(", ")}.`])
    ],
    read: { encoding: "windows-1252", times: formats, zone: "organization" },
    tables: [first, ...others]
  }
  return mapping
})
