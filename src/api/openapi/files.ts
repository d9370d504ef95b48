import { contentTypes, recordFormats } from "../../domain/DocumentFormat.ts"
import { chartWidths, defaultChartWidth, Theme } from "../../domain/Export.ts"
import { child, itemsOf, type JsonObject, withOperations } from "./jsonTree.ts"

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

const parameters: { readonly [name: string]: string } = {
  format: "Format of the file.",
  width:
    `Width of a picture of one widget, in CSS pixels. Default: ${defaultChartWidth}. Not allowed for a picture of several widgets.`,
  theme: "Colors of a picture. Default: `light`. A PDF is always light.",
  locale: "Language of numbers and dates. Default: `en`.",
  preset: "Replaces the report's timeframe, together with the parameters beside it.",
  from: "For `custom`: included.",
  to: "For `custom`: a date is included, an instant is not.",
  bucket: "Default: `day`.",
  timeZone: "An exact IANA name. Default: the time zone of the organization.",
  weekStart: "The first day of a week: 1 is Monday, 7 is Sunday. Default: that of the organization.",
  assigneeIds:
    "User ids whose rows an admin counts, one parameter for each. `~nobody` stands for rows without a member. Ignored for members.",
  everyone: "An admin counts all rows of the organization. Ignored for members."
}

const described = (parameter: JsonObject): JsonObject => {
  const description = parameters[String(parameter["name"])]
  return description === undefined || parameter["in"] !== "query" ? parameter : { ...parameter, description }
}

const lookParameters: ReadonlyArray<JsonObject> = [
  { name: "width", schema: { type: "integer", ...chartWidths } },
  { name: "theme", schema: { type: "string", enum: Theme.literals } },
  { name: "locale", schema: { type: "string", maxLength: 35 } }
].map((parameter) => described({ ...parameter, in: "query", required: false }))

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
    parameters: itemsOf(operation["parameters"]).map(described),
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
      return asNegotiated(
        operation,
        recordFormats.map((one) => contentTypes[one]),
        "CSV or XLSX"
      )
    }
    return downloads.has(id) ? asDownload(operation) : operation
  })
