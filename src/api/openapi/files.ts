import { Schema } from "effect"
import { comparisonFormats, contentTypes, recordFormats } from "../../domain/DocumentFormat.ts"
import { RunFileQuery } from "../../domain/Export.ts"
import { child, itemsOf, type JsonObject, withOperations } from "./jsonTree.ts"
import { normalizedSchema, withOwnDescription } from "./normalize.ts"

const negotiated = new Set(["runMetrics", "runReport", "getSnapshot"])
const downloads = new Set(["exportReport", "exportSnapshot"])

const binary: JsonObject = { schema: { type: "string", format: "binary" } }
const text: JsonObject = { schema: { type: "string" } }

const csvExample = [
  "widget,title,metric,series,label,bucket_or_category,value,previous,unit,currency,partial,note,change,change_unit",
  "w1,Leads by status,leads.by_status,value,New,lead,61,,count,,,,,",
  ""
].join("\r\n")

const fileTypes: JsonObject = {
  [contentTypes.csv]: { ...text, examples: { table: { value: csvExample } } },
  [contentTypes.xlsx]: binary,
  [contentTypes.svg]: text,
  [contentTypes.png]: binary,
  [contentTypes.pdf]: binary
}

const disposition: JsonObject = {
  description: "`attachment` with a file name.",
  schema: { type: "string" },
  example: "attachment; filename=\"Sales review 2026-11-20.pdf\""
}

const lookParameters: ReadonlyArray<JsonObject> = Object.entries(
  child(normalizedSchema(Schema.toJsonSchemaDocument(RunFileQuery).schema), "properties")
).map(([name, schema]) => withOwnDescription({ name, schema, in: "query", required: false }))

/** A file is not a second content type, which would give generated clients a second return type. */
const asNegotiated = (operation: JsonObject, types: ReadonlyArray<string>, names: string): JsonObject => {
  const responses = child(operation, "responses")
  const success = child(responses, "200")
  const description = `${String(success["description"])} A ${names} file if \`Accept\` prefers one.`
  return {
    ...operation,
    responses: { ...responses, 200: { ...success, description, "x-file-types": types } }
  }
}

const asDownload = (operation: JsonObject): JsonObject => {
  const responses = child(operation, "responses")
  const success = child(responses, "200")
  const headers = { ...child(success, "headers"), "Content-Disposition": disposition }
  return {
    ...operation,
    responses: { ...responses, 200: { ...success, description: "The file.", headers, content: fileTypes } }
  }
}

export const withFiles = (document: JsonObject): JsonObject =>
  withOperations(document, (operation) => {
    const id = String(operation["operationId"])
    if (negotiated.has(id)) {
      const file = asNegotiated(operation, Object.keys(fileTypes), "CSV, XLSX, SVG, PNG or PDF")
      return id === "runMetrics" ? { ...file, parameters: [...itemsOf(file["parameters"]), ...lookParameters] } : file
    }
    if (id === "listRecords") {
      return asNegotiated(operation, recordFormats.map((one) => contentTypes[one]), "CSV or XLSX")
    }
    if (id === "compareSnapshot") {
      return asNegotiated(operation, comparisonFormats.map((one) => contentTypes[one]), "CSV or PDF")
    }
    if (id === "listAuditEvents") return asNegotiated(operation, [contentTypes.csv], "CSV")
    return downloads.has(id) ? asDownload(operation) : operation
  })
