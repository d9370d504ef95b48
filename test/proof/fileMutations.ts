import { type DocumentFormat, recordFormats } from "../../src/domain/DocumentFormat.ts"
import type { Mutation } from "./mutations.ts"

const surfaces = {
  run: "runner.run(caller, request)",
  report: "runner.run(caller, runRequestOf(found, request))",
  snapshot: "(snapshots.find(caller, id))"
} as const

/** Each format is tested through one endpoint. */
const formats: { readonly [F in DocumentFormat]: keyof typeof surfaces } = {
  csv: "run",
  xlsx: "report",
  svg: "snapshot",
  png: "run",
  pdf: "report"
}

const ofRecords: ReadonlyArray<Mutation> = recordFormats.map((format) => ({
  name: `a ${format} file of records is made as if its caller were an admin`,
  file: "src/services/export/recordFile.ts",
  find: "records.page(caller, {",
  replace: `records.page(format === "${format}" ? { ...caller, role: "admin" as const } : caller, {`,
  tests: ["fileGate"]
}))

const ofDocuments: ReadonlyArray<Mutation> = Object.entries(formats).map(([format, surface]) => ({
  name: `a ${format} file of a ${surface} is made as if its caller were an admin`,
  file: "src/services/export/Exporting.ts",
  find: surfaces[surface],
  replace: surfaces[surface].replace(
    "caller",
    `file.format === "${format}" ? { ...caller, role: "admin" as const } : caller`
  ),
  tests: ["fileGate"]
}))

export const fileMutations: ReadonlyArray<Mutation> = [...ofDocuments, ...ofRecords]
