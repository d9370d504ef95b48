import { Console, Effect, Option, Schema } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { Misconfigured } from "../Config.ts"
import { utf8 } from "../data/import/files.ts"
import { importFolders } from "../data/import/importFolders.ts"
import { guess } from "../data/import/mapping/guess.ts"
import { importMapped } from "../data/import/mapping/importMapped.ts"
import { mappingOf, presets, presetText } from "../data/import/mapping/loadMapping.ts"
import { Mapping } from "../data/import/mapping/Mapping.ts"
import { importTargets } from "../data/import/targets.ts"
import { keepPeople, peopleInDatabase } from "../data/people.ts"
import { counted } from "../domain/counted.ts"
import { signInSettings } from "../http/authentication/SignInSettings.ts"
import * as Database from "../services/database/Database.ts"
import { formatCount, formatDuration } from "./cli.ts"

const rowsIn = (files: ReadonlyArray<{ readonly count: number }>) =>
  files.reduce((total, { count }) => total + count, 0)

/** An argument of a shell. */
const argument = (id: string) => /^[\w.@:-]+$/.test(id) ? id : `'${id.replaceAll("'", "'\\''")}'`

const signIn = Effect.fnUntraced(function*(organizationIds: ReadonlyArray<string>) {
  const imported = (yield* peopleInDatabase).filter(({ organizationId }) => organizationIds.includes(organizationId))
  const found = imported.find(({ people }) => people.length > 0)
  if (found === undefined && imported.length === organizationIds.length) {
    return "Import a members file to sign in as somebody: only the rows of members are counted."
  }
  const isDevelopment = yield* Effect.match(signInSettings, { onFailure: () => false, onSuccess: Option.isNone })
  if (found === undefined || !isDevelopment) {
    return "Look at it: npm start, then sign in as a person of the organization"
  }
  const flags = `--org ${argument(found.organizationId)} --user ${argument(found.people[0]?.userId ?? "")} --role admin`
  return `Look at it: npm start, then npm run -s token -- ${flags}`
})

const listed = (uncounted: ReadonlyArray<string>) =>
  `These rows are not counted, or not as you may expect:\n${uncounted.map((line) => `  ${line}`).join("\n")}`

const optional = (name: string, description: string) =>
  Flag.String(name).pipe(Flag.withDescription(description), Flag.optional)

const flags = {
  folders: Argument.String("folder").pipe(
    Argument.withDescription("One CSV file for each table, named TABLE.csv or TABLE.csv.gz, or the files of an export"),
    Argument.variadic({ min: 0 })
  ),
  isDryRun: Flag.Boolean("dry-run").pipe(
    Flag.withDescription("Check everything, and change nothing; with a mapping, show what would be stored"),
    Flag.withDefault(false)
  ),
  from: Flag.Literals("from", presets).pipe(
    Flag.withDescription("The CRM that exported the files"),
    Flag.optional
  ),
  mapping: optional("mapping", "A file that says which columns and words of an export become ours"),
  show: Flag.Literals("show", [...presets, "schema"]).pipe(
    Flag.withDescription("Print the mapping of a CRM, to copy and change, or the JSON Schema of mappings"),
    Flag.optional
  ),
  isGuess: Flag.Boolean("guess").pipe(
    Flag.withDescription("Print a mapping that is guessed from the headers and the values of the files"),
    Flag.withDefault(false)
  ),
  org: optional("org", "With a mapping: the organization of all rows, as the session tokens name it"),
  timeZone: optional("time-zone", "With a mapping: the time zone of the organization, such as Europe/Madrid"),
  currency: optional("currency", "With a mapping: the currency of the organization, such as EUR"),
  targets: optional("targets", "A CSV file of targets: organization_id, metric_id, for, period, value, currency"),
  encoding: Flag.String("encoding").pipe(
    Flag.withDescription("The encoding of the files, such as windows-1252 or utf-16le"),
    Flag.mapTryCatch((label) => new TextDecoder(label).encoding, () => "is not an encoding such as windows-1252"),
    Flag.optional
  )
}

type Flags = Command.Command.Config.Infer<typeof flags>

const shown = Effect.fnUntraced(function*(what: Option.Option.Value<Flags["show"]>) {
  if (what !== "schema") return yield* Console.log(yield* presetText(what))
  const { definitions, schema } = Schema.toJsonSchemaDocument(Mapping)
  yield* Console.log(JSON.stringify({ ...schema, $defs: definitions }, null, 2))
})

const guessed = Effect.fnUntraced(function*({ encoding, folders }: Flags) {
  const mapping = yield* guess(folders, Option.getOrUndefined(encoding))
  if (mapping === undefined) {
    return yield* Misconfigured.because("no CSV file in the folder looks like leads, deals, tasks, or calls")
  }
  yield* Console.log(JSON.stringify(mapping, null, 2))
})

