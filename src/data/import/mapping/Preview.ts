import { Result } from "effect"
import { counted } from "../../../domain/counted.ts"
import type { Field, Table } from "../../../metrics/Table.ts"
import type { RawFile } from "./rawFiles.ts"
import type { Cell, Value } from "./readColumn.ts"
import { folded } from "./words.ts"

interface Word {
  readonly said: string
  readonly text: string
  readonly count: number
  readonly isKnown: boolean
}

interface Part {
  rows: number
  readonly first: Array<string>
  readonly words: Map<Field, Map<string, Word>>
  readonly rounded: Map<string, number>
  readonly times: Map<string, Value>
  readonly missing: Set<string>
  readonly files: Set<string>
}

const ownWords = new Set(["source", "lost_reason", "currency"])
const shownRows = 3
const mostWords = 30

const isOfWords = (field: Field) => field.known.length > 0 || ownWords.has(field.column)

const shownAt = (text: string, zone: string): string =>
  new Date(text).toLocaleString("en-GB", { timeZone: zone, dateStyle: "medium", timeStyle: "medium" })

const sentenceOf = (field: Field) => ({ count, isKnown, said, text }: Word): string => {
  const isOurs = field.known.length === 0 || field.known.some(({ value }) => value === text)
  const remark = isOurs && isKnown ? "" : " (no entry of the mapping names it, so it stays)"
  return `    ${JSON.stringify(said)}, ${counted(count, "row", "rows")} → ${text}${remark}`
}

/** Describes in words which values an import by a mapping stores. */
export class Preview {
  readonly #parts = new Map<Table, Part>()
  readonly #used = new Map<RawFile, Set<string>>()

  /** A column may be missing because there are no files in which it is looked up. */
  begin(table: Table, file: RawFile, missing: ReadonlyArray<readonly [string, ReadonlyArray<string>]>) {
    const part = this.#partOf(table)
    part.files.add(file.name)
    for (const [column, files] of missing) {
      part.missing.add(files.length === 0 ? column : `${column} (looked up in ${files.join(" and ")})`)
    }
  }

  /** A column of the file is used if a column or a condition of an entry reads it. */
  uses(file: RawFile, columns: ReadonlyArray<string>) {
    const used = this.#used.get(file) ?? new Set()
    for (const column of columns) used.add(folded(column))
    this.#used.set(file, used)
  }

  row(table: Table, cells: ReadonlyArray<Cell>) {
    const part = this.#partOf(table)
    part.rows++
    const values = cells.flatMap(({ field, value }) =>
      Result.isSuccess(value) && value.success !== undefined ? [[field, value.success] as const] : []
    )
    if (part.first.length < shownRows) {
      part.first.push(values.map(([{ column }, { text }]) => `${column} ${text}`).join(", "))
    }
    for (const [field, value] of values) this.#value(part, field, value)
  }

  #value(part: Part, field: Field, value: Value) {
    const { isRounded, said, text } = value
    if (isRounded) part.rounded.set(field.column, (part.rounded.get(field.column) ?? 0) + 1)
    if (field.kind === "instant" && text.includes("T") && !part.times.has(field.column)) {
      part.times.set(field.column, value)
    }
    if (!isOfWords(field)) return
    const words = part.words.get(field) ?? new Map<string, Word>()
    const key = `${folded(said)}\0${text}`
    words.set(key, { ...value, count: (words.get(key)?.count ?? 0) + 1 })
    part.words.set(field, words)
  }

  #partOf(table: Table): Part {
    const known = this.#parts.get(table)
    if (known !== undefined) return known
    const part: Part = {
      rows: 0,
      first: [],
      words: new Map(),
      rounded: new Map(),
      times: new Map(),
      missing: new Set(),
      files: new Set()
    }
    this.#parts.set(table, part)
    return part
  }

  lines(zone: string): ReadonlyArray<string> {
    const tables = [...this.#parts].flatMap(([table, part]) => this.#linesOf(table, part, zone))
    const unused = [...this.#used].flatMap(([file, used]) => {
      const others = file.header.filter((name) => !used.has(folded(name)))
      const twice = file.header.filter((name, index) => file.header.indexOf(name) < index)
      return [
        ...(others.length === 0 ? [] : [`${file.name}: these columns are not used: ${others.join(", ")}`]),
        ...(twice.length === 0
          ? []
          : [`${file.name}: these columns come twice, and the first one counts: ${twice.join(", ")}`])
      ]
    })
    return [...tables, ...unused]
  }

  #linesOf({ name }: Table, part: Part, zone: string): ReadonlyArray<string> {
    return [
      `${name}, from ${[...part.files].join(", ")}: ${counted(part.rows, "row", "rows")}`,
      ...part.first.map((row, index) => `  row ${index + 1}: ${row}`),
      ...[...part.times].map(([column, { said, text }]) =>
        `  ${column}: ${JSON.stringify(said)} in the file is ${shownAt(text, zone)} in ${zone}`
      ),
      ...[...part.words].flatMap(([field, words]) => {
        const sorted = [...words.values()].sort((a, b) => b.count - a.count)
        const more = sorted.length - mostWords
        return [
          `  ${field.column}: these words become`,
          ...sorted.slice(0, mostWords).map(sentenceOf(field)),
          ...(more > 0 ? [`    and ${counted(more, "other word", "other words")}`] : [])
        ]
      }),
      ...[...part.rounded].map(([column, count]) =>
        `  ${column}: ${counted(count, "number has", "numbers have")} too many decimals and ${
          count === 1 ? "is" : "are"
        } rounded`
      ),
      ...(part.missing.size === 0
        ? []
        : [`  these columns are not written, because they are not in the files: ${[...part.missing].join(", ")}`])
    ]
  }
}
