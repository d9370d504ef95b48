import { Schema } from "effect"
import { HttpApiSchema } from "effect/http-api"
import { contentTypes, PdfNotInstalled } from "../domain/DocumentFormat.ts"
import { TimedOut, Unavailable } from "../domain/Unavailable.ts"

export const fileErrors = [PdfNotInstalled, Unavailable, TimedOut] as const

export const files = [
  Schema.String.pipe(HttpApiSchema.asText({ contentType: contentTypes.csv })),
  Schema.Uint8Array.pipe(HttpApiSchema.asUint8Array({ contentType: contentTypes.xlsx })),
  Schema.String.pipe(HttpApiSchema.asText({ contentType: contentTypes.svg })),
  Schema.Uint8Array.pipe(HttpApiSchema.asUint8Array({ contentType: contentTypes.png })),
  Schema.Uint8Array.pipe(HttpApiSchema.asUint8Array({ contentType: contentTypes.pdf }))
] as const
