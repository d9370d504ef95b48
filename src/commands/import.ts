import { Console, Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { utf8 } from "../data/import/files.ts"
import { importFolders } from "../data/import/importFolders.ts"
import { keepPeople, peopleInDatabase } from "../data/people.ts"
import { counted } from "../domain/counted.ts"
import * as Database from "../services/database/Database.ts"
import { formatCount, formatDuration } from "./cli.ts"

const rowsIn = (files: ReadonlyArray<{ readonly count: number }>) =>
  files.reduce((total, { count }) => total + count, 0)

const signIn = Effect.fnUntraced(function*(organizationIds: ReadonlyArray<string>) {
  const organizations = yield* peopleInDatabase
  const found = organizations.find(({ organizationId, people }) =>
    organizationIds.includes(organizationId) && people.length > 0
  )
  if (found === undefined) return "Import a members file to sign in as somebody: only the rows of members are counted."
  const flags = `--org ${found.organizationId} --user ${found.people[0]?.userId} --role admin`
  return `Look at it: npm start, then npm run -s token -- ${flags}`
})

const listed = (uncounted: ReadonlyArray<string>) =>
  `These rows are not counted, or not as you may expect:\n${uncounted.map((line) => `  ${line}`).join("\n")}`

export const importCommand = Command.make(
  "import",
  {
    folders: Argument.String("folder").pipe(
      Argument.withDescription("One CSV file for each table, named TABLE.csv or TABLE.csv.gz"),
      Argument.variadic({ min: 1 })
    ),
    isDryRun: Flag.Boolean("dry-run").pipe(
      Flag.withDescription("Check everything, and change nothing"),
      Flag.withDefault(false)
    ),
    encoding: Flag.String("encoding").pipe(
      Flag.withDescription("The encoding of the files, such as windows-1252 or utf-16le"),
      Flag.mapTryCatch((label) => new TextDecoder(label).encoding, () => "is not an encoding such as windows-1252"),
      Flag.withDefault(utf8)
    )
  },
  Effect.fnUntraced(function*({ encoding, folders, isDryRun }) {
    const [took, { files, organizationIds, uncounted }] = yield* Effect.timed(
      importFolders(folders, { encoding, isDryRun })
    )
    const tables = Map.groupBy(files, ({ table }) => table)
    const parts = [...tables].map(([table, files]) => `${table} ${formatCount(rowsIn(files))}`)
    const done = isDryRun ? "Checked, and changed nothing:" : "Imported"
    const rows = counted(rowsIn(files), "row", "rows")
    yield* Console.log(`${done} ${rows} in ${formatDuration(took)}: ${parts.join(", ")}`)
    if (uncounted.length > 0) yield* Console.log(listed(uncounted))
    if (isDryRun) return
    yield* keepPeople
    yield* Console.log(yield* signIn(organizationIds))
  }, (work, { isDryRun }) => Effect.provide(work, isDryRun ? Database.unchangedLayer : Database.layer))
).pipe(
  Command.withShortDescription("Import CSV files into the CRM tables"),
  Command.withDescription(
    "Import CSV files into the CRM tables, all or nothing. Rows that exist are updated. The first line names the columns; an empty value is null, a list is a|b|c or {a,b,c}, a time is ISO 8601 or PostgreSQL's, and a date alone is the start of that day in the organization's time zone. docs/data.md lists every column."
  ),
  Command.withExamples([
    { command: "npm run import -- exported/org_acme", description: "Import the tables of one folder" },
    { command: "npm run import -- --dry-run exported/org_acme", description: "Report every fault, and change nothing" }
  ])
)
