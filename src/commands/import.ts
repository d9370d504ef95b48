import { Console, Effect } from "effect"
import { Argument, Command } from "effect/cli"
import { importFolders } from "../data/import/importFolders.ts"
import * as Database from "../services/database/Database.ts"
import { formatDuration } from "./cli.ts"

const counted = (count: number) => count.toLocaleString("en")
const rowsIn = (files: ReadonlyArray<{ readonly count: number }>) =>
  files.reduce((total, { count }) => total + count, 0)

export const importCommand = Command.make(
  "import",
  {
    folders: Argument.String("folder").pipe(
      Argument.withDescription("One CSV file a table, named TABLE.csv or TABLE.csv.gz"),
      Argument.variadic({ min: 1 })
    )
  },
  Effect.fnUntraced(function*({ folders }) {
    const [took, files] = yield* Effect.timed(importFolders(folders))
    const tables = Map.groupBy(files, ({ table }) => table)
    const parts = [...tables].map(([table, files]) => `${table} ${counted(rowsIn(files))}`)
    yield* Console.log(`Imported ${counted(rowsIn(files))} rows in ${formatDuration(took)}: ${parts.join(", ")}`)
  }, Effect.provide(Database.layer))
).pipe(
  Command.withShortDescription("Read CSV files into the CRM tables"),
  Command.withDescription(
    "Read CSV files into the CRM tables, all or nothing. Rows that are there already are updated. The first line names the columns of the contract; an empty value is null, a list is a|b|c, a time is ISO 8601."
  ),
  Command.withExamples([
    { command: "npm run import -- exported/org_acme", description: "Read the tables of one folder" }
  ])
)
