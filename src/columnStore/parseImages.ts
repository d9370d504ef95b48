import { Schema } from "effect"

type Images = ReadonlyArray<ReadonlyArray<unknown>>

export const areImages = (value: unknown): value is Images => Array.isArray(value) && value.every(Array.isArray)

/** Checking each cell with a schema would take longer than parsing. */
export const parseImages: (text: string) => Images = Schema.decodeUnknownSync(
  Schema.fromJsonString(Schema.declare(areImages))
)
