import { create } from "content-disposition"
import type { Stream } from "effect"
import { HttpServerResponse } from "effect/http"
import { contentTypes, type DocumentFormat } from "../domain/DocumentFormat.ts"
import type { ExportedFile } from "../domain/Export.ts"

const isText = (format: DocumentFormat) => format === "csv" || format === "svg"

const typeOf = (format: DocumentFormat) => `${contentTypes[format]}${isText(format) ? "; charset=utf-8" : ""}`

const disposition = (name: string) => ({ "content-disposition": create(name.replaceAll(/[\p{C}/\\]/gu, " ")) })

/** A file contains text from users, so a browser must never display it inline. */
export const fileResponse = ({ bytes, format, name }: ExportedFile): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.uint8Array(bytes, { contentType: typeOf(format), headers: disposition(name) })

export const fileStream = <E>(
  bytes: Stream.Stream<Uint8Array, E>,
  name: string,
  format: DocumentFormat
): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.stream(bytes, { contentType: typeOf(format), headers: disposition(`${name}.${format}`) })
