import { Effect, FileSystem, Schema, SchemaIssue } from "effect"
import { join } from "node:path"
import { isZone } from "../../../domain/Calendar.ts"
import { fieldsOf } from "../../writeTables.ts"
import { isRequired } from "../header.ts"
import { ImportRefused } from "../ImportRefused.ts"
import { neededBy, sourcesIn, tableNamed } from "./indexes.ts"
import { type Entry, Mapping } from "./Mapping.ts"

export const presets = ["hubspot", "salesforce", "pipedrive", "twenty"] as const
export type Preset = typeof presets[number]

const presetPath = (preset: Preset) => join(import.meta.dirname, "../presets", `${preset}.json`)

/** The text of a preset, to copy and change. */
export const presetText = (preset: Preset) =>
  Effect.orDie(FileSystem.FileSystem.use((files) => files.readFileString(presetPath(preset))))

const Stored = Schema.fromJsonString(Mapping)
const format = SchemaIssue.makeFormatterStandardSchemaV1()

const entryFaults = ({ columns = {}, spells, table: name }: Entry, mapping: Mapping, place: string) => {
  const table = tableNamed(name)
  if (table === undefined) return [{ place, reason: `no table has the name ${JSON.stringify(name)}` }]
  const names = Object.keys(columns)
  const known = new Set(fieldsOf(table).map(({ column }) => column))
  const unknown = names.filter((column) => !known.has(column) || column === "organization_id")
  const missing = spells === undefined
    ? fieldsOf(table).filter((field) => isRequired(field) && field.column !== "organization_id")
      .filter(({ column }) => !names.includes(column))
    : []
  const values = Object.entries(columns).flatMap(([column, one]) =>
    sourcesIn(one).flatMap((source) =>
      typeof source.values === "string" && mapping.values?.[source.values] === undefined
        ? [{ place: `${place}.columns.${column}`, reason: `values has no table ${JSON.stringify(source.values)}` }]
        : []
    )
  )
  const early = Object.entries(columns).flatMap(([column, one], at) =>
    neededBy(one).filter((other) => !names.slice(0, at).includes(other)).map((other) => ({
      place: `${place}.columns.${column}`,
      reason: `the column ${other} must stand before this one, which depends on it`
    }))
  )
  return [
    ...unknown.map((column) => ({ place: `${place}.columns`, reason: `${name} has no column ${column} to map` })),
    ...missing.map(({ column }) => ({ place: `${place}.columns`, reason: `${name} needs the column ${column}` })),
    ...values,
    ...early
  ]
}

/** Reads and checks a mapping. `place` is the path of its file. */
const mappingIn = (text: string, place: string) =>
  Schema.decodeUnknownEffect(Stored, { errors: "all", onExcessProperty: "error" })(text).pipe(
    Effect.mapError(({ issue }) =>
      ImportRefused.of(
        ...format(issue).issues.map(({ message, path = [] }) => ({
          place: [place, path.map(String).join(".")].filter(Boolean).join(" "),
          reason: message
        }))
      )
    ),
    Effect.flatMap((mapping) => {
      const zone = mapping.read?.zone ?? "organization"
      const zoneFaults = zone === "organization" || isZone(zone)
        ? []
        : [{ place: `${place} read.zone`, reason: `${JSON.stringify(zone)} is not a time zone such as Europe/Madrid` }]
      const faults = [
        ...zoneFaults,
        ...mapping.tables.flatMap((entry, index) => entryFaults(entry, mapping, `${place} tables.${index}`))
      ]
      return faults.length === 0 ? Effect.succeed(mapping) : Effect.fail(ImportRefused.of(...faults))
    })
  )

export const mappingOf = Effect.fn("mappingOf")(
  function*(from: { readonly preset: Preset } | { readonly path: string }) {
    if ("preset" in from) return yield* mappingIn(yield* presetText(from.preset), from.preset)
    const files = yield* FileSystem.FileSystem
    const text = yield* files.readFileString(from.path).pipe(
      Effect.mapError(() => ImportRefused.of({ place: from.path, reason: "there is no such file" }))
    )
    return yield* mappingIn(text, from.path)
  }
)
