import { create } from "content-disposition"
import { HttpServerResponse } from "effect/http"
import { contentTypes, type DocumentFormat } from "../domain/DocumentFormat.ts"
import type { ExportedFile } from "../domain/Export.ts"

const isText = (format: DocumentFormat) => format === "csv" || format === "svg"

/** Never inline: files hold user text. */
export const fileResponse = ({ bytes, format, name }: ExportedFile): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.uint8Array(bytes, {
    contentType: `${contentTypes[format]}${isText(format) ? "; charset=utf-8" : ""}`,
    headers: { "content-disposition": create(name.replaceAll(/[\p{C}/\\]/gu, " ")) }
  })