const organizationOf = ({ currency, org, timeZone }: Flags) => ({
  ...Option.match(org, { onNone: () => ({}), onSome: (id) => ({ organization_id: id }) }),
  ...Option.match(timeZone, { onNone: () => ({}), onSome: (zone) => ({ time_zone: zone }) }),
  ...Option.match(currency, { onNone: () => ({}), onSome: (code) => ({ currency: code }) })
})

const fromOf = ({ from, mapping }: Flags) =>
  Option.orElse(
    Option.map(from, (preset) => ({ preset })),
    () => Option.map(mapping, (path) => ({ path }))
  )

const imported = Effect.fnUntraced(function*(flags: Flags) {
  const { encoding, folders, isDryRun } = flags
  const from = fromOf(flags)
  if (Option.isNone(from)) {
    return {
      preview: [],
      ...yield* importFolders(folders, { encoding: Option.getOrElse(encoding, () => utf8), isDryRun })
    }
  }
  const mapping = yield* mappingOf(from.value)
  return yield* importMapped(folders, mapping, {
    encoding: Option.getOrUndefined(encoding),
    organization: organizationOf(flags),
    isDryRun
  })
})

/** A dry run applies no migrations. */
const databaseFor = (isDryRun: boolean) => isDryRun ? Database.unchangedLayer : Database.layer

const importing = Effect.fnUntraced(function*(flags: Flags) {
  const { isDryRun } = flags
  const [took, { files, first, organizationIds, preview, uncounted }] = yield* Effect.timed(imported(flags))
  const tables = Map.groupBy(files, ({ table }) => table)
  const parts = [...tables].map(([table, files]) => `${table} ${formatCount(rowsIn(files))}`)
  const done = isDryRun ? "Checked, and changed nothing:" : "Imported"
  const rows = counted(rowsIn(files), "row", "rows")
  yield* Effect.forEach(first, (line) => Console.log(line), { discard: true })
  yield* Console.log(`${done} ${rows} in ${formatDuration(took)}: ${parts.join(", ")}`)
  yield* Effect.forEach(preview, (line) => Console.log(line), { discard: true })
  if (uncounted.length > 0) yield* Console.log(listed(uncounted))
  if (isDryRun) return
  yield* keepPeople
  yield* Console.log(yield* signIn(organizationIds))
}, (work, { isDryRun }) => Effect.provide(work, databaseFor(isDryRun)))

const importingTargets = Effect.fnUntraced(function*(path: string, isDryRun: boolean) {
  const [took, count] = yield* Effect.timed(importTargets(path, isDryRun))
  const done = isDryRun ? "Checked, and changed nothing:" : "Imported"
  yield* Console.log(`${done} ${counted(count, "value", "values")} of targets in ${formatDuration(took)}`)
}, (work, _path, isDryRun) => Effect.provide(work, databaseFor(isDryRun)))

const isAlone = ({ folders, isDryRun: _dry, isGuess, targets: _targets, ...others }: Flags): boolean =>
  folders.length === 0 && !isGuess && Object.values(others).every((option) => Option.isNone(option))

export const importCommand = Command.make(
  "import",
  flags,
  Effect.fnUntraced(function*(flags) {
    if (Option.isSome(flags.show)) return yield* shown(flags.show.value)
    if (Option.isSome(flags.targets)) {
      if (isAlone(flags)) return yield* importingTargets(flags.targets.value, flags.isDryRun)
      return yield* Misconfigured.because("give --targets without a folder and without other flags, except --dry-run")
    }
    if (flags.folders.length === 0) {
      return yield* Misconfigured.because("name a folder with CSV files: npm run import -- FOLDER")
    }
    if (Option.isSome(flags.from) && Option.isSome(flags.mapping)) {
      return yield* Misconfigured.because("give --from or --mapping, not both")
    }
    yield* flags.isGuess ? guessed(flags) : importing(flags)
  })
).pipe(
  Command.withShortDescription("Import CSV files into the CRM tables"),
  Command.withDescription(
    "Import CSV files into the CRM tables, all or nothing. Rows that exist are updated. The first line names the columns; an empty value is null, a list is a|b|c or {a,b,c}, a time is ISO 8601 or PostgreSQL's, and a date alone is the start of that day in the organization's time zone. docs/data.md lists every column, and says how an export of another CRM is imported."
  ),
  Command.withExamples([
    { command: "npm run import -- exported/org_acme", description: "Import the tables of one folder" },
    { command: "npm run import -- --dry-run exported/org_acme", description: "Report every fault, and change nothing" },
    { command: "npm run import -- --targets targets.csv", description: "Import the targets of people" },
    {
      command: "npm run import -- --from hubspot --org org_acme --dry-run exported/hubspot",
      description: "Show what an export of HubSpot would become"
    }
  ])
)
