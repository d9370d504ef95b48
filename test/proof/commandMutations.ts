import type { Mutation } from "./mutations.ts"

/** With these faults, a command loses data, or says that it did what it did not do. */
export const commandMutations: ReadonlyArray<Mutation> = [
  {
    name: "two processes open one embedded database",
    file: "src/services/database/embedded/lockFile.ts",
    find: "BEGIN EXCLUSIVE",
    replace: "BEGIN",
    tests: ["commands/start"]
  },
  {
    name: "the flag --dry-run takes the next folder as its value",
    file: "src/commands/commandLine.ts",
    find: "arg === \"--dry-run\"",
    replace: "arg === \"\"",
    tests: ["data/importWarnings"]
  },
  {
    name: "a dry run of an import of targets stores them",
    file: "src/data/import/targets.ts",
    find: "return isDryRun ? Effect.fail(new DryRun()) : Effect.void",
    replace: "return Effect.void",
    tests: ["data/importTargets"]
  },
  {
    name: "an import stores targets of an organization that does not exist",
    file: "src/data/import/targets.ts",
    find: "if (found.length === 0)",
    replace: "if (found.length < 0)",
    tests: ["data/importTargets"]
  },
  {
    name: "an import of targets leaves out a folder that is named beside it",
    file: "src/commands/import.ts",
    find: "folders.length === 0 && !isGuess &&",
    replace: "folders.length >= 0 && !isGuess &&",
    tests: ["data/mappingCommand"]
  },
  {
    name: "an import that a signal stops exits with 0",
    file: "src/commands/cli.ts",
    find: "onExit(130)",
    replace: "onExit(0)",
    tests: ["services/database/unusableDatabase"]
  },
  {
    name: "demo rows are stored without the demo reports",
    file: "src/data/seed.ts",
    find: "Effect.tap(andThen)",
    replace: "Effect.tap(Effect.void)",
    tests: ["data/seed"]
  },
  {
    name: "the reports of a first start have one time, so lists show them in any order",
    file: "src/services/reports/ReportRepo/sql.ts",
    find: "statement_timestamp(), statement_timestamp()",
    replace: "now(), now()",
    tests: ["data/seed"]
  },
  {
    name: "a second seed saves the demo reports again",
    file: "src/data/demoReports.ts",
    find: "total > 0) continue\n    for (",
    replace: "total > 99) continue\n    for (",
    tests: ["data/seed"]
  },
  {
    name: "a DATABASE_URL with ssl=true connects without TLS",
    file: "src/services/database/address.ts",
    find: "searchParams.has(\"ssl\")",
    replace: "searchParams.has(\"\")",
    tests: ["services/database/hosts"]
  },
  {
    name: "a dry run of an import runs migrations",
    file: "src/commands/import.ts",
    find: "isDryRun ? Database.unchangedLayer : Database.layer",
    replace: "isDryRun ? Database.layer : Database.layer",
    tests: ["data/importWarnings"]
  },
  {
    name: "a time of an export is read in UTC instead of the zone of the organization",
    file: "src/data/import/mapping/times.ts",
    find: "instant - offsetOf(zone, instant)",
    replace: "instant",
    tests: ["data/mappedExports"]
  },
  {
    name: "an amount of an export with three decimals is cut instead of rounded",
    file: "src/data/import/mapping/numbers.ts",
    find: ">= 5 ? 1n : 0n",
    replace: ">= 5 ? 0n : 0n",
    tests: ["data/mappedExports"]
  },
  {
    name: "rows of an export that the mapping leaves out are imported",
    file: "src/data/import/mapping/mappedSource.ts",
    find: "meets(get, entry)",
    replace: "true || meets(get, entry)",
    tests: ["data/mappedExports"]
  },
  {
    name: "of two columns with one header, the last one is imported",
    file: "src/data/import/mapping/rawFiles.ts",
    find: ".toReversed()",
    replace: "",
    tests: ["data/mappedExports"]
  },
  {
    name: "an import empties a column whose file to look into is absent",
    file: "src/data/import/mapping/indexes.ts",
    find: "absentIn(column, context).length === 0 &&",
    replace: "",
    tests: ["data/partOfExport"]
  },
  {
    name: "a row of an export with too few values is imported",
    file: "src/data/import/mapping/rawFiles.ts",
    find: "values.length >= least &&",
    replace: "",
    tests: ["data/rawExports"]
  },
  {
    name: "a person of an export gets the user id of another person with the same name",
    file: "src/data/import/mapping/People.ts",
    find: ".filter((key) => !this.#sharedNames.has(key))",
    replace: "",
    tests: ["data/namesOfPeople"]
  },
  {
    name: "a column of a mapping that stands before a column that it depends on is read as empty",
    file: "src/data/import/mapping/loadMapping.ts",
    find: "!names.slice(0, at).includes(other)",
    replace: "false",
    tests: ["data/mappedColumns"]
  },
  {
    name: "an import compares days and instants as texts to find the first call of a lead",
    file: "src/data/import/mapping/indexes.ts",
    find: "instantOf(time, context.zone) < instantOf(before, context.zone)",
    replace: "time < before",
    tests: ["data/mappedColumns"]
  },
  {
    name: "an import removes the first call of a lead if the time of a call depends on another column",
    file: "src/data/import/mapping/indexes.ts",
    find: "if (needed.has(field.column)) neededBy(column)",
    replace: "if (needed.size === 0) neededBy(column)",
    tests: ["data/mappedColumns"]
  },
  {
    name: "an import does not list currencies and colors that are not known",
    file: "src/data/import/importFolders.ts",
    find: "findingsOf(Option.some(id))",
    replace: "Effect.map(findingsOf(Option.some(id)), (all) => all.filter(({ kind }) => !/color|currency/.test(kind)))",
    tests: ["data/importFindings"]
  },
  {
    name: "the check counts the rows of all organizations as those of one",
    file: "src/data/check/rowFindings.ts",
    find: "t WHERE t.organization_id = $1 OFFSET 0",
    replace: "t WHERE $1::text IS NOT NULL OFFSET 0",
    tests: ["query/sql/tenantSql"]
  },
  {
    name: "the check calls a planned leave or a planned archiving a fault",
    file: "src/data/check/commonKinds.ts",
    find: "new Set([\"left_at\", \"archived_at\"])",
    replace: "new Set([\"\"])",
    tests: ["data/check"]
  },
  {
    name: "the check reads all members for each row with an owner",
    file: "src/data/check/commonKinds.ts",
    find: "m.organization_id = $1 AND lower(",
    replace: "m.organization_id = $1 AND m.user_id <> t.owner_id AND lower(",
    tests: ["data/check"]
  },
  {
    name: "the check does not see stays that overlap",
    file: "src/data/check/stayKinds.ts",
    find: "s.started_at < t.ended_at AND",
    replace: "s.started_at > t.ended_at AND",
    tests: ["data/check"]
  },
  {
    name: "the check does not report a subscription without a worker",
    file: "src/data/check/subscriptions.ts",
    find: "if (!isEnabled) return",
    replace: "if (false) return",
    tests: ["data/replication"]
  }
]
